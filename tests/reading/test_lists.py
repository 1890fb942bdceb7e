"""Main lists in every dress, beside every kind of side list."""

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
SIDES = {"no side list": "", "dated side list": frames.HOT, "undated side list": frames.HOT_UNDATED}
LINKED = [style for style in frames.STYLES if style != "no links"]


def shown(page: Page) -> list[tuple[str, dt.date | None]]:
    return [(entry.title, entry.date) for entry in page.entries]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("style", frames.STYLES)
def test_list_with_pager(read: Read, style: str, side: str) -> None:
    for pager in ("words", "numbers", "script"):
        rows = frames.rows(7)
        page = read(frames.page(frames.STYLES[style](rows) + frames.PAGERS[pager], side=SIDES[side]))
        assert shown(page) == [(title, day) for title, _, day in rows]
        assert (page.kind, page.blank, page.newest) == (PageKind.LIST, False, rows[0][2])


@pytest.mark.parametrize("count", [1, 2, 15])
@pytest.mark.parametrize("style", LINKED)
def test_list_without_pager_or_breadcrumb(read: Read, style: str, count: int) -> None:
    for crumb in (True, False):
        rows = frames.rows(count)
        page = read(frames.page(frames.STYLES[style](rows), side=frames.HOT, crumb=crumb))
        assert shown(page) == [(title, day) for title, _, day in rows]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_short_list_above_a_pager_in_plain_text(read: Read, count: int) -> None:
    """Some publishers write the pager of a single page without links."""
    pager = f"<div>共{count}条 1/1</div><div><span>首页</span><span>上页</span><span>下页</span><span>尾页</span></div>"
    contact = (
        "<p>"
        + "服务窗口设在青河县城东街12号政务服务中心三楼，工作日上午九点至十二点、下午一点半至五点受理，节假日值班电话请向县政府办公室查询，"
        * 2
        + "</p>"
    )
    rows = frames.rows(count)
    for trail in (True, False):
        html = frames.page(
            frames.STYLES["span before"](rows) + pager + contact, crumb=trail, title="" if trail else "青河县水务局"
        )
        page = read(html, "http://www.qinghe.gov.cn/xzzq/lzgq.htm")
        assert page.kind is PageKind.LIST
        assert shown(page) == [(title, day) for title, _, day in rows]


def test_links_are_absolute(read: Read) -> None:
    rows = frames.rows(3, dated_links=True)
    for style in ("span behind", "script links", "data island", "block in link", "inside link"):
        page = read(frames.page(frames.STYLES[style](rows)))
        assert page.entries[1].url == "http://www.qinghe.gov.cn/zwgk/tzgg/202108/t20210809_70001.html"


def lines(*pairs: tuple[str, str], link: str = "a{n}.html") -> str:
    return "<ul>" + "".join(
        f'<li><a href="{link.format(n=n)}">{title}</a><span>{day}</span></li>' for n, (title, day) in enumerate(pairs)
    ) + "</ul>"  # fmt: skip


T = frames.TITLES


def test_days_without_year_are_the_last_such_days(read: Read) -> None:
    page = read(frames.page(lines((T[0], "08-18"), (T[1], "08-02"), (T[2], "07-30"), (T[4], "01-05"))))
    assert [entry.date for entry in page.entries] == [
        dt.date(2021, 8, 18), dt.date(2021, 8, 2), dt.date(2021, 7, 30), dt.date(2021, 1, 5)
    ]  # fmt: skip


def test_days_without_year_pass_new_year(read: Read) -> None:
    page = read(
        frames.page(lines((T[0], "02-18"), (T[1], "01-02"), (T[2], "12-30"), (T[4], "11-05"))), day="2021-02-20"
    )
    assert [str(entry.date) for entry in page.entries] == ["2021-02-18", "2021-01-02", "2020-12-30", "2020-11-05"]


