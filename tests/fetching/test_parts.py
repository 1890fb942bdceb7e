"""What is made of a page's parts, whichever browser tells of them."""

import json
from typing import Any

import pytest

from govspider.fetching.parts import Parts, may_bring_content

PAGE = "http://www.qinghe.gov.cn/"
TOLD = {
    "strict": True, "viewport": 1366, "width": 1366, "text": 800, "visible": 600, "beyond": 0, "media": 0, "plugin": 0,
    "rules": 3, "pictures": [], "lines": "清河县",
}  # fmt: skip
OWN, FOREIGN = "http://img.qinghe.gov.cn/", "http://cdn.example.com/"


def measured(parts: Parts, *, lacking: int = 0, **told: Any) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(parts.measured({**TOLD, **told}, PAGE, "Firefox 140", lacking=lacking))
    return page


def test_only_own_parts_count() -> None:
    parts = Parts()
    for home in (OWN, FOREIGN):
        parts.answered(f"{home}a.css", "stylesheet", 200, "text/css")
        parts.answered(f"{home}b.css", "stylesheet", 404, "text/html")
        parts.answered(f"{home}c.css", "stylesheet", 503, "text/html")
        parts.answered(f"{home}a.png", "image", 404, "")
        parts.failed(f"{home}d.js", "script")
    page = measured(parts, pictures=[f"{OWN}a.png", f"{OWN}b.png", f"{FOREIGN}a.png"])
    assert (page["sheets"], page["sheets_lost"]) == (2, 1)
    assert (page["images"], page["images_lost"]) == (2, 1)
    assert page["unsure"] == 2  # what answers 503, and what failed, may be there tomorrow
    assert page["browser"] == "Firefox 140"


def test_strict_pages_take_no_style_from_what_is_none() -> None:
    parts = Parts()
    parts.answered(f"{OWN}a.css", "stylesheet", 200, "text/html")
    assert measured(parts)["sheets_lost"] == 1
    assert measured(parts, strict=False)["sheets_lost"] == 0


def test_what_came_to_nothing_but_is_gone_in_the_end_is_sure() -> None:
    parts = Parts()
    parts.failed(f"{OWN}a.css", "stylesheet")
    parts.answered(f"{OWN}a.css", "stylesheet", 404, "")
    assert (measured(parts)["unsure"], measured(parts)["sheets_lost"]) == (0, 1)
    assert measured(parts, lacking=2)["unsure"] == 2


@pytest.mark.parametrize("kind", ["image", "fetch", "font", "document", ""])
def test_what_shows_no_style_may_fail(kind: str) -> None:
    parts = Parts()
    parts.failed(f"{OWN}a", kind)
    assert measured(parts)["unsure"] == 0


def test_the_first_error_is_kept_and_all_are_counted() -> None:
    parts = Parts()
    parts.erred("nosuch is\nnot defined" + "x" * 900)
    parts.erred("other")
    page = measured(parts)
    assert page["errors"] == 2
    assert page["error"].startswith("nosuch is not defined")
    assert len(page["error"]) == 200


@pytest.mark.parametrize("absurd", [None, "x", float("nan"), float("inf"), -1, [], 1e300])
def test_whatever_a_page_makes_of_its_numbers_they_are_numbers(absurd: Any) -> None:
    page = measured(Parts(), visible=absurd, plugin=absurd, pictures=[absurd])
    assert isinstance(page["visible"], int)
    assert 0 <= page["plugin"] <= 1
    assert page["images"] == 0


@pytest.mark.parametrize(
    ("url", "may"),
    [(f"{OWN}data", True), ("http://data.city.gov.cn/x", True), (f"{FOREIGN}data", False), ("data:,", False)],
)
def test_what_may_bring_content(url: str, may: bool) -> None:
    assert may_bring_content(url, PAGE) is may
