"""The publish date of an article, in every place and dress, among false friends."""

import datetime as dt
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
DAY = dt.date(2021, 8, 18)
URL = "http://www.qinghe.gov.cn/zwgk/tzgg/70012.html"
TITLE = "关于2021年9月10日举行城市供水价格听证会的通知"
BODY = (
    "<p>各乡镇人民政府，县直各部门：</p><p>根据《青河县听证办法》（青府发〔2016〕18号）和2021年7月2日县政府常务会议精神，定于2021年9月10日上午9时举行听证会，"
    "报名截止时间：2021-09-05。现将有关事项通知如下，请认真组织实施，并于2021年8月25日前报送名单。</p>"
    "<p>联系电话：0751-8181234，案卷号2020-12-3-208，编号1-698号。会议地点在县政府办公楼五楼会议室，请参会人员提前十分钟到场，遵守会场纪律。</p>"
)
SIGNED = "<p align=right>青河县发展和改革局</p><p align=right>2021年8月16日</p>"
RELATED = '<div class="rel"><h3>相关信息</h3><ul>' + "".join(
    f'<li><a href="/x/{n}.html">青河县召开价格工作会议之{n}</a><span>2021-08-{19 - n}</span></li>' for n in range(6)
) + "</ul></div>"  # fmt: skip

INFO = {
    "label": "<div>来源：县发改局　发布时间：2021-08-18 16:11　浏览次数：<script src='/c.js'></script>次　字号：[大 中 小]</div>",
    "label in elements": "<ul><li><b>发布日期</b>：</li><li>2021年08月18日</li><li>文章来源：</li><li>县发改局</li></ul>",
    "label split by spaces": "<p>时　间：2021-8-18 &nbsp; 来 源：本站</p>",
    "turned label": "<p>时间发布：2021/08/18</p>",
    "published at": "<p>发表于 2021.08.18 09:00:12</p>",
    "bracketed": "<p>【发布时间：2021年8月18日】【字体：大 中 小】【打印】【关闭】</p>",
    "two labels": "<p>更新时间：2021-08-19　发布时间：2021-08-18</p>",
    "no label": "<div>2021-08-18 16:11 　来源：县发改局</div>",
    "no label, alone": "<div>2021-08-18</div>",
    "no label, Chinese": "<p><span>2021年08月18日</span>　<span>青河发布</span></p>",
    "full width": "<p>日期：２０２１年８月１８日</p>",
    "script variable": "<div>发布时间：<script>var pubdata='2021年08月18日'; document.write(pubdata)</script></div>",
    "script writing": "<div>时间：<script>document.write('2021-08-18 10:00');</script></div>",
    "notice box": "<table><tr><td>索 引 号：</td><td>000014349/2021-00018</td><td>成文日期：</td><td>2021年08月10日</td></tr>"
    "<tr><td>发文字号：</td><td>青发改〔2021〕18号</td><td>发布日期：</td><td>2021年08月18日</td></tr></table>",
}


def article(info: str, *, body: str = BODY, head: str = "", related: str = RELATED, above: bool = False) -> str:
    title = f"<h1>{TITLE}</h1>"
    top = info + title if above else title + info
    return frames.page(
        f"<div>{top}<div>{body}</div></div>{related}", side=frames.HOT, title=TITLE, head=head, name="通知公告"
    ).replace("<h2>通知公告</h2>", "")


@pytest.mark.parametrize("info", INFO)
def test_shown_date(read: Read, info: str) -> None:
    for body in (BODY, BODY + SIGNED):
        for head in (
            "",
            '<meta name="PubDate" content="2021-08-19 02:59:25"><meta name="ArticleTitle" content="' + TITLE + '">',
        ):
            page = read(article(INFO[info], body=body, head=head), URL)
            assert (page.published, page.published_from) == (DAY, "text")
            assert page.kind is PageKind.ARTICLE
            assert (page.blank, page.entries) == (None, ())


@pytest.mark.parametrize(
    "end", ["拟聘用人员名单的公示", "主题党日活动", "赴开放大学调研", "领导小组会议召开", "工作登记"]
)
@pytest.mark.parametrize("info", ["no label, alone", "no label", "no label, Chinese"])
def test_the_end_of_a_title_is_no_label_of_the_date_below_it(read: Read, end: str, info: str) -> None:
    for title in ("某某县某某局", f"县某某局{end}-某某县某某局"):
        top = f"<table><tr><td>县某某局{end}</td></tr><tr><td>{INFO[info]}</td></tr></table>"
        page = read(frames.page(f"<div>{top}<div>{BODY}</div></div>", title=title, name="通知公告"), URL)
        assert page.published == DAY


