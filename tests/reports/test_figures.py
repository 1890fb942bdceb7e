import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from govspider.facts import (
    AccountStatus,
    Decides,
    FollowUp,
    Review,
    RoundResults,
    ScoreItem,
    SiteKind,
    SiteStatus,
    VerdictKind,
)
from govspider.reports import brief
from govspider.reports.figures import count, period
from govspider.reports.recount import recount
from govspider.reports.sentences import Sentence, rate
from tests.reports.builder import account, blank, city, finding, media, round_of, site

Count = Callable[[RoundResults], Mapping[str, int | str]]

MIXED = round_of(
    site(1),
    site(2, verdict=VerdictKind.UNQUALIFIED, complete=False),
    site(3, verdict=VerdictKind.UNDETERMINED, kind=SiteKind.PORTAL),
    site(4, verdict=VerdictKind.UNDETERMINED, inspected=False),
    site(5, verdict=VerdictKind.EXCLUDED, status=SiteStatus.CLOSED, inspected=False),
    site(6, verdict=VerdictKind.EXCLUDED, status=SiteStatus.EXCEPTION, inspected=False),
    site(7, first=VerdictKind.UNQUALIFIED),
)


def _single(number: int, key: str, **changes: object) -> object:
    return finding(
        number, "column-blank", "“甲”栏目为空白", key=key, title="单个空白栏目", decides=Decides.DEDUCTION, **changes
    )


FOLLOWED = replace(
    MIXED,
    accounts=(account(1), account(2, verdict=VerdictKind.EXCLUDED, status=AccountStatus.CLOSED, inspected=False)),
    earlier_round="2021Q2",
    followups=(
        *(FollowUp("site", site(n).site.code, f"示例{n}局", ("多个栏目存在空白",)) for n in (1, 2, 3, 4, 5, 99)),
        FollowUp("account", "wx2", "示例2发布", ("未及时更新",)),
    ),
)

PROBLEMS = round_of(
    site(1, verdict=VerdictKind.UNQUALIFIED, vetoes=["columns-blank"], findings=[blank(1), _single(1, "a")]),
    site(2, findings=[_single(2, "b"), _single(2, "c"), _single(2, "d", review=Review.REJECTED)]),
    site(
        3,
        verdict=VerdictKind.UNDETERMINED,
        findings=[finding(3, "content-tampered", "疑似", outcome="clue", decides=Decides.CLUE)],
    ),
)


@pytest.mark.parametrize(
    ("part", "base", "decimals", "shown"),
    [
        (50, 53, 1, "94.3%"),
        (3, 53, 1, "5.7%"),
        (1, 16, 1, "6.3%"),  # 6.25: half up, where half to even gives 6.2
        (1, 8, 0, "13%"),  # 12.5
        (291, 294, 2, "98.98%"),
        (53, 53, 1, "100%"),
        (0, 53, 1, "0%"),
        (0, 0, 1, "—"),
    ],
)
def test_rates_are_rounded_half_up(part: int, base: int, decimals: int, shown: str) -> None:
    assert rate(part, base, decimals) == shown


@pytest.mark.parametrize("counted", [count, recount])
def test_the_city_adds_up(counted: Count) -> None:
    figures = counted(city())
    names = (
        "registered",
        "checked",
        "qualified",
        "unqualified",
        "checked@门户网站",
        "checked@部门网站",
        "checked@专题网站",
    )
    assert [figures[f"sites.{name}"] for name in names] == [53, 53, 50, 3, 12, 40, 1]


@pytest.mark.parametrize("counted", [count, recount])
def test_every_site_is_counted_once(counted: Count) -> None:
    figures = counted(MIXED)
    names = ("qualified", "unqualified", "undetermined", "waiting", "exceptions", "closed")
    assert [figures[f"sites.{name}"] for name in names] == [2, 1, 1, 1, 1, 1]
    names = ("checked", "registered", "cut_short", "rechecked", "recovered")
    assert [figures[f"sites.{name}"] for name in names] == [4, 7, 1, 1, 1]