def test_descending_days_that_rise_belong_to_the_year_before(read: Read) -> None:
    page = read(frames.page(lines((T[0], "08-18"), (T[1], "03-02"), (T[2], "07-30"), (T[4], "05-05"), (T[5], "05-01"))))
    assert [str(entry.date) for entry in page.entries][2:] == ["2020-07-30", "2020-05-05", "2020-05-01"]


def test_pinned_old_entry_leaves_the_others_in_their_year(read: Read) -> None:
    page = read(frames.page(lines((T[0], "03-02"), (T[1], "08-18"), (T[2], "08-11"), (T[4], "08-02"))))
    assert page.newest == dt.date(2021, 8, 18)


def test_address_gives_the_year(read: Read) -> None:
    html = frames.page(lines((T[0], "06-23"), (T[1], "04-22"), link="./201906/t20190623_{n}.html"))
    assert [str(entry.date) for entry in read(html).entries] == ["2019-06-23", "2019-04-22"]


def test_pinned_and_ascending_lists(read: Read) -> None:
    page = read(
        frames.page(
            lines(("[置顶]" + T[0], "2019-01-04"), (T[1], "2021-07-01"), (T[2], "2021-07-30"), (T[4], "2021-08-05"))
        )
    )
    assert page.newest == dt.date(2021, 8, 5)
    assert len(page.entries) == 4


def test_future_and_empty_dates_are_never_newest(read: Read) -> None:
    page = read(frames.page(lines((T[0], "2031-01-04"), (T[1], "1970-01-01"), (T[2], "2020-07-30"))))
    assert [str(entry.date) for entry in page.entries] == ["2031-01-04", "None", "2020-07-30"]
    assert page.newest == dt.date(2020, 7, 30)


def test_entry_without_date_among_dated_ones(read: Read) -> None:
    html = frames.page(
        f'<ul><li><a href="x.html">{T[5]}</a></li>' + lines((T[0], "2021-08-04"), (T[1], "2021-08-01"))[4:]
    )
    assert [str(entry.date) for entry in read(html).entries] == ["None", "2021-08-04", "2021-08-01"]


def test_rows_that_stray_end_tags_tear_apart(read: Read) -> None:
    row = (
        '<tr><td><img src="p.gif"></td><td><a href="/a{n}.html">{title}</a>&nbsp;</td><td><span>{day}</span></td></tr>'
    )
    days = ("2021-08-18", "2021-08-17", "2021-07-16", "2021-07-15", "2021-06-14")
    torn = [
        row.format(n=n, title=T[n], day=day) + ("</table></td></tr>" if n < 2 else "") for n, day in enumerate(days)
    ]
    main = "".join(torn)
    for _ in range(3):
        main = f"<table><tr><td>{main}</td></tr></table>"
    assert [entry.title for entry in read(frames.page(main)).entries] == list(T[:5])


@pytest.mark.parametrize("mark", ["置顶：", "[置顶]", "【置顶】 ", "置顶: "])
def test_the_mark_of_a_pinned_entry_is_not_its_title(read: Read, mark: str) -> None:
    page = read(frames.page(lines((mark + T[0], "2020-01-02"), (T[1], "2021-08-04"), (T[2], "2021-08-01"))))
    assert [entry.title for entry in page.entries] == list(T[:3])


@pytest.mark.parametrize("more", ["+更多+", "+ 更多 +", "更多&gt;&gt;", "[更多]"])
def test_the_link_to_more_is_no_entry(read: Read, more: str) -> None:
    page = read(frames.page(lines(*[(title, "2021-08-01") for title in T[:4]]) + f'<p><a href="/gd/">{more}</a></p>'))
    assert [entry.title for entry in page.entries] == list(T[:4])


def test_list_without_any_date(read: Read) -> None:
    for pager in frames.PAGERS.values():
        main = "<ul>" + "".join(f'<li><a href="{link}">{title}</a></li>' for title, link, _ in frames.rows(6)) + "</ul>"
        page = read(frames.page(main + pager, side=frames.HOT))
        assert [entry.title for entry in page.entries] == list(T[:6])
        assert (page.blank, page.newest) == (False, None)