def test_a_body_in_the_page_title_is_not_taken_for_the_title_of_the_text(read: Read) -> None:
    """The page's title names only the office and the column; the office signs below the text."""
    signed = "<p>某某县某某局</p><p>2021年8月16日</p>"
    for title in ("某某县某某局-工作动态", "工作动态——某某县某某局", "某某县某某局"):
        text = f"<div><p>县里开展价格调研</p><p>2021-08-18 09:12:56</p><div>{BODY}{signed}</div></div>"
        page = read(frames.page(text, title=title, name="工作动态").replace("<h2>工作动态</h2>", ""), URL)
        assert (page.published, page.kind) == (DAY, PageKind.ARTICLE)


@pytest.mark.parametrize("path", ["/zwgk/202108/t20210818_70012.html", "/c/2021-08-18/470012.html"])
def test_an_article_of_one_picture_is_no_list_of_one_entry(read: Read, path: str) -> None:
    text = '<div><p>拟聘用人员名单</p><p>| 21-08-18 | 【大 中 小】【打印】</p><p><img src="1.jpg"></p><p><a href="/pl/">评 论</a></p></div>'
    pager = '<script>createPageHTML(1, 0, "t20210818_70012", "html");</script>'
    page = read(
        frames.page(text + pager, title="拟聘用人员名单-某某站", name="通知公告"), "http://www.qinghe.gov.cn" + path
    )
    assert (page.published, page.kind, page.entries) == (DAY, PageKind.ARTICLE, ())


@pytest.mark.parametrize("title", ["【一线】今天，我们一起种树", "观测季节设备状态报告（2004.11.20）", "昨天今天明天"])
@pytest.mark.parametrize("info", ["label", "no label", "no label, alone"])
def test_days_in_the_title_are_a_part_of_it(read: Read, title: str, info: str) -> None:
    text = f"<div><h1>{title}</h1>{INFO[info]}<div>{BODY}</div></div>"
    html = frames.page(text, title=f"{title}-某某站", name="工作动态").replace("<h2>工作动态</h2>", "")
    assert read(html, URL).published == DAY


@pytest.mark.parametrize("name", ["张某某", "青河水务"])
def test_a_name_as_title_above_a_day_with_its_time(read: Read, name: str) -> None:
    text = f"<table><tr><td>{name}</td></tr><tr><td>2021-08-18 10:09:18</td></tr><tr><td>{BODY}</td></tr></table>"
    html = frames.page(text, title="某某县某某局", name="人员").replace("<h2>人员</h2>", "")
    assert read(html, URL).published == DAY


def test_a_short_title_above_a_labelled_date(read: Read) -> None:
    text = '<div><p>承诺书</p><p>[发布时间2021年8月18日]</p><p><a href="/1.doc">承诺书.doc</a></p></div>'
    html = frames.page(text, title="某某县某某局", name="详情信息").replace("<h2>详情信息</h2>", "")
    assert read(html, URL).published == DAY


def test_a_label_on_the_line_above_still_says_what_the_date_is(read: Read) -> None:
    for label in ("会议时间", "报名截止日期：", "有效期至"):
        info = f"<p><b>{label}</b></p><p>2021-08-01</p><p>发布时间</p><p>2021-08-18</p>"
        assert read(article(info), URL).published == DAY


@pytest.mark.parametrize("info", ["label", "no label, alone", "bracketed", "notice box"])
def test_date_above_the_title(read: Read, info: str) -> None:
    assert read(article(INFO[info], above=True), URL).published == DAY


def test_tag_when_nothing_is_shown(read: Read) -> None:
    page = read(article("", head='<meta name="PubDate" content="2021-08-18 16:11">'), URL)
    assert (page.published, page.published_from) == (DAY, "meta")


@pytest.mark.parametrize("content", ["{$pubdate}", "1970-01-01 08:00", "0000-00-00", "2031-01-01", ""])
def test_tag_that_is_no_date(read: Read, content: str) -> None:
    page = read(article(INFO["label"], head=f'<meta name="PubDate" content="{content}">'), URL)
    assert (page.published, page.published_from) == (DAY, "text")


