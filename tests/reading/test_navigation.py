import pytest

from govspider.facts import ColumnLink
from govspider.reading import dom
from govspider.reading.navigation import breadcrumb, columns, sitemap_url

URL = "http://www.example.gov.cn/"
NEWS = "".join(
    f'<li><a href="/gzdt/202103/t202103{n:02d}_1{n}.html">某某市召开第{n}次工作推进会议部署有关工作</a><span>2021-03-{n:02d}</span></li>'
    for n in range(1, 9)
)
FOOT = (
    '<div class="foot"><p><a href="/gywm/">关于我们</a>|<a href="/lxwm/">联系我们</a>|<a href="/wzdt/">网站地图</a></p>'
    "<p>版权所有:某某市某某局 网站标识码:4100000001 豫ICP备12345678号</p></div>"
)


def doc(body: str, url: str = URL, title: str = "某某市某某局") -> dom.Doc:
    return dom.parse(
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}{FOOT}</body></html>".encode(), url
    )


def found(body: str, url: str = URL, title: str = "某某市某某局") -> tuple[ColumnLink, ...]:
    return columns(doc(body, url, title), url)


def names(body: str, url: str = URL, title: str = "某某市某某局") -> list[str]:
    return [link.name for link in found(body, url, title)]


def path_of(links: tuple[ColumnLink, ...], name: str) -> tuple[str, ...]:
    return next(link.path for link in links if link.name == name)


def test_a_flat_bar_without_any_class() -> None:
    body = f'<div><a href="/">首页</a> | <a href="/gzdt/">工作动态</a> | <a href="/tzgg/">通知公告</a> | <a href="/zcfg/">政策法规</a></div><ul>{NEWS}</ul>'
    assert names(body) == ["工作动态", "通知公告", "政策法规"]
    assert {link.source for link in found(body)} == {"nav"}


def test_nested_menus_in_several_constructions() -> None:
    lists = (
        '<ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a><ul><li><a href="/zcwj/">政策文件</a></li><li><a href="/rsxx/">人事信息</a></li></ul></li>'
        '<li><a href="/hdjl/">互动交流</a><ul><li><a href="/jzxx/">局长信箱</a></li></ul></li></ul>'
    )
    terms = (
        '<div><dl><dt><a href="/">首页</a></dt></dl><dl><dt><a href="/xxgk/">信息公开</a></dt><dd><a href="/zcwj/">政策文件</a></dd><dd><a href="/rsxx/">人事信息</a></dd></dl>'
        '<dl><dt><a href="/hdjl/">互动交流</a></dt><dd><a href="/jzxx/">局长信箱</a></dd></dl></div>'
    )
    boxes = (
        '<div><div><span><a href="/">首页</a></span></div><div><span><a href="/xxgk/">信息公开</a></span><div><a href="/zcwj/">政策文件</a><a href="/rsxx/">人事信息</a></div></div>'
        '<div><span><a href="/hdjl/">互动交流</a></span><div><a href="/jzxx/">局长信箱</a></div></div></div>'
    )
    for menu in (lists, terms, boxes):
        links = found(f"{menu}<ul>{NEWS}</ul>")
        assert [link.name for link in links] == ["信息公开", "政策文件", "人事信息", "互动交流", "局长信箱"]
        assert path_of(links, "人事信息") == ("信息公开",)
        assert path_of(links, "局长信箱") == ("互动交流",)
        assert path_of(links, "互动交流") == ()


def test_plain_text_and_script_first_levels_keep_their_children() -> None:
    menu = (
        '<ul><li><a href="/">首页</a></li><li><span>单位概况</span><div><a href="/jgzn/">机构职能</a><a href="/ldxx/">领导信息</a></div></li>'
        '<li><a href="javascript:;">政务服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul>'
    )
    links = found(f"{menu}<ul>{NEWS}</ul>")
    assert ColumnLink("单位概况", "", (), "nav") in links
    assert ColumnLink("政务服务", "", (), "nav") in links
    assert path_of(links, "领导信息") == ("单位概况",)


