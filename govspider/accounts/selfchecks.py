"""The monthly self-check (自查表) that units hand in → statements about accounts. Every bad row is reported."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from govspider.accounts.cells import count, month, past_day
from govspider.accounts.matching import Known, found_by
from govspider.facts import Change, Part, Post, SelfCheck, Sign, SignOf, SourceRead, Statement, Trust
from govspider.register import cells
from govspider.register.accounts import YES_NO, account_id
from govspider.register.table import Heading, Row, Schema, Table

KIND = "selfcheck"
SELF_CHECK = Schema(
    "新媒体自查表",
    "账号",
    "scrapy accounts template 生成的自查表",
    (
        Heading("month", "填报月份", False, ("月份", "自查月份")),
        Heading("kind", "新媒体类型", True, ("类型", "平台", "账号类型")),
        Heading("name", "新媒体名称", True, ("账号名称", "名称")),
        Heading("sponsor", "主办单位", False, ("开设主体", "单位名称")),
        Heading("account_id", "账号ID", False, ("账号", "账号标识")),
        Heading("change", "本月变动", True, ("变动情况", "账号变动")),
        Heading("changed_on", "变动日期", False, ()),
        Heading("approved", "是否备案", False, ("开设备案", "是否审批")),
        Heading("posts", "本月发布条数", False, ("发布条数", "本月发布数")),
        Heading("newest", "最近发布日期", False, ("最近更新日期", "最后发布日期")),
        Heading("newest_title", "最近发布标题", False, ("最近发布内容",)),
        Heading("newest_url", "最近发布链接", False, ("最近发布地址",)),
        Heading("original", "本月原创条数", False, ("原创条数",)),
        Heading("message", "留言或私信", False, ("留言功能", "私信功能")),
        Heading("comment", "评论", False, ("评论功能",)),
        Heading("menu", "自定义菜单", False, ("菜单",)),
        Heading("autoreply", "自动回复", False, ()),
        Heading("usable", "能否正常使用", False, ("是否正常使用", "能否使用")),
        Heading("problem", "自查发现的问题", False, ("存在问题", "发现的问题")),
        Heading("note", "说明", False, ("备注", "变动说明")),
    ),
)
FEATURES = {
    SignOf.MESSAGE: ("message", "留言或私信"),
    SignOf.COMMENT: ("comment", "评论"),
    SignOf.MENU: ("menu", "自定义菜单"),
    SignOf.AUTOREPLY: ("autoreply", "自动回复"),
    SignOf.USABLE: ("usable", "能否正常使用"),
}
CHANGES = {change.value: change for change in Change} | {
    "没有": Change.NONE,
    "否": Change.NONE,
    "新增": Change.OPENED,
    "新开": Change.OPENED,
    "开设": Change.OPENED,
    "关停": Change.CLOSED,
    "关闭": Change.CLOSED,
    "已注销": Change.CLOSED,
    "迁移账号": Change.MOVED,
    "改名": Change.RENAMED,
}
PRINTED = frozenset({"month", "kind", "name", "sponsor", "account_id"})  # the cells that the form fills in itself
CAN = YES_NO | {"能": True, "可以": True, "正常": True, "不能": False, "不可以": False, "不正常": False}
read_change = cells.optional(cells.one_of(CHANGES, "、".join(change.value for change in Change)))
read_yes = cells.optional(cells.one_of(CAN, "有、无"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rows are read with. ``month``: of a table whose rows name none."""

    known: Known
    file: str
    today: dt.date
    month: dt.date | None


def read_self_checks(table: Table, reading: Reading) -> tuple[Statement, ...]:
    """One statement a row that says something; problems are added to the table's."""
    first_lines: dict[tuple[str, dt.date], int] = {}
    statements = []
    for row in table.rows:
        statement = _statement(row, table, reading)
        first = first_lines.setdefault((statement.code, statement.day), row.line)
        if first != row.line:
            table.problems.add(
                row.line, f"{cells.show(row.cells['name'])}与第 {first} 行是同一账号同一月份，请删去一行"
            )
        if _answered(row):
            statements.append(statement)
    return tuple(statements)


def _answered(row: Row) -> bool:
    """Whether more stands in the row than what the form came with."""
    return any(
        text and not (name in PRINTED or (name == "change" and text == Change.NONE.value))
        for name, text in row.cells.items()
    )


