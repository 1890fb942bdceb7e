"""``scrapy answers``: the table in which an office answers what no machine can judge, out and in."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from govspider.commands._rounds import add_round_option, opened_round
from govspider.facts import Account, AccountStatus, Finding, GivenAnswer, Site, SiteStatus
from govspider.register import RegisterError
from govspider.register.answers import WITHDRAWN, load_answers
from govspider.reports.answer_form import write_answer_form
from govspider.review.items import ItemRow, item_rows
from govspider.rounds import rules_of
from govspider.rules import Rules
from govspider.store import Round, Store

USAGE = "用法：scrapy answers export 文件.xlsx [--round 轮次]，或者 scrapy answers import 文件 [--round 轮次]"


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "export FILE.xlsx | import FILE"

    def short_desc(self) -> str:
        return "导出须由人填报的指标，导入填好的表"

    def long_desc(self) -> str:
        return (
            "export 生成填报表（XLSX），列出各网站和账号程序不能判断、须由人填报的指标和已有的填报；import 导入填好的表（CSV 或 "
            "XLSX），有一行错误时什么都不导入，列出全部错误，退出码为 1。没有填结果的行和没有改动的行不导入。"
            "导入以后用 scrapy bulletin 重新生成文件。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_round_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2 or args[0] not in ("export", "import"):
            raise UsageError(USAGE, print_help=False)
        path = Path(args[1])
        with opened_round(self.settings, opts) as (store, found, _):
            rules = rules_of(found.edition, found.overlay)
            try:
                self._run(args[0], path, store, found, rules)
            except RegisterError as error:
                self.exitcode = 1
                sys.stderr.write(
                    "\n".join((*error.problems, f"共 {len(error.problems)} 处错误，没有导入任何内容。", ""))
                )
            except OSError as error:
                raise UsageError(f"{path} 无法写入（{error.strerror or error}）。", print_help=False) from error

    def _run(self, action: str, path: Path, store: Store, found: Round, rules: Rules) -> None:
        if action == "export":
            if path.suffix.lower() != ".xlsx":
                raise UsageError(f"填报表是 XLSX 文件，请把 {path} 改为以 .xlsx 结尾。", print_help=False)
            count = write_answer_form(path, table(store, found, rules))
            sys.stdout.write(f"轮次 {found.id}：已生成填报表 {path}，共 {count} 行。\n")
            return
        if not path.is_file():
            raise UsageError(f"没有找到文件 {path}。", print_help=False)
        given = changed(store, found.id, load_answers(path, asked(found, rules)))
        store.answer(found.id, given, rules)
        sys.stdout.write(
            f"轮次 {found.id}：导入填报 {len(given)} 项，涉及 {len({one.code for one in given})} 个网站和账号。\n"
        )


def asked(found: Round, rules: Rules) -> dict[str, frozenset[str]]:
    """Code → the rules that people may answer: of a site those for its kind, of an account those for its group."""
    answerable = [rule for rule in rules if rule.answerable]
    sites = {site.code: ("site", site.kind) for site in found.sites if site.status is SiteStatus.NORMAL}
    accounts = {one.code: ("account", one.kind.group) for one in found.accounts if one.status is AccountStatus.NORMAL}
    known: dict[str, frozenset[str]] = {}
    for code, (subject, kind) in (*sites.items(), *accounts.items()):  # an account's ID may be a site's code
        own = frozenset(rule.id for rule in answerable if rule.subject == subject and kind in rule.kinds)
        known[code] = known.get(code, frozenset()) | own
    return known


def changed(store: Store, round_id: str, given: tuple[GivenAnswer, ...]) -> list[GivenAnswer]:
    """Those that say something else than the last answer."""
    last = {(one.code, one.rule): one for one in store.answers(round_id)}

    def said(one: GivenAnswer | None) -> tuple[object, ...]:
        return (None,) if one is None or one.value is None else (one.value, one.places, one.note, one.who)

    return [one for one in given if said(one) != said(last.get((one.code, one.rule)))]


def table(store: Store, found: Round, rules: Rules) -> Iterator[dict[str, Any]]:
    """The rows of sites and accounts, with what was answered before."""
    sites = [site for site in found.sites if site.status is SiteStatus.NORMAL]
    accounts = [account for account in found.accounts if account.status is AccountStatus.NORMAL]
    subjects: tuple[Site | Account, ...] = (*sites, *accounts)
    for of in subjects:
        latest = store.latest if isinstance(of, Site) else store.accounts.latest
        findings: Sequence[Finding] = next((saved.findings for saved in latest(found.id, of.code)), ())
        for row in item_rows(of, rules, findings, store.answers(found.id, of.code)):
            yield {"code": of.code, "name": of.name, **_cells(row)}


def _cells(row: ItemRow) -> dict[str, Any]:
    last = row.history[-1] if row.history else None
    standing = last if last is not None and last.value is not None else None
    told = {"rule": row.rule.id, "item": row.rule.item, "title": row.rule.title, "how": row.how}
    told["now"] = "；".join(row.said)
    if standing is None or standing.value is None:
        return {**told, "value": ""}
    value = row.answers.get(standing.value.value, WITHDRAWN)
    return {**told, "value": value, "places": standing.places, "note": standing.note, "who": standing.who}
