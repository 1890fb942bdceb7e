"""Blank columns, and all that only looks like one."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from govspider.facts import Page, PageKind

spec = importlib.util.spec_from_file_location("frames", Path(__file__).parent / "frames.py")
assert spec
assert spec.loader
frames = importlib.util.module_from_spec(spec)
spec.loader.exec_module(frames)

Read = Callable[..., Page]

BLANK = {
    "zero by publisher": '<ul></ul><div><script>createPageHTML("page",1,1,"list","html",0);</script></div>',
    "one page by publisher": '<ul class="list">\n</ul><div><script>createPageHTML(1, 0, "index", "html");</script></div>',
    "counter": '<ul><div style="clear:both"></div></ul><div><a>首页</a> <a>上一页</a> <a>下一页</a> <a>尾页</a> 共 0 条 当前第 1 / 1 页</div>',
    "counter of pages": "<table><tr><td></td></tr></table><div>共0条&nbsp;&nbsp;0/0&nbsp;首页 上页 下页 尾页</div>",
    "records": "<div><ul></ul></div><p>共有0条记录 每页20条</p>",
    "said in a table": "<table><tr><th>标题</th><th>发布日期</th></tr><tr><td colspan=2>暂无数据</td></tr></table><div>共 0 条</div>",
    "pager in plain text": '<ul>\n</ul><div class="pages"><span>首页</span><span>上页</span><span>1</span><span>下页</span><span>尾页</span></div>',
    "said": "<div class='none'>该栏目暂无内容</div><div><a href='javascript:;'>上一页</a><a href='javascript:;'>下一页</a></div>",
}
SAID = ("暂无此类信息！", "尚无资料", "没有查询到相关数据", "该栏目下暂无文章")
UNKNOWN = {
    "filled by ajax": "<ul id='list'></ul><script>$.ajax({url:'/api/list',success:function(d){$('#list').html(d)}});</script>",
    "filled counter": "<ul id='list'></ul><div>共<span id='total'>0</span>条</div><script>$.getJSON('/a.json', function(d){show(d)})</script>",
    "counter with id": "<ul id='list'></ul><div>共<span id='total'>0</span>条</div><script src='/js/list.js'></script>",
    "frame": "<iframe src='/list.jsp?col=12' width='700' height='900'></iframe>",
    "template": "<ul><textarea style='display:none'>{#foreach $T.rows as r}<li><a href='{$T.r.url}'>{$T.r.name}</a></li>{#/for}</textarea></ul>",
    "vue": "<div id='app'><ul><li v-for='r in rows'><a :href='r.url'>{{ r.title }}</a><span>{{ r.date }}</span></li></ul></div>",
    "angular": "<ul ng-app='list'><li ng-repeat='r in rows'>{{r.title}}</li></ul>",
    "data elsewhere": "<script type='text/xml'><datastore><nextgroup><![CDATA[<a href='/module/jslib/jpage/dataproxy.jsp?page=1&webid=1'></a>]]></nextgroup>"
    "<recordset></recordset></datastore></script><ul></ul>",
    "pager call commented out": '<ul></ul><div><script>function go(){\n//createPageHTML(1, 0, "index", "html");\nvar pages = 1;\n}</script></div>',
    "plain pager that a script listens to": "<ul></ul><div><span onclick='go(1)'>上一页</span><span>1</span><span onclick='go(2)'>下一页</span></div>",
    "plain pager below a list that has an id": "<div id='list'><ul></ul></div><div><span>上一页</span><span>1</span><span>下一页</span></div><script src='/js/list.js'></script>",
    "plain pager that counts entries": "<ul></ul><div>共2条 1/1 首页 上页 下页 尾页</div>",
    "empty box only": "<ul class='list'></ul>",
}
TEXT = "<p>" + "青河县位于省境东北部，辖区面积1200平方公里，辖8镇2乡，总人口35万人。" * 12 + "</p>"


@pytest.mark.parametrize("side", ["", frames.HOT, frames.HOT_UNDATED])
@pytest.mark.parametrize("main", BLANK)
def test_blank(read: Read, main: str, side: str) -> None:
    page = read(frames.page(BLANK[main], side=side))
    assert (page.kind, page.blank, page.entries) == (PageKind.LIST, True, ())
    assert page.blank_signs


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("path", ["/zwgk/ghjh/index.html", "/newslist/201962713361289.html"])
def test_a_column_that_says_nothing_else(read: Read, said: str, path: str) -> None:
    for main in (f"<ul><li><a href='javascript:;'>{said}</a></li></ul>", f"<div>{said}</div>"):
        page = read(frames.page(main), "http://www.qinghe.gov.cn" + path)
        assert (page.kind, page.blank, page.entries) == (PageKind.LIST, True, ())


@pytest.mark.parametrize("said", SAID)
def test_a_box_that_says_nothing_is_no_blank_page(read: Read, said: str) -> None:
    for main in (
        f"<h3>今日要闻</h3><div>{said}</div><h3>机构简介</h3><p>青河县水务局承担水资源管理、防汛抗旱、河湖管护和农村供水保障等工作，下设四个股室，现有工作人员三十二人。</p>",
        f"<div>{said}</div>" + TEXT,
    ):
        assert read(frames.page(main)).blank is not True


@pytest.mark.parametrize("side", ["", frames.HOT, frames.HOT_UNDATED])
@pytest.mark.parametrize("main", UNKNOWN)
def test_filled_later_is_not_blank(read: Read, main: str, side: str) -> None:
    page = read(frames.page(UNKNOWN[main], side=side))
    assert (page.blank, page.needs_browser) == (None, True)


def test_an_empty_box_of_a_menu_is_no_empty_list(read: Read) -> None:
    menu = "<h4>年度信息</h4><ul></ul><h4>专项信息</h4><ul>\n</ul>"
    main = f"{menu}<div>{{}}</div><div><span>首页</span><span>上一页</span><span>下一页</span><span>末页</span></div>"
    for items in ("<a>注册资本</a><a>客服电话</a>", "<a href='javascript:;'>章程</a><a href='javascript:;'>股东</a>"):
        assert read(frames.page(main.format(items))).blank is not True


def test_text_is_not_blank(read: Read) -> None:
    for main in (
        TEXT,
        TEXT + "<ul></ul>",
        TEXT + "<div>共 0 条评论</div>",
        "<table><tr><td>电话</td><td>0751-8181234</td></tr></table>" + TEXT,
    ):
        page = read(frames.page(main, name="青河概况"))
        assert page.blank is not True


def test_visible_zero_beside_entries_is_not_blank(read: Read) -> None:
    page = read(frames.page(frames.STYLES["span behind"](frames.rows(3)) + "<div>共 0 条评论 共 0 条</div>"))
    assert page.blank is False


def test_list_under_a_heading_of_side_lists_is_not_blank(read: Read) -> None:
    for name in ("热点专题", "最新公告", "图片新闻", "推荐阅读"):
        rows = frames.STYLES["span behind"](frames.rows(4))
        for crumb in (True, False):
            page = read(frames.page(rows + frames.PAGERS["script"], name=name, crumb=crumb))
            assert (page.blank, len(page.entries)) == (False, 4)


def test_data_island_counts_its_entries(read: Read) -> None:
    page = read(frames.page(frames.STYLES["data island"](frames.rows(5)), side=frames.HOT))
    assert (page.blank, len(page.entries), page.needs_browser) == (False, 5, False)


def test_words_between_an_empty_box_and_a_pager_in_plain_text_are_content(read: Read) -> None:
    told = "县政府公报每季度出版一期，纸质版可在县图书馆、县档案馆和各乡镇便民服务中心免费取阅，欢迎广大群众前往索取。"
    pager = "<div><span>首页</span><span>上页</span><span>下页</span><span>尾页</span></div>"
    assert read(frames.page(f"<ul></ul><p>{told}</p>{pager}")).blank is not True


@pytest.mark.parametrize(
    "told",
    [
        "本单位2020年度行政处罚共0件，行政强制共0件。",
        "2020年我局收到信息公开申请总共0件，结转下年度办理总计0件。",
        "2021年行政处罚共0件</p><p>行政强制共0件",
    ],
)
def test_a_sentence_that_reports_none_is_no_empty_list(read: Read, told: str) -> None:
    assert read(frames.page(f"<p>{told}</p>", name="行政执法公示")).blank is not True


@pytest.mark.parametrize(
    "counter",
    ["共0条记录，每页15条，共0页", "检索到0条记录，请更换关键词", "共 0 条", "共0件", "本栏目共0个", "查询结果：共0项"],
)
def test_a_counter_of_none_is_an_empty_list(read: Read, counter: str) -> None:
    assert read(frames.page(f"<ul></ul><div>{counter}</div>")).blank is True


def test_a_trail_above_the_pager_of_an_empty_list_is_no_list(read: Read) -> None:
    trail = "<a href='/'>网站首页</a> | <a href='/rczp/'>人才招聘与引进</a> | <a href='/zwgk/tzgg/index.html'>劳务派遣人员名单</a>"
    pager = "<div><span>首页</span><span>上页</span><span>下页</span><span>尾页</span></div>"
    html = frames.page(f"<div>{trail}</div><ul></ul>{pager}", name="劳务派遣人员名单", crumb=False)
    page = read(html)
    assert (page.kind, page.blank, page.entries) == (PageKind.LIST, True, ())