def _statement(row: Row, table: Table, reading: Reading) -> Statement:
    line, cell, problems = row.line, row.cells, table.problems
    day = problems.value(line, "填报月份", cell["month"], cells.optional(month), None) or reading.month
    if day is None:
        if not cell["month"]:
            problems.add(line, "填报月份缺失，请按 2026-06 的样子填写，或者用 --month 指明")
        day = reading.today
    elif day.replace(day=1) > reading.today:
        problems.add(line, f"填报月份{cells.show(cell['month'])}还没有开始，请更正")
    change = problems.value(line, "本月变动", cell["change"], read_change, None) or Change.NONE
    account_code, registered = found_by(row, problems, reading.known, opened=change is Change.OPENED)
    dated = partial(past_day, today=reading.today)
    newest = problems.value(line, "最近发布日期", cell["newest"], cells.optional(dated), None)
    posts = problems.value(line, "本月发布条数", cell["posts"], cells.optional(count), None)
    _agree(row, table, day, posts, newest)
    checked = SelfCheck(
        code=account_code,
        month=day,
        kind_name=cell["kind"],
        name=problems.value(line, "新媒体名称", cell["name"], cells.name, ""),
        sponsor=cell["sponsor"],
        account_id=problems.value(line, "账号ID", cell["account_id"], account_id, ""),
        registered=registered,
        change=change,
        changed_on=problems.value(line, "变动日期", cell["changed_on"], cells.optional(dated), None),
        approved=problems.value(line, "是否备案", cell["approved"], read_yes, None),
        posts=posts,
        newest=newest,
        problem=cell["problem"],
        note=cell["note"],
    )
    original = problems.value(line, "本月原创条数", cell["original"], cells.optional(count), None)
    return Statement(account_code, KIND, day, reading.file, _part(row, table, checked, original, reading), checked)


def _agree(row: Row, table: Table, day: dt.date, posts: int | None, newest: dt.date | None) -> None:
    """What the row says of itself must fit together."""
    if newest is not None and newest > day:
        table.problems.add(row.line, f"最近发布日期 {newest} 晚于填报月份，请更正")
    elif posts == 0 and newest is not None and newest >= day.replace(day=1):
        table.problems.add(row.line, f"本月发布条数为 0，最近发布日期却是本月的 {newest}，请更正")
    elif posts and newest is not None and newest < day.replace(day=1):
        table.problems.add(row.line, f"本月发布条数为 {posts}，最近发布日期却早于本月（{newest}），请更正")


def _part(row: Row, table: Table, checked: SelfCheck, original: int | None, reading: Reading) -> Part:
    """The unit's word: what it published last, and that it published nothing since."""
    cell, newest = row.cells, checked.newest
    url = table.problems.value(row.line, "最近发布链接", cell["newest_url"], cells.optional(cells.address), None) or ""
    all_own = original is not None and original > 0 and original == checked.posts
    none_own = original == 0 and bool(checked.posts)
    posts = (
        (
            Post(
                account=checked.code,
                title=cell["newest_title"] or "（自查表填报的最近一条信息）",
                url=url,
                published=newest,
                original=True if all_own else False if none_own else None,
                trust=Trust.STATED,
            ),
        )
        if newest is not None
        else ()
    )
    since = newest or (checked.month.replace(day=1) if checked.posts == 0 else None)
    source = SourceRead(
        KIND,
        Trust.STATED,
        reading.file,
        posts=checked.posts or len(posts),
        newest=newest,
        since=since,
        # A form that came before its month was over may have been filled in on any of its days.
        until=checked.month if since is not None and checked.month <= reading.today else None,
    )
    signs = []
    for feature, (key, label) in FEATURES.items():
        holds = table.problems.value(row.line, label, cell[key], read_yes, None)
        if holds is not None:
            detail = f"自查表填报{label}：{cell[key]}"
            signs.append(Sign(feature, holds, Trust.STATED, KIND, detail=detail))
    if checked.change not in (Change.NONE, Change.OPENED):
        said = f"自查表填报账号已{checked.change.value}"
        signs.append(Sign(SignOf.LISTED, False, Trust.STATED, KIND, detail=said))
    return Part(source, posts, tuple(signs))
