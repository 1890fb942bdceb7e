"""填报表.xlsx: the table that an office fills in and hands back."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govspider.register.answers import ANSWERS, MERITS, MOST_PLACES, SHEET
from govspider.reports.sheets import Book, Head, workbook

_WIDTHS = {"name": 24, "title": 24, "how": 56, "now": 36, "note": 40, "code": 13, "rule": 26}
_WRAPPED = ("title", "how", "now", "note")
CHOICES = tuple(dict.fromkeys((*ANSWERS.values(), *MERITS.values())))


def write_answer_form(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """``rows`` by the keys of the table's headings; how many there are. Raises OSError."""
    heads = [Head(h.label, _WIDTHS.get(h.key, 14), "wrap" if h.key in _WRAPPED else "text") for h in SHEET.headings]
    keys = [heading.key for heading in SHEET.headings]
    with workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = Book(book).sheet("填报表", heads, frozen=2)
        sheet.add([row.get(key, "") for key in keys] for row in rows)
        last = max(sheet.last, 1)
        column = keys.index("value")
        sheet.sheet.data_validation(1, column, last, column, {"validate": "list", "source": list(CHOICES)})
        limits = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": MOST_PLACES}
        sheet.sheet.data_validation(1, column + 1, last, column + 1, limits)
        sheet.close()
    return sheet.last
