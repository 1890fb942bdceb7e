"""The accounts register (政务新媒体) → ``Account`` values."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from govspider.facts import Account, AccountKind, AccountStatus, PlatformGroup
from govspider.register import cells
from govspider.register.account_kinds import account_kind
from govspider.register.problems import Problems, RegisterError
from govspider.register.table import Heading, Row, Schema, Table, read_table

ACCOUNTS = Schema(
    "新媒体名册",
    "账号",
    "register/accounts.example.csv",
    (
        Heading("kind", "新媒体类型", True, ("类型", "平台", "账号类型", "平台类型")),
        Heading("name", "新媒体名称", True, ("账号名称", "名称")),
        Heading("sponsor", "主办单位", False, ("主办单位名称", "开设主体", "开办单位", "单位名称")),
        Heading("account_id", "账号ID", False, ("账号", "账号标识", "唯一标识", "id")),
        Heading("url", "主页地址", False, ("主页网址", "主页链接", "下载地址")),
        Heading("feed", "订阅源", False, ("订阅地址", "订阅源地址", "rss")),
        Heading("status", "报送状态", False, ("状态", "账号状态")),
        Heading("approved", "开设备案", False, ("备案", "是否备案", "开设审批", "是否审批", "是否经审批开设")),
        Heading("interactive", "互动功能", False, ("有无互动功能", "是否提供互动功能")),
        Heading("functions", "功能", False, ("主要功能", "账号功能")),
    ),
)
STATUSES = {
    "正常": AccountStatus.NORMAL,
    "正常运行": AccountStatus.NORMAL,
    "normal": AccountStatus.NORMAL,
    "例外": AccountStatus.EXCEPTION,
    "exception": AccountStatus.EXCEPTION,
    "关停": AccountStatus.CLOSED,
    "已关停": AccountStatus.CLOSED,
    "注销": AccountStatus.CLOSED,
    "已注销": AccountStatus.CLOSED,
    "停用": AccountStatus.CLOSED,
    "closed": AccountStatus.CLOSED,
    "迁移": AccountStatus.MOVED,
    "已迁移": AccountStatus.MOVED,
    "moved": AccountStatus.MOVED,
    "删除": AccountStatus.DELETED,
    "已删除": AccountStatus.DELETED,
    "deleted": AccountStatus.DELETED,
}
YES_NO = dict.fromkeys(("有", "是", "已备案", "已审批", "yes", "true", "1"), True) | dict.fromkeys(
    ("无", "没有", "否", "未备案", "未审批", "no", "false", "0"), False
)
LONGEST_ID = 100

read_status = cells.optional(cells.one_of(STATUSES, "正常、例外、关停、迁移、删除"))
read_approved = cells.optional(cells.one_of(YES_NO, "是、否"))
read_interactive = cells.optional(cells.one_of(YES_NO, "有、无"))
read_address = cells.optional(cells.address)


def load_accounts(path: Path) -> tuple[Account, ...]:
    """The register's accounts in its order. Raises RegisterError with every problem."""
    table = read_table(path, (ACCOUNTS,))
    accounts = read_accounts(table)
    if table.problems.found:
        raise RegisterError(table.problems.texts())
    return accounts


def read_accounts(table: Table) -> tuple[Account, ...]:
    """One account a row; problems are added to the table's."""
    accounts = [read_account(row, table.problems) for row in table.rows]
    first_lines: dict[tuple[str, str], int] = {}
    for row, account in zip(table.rows, accounts, strict=True):
        shown = account.account_id or account.name
        first = first_lines.setdefault((platform(account), account.account_id or f"名称 {account.name}"), row.line)
        if shown and first != row.line:
            table.problems.add(row.line, f"账号{cells.show(shown)}与第 {first} 行重复，请核对并删去一行")
    return with_codes(accounts)


def read_account(row: Row, problems: Problems) -> Account:
    line, cell = row.line, row.cells
    kind = problems.value(line, "新媒体类型", cell["kind"], account_kind, AccountKind.OTHER)
    return Account(
        code="",
        kind=kind,
        name=problems.value(line, "新媒体名称", cell["name"], cells.name, ""),
        kind_name=cell["kind"],
        account_id=problems.value(line, "账号ID", cell["account_id"], account_id, ""),
        sponsor=cell["sponsor"],
        url=problems.value(line, "主页地址", cell["url"], read_address, None) or "",
        feed=problems.value(line, "订阅源", cell["feed"], read_address, None) or "",
        status=problems.value(line, "报送状态", cell["status"], read_status, None) or AccountStatus.NORMAL,
        approved=problems.value(line, "开设备案", cell["approved"], read_approved, None),
        interactive=problems.value(line, "互动功能", cell["interactive"], read_interactive, None),
        publishes="发布" in cell["functions"] if cell["functions"] else None,
        extra=row.extra,
    )


def account_id(text: str) -> str:
    if cells.SCIENTIFIC.fullmatch(text):
        raise ValueError("被表格软件改成了科学计数法，请把该列设为“文本”格式后重新填写完整的账号ID")
    if re.search("[,，;；]", text):
        raise ValueError("含有逗号或分号，一行只能填写一个账号ID")
    if len(text) > LONGEST_ID:
        raise ValueError(f"超过 {LONGEST_ID} 个字符，请更正")
    return text


def platform(account: Account) -> str:
    """Where an ID or a name can be taken only once."""
    if account.kind.group in (PlatformGroup.WECHAT, PlatformGroup.WEIBO) and account.kind != AccountKind.WECHAT_VIDEO:
        return account.kind.group.value
    return cells.word(account.kind_name) if account.kind is AccountKind.OTHER else account.kind.value


def with_codes(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """The same with their codes, which do not depend on the order of the rows."""
    ids = Counter(account.account_id for account in accounts)
    return tuple(replace(one, code=code_of(one, alone=ids[one.account_id] == 1)) for one in accounts)


def code_of(account: Account, *, alone: bool) -> str:
    if account.account_id:
        return account.account_id if alone else f"{account.account_id}@{account.kind_name}"
    return "acc-" + hashlib.sha256(f"{platform(account)}\n{account.name}".encode()).hexdigest()[:12]
