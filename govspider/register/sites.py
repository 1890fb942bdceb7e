"""The sites register → ``Site`` values, with the columns register's rows as their hints."""

from dataclasses import replace
from pathlib import Path

from govspider.facts import ColumnHint, Site, SiteKind, SiteStatus
from govspider.register import cells
from govspider.register.columns import load_hints
from govspider.register.problems import Problems, RegisterError
from govspider.register.table import Heading, Row, Schema, Table, read_table

SITES = Schema(
    "网站名册",
    "网站",
    "register/sites.example.csv",
    (
        Heading("code", "网站标识码", True, ("标识码", "政府网站标识码", "site_code")),
        Heading("name", "网站名称", True, ("site_name",)),
        Heading("url", "首页网址", True, ("网址", "网站网址", "网站地址", "首页地址", "首页URL", "homepage")),
        Heading("sponsor", "主办单位", False, ("主办单位名称",)),
        Heading("kind", "网站类型", False, ("类型", "type")),
        Heading("public_services", "对外服务职能", False, ("是否有对外服务职能", "有无对外服务职能")),
        Heading("status", "报送状态", False, ("状态", "网站状态")),
    ),
)
KINDS = {
    "门户": SiteKind.PORTAL,
    "门户网站": SiteKind.PORTAL,
    "政府门户": SiteKind.PORTAL,
    "政府门户网站": SiteKind.PORTAL,
    "portal": SiteKind.PORTAL,
    "部门": SiteKind.DEPARTMENT,
    "部门网站": SiteKind.DEPARTMENT,
    "department": SiteKind.DEPARTMENT,
    "专题": SiteKind.TOPIC,
    "专题网站": SiteKind.TOPIC,
    "专项": SiteKind.TOPIC,
    "topic": SiteKind.TOPIC,
}
STATUSES = {
    "正常": SiteStatus.NORMAL,
    "正常运行": SiteStatus.NORMAL,
    "normal": SiteStatus.NORMAL,
    "例外": SiteStatus.EXCEPTION,
    "exception": SiteStatus.EXCEPTION,
    "关停": SiteStatus.CLOSED,
    "已关停": SiteStatus.CLOSED,
    "closed": SiteStatus.CLOSED,
}
YES_NO = dict.fromkeys(("有", "是", "yes", "true", "1"), True) | dict.fromkeys(("无", "否", "no", "false", "0"), False)

read_kind = cells.optional(cells.one_of(KINDS, "门户、部门、专题"))
read_status = cells.optional(cells.one_of(STATUSES, "正常、例外、关停"))
read_services = cells.optional(cells.one_of(YES_NO, "有、无"))


def load_sites(path: Path, columns: Path | None = None) -> tuple[Site, ...]:
    """The register's sites in its order; blank kind, status and services take ``Site``'s defaults.

    Raises RegisterError with every problem of both files.
    """
    problems: list[str] = []
    sites: tuple[Site, ...] = ()
    codes: frozenset[str] | None = None
    hints: dict[str, tuple[ColumnHint, ...]] = {}
    try:
        table = read_table(path, (SITES,))
        sites, codes = read_sites(table)
        problems += table.problems.texts()
    except RegisterError as error:
        problems += error.problems
    if columns is not None:
        try:
            hints = load_hints(columns, codes)
        except RegisterError as error:
            problems += error.problems
    if problems:
        raise RegisterError(tuple(problems))
    return tuple(with_hints(site, hints.get(site.code, ())) for site in sites)


def read_sites(table: Table) -> tuple[tuple[Site, ...], frozenset[str]]:
    """The good rows, and the codes of all rows; problems are added to the table's."""
    first_lines: dict[str, int] = {}
    sites = tuple(read_site(row, table.problems, first_lines) for row in table.rows)
    return sites, frozenset(first_lines)


def read_site(row: Row, problems: Problems, first_lines: dict[str, int]) -> Site:
    line, cell = row.line, row.cells
    code = problems.value(line, "网站标识码", cell["code"], cells.site_code, "")
    if code in first_lines:
        problems.add(line, f"网站标识码“{code}”与第 {first_lines[code]} 行重复，请核对并删去一行")
    elif code:
        first_lines[code] = line
    return Site(
        code=code,
        name=problems.value(line, "网站名称", cell["name"], cells.name, ""),
        url=problems.value(line, "首页网址", cell["url"], cells.address, ""),
        sponsor=cell["sponsor"],
        kind=problems.value(line, "网站类型", cell["kind"], read_kind, None) or SiteKind.DEPARTMENT,
        public_services=problems.value(line, "对外服务职能", cell["public_services"], read_services, None),
        status=problems.value(line, "报送状态", cell["status"], read_status, None) or SiteStatus.NORMAL,
        extra=row.extra,
    )


def with_hints(site: Site, hints: tuple[ColumnHint, ...]) -> Site:
    return replace(site, hints=hints) if hints else site
