"""Cells that an office merged downwards: a workbook keeps their value in the first row alone, but it is said of all."""

import re
from collections.abc import Iterable, Iterator

from openpyxl.utils.cell import range_boundaries

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')


def filled(rows: Iterable[tuple[object, ...]], sheet_xml: bytes) -> Iterator[tuple[object, ...]]:
    """The rows with merged values repeated down to the last row of each. A row without anything of its own stays
    blank, since a merged area may reach below the table."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for found in MERGED.findall(sheet_xml):
        column, first, _, last = range_boundaries(found.decode())
        if last > first:
            starts.setdefault(first, []).append((column - 1, last))
    held: dict[int, tuple[object, int]] = {}
    for line, cells in enumerate(rows, start=1):
        for column, last in starts.get(line, ()):
            if column < len(cells):
                held[column] = cells[column], last
        yield with_held(cells, held, line) if held and cells.count(None) < len(cells) else cells


def with_held(cells: tuple[object, ...], held: dict[int, tuple[object, int]], line: int) -> tuple[object, ...]:
    repeated = {column: value for column, (value, last) in held.items() if line <= last}
    return tuple(repeated.get(column) if cell is None else cell for column, cell in enumerate(cells))
