"""What people answer about a portal through the page as it is served."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from govspider.facts import Finding, Outcome, Site, SiteKind
from govspider.rounds import open_store
from tests.review.office import CHECKPOINT, HOSTILE, ROUND, SOUND, Page, inspection, serving, settings, violation

PORTAL = Site("6199990001", "松岭市人民政府", "http://www.songling.example/", kind=SiteKind.PORTAL)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with open_store(settings(tmp_path)) as store:
        store.start_round(ROUND, CHECKPOINT, "2019", "", (PORTAL, SOUND))
        store.save(inspection(PORTAL))
        store.save(inspection(SOUND))
        with serving(store, tmp_path) as served:
            yield served


def items(page: Page, site: Site = PORTAL) -> str:
    return page.get(f"/site/{site.code}/items").text


def answer(page: Page, seen: int = 0, **fields: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    got = page.post(
        f"/site/{PORTAL.code}/items", {"token": page.token(), "seen": str(seen), "reviewer": "张某", **named}
    )
    return got.status, got.headers.get("location", got.text)


def test_the_form_lists_what_waits_with_its_rule(page: Page) -> None:
    text = items(page)
    for said in (
        "咨询答复不及时",
        "模拟2次简单常见咨询",
        "每次扣4分",
        "互动交流/办理答复",
        "加分指标：创新发展",
        "符合加分条件",
    ):
        assert said in text, said
    assert "<script" not in text
    assert 'name="value-columns-blank"' not in text


def test_what_the_machine_has_proved_is_not_asked_again(page: Page) -> None:
    dead = violation("link-dead", PORTAL, "http://www.songling.example/x")
    blocked = Finding(
        "link-dead", Outcome.UNKNOWN, "http://www.songling.example/y", evidence={"reason": "被访问验证拦截"}
    )
    assert 'name="value-link-dead"' in items(page)
    page.store.save(inspection(PORTAL, dead, blocked))
    assert 'name="value-link-dead"' not in items(page)


def test_departments_are_asked_only_for_what_may_veto(page: Page) -> None:
    named = set(re.findall(r'name="value-([a-z-]+)"', items(page, SOUND)))
    assert named == {"public-outcry", "secret-disclosed"}


def test_answers_change_the_score_and_are_kept(page: Page) -> None:
    low = re.search(r"得分在([\d.]+)至([\d.]+)之间", items(page))
    assert low
    status, where = answer(
        page,
        value_reply_late="violation",
        places_reply_late="2",
        note_reply_late=HOSTILE,
        value_login_not_unified="pass",
    )
    assert (status, where) == (303, f"/site/{PORTAL.code}/items?done=2")
    text = page.get(where).text
    assert "已记录 2 项" in text
    assert "（2处）" in text
    assert "<script>alert" not in text
    assert "2次简单常见咨询没有在时限内收到网上答复" in page.get(f"/site/{PORTAL.code}").text
    now = re.search(r"得分在([\d.]+)至([\d.]+)之间", text)
    assert now
    assert float(now[2]) == float(low[2]) - 7
    assert float(now[1]) >= float(low[1])


def test_an_answer_can_be_taken_back(page: Page) -> None:
    answer(page, value_reply_late="violation")
    assert answer(page, 1, value_reply_late="withdrawn")[0] == 303
    assert [one.value for one in page.store.answers(ROUND)] == ["violation", None]
    assert "简单常见咨询没有" not in page.get(f"/site/{PORTAL.code}").text


def test_a_reported_outcry_fails_any_site(page: Page) -> None:
    fields = {"token": page.token(), "seen": "0", "reviewer": "张某", "value-public-outcry": "violation"}
    assert page.post(f"/site/{SOUND.code}/items", fields).status == 303
    assert page.verdict(SOUND).startswith("不合格")


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"value_reply_late": "violation", "places_reply_late": "0"}, 400, "处数应为"),
        ({"value_reply_late": "violation", "places_reply_late": "９"}, 400, "处数应为"),
        ({"value_reply_late": "fine"}, 400, "表单内容有误"),
        ({"note_reply_late": "两次"}, 400, "没有选择结果"),
        ({"value_reply_late": "pass", "note_reply_late": "长" * 501}, 400, "不超过 500 个字"),
        ({"value_reply_late": "pass", "reviewer": " "}, 400, "请填写填报人"),
        ({"value_reply_late": "pass", "seen": "3"}, 409, "已有新的填报"),
        ({"value_reply_late": "pass", "seen": "x"}, 400, "表单内容有误"),
        ({"value_reply_late": "pass", "token": "x"}, 403, "页面已过期"),
    ],
)
def test_a_bad_form_changes_nothing(page: Page, fields: dict[str, str], status: int, words: str) -> None:
    got, text = answer(page, **{"value_login_not_unified": "pass", **fields})
    assert got == status
    assert words in text
    assert page.store.answers(ROUND) == ()


def test_rules_that_are_not_asked_cannot_be_answered(page: Page) -> None:
    assert answer(page, value_columns_blank="pass", value_home_stale="pass")[0] == 303
    assert page.store.answers(ROUND) == ()


def test_a_site_that_is_not_there_has_no_form(page: Page) -> None:
    assert page.get("/site/1/items").status == 404
