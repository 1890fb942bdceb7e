"""A table as an office saves it → rows under known headings, each with its line number in the file.

The heading may stand below a title; its order, spelling and extra columns are free. Rows without text are skipped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govspider.register.cells import heading_word, show, visible
from govspider.register.files import Grid, read_grids
from govspider.register.problems import Problems, RegisterError

HEADING_WITHIN = 10  # rows with text, among which the heading is looked for


@dataclass(frozen=True, slots=True)
class Heading:
    """``key`` is the English heading, ``label`` the official Chinese one, ``also`` other spellings in use."""

    key: str
    label: str
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """What a kind of register consists of; ``subject`` is what one row is about."""

    title: str
    subject: str
    example: str
    headings: tuple[Heading, ...]

    def spellings(self) -> dict[str, str]:
        """Every accepted spelling of a heading → its key."""
        return {heading_word(text): h.key for h in self.headings for text in (h.key, h.label, *h.also)}

    def required(self) -> frozenset[str]:
        return frozenset(h.key for h in self.headings if h.required)


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` by key, "" where blank; ``extra`` the other columns that hold something, by their heading."""

    line: int
    cells: Mapping[str, str]
    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    schema: Schema
    rows: tuple[Row, ...]
    problems: Problems


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be the heading. ``keys`` are those it names; ``position`` is its index in the grid."""

    grid: Grid
    schema: Schema
    position: int
    keys: frozenset[str]

    @property
    def complete(self) -> bool:
        return self.schema.required() <= self.keys


def read_table(path: Path, schemas: Sequence[Schema]) -> Table:
    """The file under the schema whose headings it has. Raises RegisterError when no row can be read at all."""
    grids = read_grids(path, schemas[0].example)
    found = sorted(candidates(grids, schemas), key=lambda c: (c.complete, len(c.keys)), reverse=True)
    if not found or len(found[0].keys) < 2:
        raise RegisterError((no_heading(path, grids, schemas[0]),))
    best = found[0]
    sheets = {c.grid.sheet for c in found if c.complete and c.schema is best.schema}
    if len(sheets) > 1:
        names = "、".join(show(g.sheet) for g in grids if g.sheet in sheets)
        raise RegisterError(
            (f"{visible(path)}：工作表 {names} 都像{best.schema.title}，请只保留一张，或分别另存为文件",)
        )
    problems = Problems(f"{visible(path)}[{visible(best.grid.sheet)}]" if best.grid.sheet else visible(path))
    heading_line, heading = best.grid.rows[best.position]
    check_heading(best, heading_line, heading, problems)
    if problems.found:
        raise RegisterError(problems.texts())
    rows = tuple(read_rows(best, heading, problems))
    if best.grid.broken:
        problems.add(best.grid.broken, "英文引号不成对或单元格过长，从这一行起无法读取，请更正后再检查")
    if not rows and not problems.found:
        problems.add(heading_line, f"表头下没有任何{best.schema.subject}，请参照 {best.schema.example} 填写")
    return Table(best.schema, rows, problems)


def candidates(grids: Sequence[Grid], schemas: Sequence[Schema]) -> Iterator[Candidate]:
    for grid in grids:
        for schema in schemas:
            spellings = schema.spellings()
            for position, (_, cells) in enumerate(grid.rows[:HEADING_WITHIN]):
                keys = frozenset(spellings[w] for w in map(heading_word, cells) if w in spellings)
                yield Candidate(grid, schema, position, keys)


def is_heading(cells: Sequence[str], keys: Sequence[str | None], spellings: Mapping[str, str]) -> bool:
    """Whether a row below the heading repeats it: on each printed page, or as the second row of merged cells."""
    return any(key and spellings.get(heading_word(cell)) == key for key, cell in zip(keys, cells, strict=False))


def no_heading(path: Path, grids: Sequence[Grid], schema: Schema) -> str:
    labels = "、".join(h.label for h in schema.headings if h.required)
    line, cells = next((grid.rows[0] for grid in grids if grid.rows), (1, ()))
    sheets = "、".join(show(g.sheet) for g in grids if g.sheet)
    where = f"工作表 {sheets} 的" if sheets else ""
    return (
        f"{visible(path)}：{where}前 {HEADING_WITHIN} 行里找不到表头（{labels}），第 {line} 行是{show('，'.join(cells))}；"
        f"请参照 {schema.example} 加上表头；如果显示的是乱码，请用表格软件另存为“CSV UTF-8”或 XLSX"
    )


def check_heading(best: Candidate, line: int, heading: Sequence[str], problems: Problems) -> None:
    spellings = best.schema.spellings()
    seen: set[str] = set()
    for text in filter(None, heading):
        key = spellings.get(heading_word(text), heading_word(text))
        if key in seen:
            problems.add(line, f"表头{show(text)}重复，请删去或改名")
        seen.add(key)
    for h in best.schema.headings:
        if h.required and h.key not in seen:
            problems.add(line, f"缺少表头“{h.label}”，请参照 {best.schema.example} 补上")


def read_rows(best: Candidate, heading: Sequence[str], problems: Problems) -> Iterator[Row]:
    spellings = best.schema.spellings()
    keys = [spellings.get(heading_word(text)) for text in heading]
    required = [key if key in best.schema.required() else None for key in keys]
    for line, cells in best.grid.rows[best.position + 1 :]:
        surplus = [cell for cell in cells[len(heading) :] if cell]
        if surplus and best.grid.delimited:
            # Otherwise every cell after a stray comma would silently stand under the wrong heading.
            problems.add(line, f"比表头多出 {len(surplus)} 格，多余的是{show(surplus[-1])}；含分隔符的内容请加英文引号")
            continue
        if is_heading(cells, required, spellings):
            continue
        known = dict.fromkeys((h.key for h in best.schema.headings), "")
        extra: dict[str, str] = {}
        for index, cell in enumerate(cells):
            key = keys[index] if index < len(keys) else None
            if key:
                known[key] = cell
            elif cell:
                extra[(heading[index] if index < len(heading) else "") or f"第{index + 1}列"] = cell
        yield Row(line, known, extra)