@pytest.mark.parametrize(
    "path",
    [
        "/zwgk/202108/t20210818_700.html",
        "/art/2021/8/18/art_12_700.html",
        "/2021-08/18/content_700.htm",
        "/c/20210818/700.html",
    ],
)
def test_address_when_nothing_else_is_there(read: Read, path: str) -> None:
    page = read(article(""), "http://www.qinghe.gov.cn" + path)
    assert (page.published, page.published_from) == (DAY, "url")


def test_signature_comes_last(read: Read) -> None:
    page = read(article("", body=BODY + "<p>青河县发展和改革局</p><p>二〇二一年八月十八日</p>"), URL)
    assert (page.published, page.published_from) == (DAY, "text")


def test_no_date_is_none(read: Read) -> None:
    page = read(article("", body="<p>" + "全县上下共同努力，扎实推进各项工作，取得了明显成效。" * 12 + "</p>"), URL)
    assert (page.published, page.published_from) == (None, None)


def test_future_date_never_wins(read: Read) -> None:
    page = read(article("<p>发布时间：2031-08-18</p>", head='<meta name="PubDate" content="2021-08-18">'), URL)
    assert (page.published, page.published_from) == (DAY, "meta")


def test_short_articles_are_articles(read: Read) -> None:
    for body in (
        '<p><img src="/u/1.jpg"></p>',
        '<p><a href="/u/1.pdf">附件：听证会报名表.pdf</a></p>',
        '<video src="/v.mp4"></video>',
    ):
        page = read(article(INFO["label"], body=body), URL)
        assert (page.kind, page.published, page.blank) == (PageKind.ARTICLE, DAY, None)


OLD_INFO = {
    "much around it": "作者：佚名 文章来源：本站原创 点击数：<script src=/c.asp></script> 更新时间：2021-8-18",
    "bracketed": "[2021-08-18] 阅读 123",
    "two-digit year": "发布时间：21-08-18 信息员：张三",
    "bar": "来源：青河县融媒体中心 | 2021.08.18",
    "afternoon": "日期: 2021/8/18 下午 3:21:05 &nbsp; 人气: 12",
    "numerals": "二〇二一年八月十八日　青河日报",
    "days ago": "发布时间：2天前",
    "no year": "发布时间：08-18 10:20",
    "sent at": "信息来源：办公室　发稿时间：2021-08-18　审核：李某",
}


# A bare date needs the title that the page names; the others also do where it names only the office.
BARE = ("numerals", "two-digit year", "days ago", "no year")
OLD_CASES = [(info, TITLE) for info in OLD_INFO] + [(info, "青河县水务局") for info in OLD_INFO if info not in BARE]


@pytest.mark.parametrize(("info", "title"), OLD_CASES)
def test_pages_of_tables(read: Read, info: str, title: str) -> None:
    side = "".join(f"<tr><td><a href=/{n}.html>水利工程建设进展顺利之{n}</a> 08-1{9 - n}</td></tr>" for n in range(4))
    page = read(
        f"<title>{title}</title><table><tr><td>今天是 2021年8月20日 星期五</td></tr></table><table><tr><td><a href=/>首页</a></td><td><a href=/xw>新闻中心</a></td></tr></table>"
        f"<table><tr><td width=200><table><tr><td>最新信息</td></tr>{side}</table></td><td><table><tr><td>您现在的位置：首页 &gt;&gt; 新闻中心 &gt;&gt; 工作动态</td></tr>"
        f"<tr><td align=center><b><font size=4>{TITLE}</font></b></td></tr><tr><td>{OLD_INFO[info]}</td></tr><tr><td>{BODY}</td></tr>"
        "<tr><td>上一篇：<a href=/8.html>县水务局召开党组会议（2021-08-19）</a><br>下一篇：<a href=/9.html>没有了</a></td></tr></table></td></tr></table>"
        "<table><tr><td>版权所有 青河县水务局 黔ICP备05000001号 更新时间：2021-08-20</td></tr></table>",
        URL,
    )
    assert (page.published, page.published_from, page.kind) == (DAY, "text", PageKind.ARTICLE)


def test_what_is_shown_and_what_is_tagged_are_both_kept(read: Read) -> None:
    head = '<meta name="ArticleTitle" content="' + TITLE + '"><meta name="PubDate" content="2021-08-10 10:00">'
    source = f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{INFO['label']}{BODY}</body></html>"
    page = read(source, URL)
    assert (page.published, page.published_from) == (DAY, "text")
    assert (page.published_shown, page.published_tagged) == (DAY, dt.date(2021, 8, 10))


