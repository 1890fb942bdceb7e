"""A page read for its links alone says of them what a whole reading says, and nothing else."""

from collections.abc import Callable

import pytest

from govspider.facts import Page, PageKind
from govspider.reading.page import read_links

URL = "http://www.qinghe.gov.cn/zwgk/tzgg/index.html"
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
    "redirect": "<title>清河</title><meta http-equiv='refresh' content='0;url=/real/'><a href='/real/'>进入</a>",
    "frames": "<frameset><frame src='/top.html'><frame src='/main.html'></frameset>",
    "empty": "",
    "binary": "\x00\x01\ufffd<<a href=",
}


@pytest.mark.parametrize("name", PAGES)
def test_links_are_those_of_a_whole_reading(read: Callable[..., Page], name: str) -> None:
    whole, brief = read(PAGES[name], URL), read_links(PAGES[name].encode(), URL)
    for field in ("anchors", "redirect", "next_page", "title", "template", "skeleton", "text_length", "charset", "url"):
        assert getattr(brief, field) == getattr(whole, field), field


def test_hidden_links_and_files_are_told_and_entries_are_left_out() -> None:
    page = read_links(LIST.encode(), URL)
    assert {(anchor.kind, anchor.hidden) for anchor in page.anchors} == {
        ("page", False), ("attachment", False), ("image", False), ("page", True)
    }  # fmt: skip
    assert (page.kind, page.entries, page.newest) == (PageKind.OTHER, (), None)


def test_a_challenge_is_one(read: Callable[..., Page]) -> None:
    assert read(CHALLENGE, URL).kind is PageKind.CHALLENGE
    assert read_links(CHALLENGE.encode(), URL).kind is PageKind.CHALLENGE
