"""The empty monthly self-check (自查表) that an office sends out: a row for each account, with lists to choose from."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from govspider.accounts.selfchecks import SELF_CHECK
from govspider.facts import Account, AccountStatus, Change
from govspider.reports.sheets import workbook
from govspider.reports.text import clean

FREE_ROWS = 50  # below the listed accounts, for new ones
CHOICES = {
    "change": [change.value for change in Change],
    "approved": ["是", "否"],
    "message": ["有", "无"],
    "comment": ["有", "无"],
    "menu": ["有", "无"],
    "autoreply": ["有", "无"],
    "usable": ["是", "否"],
}
WIDE = {"name", "sponsor", "newest_title", "newest_url", "problem", "note"}
NOTES = (
    "每个账号每月填写一行；已列出的账号不要改动类型、名称和账号ID。",
    "本月变动：没有变动的填“无”；本月新开设的账号在空行中补填，并填“新开设”；注销、迁移、更名的写明变动日期和说明。",
    "最近发布日期：到月底为止最后一条信息的发布日期，按 2026-06-30 的样子填写，并附标题和链接。",
    "留言或私信、评论、自定义菜单、自动回复：填“有”或“无”，不要留空。",
    "能否正常使用：客户端能够下载和使用、账号能够正常打开的填“是”。",
)


def write_form(path: Path, accounts: Sequence[Account], month: dt.date) -> None:
    """``month`` is any day of it. Raises OSError."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with workbook(path, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True, "align": "center"})
        text = book.add_format({"num_format": "@", "border": 1})
        sheet = book.add_worksheet("自查表")
        sheet.freeze_panes(1, 3)
        listed = [account for account in accounts if account.status is AccountStatus.NORMAL]
        last = len(listed) + FREE_ROWS
        for column, heading in enumerate(SELF_CHECK.headings):
            sheet.set_column(column, column, 26 if heading.key in WIDE else 13, text)
            sheet.write_string(0, column, heading.label, head)
            if choices := CHOICES.get(heading.key):
                sheet.data_validation(1, column, last, column, {"validate": "list", "source": choices})
        for row, account in enumerate(listed, 1):
            known = {
                "month": f"{month:%Y-%m}",
                "kind": account.kind_name,
                "name": account.name,
                "sponsor": account.sponsor,
                "account_id": account.account_id,
                "change": Change.NONE.value,
            }
            for column, heading in enumerate(SELF_CHECK.headings):
                if value := clean(known.get(heading.key, "")):
                    sheet.write_string(row, column, value, text)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 110)
        for row, note in enumerate(NOTES):
            notes.write_string(row, 0, f"{row + 1}. {note}")