def test_a_response_header_dates_only_an_article_that_says_nothing_itself() -> None:
    from govspider.reading.page import read_page
    from govspider.reading.terms import Lexicon

    def told(body: str, url: str = URL) -> Page:
        source = f"<html><head><title>供水价格</title></head><body>{body}</body></html>".encode()
        checkpoint = dt.date(2026, 6, 30)
        modified = "Wed, 18 Aug 2021 08:00:00 GMT"
        return read_page(source, url, checkpoint=checkpoint, lexicon=Lexicon(), last_modified=modified)

    text = (
        "<h1>供水价格</h1><p>"
        + "各单位要认真抓好供水工作的落实，确保群众用水安全。" * 20
        + "</p><p>【打印】【关闭】</p>"
    )
    silent = told(text, "http://www.qinghe.gov.cn/art/content_70012.html")
    assert silent.kind is PageKind.ARTICLE
    assert (silent.published, silent.published_from, silent.stated) == (DAY, "header", None)
    assert told("<h1>供水价格</h1>" + INFO["label"].replace("2021-08-18", "2021-08-17") + text).published_from == "text"
    assert told("<ul><li><a href=/a/>机构</a></li></ul>", "http://www.qinghe.gov.cn/jg/").published is None


@pytest.mark.parametrize("row", ["li", "p", "dd", "tr"])
@pytest.mark.parametrize("number", [1, 2])
def test_the_day_of_a_related_document_above_the_text_is_not_the_pages_own(read: Read, row: str, number: int) -> None:
    cell = ("<td>", "</td>") if row == "tr" else ("", "")
    links = "".join(
        f'<{row}>{cell[0]}<a href="/x/{n}.html">图解：青河县城市供水价格听证办法之{n}</a>{cell[1]}{cell[0]}<span>2021-08-0{n}</span>{cell[1]}</{row}>'
        for n in range(1, number + 1)
    )
    box = {"li": f"<ul>{links}</ul>", "dd": f"<dl>{links}</dl>", "tr": f"<table>{links}</table>", "p": links}[row]
    tag = '<meta name="PubDate" content="2021-08-18 16:11">'
    page = read(article(f"<div>访问量：12</div><h3>关联稿件：</h3>{box}", head=tag, related=""), URL)
    assert (page.published, page.published_from) == (DAY, "meta")


def test_a_source_that_is_a_link_stands_before_the_pages_own_day(read: Read) -> None:
    info = '<ul><li>来源：<a href="http://www.example.com/">青河县融媒体中心新闻网</a> 2021-08-18 16:11</li></ul>'
    page = read(article(info, related=""), URL)
    assert page.published == DAY


@pytest.mark.parametrize("title", ["全省首座光伏电站并网", "白皮书：推动公路养护"])
def test_the_heading_of_a_side_list_is_not_the_title_of_the_text(read: Read, title: str) -> None:
    shown = title.partition("：")[2] or title
    page = read(
        f"<html><head><title>{title}</title></head><body><a href='/'>首页</a><a href='/yw/'>要闻</a>"
        f"<dl><dt>{shown}</dt><dd><i>2021-08-18</i> <i>青河日报</i></dd></dl>{BODY * 3}"
        "<div><h1>相关阅读</h1><ul><li><a href='/a/1.html'>城市供水价格如何调整</a></li></ul></div></body></html>",
        URL,
    )
    assert (page.published, page.published_from) == (DAY, "text")


@pytest.mark.parametrize("when", ["12月3日-4日", "2020年12月3日", "8月19日下午3点"])
@pytest.mark.parametrize("prose", [BODY, ""])
def test_the_time_of_a_meeting_is_not_the_pages_own_day(read: Read, prose: str, when: str) -> None:
    body = f"{prose}<p>二、时间和地点</p><p>（一）时间：{when}</p><p>（二）地点：青河县政府二号楼会议室</p>"
    page = read(article("<div>2021-08-18 青河日报</div>", body=body, related=""), URL)
    assert page.published == DAY


def test_a_title_of_few_letters_that_the_page_bears_above_a_lone_day(read: Read) -> None:
    crumb = "<p>当前位置：<a href='/'>首页</a> &gt; <a href='/zy/'>特色专业</a> &gt; 正文</p>"
    page = read(
        f"<html><head><title>会计学-青河县职业中学</title></head><body>{crumb}<div>会计学</div><div>2021-08-18</div>{BODY * 2}</body></html>",
        URL,
    )
    assert page.published == DAY
