"""``scrapy answers``: the table goes out, comes back filled in, and nothing is taken in when one row is bad."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    AccountStatus,
    Inspection,
    Site,
    SiteKind,
    Verdict,
)
from govspider.rounds import open_store, rules_of
from govspider.rules import apply_rule
from govspider.store import Store
from tests.review.office import CHECKPOINT, ROUND, SOUND, inspection, settings

ROOT = Path(__file__).parents[2]
PORTAL = Site("6199990001", "=松岭市人民政府", "http://www.songling.example/", kind=SiteKind.PORTAL)
UNSEEN = Account("gh_1", AccountKind.WECHAT, "松岭发布", "微信公众号", "gh_1", "松岭市人民政府办公室")
GONE = Account("gh_2", AccountKind.WECHAT, "松岭旧事", "微信公众号", "gh_2", status=AccountStatus.CLOSED)
BY_HAND = ("account-harmful", "account-public-outcry", "account-secret-disclosed")
UNSEEN_VETOES = ("account-stale", "account-unusable", "account-no-interaction", "account-no-own-content")
HEADS = "标识码或账号ID,规则编号,结果,处数,说明,填报人\n"


def scrapy(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "answers", *words, "-s", f"OUTPUT={folder}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(settings(tmp_path)) as opened:
        opened.start_round(ROUND, CHECKPOINT, "2019", "", (PORTAL, SOUND), (UNSEEN, GONE))
        opened.save(inspection(PORTAL))
        facts = AccountFacts(UNSEEN, CHECKPOINT, finished_at=dt.datetime.now(dt.UTC))
        rules = rules_of("2019", "").of("account")
        opened.save(Inspection(ROUND, facts, [one for rule in rules for one in apply_rule(rule, facts)]))
        yield opened


def test_the_table_goes_out_and_comes_back(store: Store, tmp_path: Path) -> None:
    form = tmp_path / "填报表.xlsx"
    assert scrapy(tmp_path, "export", str(form)).returncode == 0
    book = openpyxl.load_workbook(form)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    asked = {(row["标识码或账号ID"].value, row["规则编号"].value) for row in rows}
    assert {code for code, _ in asked} == {PORTAL.code, SOUND.code, UNSEEN.code}
    assert {rule for code, rule in asked if code == SOUND.code} == {"public-outcry", "secret-disclosed"}
    assert {rule for code, rule in asked if code == UNSEEN.code} == {*BY_HAND, *UNSEEN_VETOES}
    assert all(row["结果"].value is None and row["名称"].data_type == "s" for row in rows)
    (late,) = [row for row in rows if row["规则编号"].value == "reply-late"]
    assert "每次扣4分" in late["判定办法"].value
    for head, value in (("结果", "有问题"), ("处数", 2), ("说明", "两次均未答复"), ("填报人", "张某")):
        late[head].value = value
    book.save(form)
    done = scrapy(tmp_path, "import", str(form))
    assert (done.returncode, done.stdout) == (0, f"轮次 {ROUND}：导入填报 1 项，涉及 1 个网站和账号。\n")
    (given,) = store.answers(ROUND)
    assert (given.code, given.rule, given.value, given.places, given.who) == (
        PORTAL.code,
        "reply-late",
        "violation",
        2,
        "张某",
    )
    again = scrapy(tmp_path, "import", str(form))
    assert "导入填报 0 项" in again.stdout
    assert scrapy(tmp_path, "export", str(form)).returncode == 0
    filled = [row for row in openpyxl.load_workbook(form).active.iter_rows(min_row=2, values_only=True) if row[6]]
    assert [row[6:10] for row in filled] == [("有问题", 2, "两次均未答复", "张某")]


def test_what_a_person_saw_of_an_account_decides_about_it(store: Store, tmp_path: Path) -> None:
    def verdict() -> Verdict:
        found = store.round(ROUND)
        assert found is not None
        return store.accounts.results(found, rules_of("2019", ""))[0].verdict

    assert verdict().verdict == "undetermined"
    file = tmp_path / "answers.csv"
    seen = [f"{UNSEEN.code},{rule},没有问题,,6月30日用手机查看,张某" for rule in UNSEEN_VETOES]
    file.write_bytes((HEADS + "\n".join(seen)).encode("gb18030"))
    done = scrapy(tmp_path, "import", str(file))
    assert (done.returncode, done.stdout) == (0, f"轮次 {ROUND}：导入填报 4 项，涉及 1 个网站和账号。\n"), done.stderr
    assert verdict().verdict == "qualified"
    file.write_text(HEADS + f"{UNSEEN.code},account-stale,有问题,,最近一条为5月8日,张某", "utf-8")
    assert scrapy(tmp_path, "import", str(file)).returncode == 0
    assert (verdict().verdict, verdict().vetoes, verdict().problems) == (
        "unqualified",
        ("account-stale",),
        ("未及时更新",),
    )
    file.write_text(HEADS + f"{GONE.code},account-stale,有问题,,,张某", "utf-8")
    assert "本轮名册里没有“gh_2”这个网站或账号" in scrapy(tmp_path, "import", str(file)).stderr


def test_every_bad_row_is_named_and_nothing_is_taken_in(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    rows = [
        f"{PORTAL.code},reply-late,没有问题,,,张某",
        "6199999999,reply-late,没有问题,,,张某",
        f"{PORTAL.code},columns-blank,没有问题,,,张某",
        f"{PORTAL.code},reply-poor,还行,,,张某",
        f"{PORTAL.code},login-not-single,有问题,零,,张某",
        f"{PORTAL.code},guide-absent,有问题,1,,",
        f"{PORTAL.code},guide-inaccurate,,2,,张某",
        f"{PORTAL.code},reply-late,有问题,,,张某",
        f"{SOUND.code},reply-late,有问题,,,张某",
    ]
    file.write_text(HEADS + "\n".join(rows), "utf-8")
    done = scrapy(tmp_path, "import", str(file))
    assert done.returncode == 1
    for line, words in (
        (3, "本轮名册里没有“6199999999”这个网站或账号"),
        (4, "规则编号“columns-blank”不是它需要填报的"),
        (5, "结果“还行”不是可用的值，请填写 有问题、没有问题"),
        (6, "处数“零”应为 1 至 999 的整数"),
        (7, "填报人缺失"),
        (8, "写了处数或者说明而没有填结果"),
        (9, "与第 2 行重复"),
        (10, "规则编号“reply-late”不是它需要填报的"),
    ):
        assert f"第 {line} 行：{words}" in done.stderr, done.stderr
    assert "共 8 处错误，没有导入任何内容。" in done.stderr
    assert store.answers(ROUND) == ()


@pytest.mark.parametrize("words", [(), ("export",), ("import", "没有.xlsx"), ("export", "a.csv"), ("send", "a.xlsx")])
def test_misuse_is_explained(store: Store, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = scrapy(tmp_path, *words)
    assert done.returncode != 0
    assert any("\u4e00" <= character <= "\u9fff" for character in done.stdout + done.stderr)
