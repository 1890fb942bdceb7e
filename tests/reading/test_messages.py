import datetime as dt
from collections.abc import Callable

import pytest

from govspider.facts import Message, Page, PageKind
from govspider.reading import dom
from govspider.reading.messages import read_messages

URL = "http://www.example.gov.cn/jzxx/"
CHECKPOINT = dt.date(2021, 8, 20)
CRUMB = "<p>当前位置:<a href='/'>首页</a> &gt; <a href='/hdjl/'>互动交流</a> &gt; 局长信箱</p>"
MENU = (
    "<ul><li><a href='/'>首页</a></li><li><a href='/gzdt/'>工作动态</a></li><li><a href='/jzxx/'>局长信箱</a></li></ul>"
)


def read(body: str, title: str = "局长信箱", crumb: str = CRUMB) -> tuple[Message, ...]:
    page = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{MENU}{crumb}{body}<p>版权所有 某某局</p></body></html>"
    return read_messages(dom.parse(page.encode(), URL), URL, CHECKPOINT)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_table_with_states() -> None:
    rows = [
        ("1", "路灯不亮", "2021-03-01", "已回复"),
        ("2", "公交线路", "2021-04-01", "处理中"),
        ("3", "重复来信", "2021-05-01", "不予受理"),
    ]
    body = "<table><tr><th>编号</th><th>信件标题</th><th>提交时间</th><th>信件状态</th></tr>" + "".join(
        f"<tr><td>{n}</td><td><a href='/jzxx/{n}.html'>{title}</a></td><td>{asked}</td><td>{state}</td></tr>" for n, title, asked, state in rows
    ) + "</table>"  # fmt: skip
    assert [(m.title, m.asked, m.has_answer) for m in read(body)] == [
        ("路灯不亮", day("2021-03-01"), True), ("公交线路", day("2021-04-01"), False), ("重复来信", day("2021-05-01"), True)]  # fmt: skip
    assert read(body)[0].url == f"{URL}1.html"


@pytest.mark.parametrize("listed", [2, 1])
def test_a_board_below_a_short_form_is_no_letter(listed: int) -> None:
    """The form's labels and the list's heads are those of a letter, too."""
    form = (
        "<form><p>姓名<input name=xm></p><p>标题<input name=bt></p><p>内容<textarea></textarea></p><input type=submit value=提交信件></form>"
        "<h3>来信选登</h3><table><tr><th>标题</th><th>来信时间</th><th>状态</th></tr>"
    )
    row = "<tr><td><a href={n}.html>路灯不亮第{n}次</a></td><td>2021-03-0{n}</td><td>已答复</td></tr>"
    found = read(form + "".join(row.format(n=n) for n in range(1, listed + 1)) + "</table>")
    assert [(m.asked, m.has_answer) for m in found] == [(day(f"2021-03-0{n}"), True) for n in range(1, listed + 1)]


def test_a_table_with_the_answers_dates() -> None:
    body = (
        "<table><tr><td>标题</td><td>来信时间</td><td>回复时间</td></tr><tr><td><a href=1.html>路灯不亮</a></td><td>2021-03-01</td><td>2021-03-05</td></tr>"
        "<tr><td><a href=2.html>公交线路</a></td><td>2021-04-01</td><td></td></tr></table>"
    )
    assert [(m.answered, m.has_answer) for m in read(body)] == [(day("2021-03-05"), True), (None, False)]


def test_a_board_drawn_with_lists() -> None:
    body = (
        "<ul><li><span>信件标题</span><span>写信时间</span><span>办理状态</span></li>"
        "<li><span><a href=1.html>路灯不亮</a></span><span>2021-03-01</span><span>已办结</span></li>"
        "<li><span><a href=2.html>公交线路</a></span><span>2021-04-01</span><span>待回复</span></li></ul>"
    )
    assert [(m.title, m.has_answer) for m in read(body)] == [("路灯不亮", True), ("公交线路", False)]


def test_a_board_of_links_and_dates() -> None:
    body = (
        "<ul><li><a href=1.html>关于路灯不亮的问题</a><span>2021-03-01</span></li><li><a href=2.html>公交线路(2021-04-01)</a><i>[已回复]</i></li>"
        "<li><a href=3.html>小区停水</a> <em>未回复</em> <span>2021-05-01</span></li></ul>"
    )
    assert [(m.title, m.asked, m.has_answer) for m in read(body)] == [
        ("关于路灯不亮的问题", day("2021-03-01"), None), ("公交线路", day("2021-04-01"), True), ("小区停水", day("2021-05-01"), False)]  # fmt: skip


