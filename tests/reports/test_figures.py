import datetime as dt

import pytest

from govspider.facts import SiteKind, SiteStatus, VerdictKind
from govspider.reports.figures import count, period, rate
from tests.reports.builder import city, round_of, site


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


def test_the_city_adds_up() -> None:
    figures = count(city())
    assert (figures.registered, figures.checked, figures.qualified, figures.unqualified) == (53, 53, 50, 3)
    assert (figures.portals, figures.departments, figures.topics) == (12, 40, 1)


def test_every_site_is_counted_once() -> None:
    figures = count(
        round_of(
            site(1),
            site(2, verdict=VerdictKind.UNQUALIFIED, complete=False),
            site(3, verdict=VerdictKind.UNDETERMINED, kind=SiteKind.PORTAL),
            site(4, verdict=VerdictKind.UNDETERMINED, inspected=False),
            site(5, verdict=VerdictKind.EXCLUDED, status=SiteStatus.CLOSED, inspected=False),
            site(6, verdict=VerdictKind.EXCLUDED, status=SiteStatus.EXCEPTION, inspected=False),
            site(7, first=VerdictKind.UNQUALIFIED),
        )
    )
    assert figures.checked == figures.qualified + figures.unqualified + figures.undetermined == 4
    assert figures.registered == figures.checked + figures.waiting + figures.exceptions + figures.closed
    assert (figures.waiting, figures.exceptions, figures.closed) == (1, 1, 1)
    assert (figures.cut_short, figures.rechecked, figures.recovered) == (1, 1, 1)


def test_the_period_is_the_rounds_quarter() -> None:
    assert period("2021Q3", dt.date(2021, 10, 8)) == "2021年第三季度"
    assert period("demo", dt.date(2021, 12, 31)) == "2021年第四季度"
    assert period("demo", dt.date(2021, 1, 1)) == "2021年第一季度"