def test_a_menu_that_comes_twice_is_listed_once() -> None:
    menu = '<ul><li><a href="/">首页</a></li><li><a href="/gzdt/">工作动态</a></li><li><a href="/tzgg/">通知公告</a></li></ul>'
    assert names(f"<div>{menu}</div><div class=m>{menu}</div><ul>{NEWS}</ul>") == ["工作动态", "通知公告"]


def test_pictures_take_their_names_from_alt_title_or_the_text_beside() -> None:
    menu = (
        '<div><a href="/"><img src=h.png alt="首页"></a><a href="/gzdt/"><img src=1.png alt="工作动态"></a><a href="/tzgg/" title="通知公告"><img src=2.png></a>'
        '<div><a href="/jzxx/"><img src=3.png></a><p>局长信箱</p></div></div>'
    )
    assert names(f"{menu}<ul>{NEWS}</ul>") == ["工作动态", "通知公告", "局长信箱"]


def test_blocks_are_named_by_their_heading() -> None:
    body = (
        '<ul><li><a href="/">首页</a></li><li><a href="/gk/">概况信息</a></li></ul>'
        f'<div><div><h3>工作动态</h3><a href="/gzdt/">更多&gt;&gt;</a></div><ul>{NEWS}</ul></div>'
        f'<div><div><a href="/tzgg/"><img src="/images/more.gif"></a><span>通知公告</span></div><ul>{NEWS.replace("gzdt", "tzgg")}</ul></div>'
        f'<div><h2><a href="/zcfg/">政策法规</a></h2><ul>{NEWS.replace("gzdt", "zcfg")}</ul></div>'
        f'<table><tr><td>公示公告</td><td><a href="/gsgg/">MORE</a></td></tr><tr><td colspan=2><ul>{NEWS.replace("gzdt", "x")}</ul></td></tr></table>'
    )
    blocks = {link.name: link.url for link in found(body) if link.source == "block"}
    assert blocks == {
        name: f"{URL}{folder}/"
        for name, folder in [("工作动态", "gzdt"), ("通知公告", "tzgg"), ("政策法规", "zcfg"), ("公示公告", "gsgg")]
    }


def test_tabs_with_one_more_link_a_panel() -> None:
    body = (
        '<ul><li><a href="/">首页</a></li><li><a href="/gk/">概况信息</a></li></ul><div><ul><li><a href="javascript:void(0)">县区动态</a></li><li><a href="javascript:void(0)">学校新闻</a></li></ul>'
        f'<div><p><a href="/c/2.html">更多</a></p><ul>{NEWS}</ul></div><div style="display:none"><p><a href="/c/3.html">更多</a></p><ul>{NEWS.replace("gzdt", "x")}</ul></div></div>'
    )
    blocks = {link.name: link.url for link in found(body) if link.url.startswith(f"{URL}c/")}
    assert blocks == {"县区动态": f"{URL}c/2.html", "学校新闻": f"{URL}c/3.html"}


def test_tab_headings_that_are_links() -> None:
    body = (
        '<ul><li><a href="/">首页</a></li><li><a href="/gk/">概况信息</a></li></ul>'
        f'<div><h3><a href="/a/">业务要闻</a><a href="/b/">行业动态</a><a href="/c/">领导活动</a></h3><ul>{NEWS}</ul></div>'
    )
    assert [link.name for link in found(body) if link.source == "block"] == ["业务要闻", "行业动态", "领导活动"]


def test_a_side_bar_beside_a_list() -> None:
    url = f"{URL}xxgk/zcwj/"
    body = (
        '<ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li><li><a href="/gzdt/">工作动态</a></li></ul>'
        '<div class=x><h3>信息公开</h3><ul><li><a href="/xxgk/zcwj/">政策文件</a></li><li><a href="/xxgk/rsxx/">人事信息</a></li><li><a href="/xxgk/ghjh/">规划计划</a></li></ul></div>'
        f'<div><p>当前位置:<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a> &gt; <a href="/xxgk/zcwj/">政策文件</a></p><ul>{NEWS}</ul></div>'
    )
    side = [link.name for link in found(body, url, "政策文件") if link.source == "side"]
    assert side == ["政策文件", "人事信息", "规划计划"]