def test_a_list_of_news_is_no_board() -> None:
    body = "<ul><li><a href=/a/1.html>某某局召开工作会议</a><span>2021-03-01</span></li></ul>"
    assert read(body, "工作动态", "<p>当前位置:首页 &gt; 工作动态</p>") == ()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            "<p>回复部门:城管科</p><p>回复时间:2021-03-05</p><p>回复内容:您好,路灯已修复。</p>",
            (day("2021-03-05"), True),
        ),
        ("<div><h4>答复内容</h4><p>您好,路灯已修复。</p><p>答复时间:2021-03-05</p></div>", (day("2021-03-05"), True)),
        ("<p>办理状态:已办结</p>", (None, True)),
        ("<p>办理状态:办理中</p>", (None, False)),
        (
            (
                "<table><tr><th>办理状态</th><td>待答复</td></tr></table><div><span>友情链接</span>"
                "<ul><li><a href=http://www.b.example/>某某市教育局网站</a></li><li><a href=http://www.c.example/>某某市公安局网站</a></li></ul></div>"
            ),
            (None, False),
        ),
        ("<p>回复内容:</p><p>回复时间:</p>", (None, False)),
        ("<p>回复内容:暂无回复</p>", (None, False)),
        ("", (None, False)),
    ],
)
@pytest.mark.parametrize("form", ["lines", "table", "blocks"])
def test_a_letters_own_page(form: str, answer: str, expected: tuple[dt.date | None, bool]) -> None:
    pairs = [
        ("信件标题", "路灯不亮"),
        ("写信人", "张先生"),
        ("提交时间", "2021-03-01"),
        ("信件内容", "解放路的路灯坏了一个月,请尽快修复。"),
    ]
    shapes = {
        "lines": "".join(f"<p>{label}:{text}</p>" for label, text in pairs),
        "table": "<table>"
        + "".join(f"<tr><td>{label}:</td><td>{text}</td></tr>" for label, text in pairs)
        + "</table>",
        "blocks": "".join(f"<div><span>{label}</span><div>{text}</div></div>" for label, text in pairs),
    }
    (letter,) = read(shapes[form] + answer)
    assert (letter.title, letter.asked) == ("路灯不亮", day("2021-03-01"))
    assert (letter.answered, letter.has_answer) == expected


@pytest.mark.parametrize(
    ("last", "answered"),
    [
        ("<tr><th>答复时间</th><td></td></tr><tr><th>答复内容</th><td> </td></tr></table>", False),
        ("<tr><th>答复内容</th><td></td></tr><tr><th>答复时间</th><td></td></tr></table>", False),
        ("</table><dl><dt>答复内容</dt><dd></dd></dl>", False),
        ("<tr><th>答复内容</th><td></td></tr><tr><td colspan=2>您好,请到窗口办理。</td></tr></table>", True),
        ("<tr><th>答复内容</th></tr></table><div>您好,请到窗口办理。</div>", True),
        ("<tr><th>答复内容</th><td><img src=answer.png></td></tr></table>", True),
    ],
)
def test_an_empty_cell_for_the_answer_takes_nothing_from_behind_the_table(last: str, *, answered: bool) -> None:
    rows = "<tr><th>信件标题</th><td>路灯不亮</td></tr><tr><th>来信时间</th><td>2021-03-01</td></tr><tr><th>来信内容</th><td>解放路的路灯坏了,请修复。</td></tr>"
    aside = "<div><h4>近期文章</h4><p>某某局召开工作推进会 2021-08-01</p><h4>标签</h4><p>会议</p></div>"
    (letter,) = read(f"<table>{rows}{last}{aside}")
    assert letter.has_answer is answered
    assert letter.answered is None


def test_forms_and_articles_are_no_letters() -> None:
    form = "<form><p>信件标题:<input type=text></p><p>信件内容:<textarea></textarea></p><p>姓名:<input></p><p>电话:<input></p><p>查询码:<input></p></form>"
    assert read(form) == ()
    article = "<h1>关于征求意见的公告</h1><p>发布时间:2021-03-01</p><p>现将有关事项公告如下。</p><p>联系电话:0371-1</p>"
    assert read(article, "通知公告", "<p>当前位置:首页 &gt; 通知公告</p>") == ()


