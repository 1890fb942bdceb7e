"""The parsed tree: text and positions, addresses, charsets, and pages made to hurt."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govspider.facts import Page
from govspider.reading import dates, dom, taming
from govspider.reading.charset import decode
from govspider.reading.page import read_page
from govspider.reading.taming import tame
from govspider.reading.terms import Lexicon

BASE = "http://www.qinghe.gov.cn/zwgk/tzgg/index.html"


def test_text_has_a_line_a_block_and_every_node_its_slice() -> None:
    doc = dom.parse("<div> 青河 <b>县</b>\n<p>通知</p>公告<script>var a='x'</script></div><td>2<i>3</i>".encode(), BASE)
    assert doc.text == "青河 县\n通知\n公告\n2 3"
    bold = doc.tags("b")[0]
    assert doc.raw(bold) == "县"
    assert [doc.line(node) for node in doc.tags("p")] == ["通知"]
    assert doc.tags("script")[0].data == "var a='x'"
    assert all(node.parent is None or node.parent.holds(node) for node in doc.nodes)


@pytest.mark.parametrize(
    "link",
    [
        "a.html",
        "./a.html",
        "../a.html",
        "../../../a.html",
        "/a/./b/../c.html",
        "//b.cn/x",
        "?page=2",
        "a.html?x=../y",
        "../",
        ".",
        "http://b.cn/a",
    ],
)
def test_addresses_are_joined_as_browsers_do(link: str) -> None:
    assert dom.parse(b"", BASE).absolute(link) == urljoin(BASE, link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#",
        "#top",
        "#/",
        "#!",
        "javascript:;",
        "mailto:a@b.cn",
        "tel:110",
        "data:text/html,x",
        "http://[::1/x",
        "//[x/",
    ],
)
def test_what_is_no_address(link: str) -> None:
    assert dom.parse(b"", BASE).absolute(link) == ""


@pytest.mark.parametrize("link", ["#/list/3", "#!/list/3?page=2"])
def test_route_is_an_address_of_its_own(link: str) -> None:
    assert dom.parse(b"", BASE).absolute(link) == urljoin(BASE, link)
    assert dom.parse(b"", BASE + "#/list/2").absolute(link) == urljoin(BASE, link)


def test_base_and_backslashes() -> None:
    doc = dom.parse(b'<base href="http://b.gov.cn/x/">', BASE)
    assert doc.absolute("a\\b.html") == "http://b.gov.cn/x/a/b.html"


PAGE = '<html><head><meta charset="{}"><title>青河县镕鎔堃㙍</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("declared", "real", "name"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("gb2312", "utf-16-le", "utf-16-le"),
        ("gb2312", "utf-16-be", "utf-16-be"),
        ("gb2312", "utf-16", "utf-16-le"),
        ("utf-8", "utf-8-sig", "utf-8"),
        ("nonsense", "gb18030", "gb18030"),
    ],
)
def test_charsets(declared: str, real: str, name: str) -> None:
    body = PAGE.format(declared, "各乡镇人民政府" * 20).encode(real)
    text, found = decode(body)
    assert found == name
    assert "青河县镕鎔堃㙍" in text
    assert decode(body[:-31])[1] == name  # cut off in the middle of a character


def test_words_that_are_valid_in_two_charsets() -> None:
    assert decode('<meta charset="gb2312">联通'.encode("gb18030"))[0].endswith("联通")


def test_a_few_broken_bytes_do_not_change_the_charset() -> None:
    text, name = decode(PAGE.format("utf-8", "各乡镇" * 30).encode() + b"\xff\xfe")
    assert (name, "各乡镇" in text) == ("utf-8", True)


HOSTILE = {
    "deep": "<div>" * 30_000,
    "deep and closed": "<div>" * 30_000 + "</div>" * 30_000,
    "formatting": "".join(f"<p><font size={n}>x" for n in range(20_000)),
    "attributes": "<a " + " ".join(f"a{n}=1" for n in range(50_000)) + ">",
    "dates": "2021-08-18 " * 60_000,
    "digits": "1" * 600_000,
    "open records": "<record><![CDATA[" * 40_000,
    "line breaks": "<a href=y>关于活动的通知</a> 2021-01-01<br>" * 9_000,
    "braces": "{{" * 200_000,
    "names": "当前位置：" * 40_000,
    "options": "<select>" + "<option value=a>青河县" * 50_000,
    "fields": "<input name=q>" * 50_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_are_read_within_bounds(read: Callable[..., Page], kind: str) -> None:
    page = read("<title>通知公告-青河县</title>" + HOSTILE[kind])
    assert page.text_length <= dom.MAX_TEXT + 10
    assert len(page.entries) <= 2000
    assert len(dom.parse(HOSTILE[kind].encode(), BASE).nodes) <= dom.MAX_NODES


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<b><i><u><a href=1>", "</tr><tr>"])
def test_no_more_tags_are_looked_at_than_a_tree_may_hold(tag: str) -> None:
    assert "end" in tame(tag * 100 + "<p>end")
    assert "end" not in tame(tag * taming.MAX_TAGS + "<p>end")


def test_no_more_days_are_looked_at_than_a_page_may_show() -> None:
    day = dt.date(2021, 8, 20)
    assert len(dates.find("2021-08-18 " * 50, day)) == 50
    assert len(dates.find("2021-08-18 " * 60_000, day)) == dates.MOST


def test_what_is_below_an_element_can_be_counted() -> None:
    doc = dom.parse(b"<div><p><a href=x>y</a></p><p>z</p></div>", BASE)
    nodes = [doc.root, *doc.tags("div"), *doc.tags("p")]
    assert [doc.count(node, "a", "p", "img") for node in nodes] == [3, 3, 1, 0]
    assert all(doc.count(node, "a", "p") == len(doc.below(node, "a", "p")) for node in nodes)


PIECES = st.sampled_from(
    ["<ul>", "<li>", "</li>", "<a href='", "'>", "</a>", "<table>", "<tr><td>", "</table>", "2021-08-18", "08-18", "[", "]", "共0条", "下一页", "<p>", "发布时间：",
     "<script>", "</script>", "location='", "<h1>", "当前位置：", ">", "首页", "关于开展活动的通知", "<div style='display:none'>", "&#", "&#20013;", "<!--", "-->", "<frameset>", "<frame src=a>",
     "<iframe src=b>", "<meta http-equiv=refresh content='0;url=", "<title>", "</title>", "<record>", "<![CDATA[", "]]>", "\x00", "\ufeff", "<select><option>", "<base href='//[", "{{x}}", "二〇二一年十三月四十日"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=60).map(lambda pieces: "".join(pieces).encode())),
    st.text(max_size=20),
)
def test_nothing_raises(body: bytes, tail: str) -> None:
    for url in (BASE, "http://a.cn/" + tail, tail):
        read_page(body, url, checkpoint=dt.date(2021, 8, 20), lexicon=Lexicon(), content_type=tail)


@pytest.mark.parametrize(
    ("element", "leads"),
    [
        ("<li onclick=\"location.href='/bszn/'\"><span>办事指南</span></li>", "/bszn/"),
        ("<div onClick=\"window.open('/bszn/','_blank')\">办事指南</div>", "/bszn/"),
        ("<td onclick='javascript:window.location=\"bszn/\"'>办事指南</td>", "/bszn/"),
        ("<button onclick=\"location.assign('/bszn/')\">办事指南</button>", "/bszn/"),
        ("<div onclick=\"open('/all/')\"><p onclick=\"open('/bszn/')\">办事指南</p></div>", "/bszn/"),
        ("<a href='javascript:void(0)' onclick=\"window.open('/bszn/')\">办事指南</a>", "/bszn/"),
        ("<a href=\"javascript:location.href='/bszn/'\">办事指南</a>", "/bszn/"),
        ("<a href='/bszn/' onclick=\"location.href='/other/'\">办事指南</a>", "/bszn/"),
        ("<li onclick=\"location.href='/other/'\"><a href='/bszn/'>办事指南</a></li>", "/bszn/"),
    ],
)
def test_what_a_click_opens_is_a_link(element: str, leads: str) -> None:
    doc = dom.parse(
        f"<table><tr>{element}</tr></table>".encode() if "<td" in element else element.encode(), "http://a.gov.cn/"
    )
    assert [(link.text, link.url) for link in doc.links] == [("办事指南", f"http://a.gov.cn{leads}")]


@pytest.mark.parametrize("code", ["setTab(1)", "if(location.href=='/x/'){go()}", "show('/x/')", "location.href=target"])
def test_a_click_that_opens_no_written_address_is_none(code: str) -> None:
    assert dom.parse(f'<li onclick="{code}">办事指南</li>'.encode(), "http://a.gov.cn/").links == []
