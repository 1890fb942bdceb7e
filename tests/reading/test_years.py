"""Lists cut by years: the year stands over its entries, which show month and day only."""

import datetime as dt
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from govspider.facts import Page

spec = importlib.util.spec_from_file_location("frames", Path(__file__).parent / "frames.py")
assert spec
assert spec.loader
frames = importlib.util.module_from_spec(spec)
spec.loader.exec_module(frames)

Read = Callable[..., Page]
T = frames.TITLES
STYLES = {
    "day first": ("<dl>{}</dl>", "<dt>{day}</dt><dd><a href='{link}'>{title}</a></dd>"),
    "day behind": ("<ul>{}</ul>", "<li><a href='{link}'>{title}</a><span>{day}</span></li>"),
    "day in one line": ("<ul>{}</ul>", "<li>{day} <a href='{link}'>{title}</a></li>"),
    "day in a cell": ("<table>{}</table>", "<tr><td>{day}</td><td><a href='{link}'>{title}</a></td></tr>"),
}


def cut(style: str, years: dict[str, list[str]], heading: str = "<h3>{}</h3>") -> str:
    around, row = STYLES[style]
    names = iter(enumerate(T))
    parts = []
    for year, days in years.items():
        rows = [
            row.format(day=day, link=f"/a{n}.html", title=title) for day, (n, title) in zip(days, names, strict=False)
        ]
        parts.append(heading.format(year) + around.format("".join(rows)))
    return "<div>" + "".join(parts) + "</div>"


def days(page: Page) -> list[str]:
    return [str(entry.date) for entry in page.entries]


@pytest.mark.parametrize("style", STYLES)
def test_each_entry_has_the_year_above_it(read: Read, style: str) -> None:
    page = read(frames.page(cut(style, {"2021年": ["08-03", "07-15"], "2020年": ["12-20", "05-02", "01-30"]})))
    told = {entry.title: str(entry.date) for entry in page.entries}
    assert told == dict(zip(T, ["2021-08-03", "2021-07-15", "2020-12-20", "2020-05-02", "2020-01-30"], strict=False))


@pytest.mark.parametrize("style", STYLES)
def test_a_list_of_one_past_year(read: Read, style: str) -> None:
    page = read(frames.page(cut(style, {"2019": ["08-03", "07-15", "03-01"]})))
    assert days(page) == ["2019-08-03", "2019-07-15", "2019-03-01"]
    assert [entry.title for entry in page.entries] == list(T[:3])


@pytest.mark.parametrize("style", STYLES)
def test_tabs_of_years_tell_no_year(read: Read, style: str) -> None:
    tabs = "<ul><li>2021</li><li>2020</li><li>2019</li></ul>"
    page = read(frames.page(tabs + cut(style, {"": ["08-03", "07-15", "03-01"]}, "{}")))
    assert page.newest == dt.date(2021, 8, 3)


@pytest.mark.parametrize("style", STYLES)
def test_a_year_that_is_a_link_tells_no_year(read: Read, style: str) -> None:
    link = "<div><a href='/2019/'>{}</a></div>"
    page = read(frames.page(cut(style, {"2019年": ["08-03", "07-15", "03-01"]}, link)))
    assert page.newest is None or page.newest == dt.date(2021, 8, 3)
    assert dt.date(2019, 7, 15) not in [entry.date for entry in page.entries]