def test_any_bytes_are_survived() -> None:
    for body in (b"", b"\xff" * 999, b"<table>" * 900, "<p>信件标题:".encode() * 2000):
        read_messages(dom.parse(body, URL), URL, CHECKPOINT)


def test_only_rows_of_letters_are_letters() -> None:
    body = (
        "<div><a href='/jzxx/xie.html'>我要写信</a></div>"
        "<ul><li><a href=1.html>小区门口路灯不亮</a><span>2021-03-01</span></li><li><a href=2.html>请问医保备案需要什么材料</a><span>2021-04-01</span></li></ul>"
        "<div><a href='http://www.example.com/'>某某技术公司</a> 2021-05-01</div>"
    )
    assert [m.title for m in read(body)] == ["小区门口路灯不亮", "请问医保备案需要什么材料"]


def test_steps_of_the_breadcrumb_are_no_letters() -> None:
    crumb = "<div>今天是2021年8月20日 当前位置:<a href='/'>首页</a> &gt; <a href='/hdjl/'>互动交流</a> &gt; <a href='/jzxx/'>局长信箱</a></div>"
    assert read("<ul><li>没有来信</li></ul>", crumb=crumb) == ()


def test_a_link_takes_no_date_of_its_neighbours() -> None:
    body = "<div><p><a href=1.html>路口积水严重</a></p><p><a href=2.html>公园长椅损坏</a> 2021-04-01</p></div>"
    assert [(m.title, m.asked) for m in read(body)] == [("公园长椅损坏", day("2021-04-01"))]


@pytest.mark.parametrize("head", ["热点推荐", "点击排行"])
def test_a_side_list_of_a_board_holds_no_letters(head: str) -> None:
    side = f"<table><tr><td>{head}</td></tr><tr><td><a href='/a1.html'>优秀作品展播之一</a> 2021-08-01</td></tr><tr><td><a href='/a2.html'>优秀作品展播之二</a> 2021-08-02</td></tr></table>"
    assert read(side) == ()


def test_a_page_that_leads_to_boards_and_surveys_has_letters_only_with_a_state() -> None:
    crumb = "<p>当前位置:<a href='/'>首页</a> &gt; <a href='/hdjl/'>互动交流</a></p>"
    body = (
        "<h3>调查</h3><ul><li><a href='/dc/1.html'>城区停车办法问卷</a><span>2021-03-01</span></li><li><a href='/dc/2.html'>某某县统计快报</a><span>2021-03-02</span></li></ul>"
        "<h3>来信</h3><ul><li><a href='/jzxx/1.html'>路灯不亮</a><span>2021-04-01</span><i>已回复</i></li></ul>"
    )
    assert [m.title for m in read(body, "互动交流", crumb)] == ["路灯不亮"]


def test_surveys_are_no_letters() -> None:
    crumb = "<p>当前位置:<a href='/'>首页</a> &gt; <a href='/hdjl/'>互动交流</a> &gt; 民意征集</p>"
    table = "<table><tr><th>主题</th><th>时间</th><th>状态</th></tr><tr><td><a href='/yj/1.html'>养犬管理办法</a></td><td>2021-03-01</td><td>未反馈</td></tr></table>"
    assert read(table, "民意征集", crumb) == ()
    article = "<p>主题:养犬管理办法征求意见</p><p>提交时间:2021-03-01</p><p>内容:为加强管理,现公开征求意见。</p><p>处理结果:</p>"
    assert read(article, "养犬管理办法征求意见", crumb) == ()


def test_several_letters_in_full_on_one_page_are_told_apart(read: Callable[..., Page]) -> None:
    letters = [
        ("关于停水的咨询", "2026-05-10", "您好，管道已修复。"),
        ("建议增设站点", "2026-04-01", ""),
        ("反映路灯不亮", "2026-03-02", None),
    ]
    body = "".join(
        f"<div><p>标题：{title}</p><p>留言人：张**　留言时间：{asked}</p><p>内容：请问如何办理？</p>"
        + ("" if reply is None else f"<p>回复：{reply}</p>")
        + "</div>"
        for title, asked, reply in letters
    )
    page = read(f"<html><head><title>县长信箱</title></head><body>{body}</body></html>", day="2026-06-30")
    assert [(one.title, str(one.asked), one.has_answer) for one in page.messages] == [
        ("关于停水的咨询", "2026-05-10", True),
        ("建议增设站点", "2026-04-01", False),
        ("反映路灯不亮", "2026-03-02", None),
    ]


