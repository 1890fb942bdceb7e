import pytest

from govspider.reading import dom
from govspider.reading.footer import Footer, read

URL = "http://www.example.gov.cn/"


def foot(html: str, **meta: str) -> Footer:
    page = f"<html><body><h1>某某局</h1>{'<p>正文</p>' * 50}<div>{html}</div></body></html>"
    return read(dom.parse(page.encode(), URL), meta)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("网站标识码:4101000023", "4101000023"),
        ("政府网站标识码 4101000023", "4101000023"),
        ("网站标识码<b>:bm18000002</b>", "bm18000002"),
        ("网站标识编码:4101000023 联系电话:0371-12345678", "4101000023"),
        ("联系电话:4101000023", None),
        ("", None),
    ],
)
def test_site_code(text: str, code: str | None) -> None:
    assert foot(f"<p>{text}</p>").site_id_code == code


def test_the_tag_goes_before_the_foot_unless_it_is_empty() -> None:
    assert foot("网站标识码:4101000023", SiteIDCode="4101000017").site_id_code == "4101000017"
    assert foot("网站标识码:4101000023", SiteIDCode="null").site_id_code == "4101000023"
    assert foot("", SiteIDCode="N000000672").site_id_code == "N000000672"


@pytest.mark.parametrize(
    ("text", "icp"),
    [
        ("豫ICP备12345678号", "豫ICP备12345678号"),
        ("备案序号:豫ICP备12345678号-1", "豫ICP备12345678号-1"),
        ("豫 icp 备 12345678 号—3", "豫ICP备12345678号-3"),
        ("京ICP证030173号", "京ICP证030173号"),
        ("京ICP备12345678-1号", "京ICP备12345678-1号"),
        ("豫IPC备12345678号", "豫IPC备12345678号"),
        ("豫ICP备12345678 主办：某某局", "豫ICP备12345678"),
        ("ICP备案编号待定", None),
    ],
)
def test_icp(text: str, icp: str | None) -> None:
    assert foot(f"<p>{text}</p>").icp == icp


def test_police_filing() -> None:
    assert (
        foot('<a href="http://www.beian.gov.cn/"><img src=g.png>豫公网安备 41010002000001号</a>').police_filing
        == "豫公网安备41010002000001号"
    )
    assert foot("已向公安机关备案").police_filing is None


@pytest.mark.parametrize(
    "html",
    [
        '<a href="http://bszs.conac.cn/sitename?method=show&id=0"><img src="/images/a.png"></a>',
        "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='http://dcs.conac.cn/js/1/a.js' type='text/javascript'%3E%3C/script%3E\"));</script>",
        '<script src="https://dcs.conac.cn/js/16/240/0000/1/CA1.js"></script>',
        '<img src="/images/x1.png" alt="党政机关网站标识">',
        '<img src="/images/red.png">',
        '<img src="/images/blue.png" title="事业单位标识">',
    ],
)
def test_party_and_government_badge(html: str) -> None:
    assert foot(html).party_gov_badge
    assert not foot(f"<!-- {html} -->").party_gov_badge
    assert not foot(html).error_report_badge


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4101000023&url=http%3A%2F%2Fwww.example.gov.cn"><img src=a.png></a>',
        '<script id="_jiucuo_" sitecode="4101000023" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>',
        "<script>document.write(unescape('%3Ca href=%22http://pucha.kaipuyun.cn/exposure/jiucuo.html%22%3E%3C/a%3E'))</script>",
        "<script>(function(){document.write('<script src=\"http:\\/\\/pucha.kaipuyun.cn\\/exposure\\/jiucuo.js\"><\\/script>')})()</script>",
        '<img src="/images/9.png" alt="政府网站找错">',
        '<img src="/images/jiucuo.png">',
        '<a href="/wzjc/">我为政府网站找错</a>',
    ],
)
def test_error_report_badge(html: str) -> None:
    assert foot(html).error_report_badge
    assert not foot(f"<!-- {html} -->").error_report_badge
    assert not foot(html).party_gov_badge


def test_a_badge_in_a_comment_of_a_script_does_not_count() -> None:
    script = "<script>\n// document.write('<script src=\"http://dcs.conac.cn/js/a.js\">');\n/* document.write('zfwzgl.www.gov.cn/exposure/jiucuo.js') */\ndocument.write('x');</script>"
    assert foot(script) == Footer()


def test_an_ordinary_foot_has_no_badge() -> None:
    assert foot('<img src="/images/logo.png"><img src="/images/hired.png"><a href="/lxwm/">联系我们</a>') == Footer()
