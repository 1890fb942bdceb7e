"""What ``scrapy register check`` tells: the counts of a good register of any kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from govspider.facts import AccountStatus, Category, SiteKind, SiteStatus
from govspider.register.accounts import ACCOUNTS, read_accounts
from govspider.register.columns import COLUMNS, read_hints
from govspider.register.outages import OUTAGES, read_outages
from govspider.register.problems import RegisterError
from govspider.register.sites import SITES, read_sites
from govspider.register.table import Table, read_table

KIND_NAMES = {SiteKind.PORTAL: "门户", SiteKind.DEPARTMENT: "部门", SiteKind.TOPIC: "专题"}
STATUS_NAMES = {SiteStatus.NORMAL: "正常", SiteStatus.EXCEPTION: "例外", SiteStatus.CLOSED: "关停"}
ACCOUNT_STATUS_NAMES = {
    AccountStatus.NORMAL: "正常",
    AccountStatus.EXCEPTION: "例外",
    AccountStatus.CLOSED: "关停",
    AccountStatus.MOVED: "迁移",
    AccountStatus.DELETED: "删除",
}
SERVICE_NAMES = {True: "有", False: "无", None: "未填"}
CATEGORY_NAMES = {
    Category.NEWS: "动态要闻",
    Category.NOTICE: "通知公告",
    Category.POLICY: "政策文件",
    Category.INTERPRETATION: "政策解读",
    Category.OVERVIEW: "概况",
    Category.SERVICE: "办事",
    Category.INTERACTION: "互动",
    Category.DATA: "数据",
    Category.OTHER: "其他",
    None: "未填",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """``title`` is the kind of register, ``subject`` what its ``rows`` are about; ``counts`` are ready to print."""

    title: str
    subject: str
    rows: int
    counts: tuple[tuple[str, str], ...]


def check_register(path: Path) -> Checked:
    """The counts of a sites, accounts, columns or outages register, told apart by its headings. Raises RegisterError."""
    table = read_table(path, (SITES, ACCOUNTS, COLUMNS, OUTAGES))
    counts = counted(table)
    if table.problems.found:
        raise RegisterError(table.problems.texts())
    return Checked(table.schema.title, table.schema.subject, len(table.rows), counts)


def counted(table: Table) -> tuple[tuple[str, str], ...]:
    if table.schema is SITES:
        sites, _ = read_sites(table)
        return (
            ("网站类型", tally(KIND_NAMES[site.kind] for site in sites)),
            ("报送状态", tally(STATUS_NAMES[site.status] for site in sites)),
            ("对外服务职能", tally(SERVICE_NAMES[site.public_services] for site in sites)),
        )
    if table.schema is ACCOUNTS:
        accounts = read_accounts(table)
        return (
            ("新媒体类型", tally(account.kind_name for account in accounts)),
            ("统计口径", tally(account.kind.group.value for account in accounts)),
            ("报送状态", tally(ACCOUNT_STATUS_NAMES[account.status] for account in accounts)),
        )
    if table.schema is OUTAGES:
        outages = read_outages(table)
        return (("涉及网站", f"{len({outage.code for outage in outages})} 个"),)
    hints = read_hints(table, None)
    return (
        ("涉及网站", f"{len(hints)} 个"),
        ("栏目类别", tally(CATEGORY_NAMES[hint.category] for group in hints.values() for hint in group)),
    )


def tally(names: Iterable[str]) -> str:
    return "、".join(f"{name} {number}" for name, number in Counter(names).most_common())