BOOK = [
    ("2021-08-10", "小区噪音扰民,请问应当向哪个部门反映?", "您好,已转城管科处理。"),
    ("2021-03-02", "补贴什么时候发放,盼复。", ""),
    ("2021-02-01", "公交线路何时恢复?", "您好,下周恢复。"),
]


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("<p>网友 138****2201 于 {} 留言:</p><p>{}</p>", "<div><b>回复(2021-08-12):</b>{}</div>"),
        ("<div>留言人:张** 留言时间:{}</div><div>留言内容:{}</div>", "<div>管理员回复:{}</div>"),
        ("<p><span>市民李**</span> <span>{} 10:20</span> 提问</p><p>{}</p>", "<p>答复内容:</p><p>{}</p>"),
    ],
)
def test_a_guest_book_without_titles(asked: str, reply: str) -> None:
    body = "".join(
        f"<div>{asked.format(day, text)}{reply.format(answer) if answer else ''}</div>" for day, text, answer in BOOK
    )
    form = "<form><input name=t><textarea name=c></textarea><input type=submit value=提交留言></form>"
    letters = read(body + form)
    assert [(str(one.asked), one.has_answer) for one in letters] == [
        ("2021-08-10", True),
        ("2021-03-02", False),
        ("2021-02-01", True),
    ]
    assert letters[1].title == "补贴什么时候发放,盼复。"
    assert {one.url for one in letters} == {URL}


def test_a_guest_book_that_shows_no_answer_at_all_tells_nothing_of_answers() -> None:
    body = "".join(f"<div><p>网友 138****2201 于 {day} 留言:</p><p>{text}</p></div>" for day, text, _ in BOOK)
    assert [one.has_answer for one in read(body)] == [None, None, None]


def test_a_board_of_linked_titles_with_labelled_dates_is_no_guest_book() -> None:
    body = "".join(
        f"<li><a href='/jzxx/{n}.html'>关于{text[:6]}问题的来信</a><p>留言时间:{day}</p><i>{'已回复' if answer else '处理中'}</i></li>"
        for n, (day, text, answer) in enumerate(BOOK)
    )
    assert [one.has_answer for one in read(f"<ul>{body}</ul>")] == [True, False, True]
    assert read(f"<ul>{body}</ul>")[0].url == "http://www.example.gov.cn/jzxx/0.html"


def test_a_guest_book_whose_days_stand_below_the_letters_is_not_guessed_at() -> None:
    body = "".join(
        f"<div><p>{text}</p>{f'<p>回复:{answer}</p>' if answer else ''}<p>留言时间:{day}</p></div>"
        for day, text, answer in BOOK
    )
    assert not [one for one in read(body) if one.has_answer is False]
    turned = "".join(f"<div><p>{text}</p><p>留言时间:{day}</p></div>" for day, text, _ in BOOK)
    assert not [one for one in read(turned) if one.has_answer is False]


@pytest.mark.parametrize("own", ["时间:2021-03-20 来源:本网", "<span>日期:2021-03-20</span>"])
def test_the_day_of_the_page_is_not_the_day_of_asking(own: str) -> None:
    fields = [
        ("留言标题", "路灯不亮"),
        ("留言时间", "2021-03-01 10:00:00"),
        ("答复时间", "2021-03-20"),
        ("留言内容", "解放路的路灯坏了。"),
    ]
    body = f"<h1>路灯不亮</h1><p>{own}</p>" + "".join(f"<p>{label}:{text}</p>" for label, text in fields)
    (letter,) = read(f"{body}<p>回 复:您好,路灯已修复。</p>")
    assert (letter.asked, letter.answered) == (day("2021-03-01"), day("2021-03-20"))


