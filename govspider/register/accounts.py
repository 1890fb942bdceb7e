"""The accounts register (政务新媒体): its rows are checked here."""

from govspider.facts import SiteStatus
from govspider.register import cells
from govspider.register.table import Heading, Schema, Table

ACCOUNTS = Schema(
    "新媒体名册",
    "账号",
    "register/accounts.example.csv",
    (
        Heading("kind", "新媒体类型", True, ("类型", "平台")),
        Heading("name", "新媒体名称", True, ("账号名称", "名称")),
        Heading("sponsor", "主办单位", False, ("主办单位名称",)),
        Heading("account_id", "账号ID", True, ("账号", "账号标识")),
        Heading("url", "主页地址", False, ("主页网址", "主页链接")),
        Heading("feed", "订阅源", False, ("订阅地址", "rss")),
        Heading("status", "报送状态", False, ("状态",)),
    ),
)


def check_accounts(table: Table, statuses: dict[str, SiteStatus]) -> list[tuple[str, SiteStatus]]:
    """Kind and status of each row; problems are added to the table's."""
    read_status = cells.optional(cells.one_of(statuses, "正常、例外、关停"))
    problems = table.problems
    first_lines: dict[tuple[str, str], int] = {}
    accounts = []
    for row in table.rows:
        line, cell = row.line, row.cells
        kind = problems.value(line, "新媒体类型", cell["kind"], cells.name, "")
        problems.value(line, "新媒体名称", cell["name"], cells.name, "")
        account = problems.value(line, "账号ID", cell["account_id"], account_id, "")
        problems.value(line, "主页地址", cell["url"], cells.optional(cells.address), None)
        problems.value(line, "订阅源", cell["feed"], cells.optional(cells.address), None)
        status = problems.value(line, "报送状态", cell["status"], read_status, None) or SiteStatus.NORMAL
        first = first_lines.setdefault((kind, account), line)
        if account and first != line:
            problems.add(line, f"账号{cells.show(account)}与第 {first} 行重复，请核对并删去一行")
        accounts.append((kind, status))
    return accounts


def account_id(text: str) -> str:
    if not text:
        raise ValueError("缺失，请填写平台上的账号ID")
    return text
