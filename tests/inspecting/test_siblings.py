"""Which blanks hold, and which column stands below which."""

import datetime as dt

from govspider.facts import Category, Column, ColumnLink, EarlierColumn, Entry, Fetch, Page, PageKind, Visit
from govspider.inspecting.content import NOTHING_OWN
from govspider.inspecting.discovery import Found
from govspider.inspecting.history import History
from govspider.inspecting.lists import Reading
from govspider.inspecting.siblings import relate, settle_blanks, without_articles, without_twins
from govspider.inspecting.visits import Look

BASE = "http://www.qinghe.gov.cn/"
LIST = frozenset(f"{n} div part{n}" for n in range(20))
OTHER = frozenset(f"{n} table x{n}" for n in range(20))


def reading(
    name: str, skeleton: frozenset[str], entries: int = 0, signs: tuple[str, ...] = ("列表容器里没有条目",)
) -> Reading:
    url = f"{BASE}{name}/"
    page = Page(url, "utf-8", PageKind.LIST, skeleton=skeleton)
    look = Look(Visit(url, url, Fetch.OK, 200), page)
    found = tuple(Entry(f"第{n}条工作信息的标题", f"{url}{n}.html") for n in range(entries))
    return Reading(
        Found(ColumnLink(name, url), BASE), look, page, found, blank=not entries, signs=() if entries else signs
    )


def blanks(*readings: Reading) -> list[bool | None]:
    return [one.blank for one in settle_blanks(readings, History(()))]


def test_blank_beside_a_read_column_of_the_same_template_holds() -> None:
    nearly = frozenset([*list(LIST)[:19], "20 div pager"])
    assert blanks(reading("a", LIST, entries=9), reading("b", nearly), reading("c", LIST), reading("d", LIST)) == [
        False,
        True,
        True,
        True,
    ]


def test_template_of_which_nothing_was_ever_read_is_unknown() -> None:
    settled = settle_blanks([reading("a", LIST, entries=9), *(reading(name, OTHER) for name in "bcd")], History(()))
    assert [one.blank for one in settled] == [False, None, None, None]
    assert all(one.reason for one in settled[1:])


def test_site_of_which_no_list_was_read_has_no_blank() -> None:
    assert blanks(reading("a", LIST), reading("b", OTHER)) == [None, None]


def test_page_that_says_itself_that_it_is_empty_holds() -> None:
    assert blanks(*(reading(name, OTHER, signs=("页面写明共 0 条",)) for name in "abc")) == [True, True, True]


def test_single_blank_of_a_template_of_its_own_holds_by_its_signs() -> None:
    assert blanks(reading("a", LIST, entries=9), reading("b", OTHER)) == [False, True]
    assert blanks(reading("a", LIST, entries=9), reading("b", OTHER, signs=())) == [False, None]
    assert blanks(reading("a", LIST, entries=9), reading("b", OTHER, signs=(NOTHING_OWN,))) == [False, None]


def test_single_blank_that_had_entries_before_needs_proof() -> None:
    history = History([EarlierColumn(f"{BASE}b/", "b", 20, dt.date(2026, 3, 31))])
    doubted = settle_blanks([reading("a", LIST, entries=9), reading("b", OTHER)], history)[1]
    assert doubted.blank is None
    assert "20条信息" in doubted.reason
    assert settle_blanks([reading("a", LIST, entries=9), reading("b", LIST)], history)[1].blank is True
    assert settle_blanks([reading("b", OTHER, signs=("页面写明共 0 条",))], history)[0].blank is True


def column(name: str, path: tuple[str, ...] = (), url: str = "", **changes: object) -> Column:
    address = url or f"{BASE}{'/'.join((*path, name))}/"
    visit = Visit(address, address, Fetch.OK, 200)
    return Column(**{"name": name, "url": address, "path": path, "visit": visit, **changes})  # type: ignore[arg-type]


def test_parent_takes_the_newest_date_below_it_and_is_not_blank() -> None:
    day = dt.date(2026, 6, 1)
    parent, child = relate([column("政务公开", blank=True), column("通知公告", ("政务公开",), newest=day, blank=False)])
    assert parent.newest_below == day
    assert parent.blank is False
    assert parent.children == (child.url,)


def test_folder_tells_the_parent_where_the_menu_does_not() -> None:
    parent, child = relate(
        [column("公开", url=f"{BASE}zwgk/"), column("公告", url=f"{BASE}zwgk/tzgg/", newest=dt.date(2026, 1, 1))]
    )
    assert parent.children == (child.url,)


def test_columns_of_the_root_folder_are_nobodys_parents() -> None:
    one, other = relate([column("动态", url=f"{BASE}dt.html"), column("公告", url=f"{BASE}gg/list.html")])
    assert one.children == other.children == ()


def test_top_level_is_not_below_another_column_of_its_category() -> None:
    policy = {"category": Category.POLICY}
    above, below, apart = relate(
        [
            column("政策文件", **policy),
            column("部门文件", ("政策文件",), **policy),
            column("要闻", category=Category.NEWS),
        ]
    )
    assert (above.top_level, below.top_level, apart.top_level) == (True, False, True)


def test_loop_in_the_menu_ends() -> None:
    one, other = relate([column("甲", ("乙",)), column("乙", ("甲",))])
    assert one.name == "甲"
    assert other.name == "乙"


def test_same_list_under_two_addresses_is_one_column() -> None:
    entries = (Entry("同一条信息的标题文字", f"{BASE}a/1.html"),)
    twins = [
        column("公告", url=f"{BASE}a/", entries=entries, entry_count=1),
        column("公告", url=f"{BASE}b/", entries=entries, entry_count=1),
    ]
    assert len(without_twins(twins)) == 1
    assert len(without_twins([column("甲"), column("乙")])) == 2


def test_a_single_page_that_another_column_lists_is_its_article() -> None:
    entry = Entry("全市召开培训会议", f"{BASE}gzdt/1.html")
    news = Column("工作动态", f"{BASE}gzdt/", Category.NEWS, entries=(entry,), entry_count=1, blank=False)
    article = Column("全市召开培训会议", entry.url, Category.OTHER, single_page=True, blank=False)
    office = Column("机构职能", entry.url, Category.OVERVIEW, single_page=True, blank=False)
    apart = Column("年度数字", f"{BASE}sz.html", Category.OTHER, single_page=True, blank=False)
    assert without_articles([news, article, apart], ()) == (news, apart)
    assert without_articles([news, office], ()) == (news, office)
    assert without_articles([news, article], {"qinghe.gov.cn/gzdt/1.html"}) == (news, article)
