"""The samples of a case: rows with harmless defaults, as in ``cases``."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from govspider.facts import (
    FOOT_ITEMS,
    LETTER_PARTS,
    DisplaySample,
    Fetch,
    GuideSample,
    InterpretationSample,
    LetterSample,
    PageSample,
    PolicySample,
    Samples,
    SearchTry,
    SiteSearch,
    Statistic,
)

Table = dict[str, Any]


def build_samples(table: Table, home: str) -> Table:
    """``pages`` have a full foot and no tags; ``tags`` is a list of names, ``lacks`` of items that a foot lacks."""
    _only(table, Samples, "samples")
    built = {"seed": "2026Q2", **table}
    for key, build in _ROWS.items():
        if key in table:
            built[key] = [build(dict(row), number, home) for number, row in enumerate(_rows(table[key], key), 1)]
    if isinstance(search := table.get("search"), dict):
        _only(search, SiteSearch, "samples.search")
        tries = [_try(dict(row), n, home) for n, row in enumerate(_rows(search.get("tries", []), "tries"), 1)]
        dead = {"url": f"{home}s", "final_url": f"{home}s", "fetch": Fetch.HTTP_ERROR, "status": search.get("dead")}
        built["search"] = {"url": home, **search, "tries": tries, "dead": dead if search.get("dead") else None}
    return built


def _only(row: Mapping[str, Any], kind: type, what: str, *more: str) -> None:
    if unknown := sorted(set(row) - {field.name for field in fields(kind)} - set(more)):
        raise ValueError(f"{what} 有不认识的键 {'、'.join(unknown)}")


def _rows(rows: Any, key: str) -> list[Table]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"samples.{key} 必须是表的列表")
    return rows


def _page(row: Table, number: int, home: str) -> Table:
    _only(row, PageSample, "samples.pages", "lacks")
    kind = row.get("kind", "content")
    url = home if kind == "home" else f"{home}p{number}.html"
    lacks = {*row.pop("lacks", ()), *row.get("foot_unsure", ())}
    tags = dict.fromkeys(row.pop("tags", ()), "已填写")
    foot = [item for item in FOOT_ITEMS if item not in lacks]
    return {"url": url, "kind": kind, "name": f"页面{number}", "foot": foot, "tags": tags, **row}


def _try(row: Table, number: int, home: str) -> Table:
    _only(row, SearchTry, "samples.search.tries")
    return {"title": f"已发布的标题{number}", "url": f"{home}t{number}.html", "asked": f"{home}s?q={number}", **row}


def _interpretation(row: Table, number: int, home: str) -> Table:
    _only(row, InterpretationSample, "samples.interpretations")
    return {"title": f"《办法{number}》解读", "url": f"{home}j{number}.html", **row}


def _policy(row: Table, number: int, home: str) -> Table:
    _only(row, PolicySample, "samples.policies")
    return {"title": f"关于印发《办法{number}》的通知", "url": f"{home}w{number}.html", **row}


def _statistic(row: Table, number: int, home: str) -> Table:
    _only(row, Statistic, "samples.statistics")
    return {"kind": "service", "name": "办事统计", "url": f"{home}tj{number}/", **row}


def _letter(row: Table, number: int, home: str) -> Table:
    _only(row, LetterSample, "samples.letters", "lacks")
    lacks = row.pop("lacks", ())
    shown = [part for part in LETTER_PARTS if part not in lacks]
    return {"title": f"留言{number}", "url": f"{home}m{number}.html", "shown": shown, **row}


def _guide(row: Table, number: int, home: str) -> Table:
    _only(row, GuideSample, "samples.guides")
    return {"name": f"事项{number}", "url": f"{home}g{number}.html", **row}


def _display(row: Table, number: int, home: str) -> Table:
    """A page of which everything is in sight."""
    _only(row, DisplaySample, "samples.displays")
    normal = {"browser": "Chromium 150", "viewport": 1366, "width": 1366, "text": 800, "visible": 600, "rules": 200}
    return {"url": home if number == 1 else f"{home}d{number}.html", "kind": "home", "name": "首页", **normal, **row}


_ROWS: Mapping[str, Callable[[Table, int, str], Table]] = {
    "pages": _page,
    "interpretations": _interpretation,
    "policies": _policy,
    "statistics": _statistic,
    "letters": _letter,
    "guides": _guide,
    "displays": _display,
}
