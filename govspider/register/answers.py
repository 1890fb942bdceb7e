"""The table of answers that an office fills in: what people say of the indicators that no machine can judge."""

from collections.abc import Mapping
from pathlib import Path

from govspider.facts import GivenAnswer, Outcome
from govspider.register import cells
from govspider.register.problems import RegisterError
from govspider.register.table import Heading, Row, Schema, Table, read_table

MOST_PLACES = 999
LONGEST_NOTE, LONGEST_WHO = 500, 30
WITHDRAWN = "withdrawn"
# The words of the form; those of a bonus differ.
ANSWERS: Mapping[str, str] = {
    Outcome.VIOLATION.value: "有问题",
    Outcome.PASS.value: "没有问题",
    Outcome.UNKNOWN.value: "不能判断",
    Outcome.NOT_APPLICABLE.value: "不适用",
    WITHDRAWN: "撤回填报",
}
MERITS: Mapping[str, str] = {**ANSWERS, Outcome.VIOLATION.value: "不符合加分条件", Outcome.PASS.value: "符合加分条件"}
SHEET = Schema(
    "填报表",
    "填报行",
    "scrapy answers export 生成的填报表",
    (
        Heading("code", "标识码或账号ID", True, ("网站标识码", "标识码", "账号ID")),
        Heading("name", "名称", False, ("网站名称", "新媒体名称")),
        Heading("item", "所属指标"),
        Heading("title", "填报事项"),
        Heading("how", "判定办法"),
        Heading("now", "现在的判定"),
        Heading("value", "结果", True),
        Heading("places", "处数"),
        Heading("note", "说明"),
        Heading("who", "填报人", True),
        Heading("rule", "规则编号", True),
    ),
)
_VALUES = {text: value for words in (ANSWERS, MERITS) for value, text in words.items()}


def load_answers(path: Path, asked: Mapping[str, frozenset[str]]) -> tuple[GivenAnswer, ...]:
    """The rows in which a result is filled in. ``asked``: code → the rules that may be answered about it.

    Raises RegisterError with every bad row.
    """
    table = read_table(path, (SHEET,))
    first: dict[tuple[str, str], int] = {}
    given = tuple(answer for row in table.rows if (answer := _answer(table, row, asked, first)))
    if table.problems.found:
        raise RegisterError(table.problems.texts())
    return given


def _answer(
    table: Table, row: Row, asked: Mapping[str, frozenset[str]], first: dict[tuple[str, str], int]
) -> GivenAnswer | None:
    cell, line, problems = row.cells, row.line, table.problems
    if not cell["value"]:
        if cell["places"] or cell["note"]:
            problems.add(line, "写了处数或者说明而没有填结果，请填结果，或者清空这一行")
        return None
    code, rule = cell["code"], cell["rule"]
    if code not in asked:
        problems.add(line, f"本轮名册里没有{cells.show(code)}这个网站或账号，请核对")
    elif rule not in asked[code]:
        problems.add(line, f"规则编号{cells.show(rule)}不是它需要填报的，请用最近导出的填报表")
    if known := first.get((code, rule)):
        problems.add(line, f"与第 {known} 行重复，请只留一行")
    first.setdefault((code, rule), line)
    words = "、".join(dict.fromkeys(_VALUES))
    value = problems.value(line, "结果", cell["value"], cells.one_of(_VALUES, words), WITHDRAWN)
    places = problems.value(line, "处数", cell["places"], places_of, 1)
    for label, text, longest in (("说明", cell["note"], LONGEST_NOTE), ("填报人", cell["who"], LONGEST_WHO)):
        if len(text) > longest:
            problems.add(line, f"{label}不超过 {longest} 个字，请精简")
    who = problems.value(line, "填报人", cell["who"], cells.name, "")
    return GivenAnswer(code, rule, None if value == WITHDRAWN else Outcome(value), places, cell["note"], who)


def places_of(text: str) -> int:
    """How many; one where nothing is said. Raises ValueError with the remedy."""
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PLACES)) and int(text)):
        raise ValueError(f"应为 1 至 {MOST_PLACES} 的整数")
    return int(text)