def test_functions_articles_foot_and_other_sites_are_no_columns() -> None:
    body = (
        '<div><a href="/en/">English</a><a href="/wza/">无障碍浏览</a><a href="/login">登录</a><a href="javascript:void(0)">设为首页</a></div>'
        '<div><a href="/">首页</a><a href="/gzdt/">工作动态</a><a href="/tzgg/">通知公告</a><a href="http://zwfw.other.gov.cn/">政务服务网</a></div>'
        f'<ul>{NEWS}</ul><div><a href="?p=1">上一页</a><a href="?p=2">2</a><a href="?p=3">下一页</a><a href="?p=9">尾页</a></div>'
        '<div><span>友情链接:</span><a href="http://www.a.gov.cn/">某某省政府</a><a href="http://www.b.gov.cn/">某某厅</a><a href="http://www.c.gov.cn/">某某县</a></div>'
    )
    assert names(body) == ["工作动态", "通知公告", "政务服务网"]


def test_months_to_turn_to_and_links_to_read_on_are_no_columns() -> None:
    bar = '<div><a href="/">首页</a><a href="/gzdt/">工作动态</a><a href="/jxjy/">继续教育</a><a href="/tzgg/">通知公告</a></div>'
    month = "".join(f'<td><a href="/rl.asp?d={n}">{n}</a></td>' for n in range(1, 9))
    calendar = f'<p>2021年8月</p><a href="/rl.asp?m=7">上月</a> <a href="/rl.asp?m=9">下一月</a><table><tr>{month}</tr></table>'
    posts = "".join(
        f'<article><h2><a href="/p/{n}.html">某某市召开第{n}次会议</a></h2><p>会议听取了汇报<a href="/p/{n}.html">继续阅读</a></p></article>'
        for n in range(1, 9)
    )
    assert names(bar + calendar) == ["工作动态", "继续教育", "通知公告"]
    assert "继续阅读" not in names(bar + posts)


def test_a_site_map_gives_every_column_with_its_place() -> None:
    url = f"{URL}wzdt/"
    body = (
        '<div><h3><a href="/xxgk/">信息公开</a></h3><ul><li><a href="/zcwj/">政策文件</a></li><li><a href="/rsxx/">人事信息</a></li></ul></div>'
        '<div><h3>互动交流</h3><ul><li><a href="/jzxx/">局长信箱</a></li><li><a href="/yjzj/">意见征集</a></li></ul></div>'
    )
    links = found(body, url, "网站地图-某某市某某局")
    assert {link.source for link in links} == {"sitemap"}
    assert {link.name for link in links if link.url} == {"信息公开", "政策文件", "人事信息", "局长信箱", "意见征集"}
    assert path_of(links, "政策文件") == ("信息公开",)
    assert path_of(links, "意见征集") == ("互动交流",)


def test_the_site_map_is_found_in_the_foot() -> None:
    assert sitemap_url(doc(f"<ul>{NEWS}</ul>"), URL) == f"{URL}wzdt/"
    outside = dom.parse(
        b'<a href="http://www.other.gov.cn/map.html">\xe7\xbd\x91\xe7\xab\x99\xe5\x9c\xb0\xe5\x9b\xbe</a>', URL
    )
    assert sitemap_url(outside, URL) is None


def test_breadcrumbs() -> None:
    for trail in (
        '<p>当前位置:<a href="/">首页</a> &gt; <a href="/x/">信息公开</a> &gt; <span>政策文件</span></p>',
        '<div>您现在的位置:<a href="/">网站首页</a>»<a href="/x/">信息公开</a>»政策文件</div>',
        "<div>您当前所在位置:首页 / 信息公开 / 政策文件</div>",
        '<div><span>位置:</span><ul><li><a href="/">首页</a></li><li><a href="/x/">信息公开</a></li><li><a href="/y/">政策文件</a></li></ul></div>',
        '<div><a href="/">首页</a> &gt; <a href="/x/">信息公开</a> &gt; <a href="/y/">政策文件</a></div>',
    ):
        assert breadcrumb(doc(f"<p>欢迎访问</p>{trail}<ul>{NEWS}</ul>")) == ("信息公开", "政策文件"), trail
    assert breadcrumb(doc(f"<ul>{NEWS}</ul>")) == ()