def test_list_of_pictures(read: Read) -> None:
    main = "<ul>" + "".join(
        f'<li><a href="{link}"><img src="/p/{n}.jpg" alt="{title}"></a><p><a href="{link}">{title}</a></p></li>'
        for n, (title, link, _) in enumerate(frames.rows(6))
    ) + "</ul>"  # fmt: skip
    page = read(frames.page(main + frames.PAGERS["words"], side=frames.HOT))
    assert [entry.title for entry in page.entries] == list(T[:6])


def test_page_of_several_short_lists(read: Read) -> None:
    boxes = "".join(
        f'<div class="box"><div><b>{name}</b><a href="/{n}/">更多&gt;&gt;</a></div>'
        + lines(*[(f"{name}：{title}", f"2021-08-{10 + n}") for title in T[:4]], link=f"/{n}/a{{n}}.html")
        + "</div>"
        for n, name in enumerate(("政务要闻", "部门动态", "乡镇传真", "媒体聚焦"))
    )
    page = read(frames.page(boxes, name="新闻中心"))
    assert len(page.entries) == 16
    assert page.newest == dt.date(2021, 8, 13)


def test_side_list_is_not_the_list_of_an_empty_column(read: Read) -> None:
    for side in (frames.HOT, frames.HOT.replace("热门信息", "部门文件"), frames.HOT_UNDATED):
        for pager in ("words", "none"):
            page = read(frames.page("<ul></ul>" + frames.PAGERS[pager], side=side))
            assert page.entries == ()


def test_templates_are_no_entries(read: Read) -> None:
    page = read(frames.page('<ul><li><a href="{$T.url}">{$T.title}</a><span>{$T.date}</span></li></ul>'))
    assert page.entries == ()
    assert (page.blank, page.needs_browser) == (None, True)


def test_undated_list_takes_no_dates_from_addresses(read: Read) -> None:
    rows = frames.rows(5, dated_links=True)
    main = "<ul>" + "".join(f'<li><a href="{link}">{title}</a></li>' for title, link, _ in rows) + "</ul>"
    page = read(frames.page(main))
    assert [entry.date for entry in page.entries] == [None] * 5
    assert (page.newest, page.newest_anywhere) == (None, rows[0][2])


def test_newest_of_a_home_page_may_stand_in_any_block(read: Read) -> None:
    blocks = "".join(
        f"<div><h3>{name}</h3>{lines(*[(title, f'2021-0{month}-1{n}') for n, title in enumerate(T[:3])])}</div>"
        for name, month in (("政务要闻", 5), ("最新公告", 8), ("推荐阅读", 3))
    )
    page = read(frames.page(blocks, crumb=False, name="青河县"), url="http://www.qinghe.gov.cn/")
    assert (page.kind, page.newest_anywhere) == (PageKind.HOME, dt.date(2021, 8, 12))


FRESH = [("阅读推荐作品展播之一", "2021-08-19"), ("阅读推荐作品展播之二", "2021-08-18"), ("阅读推荐作品展播之三", "2021-08-17")]  # fmt: skip


@pytest.mark.parametrize("count", [2, 4, 7, 12])
@pytest.mark.parametrize("head", ["热点推荐", "点击排行", "相关信息"])
def test_side_list_in_another_column_of_the_layout_stays_apart(read: Read, head: str, count: int) -> None:
    rows = frames.rows(count, last=dt.date(2021, 5, 1))
    old = "".join(f'<tr><td><a href="{link}">{title}</a></td><td>{day}</td></tr>' for title, link, day in rows)
    side = "".join(
        f'<tr><td><a href="/tj{n}.htm">{title}</a> {day[5:]}</td></tr>' for n, (title, day) in enumerate(FRESH)
    )
    menu = "<table><tr><td>政务公开</td></tr><tr><td><a href='/tzgg/'>通知公告</a></td></tr></table>"
    side = f"{menu}<table><tr><td>{head}</td></tr>{side}</table>"
    main = f"<table>{old}</table><table><tr><td>共{count}条 1/1 首页 下页 尾页</td></tr></table>"
    for layout in ("<table><tr><td>{}</td><td>{}</td></tr></table>", "<div><div>{}</div><div>{}</div></div>"):
        page = read(frames.page(layout.format(side, main), name="通知公告"))
        assert shown(page) == [(title, day) for title, _, day in rows]
        assert page.newest == dt.date(2021, 5, 1)