@pytest.mark.parametrize("results", [city(), MIXED, round_of(), PROBLEMS, media(), FOLLOWED])
def test_counting_twice_by_different_means_gives_the_same(results: RoundResults) -> None:
    assert dict(count(results)) == recount(results)


def test_a_problem_that_a_veto_tells_is_not_counted_again() -> None:
    figures = count(PROBLEMS)
    assert figures["sites.vetoed:栏目空白"] == 1
    assert (figures["sites.minor:column-blank@other"], figures["sites.places:column-blank@other"]) == (1, 2)
    assert (figures["sites.clued"], figures["sites.clues"]) == (1, 1)


@pytest.mark.parametrize("counted", [count, recount])
def test_what_is_counted_is_what_costs_points(counted: Count) -> None:
    """One finding may stand for several places: a person's answer, what one guide lacks."""
    found = [
        finding(1, "reply-late", "两次没有答复", decides=Decides.DEDUCTION, evidence={"places": 2, "who": "张某"}),
        finding(1, "link-dead", "打不开", decides=Decides.DEDUCTION, key="a"),
        finding(1, "link-dead", "打不开", decides=Decides.DEDUCTION, key="b", evidence={"places": ["页脚"]}),
    ]
    figures = counted(brief(round_of(site(1, findings=found))))
    assert figures["sites.places:reply-late@other"] == figures[f"sites.places:reply-late#{found[0].code}"] == 2
    assert figures["sites.places:link-dead@other"] == 2


@pytest.mark.parametrize("counted", [count, recount])
def test_accounts_are_counted_by_platform(counted: Count) -> None:
    figures = counted(media())
    assert [figures[f"accounts.{name}"] for name in ("checked", "qualified", "unqualified", "undetermined")] == [
        10,
        7,
        2,
        1,
    ]
    assert [figures[f"accounts.checked@{group}"] for group in ("微信", "微博", "移动客户端")] == [6, 3, 1]


@pytest.mark.parametrize("counted", [count, recount])
def test_what_became_of_the_round_before(counted: Count) -> None:
    figures = counted(FOLLOWED)
    states = ("qualified", "unqualified", "undetermined", "waiting", "closed", "gone")
    assert [figures[f"sites.before:{state}"] for state in states] == [1, 1, 1, 1, 1, 1]
    assert (figures["sites.before"], figures["accounts.before:closed"], figures["before"]) == (6, 1, 7)


def test_what_nobody_counted_is_an_error() -> None:
    with pytest.raises(KeyError):
        Sentence("{sites.chekced}个").text(count(city()), 2)


def test_the_period_is_the_rounds_quarter() -> None:
    assert period("2021Q3", dt.date(2021, 10, 8)) == "2021年第三季度"
    assert period("demo", dt.date(2021, 12, 31)) == "2021年第四季度"
    assert period("demo", dt.date(2021, 1, 1)) == "2021年第一季度"


def test_scores_are_told_by_part_and_as_a_range_where_something_is_open() -> None:
    items = (
        ScoreItem("发布解读/概况信息", 2, 1.5, 2),
        ScoreItem("发布解读/动态要闻", 5, 4.9, 4.9),
        ScoreItem("功能设计/可用性", 1, 0.1, 0.1),
        ScoreItem("信息发布/数据发布", 4, 1, 4, bonus=True),
    )
    verdict = replace(site(1).verdict, score_low=81.333333, score_high=90.1, score_items=items)
    exact = replace(site(2).verdict, score=77.5, score_low=77.5, score_high=77.5, score_items=items[2:3])
    results = round_of(site(1, changes={"verdict": verdict}), site(2, changes={"verdict": exact}))
    figures = count(results)
    assert figures["score:6108000001"] == "81.33～90.1"
    assert figures["score:6108000001:发布解读"] == "6.4～6.9"
    assert figures["score:6108000001:加分"] == "1～4"
    assert (figures["score:6108000002"], figures["score:6108000002:功能设计"]) == ("77.5", "0.1")
    assert dict(figures) == recount(results)
