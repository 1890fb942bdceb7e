"""The columns register: what the office says of columns, which overrides what is discovered."""

from collections import defaultdict
from pathlib import Path

from govspider.facts import Category, ColumnHint
from govspider.register import cells
from govspider.register.problems import RegisterError
from govspider.register.table import Heading, Schema, Table, read_table

COLUMNS = Schema(
    "栏目名册",
    "栏目",
    "register/columns.example.csv",
    (
        Heading("code", "网站标识码", True, ("标识码", "政府网站标识码", "site_code")),
        Heading("name", "栏目名称", True, ("栏目", "column")),
        Heading("category", "栏目类别", False, ("类别", "栏目类型")),
        Heading("url", "栏目地址", True, ("栏目网址", "栏目链接", "栏目URL")),
        Heading("max_days", "更新期限(天)", False, ("更新期限天数", "更新周期", "days")),
    ),
)
CATEGORIES = {category.value: category for category in Category} | {
    "动态要闻": Category.NEWS,
    "动态": Category.NEWS,
    "要闻": Category.NEWS,
    "通知公告": Category.NOTICE,
    "公告": Category.NOTICE,
    "政策文件": Category.POLICY,
    "政策": Category.POLICY,
    "政策解读": Category.INTERPRETATION,
    "解读": Category.INTERPRETATION,
    "概况": Category.OVERVIEW,
    "机构": Category.OVERVIEW,
    "领导": Category.OVERVIEW,
    "概况/机构/领导": Category.OVERVIEW,
    "办事": Category.SERVICE,
    "办事服务": Category.SERVICE,
    "互动": Category.INTERACTION,
    "互动交流": Category.INTERACTION,
    "数据": Category.DATA,
    "数据发布": Category.DATA,
    "其他": Category.OTHER,
    "其它": Category.OTHER,
}
USUAL = "动态要闻、通知公告、政策文件、政策解读、概况、办事、互动、数据、其他"
read_category = cells.optional(cells.one_of(CATEGORIES, USUAL))
read_days = cells.optional(cells.days)


def load_hints(path: Path, codes: frozenset[str] | None) -> dict[str, tuple[ColumnHint, ...]]:
    """Hints by site code. ``codes`` are those of the sites register, None when they are not known."""
    table = read_table(path, (COLUMNS,))
    hints = read_hints(table, codes)
    if table.problems.found:
        raise RegisterError(table.problems.texts())
    return hints


def read_hints(table: Table, codes: frozenset[str] | None) -> dict[str, tuple[ColumnHint, ...]]:
    """The good rows; problems are added to the table's."""
    hints: dict[str, list[ColumnHint]] = defaultdict(list)
    first_lines: dict[tuple[str, str], int] = {}
    problems = table.problems
    for row in table.rows:
        line, cell = row.line, row.cells
        code = problems.value(line, "网站标识码", cell["code"], cells.site_code, "")
        if code and codes is not None and code not in codes:
            problems.add(line, f"网站标识码“{code}”不在网站名册中，请核对，或先把该网站加入网站名册")
        url = problems.value(line, "栏目地址", cell["url"], cells.address, "")
        first = first_lines.setdefault((code, url), line)
        if code and url and first != line:
            problems.add(line, f"栏目地址{cells.show(url)}与第 {first} 行重复，请删去一行")
        hint = ColumnHint(
            name=problems.value(line, "栏目名称", cell["name"], cells.name, ""),
            url=url,
            category=problems.value(line, "栏目类别", cell["category"], read_category, None),
            max_days=problems.value(line, "更新期限", cell["max_days"], read_days, None),
        )
        hints[code].append(hint)
    return {code: tuple(rows) for code, rows in hints.items()}