def test_list_in_two_halves_beside_each_other(read: Read) -> None:
    rows = frames.rows(7)[::-1]
    halves = [
        "".join(f"<p><a href='{link}'>{title}</a> [{day}]</p>" for title, link, day in half)
        for half in (rows[:4], rows[4:])
    ]
    main = "<table><tr>" + "".join(f"<td width='50%'>{half}</td>" for half in halves) + "</tr></table>"
    page = read(frames.page(main))
    assert shown(page) == [(title, day) for title, _, day in rows]


def test_entries_that_unfold(read: Read) -> None:
    main = "".join(
        f"<details><summary>{title}（{day:%Y.%m.%d}）</summary><div>{frames.TITLES[0] * 4}<a href='{link}'>查看全文</a></div></details>"
        for title, link, day in frames.rows(5)
    )
    page = read(frames.page(f"<div>{main}</div>"))
    assert page.kind is PageKind.LIST
    assert [entry.date for entry in page.entries] == [day for _, _, day in frames.rows(5)]


def test_pictures_that_a_script_opens_count_once(read: Read) -> None:
    cells = "".join(
        f'<div><a href="javascript:;"><img src="/v/{n}.jpg" alt="青河县第{n}届文化旅游节开幕式"></a>'
        f'<p><a href="javascript:;">青河县第{n}届文化旅游节开幕式</a></p></div>'
        for n in range(6)
    )
    head = "<title>通知公告</title>"
    place = '<div>当前位置：<a href="/">首页</a> &gt; <a href="/tzgg/">通知公告</a></div>'
    assert len(read(f"<html><head>{head}</head><body>{place}<div>{cells}</div></body></html>").entries) == 6


def test_the_name_of_a_block_is_no_label_of_its_dates(read: Read) -> None:
    rows = [
        ("[05/28]", "全市消防安全检查情况通报"),
        ("[05/25]", "农贸市场菜篮子商品价格表(2026年6月21日)"),
        ("[05/21]", "青年干部培训班在市委党校开班"),
        ("[05/17]", "重点项目建设进度表(2026年6月24日)"),
    ]
    for name in ("工作动态", "会议活动", "政策文件"):
        lines = "".join(
            f"<tr><td>{day}</td><td><a href='/c/{n}.html'>{title}</a></td></tr>" for n, (day, title) in enumerate(rows)
        )
        block = f"<table><tr><td><b>{name}</b></td><td><a href=/dt/>更多...</a></td></tr>{lines}</table>"
        page = read(f"<html><head><title>首页</title></head><body>{block}</body></html>", day="2026-06-30")
        assert [str(entry.date) for entry in page.entries] == ["2026-05-28", "2026-05-25", "2026-05-21", "2026-05-17"]


@pytest.mark.parametrize(
    ("heading", "dated"),
    [
        ("截止时间", False),
        ("征集截止日期", False),
        ("开标时间", False),
        ("发布时间", True),
        ("时间", True),
        ("成文日期", True),
        ("生成日期", True),
        ("印发日期", True),
    ],
)
def test_a_column_of_deadlines_dates_no_entry(read: Read, heading: str, dated: bool) -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td><a href='/a{n}.html'>{T[n]}</a></td><td>2021-0{7 - n}-10</td></tr>" for n in range(5)
    )
    page = read(frames.page(f"<table><tr><th>序号</th><th>标题</th><th>{heading}</th></tr>{rows}</table>"))
    assert [entry.title for entry in page.entries] == list(T[:5])
    assert page.newest == (dt.date(2021, 7, 10) if dated else None)


