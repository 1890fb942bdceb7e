"""A round is shown, decided on and written again through the page as it is served."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from govspider.facts import Review
from govspider.rounds import DATABASE, rules_of
from govspider.store import Store
from tests.review.office import MARKED, SOUND, STALE, UNREAD, Page, fill, inspection, key_of, serving, stale

ROOT = Path(__file__).parents[2]
VETO = "不合格：存在单项否决问题"
NONE = "合格：未发现单项否决问题"
OPEN = "未能形成结论"
TRACE = "content-tampered"


def clue(page: Page) -> str:
    _, result = next((saved.facts, saved.findings) for saved in page.store.latest("2026Q2", MARKED.code))
    return key_of(MARKED, TRACE, next(found.subject for found in result if found.rule == TRACE))


def test_the_sites_that_need_a_person_come_first(page: Page) -> None:
    assert page.listed() == [MARKED.code, UNREAD.code, STALE.code, SOUND.code]
    text = page.get("/").text
    assert "名册 4 个网站" in text
    assert all(f"<b>{number}</b>{name}" in text for number, name in ((1, "合格"), (2, "不合格"), (1, "待核线索")))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?rule=home-stale", [UNREAD.code, STALE.code]),
        ("?kind=clue", [MARKED.code]),
        ("?kind=clue&review=confirmed", []),
        ("?review=pending", [MARKED.code, UNREAD.code, STALE.code]),
        ("?verdict=qualified", [SOUND.code]),
        ("?site=%E9%9D%92%E7%9F%B3", [STALE.code]),
        ("?site=6199990013", [UNREAD.code]),
        ("?kind=nonsense&page=-1", [MARKED.code, UNREAD.code, STALE.code, SOUND.code]),
    ],
)
def test_the_list_is_narrowed_down(page: Page, query: str, shown: list[str]) -> None:
    assert page.listed(query) == shown


def test_a_finding_is_shown_with_what_it_rests_on(page: Page) -> None:
    text = page.get(f"/site/{STALE.code}").text
    for said in ("首页不更新", "2026-05-01", "判定界限", "国办秘函〔2019〕19号", 'rel="noopener nofollow noreferrer"'):
        assert said in text, said


def test_a_rejected_veto_makes_the_site_qualified(page: Page) -> None:
    assert page.verdict(STALE) == VETO
    done = page.decide(STALE, key_of(STALE, "home-stale"), "rejected", note="首页另有更新")
    assert (done.status, done.headers["location"].partition("#")[0]) == (303, f"/site/{STALE.code}?done=rejected")
    assert page.verdict(STALE) == NONE
    assert "<b>1</b>不合格" in page.get("/").text
    shown = page.get(done.headers["location"].partition("#")[0]).text
    assert "已记录：误报" in shown
    assert "首页另有更新" in shown


def test_a_rejected_veto_leaves_open_what_was_not_read(page: Page) -> None:
    page.decide(UNREAD, key_of(UNREAD, "home-stale"), "rejected")
    assert page.verdict(UNREAD) == OPEN


@pytest.mark.parametrize(("decision", "verdict"), [("confirmed", VETO), ("rejected", NONE), ("pending", OPEN)])
def test_a_clue_counts_as_a_person_says(page: Page, decision: str, verdict: str) -> None:
    assert page.verdict(MARKED) == OPEN
    assert page.decide(MARKED, clue(page), decision).status == 303
    assert page.verdict(MARKED) == verdict


def test_every_decision_is_kept_with_who_when_and_why(page: Page) -> None:
    key = key_of(STALE, "home-stale")
    for seen, (decision, who) in enumerate((("rejected", "甲"), ("pending", "乙"), ("confirmed", "丙"))):
        assert page.decide(STALE, key, decision, seen, reviewer=who, note=f"第{seen}次").status == 303
    kept = page.store.decisions(key)
    assert [(one.decision, one.reviewer, one.note) for one in kept] == [
        (Review.REJECTED, "甲", "第0次"),
        (Review.PENDING, "乙", "第1次"),
        (Review.CONFIRMED, "丙", "第2次"),
    ]
    text = page.get(f"/site/{STALE.code}").text
    assert [text.index(f"第{number}次") for number in range(3)] == sorted(text.index(f"第{n}次") for n in range(3))
    assert page.verdict(STALE) == VETO


def test_a_decision_unknown_to_the_reviewer_is_not_overruled(page: Page) -> None:
    key = key_of(STALE, "home-stale")
    page.store.review(key, Review.CONFIRMED, "乙", "电话核实")
    late = page.decide(STALE, key, "rejected", seen=0)
    assert late.status == 409
    assert "刚刚已有新的核实意见" in late.text
    assert [one.decision for one in page.store.decisions(key)] == [Review.CONFIRMED]


def test_the_reviewer_is_remembered(page: Page) -> None:
    done = page.decide(STALE, key_of(STALE, "home-stale"), "confirmed", reviewer="欧阳 核实")
    cookie = done.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    assert 'value="欧阳 核实"' in page.get(f"/site/{STALE.code}", Cookie=cookie.partition(";")[0]).text


def test_filters_outlast_a_decision(page: Page) -> None:
    key = key_of(STALE, "home-stale")
    done = page.decide(STALE, key, "confirmed", kind="veto", rule="home-stale")
    assert done.headers["location"] == f"/site/{STALE.code}?rule=home-stale&kind=veto&done=confirmed#f-{key}"


def test_a_site_inspected_meanwhile_is_shown_as_it_is_now(page: Page) -> None:
    assert "<b>2</b>不合格" in page.get("/").text
    page.store.save(inspection(SOUND, stale(SOUND)))
    assert "<b>3</b>不合格" in page.get("/").text
    assert page.verdict(SOUND) == VETO


def test_the_outputs_are_written_again(page: Page) -> None:
    page.decide(STALE, key_of(STALE, "home-stale"), "rejected")
    done = page.post("/publish", {"token": page.token()})
    assert (done.status, done.headers["location"]) == (303, "/?published=1")
    assert "已重新生成" in page.get("/?published=1").text
    lines = (page.output / "2026Q2" / "verdicts.jsonl").read_text("utf-8").splitlines()
    assert {one["code"]: one["verdict"] for one in map(json.loads, lines)} == {
        SOUND.code: "qualified",
        UNREAD.code: "unqualified",
        STALE.code: "qualified",
        MARKED.code: "undetermined",
    }
    assert (page.output / "2026Q2" / "通报.docx").exists()


def test_an_office_file_with_mistakes_is_named(page: Page) -> None:
    (page.output / "office.toml").write_text("issuer = 1\n", "utf-8")
    answer = page.post("/publish", {"token": page.token()})
    assert answer.status == 500
    assert "office.toml" in answer.text


def test_a_site_judged_again_is_shown_as_it_is_now(page: Page) -> None:
    assert page.listed("?rule=home-stale") == [UNREAD.code, STALE.code]
    page.store.judge("2026Q2", rules_of("2019", ""), "2019", "")
    assert page.listed("?rule=home-stale") == []


def test_of_two_decisions_at_once_one_is_kept(page: Page) -> None:
    key = key_of(STALE, "home-stale")
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda decision: page.decide(STALE, key, decision).status, ["confirmed", "rejected"] * 4))
    assert sorted(done) == [303, *[409] * 7]
    assert len(page.store.decisions(key)) == 1


@pytest.mark.slow
def test_it_works_while_a_crawl_writes(page: Page) -> None:
    key, file = key_of(STALE, "home-stale"), page.output / DATABASE
    command = [sys.executable, "-m", "tests.store.saving", f"sqlite:///{file}", "2026Q2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as crawl:
        assert crawl.stdout is not None
        assert crawl.stdout.readline()
        for seen in range(10):
            assert page.decide(STALE, key, ("rejected", "pending")[seen % 2], seen).status == 303
            assert page.verdict(STALE) == (NONE, VETO)[seen % 2]
        assert crawl.poll() is None
        crawl.kill()
    assert len(page.store.decisions(key)) == 10


@pytest.mark.slow
def test_on_postgresql_too(postgres_url: str, tmp_path: Path) -> None:
    with Store.open(postgres_url) as store:
        fill(store)
        with serving(store, tmp_path) as page:
            assert page.listed() == [MARKED.code, UNREAD.code, STALE.code, SOUND.code]
            assert page.decide(STALE, key_of(STALE, "home-stale"), "rejected").status == 303
            assert page.verdict(STALE) == NONE
            assert page.listed("?verdict=qualified") == [SOUND.code, STALE.code]
