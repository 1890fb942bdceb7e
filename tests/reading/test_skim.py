"""A page that is skimmed says of its links and of its wording what a whole reading says, and nothing else."""

import datetime as dt
from pathlib import Path

import pytest

from govspider.facts import Page, PageKind
from govspider.reading.page import read_page, skim_page
from govspider.reading.terms import load_lexicon

URL = "http://www.qinghe.gov.cn/zwgk/tzgg/index.html"
DAY = dt.date(2021, 8, 20)
LEXICON = load_lexicon(Path(__file__).parents[2] / "rules" / "lexicons")
ROWS = "".join(
    f"<li><a href='t{n}.html'>关于第{n}项工作的通知</a><span>2021-08-{n:02}</span></li>" for n in range(1, 16)
)
LIST = (
    f"<title>通知公告</title><ul>{ROWS}</ul><a href='index_1.html'>下一页</a><a href='/f.pdf'>附件</a><img src='/a.png'>"
    "<div style='display:none'><a href='http://elsewhere.example/'>别处</a></div>"
)
CHALLENGE = (
    "<html><body><script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script></body></html>"
)
PAGES = {
    "list": LIST,
    "leaking": "<title>名单</title><p>经审核，张某（身份证号：610102198503120425）符合条件。</p><p>各部门要认真布署。</p>",
    "redirect": "<title>清河</title><meta http-equiv='refresh' content='0;url=/real/'><a href='/real/'>进入</a>",
    "frames": "<frameset><frame src='/top.html'><frame src='/main.html'></frameset>",
    "empty": "",
    "binary": "\x00\x01\ufffd<<a href=",
}
SAID = ("anchors", "redirect", "next_page", "title", "template", "skeleton", "text_length", "charset", "url", "wording", "leaks", "privacy")  # fmt: skip


def whole(html: str) -> Page:
    return read_page(html.encode(), URL, checkpoint=DAY, lexicon=LEXICON)


def brief(html: str) -> Page:
    return skim_page(html.encode(), URL, checkpoint=DAY, lexicon=LEXICON)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_read_is_what_a_whole_reading_says(name: str) -> None:
    for field in SAID:
        assert getattr(brief(PAGES[name]), field) == getattr(whole(PAGES[name]), field), field


def test_hidden_links_and_files_are_told_and_entries_are_left_out() -> None:
    page = brief(LIST)
    assert {(anchor.kind, anchor.hidden) for anchor in page.anchors} == {
        ("page", False), ("attachment", False), ("image", False), ("page", True)
    }  # fmt: skip
    assert (page.kind, page.entries, page.newest) == (PageKind.OTHER, (), None)


def test_what_should_not_be_said_is_told() -> None:
    page = brief(PAGES["leaking"])
    assert [leak.masked for leak in page.leaks if leak.kind == "id_card"]
    assert [one.word for one in page.wording] == ["布署"]


def test_a_challenge_is_one() -> None:
    assert whole(CHALLENGE).kind is brief(CHALLENGE).kind is PageKind.CHALLENGE