@pytest.mark.parametrize(
    ("pager", "following", "last"),
    [
        ('<a href="index1.htm">&gt;&gt;</a>', "index1.htm", None),
        ('<a href="index.htm">&lt;&lt;</a> <a href="index2.htm">&gt;&gt;</a>', "index2.htm", None),
        ('<b>1</b> <a href="p2.htm">2</a> <a href="p3.htm">3</a> <a href="p2.htm">&gt;&gt;</a>', "p2.htm", None),
        ('<b>1</b> <a href="p2.htm">2</a> <a href="p3.htm">3</a> <a href="p9.htm">&gt;&gt;</a>', None, "p9.htm"),
        ('<b>1</b> <a href="p2.htm">2</a> <a href="p3.htm">3</a> <a href="p3.htm">&gt;&gt;</a>', None, "p3.htm"),
        ('<a href="p2.htm">&gt;</a> <a href="p9.htm">&gt;&gt;</a>', "p2.htm", "p9.htm"),
        ('<a href="p2.htm">下一页</a> <a href="p9.htm">&gt;&gt;</a>', "p2.htm", "p9.htm"),
    ],
)
def test_double_arrow_leads_to_the_next_page_where_nothing_else_does(
    read: Read, pager: str, following: str | None, last: str | None
) -> None:
    page = read(frames.page(frames.STYLES["span before"](frames.rows(7)) + f'<div class="pages">{pager}</div>'))
    base = "http://www.qinghe.gov.cn/zwgk/tzgg/"
    assert (page.next_page, page.last_page) == (following and base + following, last and base + last)


STACKED = "<li><a href='a{n}.htm'><p>{day:%m/%d}</p><span>{day:%Y}</span><h3>{title}</h3><p>{summary}</p></a></li>"
SUMMARIES = (
    "12月6日下午，县水务局组织志愿者开展河道清理活动，清理垃圾两吨。",
    "自3月1日起，全县开展专项整治，成效明显。",
    "现将有关事项通知如下。",
)


@pytest.mark.parametrize("count", [1, 2, 6])
@pytest.mark.parametrize("said", SUMMARIES)
def test_days_in_summaries_take_no_year_from_the_days_of_entries(read: Read, said: str, count: int) -> None:
    rows = frames.rows(count, last=dt.date(2012, 12, 13))
    main = "".join(STACKED.format(n=n, day=day, title=title, summary=said) for n, (title, _, day) in enumerate(rows))
    page = read(frames.page(f"<ul>{main}</ul>"))
    assert [entry.date for entry in page.entries] == [day for _, _, day in rows]


@pytest.mark.parametrize(
    "title", ["4.网站链接", "关于清理友情链接的通知", "苏ICP备09099689号备案情况公示", "省版权所有偿使用办法"]
)
def test_titles_that_sound_like_a_foot_end_no_list(read: Read, title: str) -> None:
    rows = [(title if n == 3 else name, link, day) for n, (name, link, day) in enumerate(frames.rows(6))]
    stacked = "".join(STACKED.format(n=n, day=day, title=name, summary="") for n, (name, _, day) in enumerate(rows))
    short = "".join(f'<li><a href="{link}">{name}</a><span>{day:%m-%d}</span></li>' for name, link, day in rows)
    for main in (stacked, short):
        page = read(frames.page(f"<ul>{main}</ul>"))
        assert [entry.title for entry in page.entries] == [name for name, _, _ in rows]


@pytest.mark.parametrize("count", [6, 8, 11, 16])
def test_last_line_of_a_list_that_is_cut_into_fives(read: Read, count: int) -> None:
    lines = [f'<li><span>[{day} 10:08]</span><a href="{to}">{name}</a></li>' for name, to, day in frames.rows(count)]
    parts = "".join(f"<ul>{''.join(lines[at : at + 5])}</ul>" for at in range(0, count, 5))
    assert len(read(frames.page(parts + frames.PAGERS["words"])).entries) == count


