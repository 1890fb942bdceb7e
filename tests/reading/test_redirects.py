import pytest

from govspider.reading import dom
from govspider.reading.pager import read_pager
from govspider.reading.redirects import read_redirect

BASE = "http://www.qinghe.gov.cn/zwgk/index.html"
AWAY = {
    '<meta http-equiv="refresh" content="0; url=./a/">': "http://www.qinghe.gov.cn/zwgk/a/",
    "<meta http-equiv='Refresh' content=\"0;URL='b.html'\">": "http://www.qinghe.gov.cn/zwgk/b.html",
    '<script>window.location.href="c.html";</script>': "http://www.qinghe.gov.cn/zwgk/c.html",
    '<script>location.replace("/d/")</script>': "http://www.qinghe.gov.cn/d/",
    '<script>var u = "e/"; top.location = u;</script>': "http://www.qinghe.gov.cn/zwgk/e/",
    '<p style="display:none" id="u">/f.html</p><script>(function(){var a=document.getElementById("u").innerText;if(a){window.open(a,"_self");}})()</script>': "http://www.qinghe.gov.cn/f.html",
    "<script>document.write('<meta http-equiv=\"refresh\" content=\"0;url=g.html\">')</script>": "http://www.qinghe.gov.cn/zwgk/g.html",
    "<body onload=\"location.href='h.html'\">": "http://www.qinghe.gov.cn/zwgk/h.html",
    "<script>setTimeout(function(){location.href='i.html'},500)</script>": "http://www.qinghe.gov.cn/zwgk/i.html",
    '<frameset rows="90,*"><frame src="top.html"><frame src="main.html"></frameset>': "http://www.qinghe.gov.cn/zwgk/main.html",
}  # fmt: skip
STAYS = (
    '<meta http-equiv="refresh" content="600">',
    '<meta http-equiv="refresh" content="300;url=other.html">',
    '<meta http-equiv="refresh" content="0;url=index.html">',
    "<script>if(/mobile/i.test(navigator.userAgent)){location.href='/m/'}</script>",
    "<script>function go(){location.href='/x/'}</script>",
    "<script>var here = location.href; if (location.href == 'a') {}</script>",
    "<p>" + "青河县人民政府办公室关于印发通知的说明。" * 30 + "</p><script>location.href='/x/'</script>",
)


@pytest.mark.parametrize("html", AWAY)
def test_leads_away(html: str) -> None:
    assert read_redirect(dom.parse(html.encode(), BASE)) == AWAY[html]


@pytest.mark.parametrize("html", STAYS)
def test_stays(html: str) -> None:
    assert read_redirect(dom.parse(html.encode(), BASE)) is None


def test_pagers() -> None:
    def pages(html: str) -> tuple[str | None, str | None, int | None, int | None]:
        pager = read_pager(dom.parse(html.encode(), BASE), 10_000)
        return pager.next_page, pager.last_page, pager.pages, pager.total

    root = "http://www.qinghe.gov.cn/zwgk/"
    assert pages('<script>createPageHTML(4, 0, "index", "html")</script>') == (
        root + "index_1.html",
        root + "index_3.html",
        4,
        None,
    )
    assert pages('<script>createPageHTML(4, 3, "index", "html")</script>') == (None, root + "index_3.html", 4, None)
    assert pages("<script>createPageHTML('p',12,1,'list','html',222)</script>") == (
        root + "list_2.html",
        root + "list_12.html",
        12,
        222,
    )
    assert pages('<a href="p2.html">下一页</a> <a href="p9.html">尾页</a> 第1页/共9页 共<b>171</b>条') == (
        root + "p2.html",
        root + "p9.html",
        9,
        171,
    )
    assert pages("共 0 条 当前第 1 / 1 页 <a href='javascript:;'>下一页</a>") == (None, None, 1, 0)
    assert pages("电话：0751/8181234 2021/08/18") == (None, None, None, None)