@pytest.mark.parametrize("title", ["局长信箱", "某某市政府诉求平台"])
def test_a_link_that_holds_the_days_of_asking_and_answering(read: Callable[..., Page], title: str) -> None:
    rows = [
        ("路灯不亮", "2021-03-01", "<span>回复人:城管局</span>[回复时间:2021-03-05]"),
        ("公交线路", "2021-04-01", ""),
    ]
    links = "".join(
        f"<li><a href='{n}.html'><div>{name}</div><div>[提交时间:{asked}]{answer}</div></a></li>"
        for n, (name, asked, answer) in enumerate(rows)
    )
    crumb = "<p>当前位置:<a href='/'>首页</a> &gt; 办理动态</p>"
    page = read(f"<html><head><title>{title}</title></head><body>{MENU}{crumb}<ul>{links}</ul></body></html>")
    assert [(m.title, m.asked, m.answered, m.has_answer) for m in page.messages] == [
        ("路灯不亮", day("2021-03-01"), day("2021-03-05"), True), ("公交线路", day("2021-04-01"), None, None)]  # fmt: skip
    assert page.kind is PageKind.MESSAGE_BOARD


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        ("<tr><th>答复内容</th><td><img src=1.png></td></tr></table>", None),
        ("<tr><th>答复内容</th><td><iframe src=1.html></iframe></td></tr></table>", None),
        ("</table><div>答复内容:</div><div><embed src=1.pdf></div>", None),
        ("<tr><th>答复内容</th><td></td></tr></table><div><img src=share.png><img src=top.png></div>", False),
        ("<tr><th>答复内容</th><td>您好,已经修复。<img src=1.png></td></tr></table>", True),
    ],
)
def test_an_answer_that_is_a_picture_or_a_frame_is_not_missing(reply: str, *, answered: bool | None) -> None:
    rows = "<tr><th>信件标题</th><td>路灯不亮</td></tr><tr><th>来信时间</th><td>2021-03-01</td></tr><tr><th>来信内容</th><td>解放路的路灯坏了,请修复。</td></tr>"
    (letter,) = read(f"<table>{rows}{reply}")
    assert letter.has_answer is answered


@pytest.mark.parametrize(
    ("behind", "answered"),
    [
        ("<p>官方回应:您好,路灯已修复。</p>", True),
        ("<p>反馈结果:您好,路灯已修复。</p>", True),
        ("<p>答:您好,路灯已修复。</p>", True),
        ("<p>承办单位答复:您好,路灯已修复。</p>", True),
        ("<p>处理情况:办理中</p>", False),
        ("<p>处理意见:请城管科阅处</p><p>答复:</p>", False),
        ("<p>是否回复:否</p>", False),
        ("<h4>办理过程</h4><p>2021-03-02 受理</p><p>2021-03-09 城管局:您好,路灯已修复。</p>", None),
        ("<p>张先生:您好!来信收悉,路灯已修复。</p>", None),
        ("<p>谢谢!</p>", False),
    ],
)
def test_what_stands_behind_a_question(behind: str, *, answered: bool | None) -> None:
    asked = "<p>信件标题:路灯不亮</p><p>来信时间:2021-03-01</p><p>来信内容:解放路的路灯坏了一个月,请尽快修复。</p>"
    (letter,) = read(asked + behind)
    assert letter.has_answer is answered


@pytest.mark.parametrize(
    ("tail", "answered"),
    [
        ("<br>清河县住房和城乡建设局<br>2021年8月16日", "2021-08-16"),
        ("<p>清河县住建局 2021-8-16</p>", "2021-08-16"),
        ("清河县住建局2021年8月16日", "2021-08-16"),
        ("路灯将于2021年8月30日前修复。", None),
        ("2021年7月1日我局已派人到场。", None),
    ],
)
def test_the_day_below_an_answer_is_that_of_the_answer(tail: str, answered: str | None) -> None:
    body = (
        "<table><tr><th>信件标题</th><td>路灯不亮</td></tr><tr><th>来信时间</th><td>2021-08-11</td></tr><tr><th>来信内容</th><td>门前的路灯不亮已经三天。</td></tr>"
        f"<tr><th>答复内容</th><td>您好！来信收悉，已经安排人员维修，感谢您的支持。{tail}</td></tr></table>"
    )
    (letter,) = read(body)
    assert (letter.has_answer, letter.answered) == (True, day(answered) if answered else None)
    assert ("答复时间" in (letter.parts or ())) is bool(answered)