def test_broken_pages_are_survived() -> None:
    for body in (
        b"",
        b"\x00" * 100,
        b"<a" * 3000,
        b"<ul><li><a href=x>" * 3000,
        b'<a href="http://[">x</a>',
        b"<a href='javascript:'>\xff\xfe</a>" * 9,
    ):
        page = dom.parse(body, URL)
        columns(page, URL)
        breadcrumb(page)
        sitemap_url(page, URL)


def test_a_sites_name_over_its_bar_heads_nothing() -> None:
    menu = "<div><p><a href='/'>某某市某某局</a></p><ul><li><a href='/'>首页</a></li><li><a href='/gzdt/'>工作动态</a></li><li><a href='/tzgg/'>通知公告</a></li></ul></div>"
    assert {link.path for link in found(f"{menu}<ul>{NEWS}</ul>")} == {()}


def test_short_headlines_in_blocks_are_no_columns_and_years_are() -> None:
    url = f"{URL}xxgk/zcwj/"
    body = (
        "<ul><li><a href='/'>首页</a></li><li><a href='/xxgk/'>信息公开</a></li></ul>"
        "<div><ul><li><a href='/xxgk/2021/'>2021年</a></li><li><a href='/xxgk/2020/'>2020年</a></li><li><a href='/xxgk/x/'>《某某条例》发布</a></li></ul></div>"
        f"<ul>{NEWS}</ul>"
    )
    assert names(body, url) == ["信息公开", "2021年", "2020年"]


LETTERS = ["我要写信", "信件查询", "办理统计", "局长邮箱", "企业备案"]
UNITS = ["某某县第一高级中学", "某某县职业技术教育中心学校", "某某县云溪镇中心小学幼儿园", "某某县教师进修学校"]


@pytest.mark.parametrize(
    "form", ['<li><a href="/lm/{n}/">{name}</a></li>', '<p><a href="/lm/{n}/">{name}</a></p>', '<a href="/lm/{n}/">{name}</a> ']
)  # fmt: skip
@pytest.mark.parametrize("menu", [LETTERS, UNITS, [*LETTERS, "优化营商环境举报投诉平台"]])
def test_long_names_and_names_like_functions_in_a_menu_are_columns(menu: list[str], form: str) -> None:
    links = "".join(form.format(n=n, name=name) for n, name in enumerate(menu))
    body = f'<div><a href="/">首页</a> | <a href="/gzdt/">工作动态</a></div><div>{links}</div><ul>{NEWS}</ul>'
    assert names(body) == ["工作动态", *menu]


def test_a_menu_of_script_links_keeps_its_one_address() -> None:
    links = "".join(f'<li><a href="javascript:;">某某第{n}幼儿园</a></li>' for n in range(1, 7))
    body = f'<div><a href="/">首页</a> | <a href="/gzdt/">工作动态</a></div><ul>{links}<li><a href="/tyxx/">某某体育学校</a></li></ul><ul>{NEWS}</ul>'
    assert "某某体育学校" in names(body)


def test_a_page_with_little_text_is_not_all_foot() -> None:
    page = (
        '<div><p><a href="/">首页</a><a href="/gzdt/">工作动态</a><a href="/tzgg/">通知公告</a></p><p>当前位置:首页 &gt; 通知公告</p>'
        "<p>暂无信息</p><p>某某局版权所有</p></div>"
    )
    offered = columns(dom.parse(f"<meta charset=utf-8>{page}".encode(), f"{URL}tzgg/"), f"{URL}tzgg/")
    assert [link.name for link in offered] == ["工作动态", "通知公告"]


def test_filings_and_mail_systems_are_no_columns() -> None:
    links = "".join(
        f'<li><a href="/x{n}/">{name}</a></li>'
        for n, name in enumerate(["工作邮箱", "网站备案信息", "豫ICP备案12号", "来信选登", "政策解读"])
    )
    assert names(f"<ul>{links}</ul><ul>{NEWS}</ul>") == ["来信选登", "政策解读"]
