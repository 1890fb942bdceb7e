"""Exports of an account's back office, a post a row → one statement an account. Every bad row is reported."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from govspider.accounts.cells import count, past_day
from govspider.accounts.told import kept, plain, titled
from govspider.facts import Account, Part, Post, Sign, SignOf, SourceRead, Statement, Trust
from govspider.register import cells
from govspider.register.problems import Problems
from govspider.register.table import Heading, Row, Schema, Table

KIND = "export"
EXPORT = Schema(
    "账号后台导出数据",
    "信息",
    "账号后台导出的信息清单（至少有“标题”和“发布时间”两列）",
    (
        Heading("account", "新媒体名称", False, ("账号名称", "账号", "账号ID", "公众号", "公众号名称")),
        Heading(
            "title", "标题", True, ("内容标题", "文章标题", "作品标题", "作品名称", "图文标题", "微博内容", "内容")
        ),
        Heading("published", "发布时间", True, ("发表时间", "发布日期", "发表日期", "发布时刻", "时间", "日期")),
        Heading("url", "链接", False, ("内容url", "链接地址", "文章链接", "作品链接", "原文链接", "地址", "url")),
        Heading("text", "正文", False, ("正文内容", "摘要")),
        Heading("source", "来源", False, ("稿件来源", "信息来源")),
        Heading("original", "是否原创", False, ("原创", "原创类型", "内容类型")),
        Heading("reads", "阅读量", False, ("阅读数", "阅读次数", "阅读人数", "总阅读人数", "播放量", "浏览量")),
        Heading("likes", "点赞数", False, ("点赞", "点赞量", "点赞次数", "点赞人数")),
        Heading("comments", "评论数", False, ("评论", "评论量", "留言数", "留言条数")),
    ),
)
ORIGINAL = dict.fromkeys(("原创", "是", "有", "yes", "1", "true"), True) | dict.fromkeys(
    ("转载", "转发", "非原创", "否", "无", "no", "0", "false"), False
)


def number(text: str) -> int | None:
    """Back offices write a dash where they have no number."""
    return count(text) if text.strip("-－—–/ ") else None


read_count = cells.optional(number)


def read_export(
    table: Table, accounts: Sequence[Account], file: str, today: dt.date, only: str
) -> tuple[Statement, ...]:
    """``only`` is the account of a table that names none. Problems are added to the table's."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for one in accounts:
        for key in (one.name, one.account_id, one.code):
            named[key].add(one.code)
    rows: defaultdict[str, list[tuple[Post, int]]] = defaultdict(list)
    for row in table.rows:
        name = row.cells["account"] or only
        codes = named.get(name, set()) if name else set()
        if not name:
            table.problems.add(row.line, "没有写明是哪个账号，请加上“新媒体名称”一列，或者用 --account 指明")
        elif not codes:
            table.problems.add(row.line, f"新媒体名称{cells.show(name)}不在新媒体名册中，请核对")
        elif len(codes) > 1:
            table.problems.add(row.line, f"新媒体名称{cells.show(name)}在名册中不止一个，请改填账号ID")
        code = min(codes) if len(codes) == 1 else ""
        rows[code].append(_post(row, table.problems, code, today))
    return tuple(_statement(code, posts, file) for code, posts in rows.items() if code)


def _post(row: Row, problems: Problems, code: str, today: dt.date) -> tuple[Post, int]:
    """A post and how often it was commented on."""
    line, cell = row.line, row.cells
    dated = partial(past_day, today=today)
    published = problems.value(line, "发布时间", cell["published"], cells.optional(dated), None)
    if not cell["published"]:
        problems.add(line, "发布时间缺失，请填写")
    if not cell["title"]:
        problems.add(line, "标题缺失，请填写")
    source = f"来源：{cell['source']} " if cell["source"] else ""
    text = plain(source + cell["text"])
    comments = problems.value(line, "评论数", cell["comments"], read_count, None) or 0
    return Post(
        account=code,
        title=titled(plain(cell["title"]), text),
        url=problems.value(line, "链接", cell["url"], cells.optional(cells.address), None) or "",
        published=published,
        original=ORIGINAL.get(cells.word(cell["original"])),
        text=kept(text),
        trust=Trust.EXPORT,
        reads=problems.value(line, "阅读量", cell["reads"], read_count, None),
        likes=problems.value(line, "点赞数", cell["likes"], read_count, None),
    ), comments


def _statement(code: str, rows: list[tuple[Post, int]], file: str) -> Statement:
    """An export is whole between its first and its last post; when it was made it does not say."""
    posts = tuple(post for post, _ in rows)
    days = [post.published for post in posts if post.published is not None]
    source = SourceRead(
        KIND,
        Trust.EXPORT,
        file,
        posts=len(posts),
        newest=max(days, default=None),
        since=min(days, default=None),
        until=max(days, default=None),
    )
    commented = sum(comments > 0 for _, comments in rows)
    sign = Sign(SignOf.COMMENT, True, Trust.EXPORT, KIND, detail=f"后台数据中有{commented}条信息有评论")
    day = max(days, default=dt.date.min)
    return Statement(code, KIND, day, file, Part(source, posts, (sign,) if commented else ()))