PEOPLE = "<li><a href='info/1046/12{n}.htm' title='{name}'><img src='/u/{n}.jpg'><p>姓名：{name}</p><p>职位：教授</p></a></li>"


def test_list_whose_pager_ends_with_a_link_to_jump(read: Read) -> None:
    main = "".join(PEOPLE.format(n=n, name=name) for n, name in enumerate(("王一山", "李二水", "张三木", "赵四金"), 10))
    jump = '<div><span>共4条</span><span>首页</span><span>上页</span><span>1</span><span>下页</span><span>尾页</span><a href="javascript:;">跳转</a></div>'
    page = read(frames.page(f"<ul>{main}</ul>{jump}", name="师资队伍"))
    assert (page.kind, len(page.entries)) == (PageKind.LIST, 4)


def test_lines_that_name_a_day_are_no_entries(read: Read) -> None:
    """A notice that stands in the place of its column's list."""
    labels = ("全文截稿日期", "现场报到日期", "论坛会议日期")
    days = "".join(f"<p>({n})<b>{label}：</b><span>2013年12月{n}日</span></p>" for n, label in enumerate(labels, 1))
    page = read(frames.page(f"<p>全县医疗卫生论坛面向各乡镇征稿，欢迎投稿。</p>{days}"))
    assert page.entries == ()


def test_short_title_between_its_day_and_its_month(read: Read) -> None:
    line = "<li><a href='/c/{n}.html'><b>{day:%d}</b><i>{day:%Y-%m}</i><p>{title}</p></a></li>"
    rows = [("公 告" if n == 2 else title, day) for n, (title, _, day) in enumerate(frames.rows(6))]
    main = "".join(line.format(n=n, title=title, day=day) for n, (title, day) in enumerate(rows))
    assert shown(read(frames.page(f"<ul>{main}</ul>"))) == rows


HEADS = (
    "<p><span>编号</span> <span>关联交易信息</span> <span>披露时间</span></p>",
    "<p><b>标题</b><b>点击数</b><b>发布日期</b></p>",
    "<dl><dt>相关文件名称</dt><dd>发文字号</dd><dd>公布日期</dd></dl>",
)


@pytest.mark.parametrize("head", HEADS)
def test_the_names_of_a_lists_fields_make_it_no_side_list(read: Read, head: str) -> None:
    rows = frames.rows(7)
    main = "".join(
        f"<p><span>第{n}号</span><a href='{to}'>{title}</a><i>{day}</i></p>" for n, (title, to, day) in enumerate(rows)
    )
    for crumb in (True, False):
        page = read(frames.page(head + main, name="信息披露", crumb=crumb))
        assert (page.kind, shown(page)) == (PageKind.LIST, [(title, day) for title, _, day in rows])


def test_table_with_a_column_of_clicks(read: Read) -> None:
    rows = frames.rows(7)
    head = "<tr><th>序号</th><th>标题</th><th>点击量</th><th>发布时间</th></tr>"
    main = "".join(
        f"<tr><td>{n}</td><td><a href='{to}'>{title}</a></td><td>21{n}</td><td>{day}</td></tr>"
        for n, (title, to, day) in enumerate(rows)
    )
    page = read(frames.page(f"<table>{head}{main}</table>", name="信息披露"))
    assert (page.kind, shown(page)) == (PageKind.LIST, [(title, day) for title, _, day in rows])


def test_undated_list_of_which_a_line_leads_to_the_page_itself(read: Read) -> None:
    rows = [(title, link) for title, link, _ in frames.rows(8)]
    for own in (("通知公告", "/zwgk/tzgg/index.html"), ("[通知公告]", "index.html")):
        for lines in ([own, *rows], [*rows, own]):
            main = "".join(f'<li><a href="{link}">{title}</a></li>' for title, link in lines)
            titles = [entry.title for entry in read(frames.page(f"<ul>{main}</ul>")).entries]
            assert set(titles) >= {title for title, _ in rows}
