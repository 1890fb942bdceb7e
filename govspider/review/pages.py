"""The pages as HTML. Every text may come from an inspected site: escaped, cleaned and cut before it is shown."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from jinja2 import ChoiceLoader, PackageLoader

from govspider.facts import AccountResult, Review, SiteResult, Subject, VerdictKind
from govspider.reports import site_page
from govspider.reports.annexes import unjudged
from govspider.reports.figures import period
from govspider.reports.phrases import KIND_NAMES, VERDICT_NAMES
from govspider.reports.score_sheet import score_note
from govspider.reports.text import clean, cut
from govspider.review.board import KINDS, Board, Brief, Row, kind_of, sorted_findings
from govspider.review.filters import Filters

SITES_SHOWN = 200
FINDINGS_SHOWN = 50
REVIEWER = 30  # characters
NOTE = 500
REASON = 120
COOKIE = "govspider_reviewer"

FINDING_KINDS = {"clue": "线索", "veto": "单项否决", "violation": "扣分问题", "notice": "提示"}
DECISION_NAMES = {Review.CONFIRMED: "属实", Review.REJECTED: "误报", Review.PENDING: "退回待核"}
COLOURS = {
    VerdictKind.UNQUALIFIED: "bad",
    VerdictKind.QUALIFIED: "good",
    VerdictKind.UNDETERMINED: "open",
    VerdictKind.EXCLUDED: "none",
}
REVIEW_COLOURS = {Review.PENDING: "open", Review.CONFIRMED: "bad", Review.REJECTED: "none"}
# What a decision means for the verdict.
HINTS = {
    "clue": "线索核实属实后，网站按不合格计；全部核实之前不作结论。",
    "prepared": "由程序提出、由人认定：核为属实后才扣分，核为误报后不扣。",
    "veto": "本项不待核实即计为单项否决；核为误报后不再计入。",
    "violation": "不影响是否合格；核为误报后不再列为问题。",
    "notice": "仅作提示，不影响结论。",
}

T = TypeVar("T")


class Pages:
    """Renders what the board knows. ``token`` goes into every form."""

    def __init__(self, board: Board, token: str) -> None:
        made = site_page.environment()
        names = ("govspider.review", "govspider.reports")
        loader = made.loader = ChoiceLoader([PackageLoader(name, "templates") for name in names])
        made.filters |= {
            "code_path": lambda code: quote(code, safe=""),
            "kind": kind_of,
            "short": lambda text: cut(clean(text), REASON),
        }
        made.globals |= {
            "token": token,
            "kind_names": FINDING_KINDS,
            "decision_names": DECISION_NAMES,
            "verdict_colours": COLOURS,
            "review_colours": REVIEW_COLOURS,
            "hints": HINTS,
            "limits": {"reviewer": REVIEWER, "note": NOTE},
        }
        self._board = board
        self._made = made
        self.style = "".join(loader.get_source(made, name)[0] for name in ("site.css", "review.css"))

    def overview(self, filters: Filters, written: Sequence[Path] = ()) -> str:
        found, rows = self._board.rows()
        shown = [row for row in rows if filters.wants_site(row)]
        page, pages, part = _part(shown, filters.page, SITES_SHOWN)
        return self._render(
            "overview.html",
            round=found,
            period=period(found.id, found.checkpoint),
            verdicts=Counter(row.verdict for row in rows),
            sites=sum(row.subject is Subject.SITE for row in rows),
            accounts=sum(row.subject is Subject.ACCOUNT for row in rows),
            waiting={kind: sum(row.waiting(kind) for row in rows) for kind in KINDS},
            decided=sum(row.decided for row in rows),
            rules=_rules(rows),
            filters=filters,
            shown=len(shown),
            rows=part,
            page=page,
            pages=pages,
            written=written,
        )

    def site(self, code: str, filters: Filters, reviewer: str, done: str) -> str:
        results, result = self._board.site(code)
        site = result.site
        particulars = (
            ("网站标识码", site.code),
            ("网站类型", KIND_NAMES[site.kind]),
            ("主办单位", site.sponsor or "未登记"),
        )
        return self._findings(results.round, results.checkpoint, result, particulars, filters, reviewer, done)

    def account(self, code: str, filters: Filters, reviewer: str, done: str) -> str:
        found, result = self._board.account(code)
        account = result.account
        particulars = (
            ("新媒体类型", account.kind_name),
            ("账号ID", account.account_id or "未登记"),
            ("主办单位", account.sponsor or "未登记"),
            ("订阅源", account.feed or "未登记"),
        )
        return self._findings(found.id, found.checkpoint, result, particulars, filters, reviewer, done)

    def _findings(
        self,
        round_id: str,
        checkpoint: dt.date,
        result: SiteResult | AccountResult,
        particulars: Sequence[tuple[str, str]],
        filters: Filters,
        reviewer: str,
        done: str,
    ) -> str:
        findings = sorted_findings(result.findings)
        shown = [found for found in findings if filters.wants(found)]
        page, pages, part = _part(shown, filters.page, FINDINGS_SHOWN)
        return self._render(
            "findings.html",
            round=round_id,
            period=period(round_id, checkpoint),
            of=result.site if isinstance(result, SiteResult) else result.account,
            half=result.verdict.subject,
            particulars=particulars,
            result=result,
            verdict=result.verdict,
            banner=_banner(result),
            unjudged=unjudged(result.verdict),
            score=score_note(result.verdict),
            reviews=Counter(found.review for found in findings),
            rules=sorted({(found.rule, found.title) for found in findings}),
            filters=filters,
            total=len(findings),
            shown=len(shown),
            findings=part,
            history=self._board.history(part),
            page=page,
            pages=pages,
            reviewer=reviewer,
            done=DECISION_NAMES[Review(done)] if done in tuple(Review) else "",
        )

    def items(self, subject: Subject, code: str, reviewer: str, done: str) -> str:
        found, result, rows, seen = self._board.items(subject, code)
        return self._render(
            "items.html",
            round=found.id,
            of=result.site if isinstance(result, SiteResult) else result.account,
            half=subject.value,
            banner=_banner(result),
            score=score_note(result.verdict),
            parts=[(part, list(group)) for part, group in groupby(rows, key=lambda row: row.part)],
            waiting=sum(row.open for row in rows),
            seen=seen,
            reviewer=reviewer,
            done=done if done.isascii() and done.isdigit() else "",
        )

    def trouble(self, text: str, back: str = "/") -> str:
        return self._render("trouble.html", text=text, back=back)

    def _render(self, name: str, **values: Any) -> str:
        return self._made.get_template(name).render(values)


def _banner(result: SiteResult | AccountResult) -> tuple[str, str]:
    if isinstance(result, SiteResult):
        return site_page.banner(result)
    return COLOURS[result.verdict.verdict], VERDICT_NAMES[result.verdict.verdict]


def _part(items: Sequence[T], page: int, size: int) -> tuple[int, int, Sequence[T]]:
    """The page's number, within what there is; how many there are; its items."""
    pages = max(-(-len(items) // size), 1)
    page = min(page, pages)
    return page, pages, items[(page - 1) * size : page * size]


def _rules(rows: Iterable[Row]) -> list[tuple[str, str]]:
    def rank(brief: Brief) -> tuple[int, str]:
        return KINDS.index(brief.kind), brief.rule

    briefs = {brief.rule: brief for row in rows for brief in row.findings}
    return [(brief.rule, brief.title) for brief in sorted(briefs.values(), key=rank)]
