"""reports/<code>.html: one self-contained page a site, to read, print and send to the site's owner."""

import base64
import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from govspider.facts import ColumnState, ReportedFinding, Review, RoundResults, SiteResult, VerdictKind
from govspider.reports import evidence, phrases
from govspider.reports.annexes import reasons, unjudged
from govspider.reports.atomic import whole
from govspider.reports.figures import period
from govspider.reports.sampled import drawn
from govspider.reports.score_sheet import item_lines, score_note
from govspider.reports.subjects import faults
from govspider.reports.text import clean, cut, local, long_date, safe_link

CELL = 600
COLUMNS = 1000  # rows of the ledger on the page; the workbook has them all
_ORDER = {
    state: number for number, state in enumerate(("blank", "withdrawn", "stale", "unreadable", "blocked", "failed"))
}


def environment() -> Environment:
    loader = PackageLoader("govspider.reports", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "line": lambda value: cut(clean(value), CELL),
        "link": safe_link,
        "day": lambda day: long_date(day) if day else "",
        "moment": lambda moment: f"{local(moment):%Y-%m-%d %H:%M}" if moment else "",
        "evidence": lambda value: cut(evidence.evidence_line(value), CELL),
        "rows": evidence.evidence_rows,
        "faults": faults,
        "linking": evidence.linking_pages,
        "spread": evidence.linking_spread,
        "ledger_note": phrases.column_note,
        "note": lambda row: cut(evidence.row_note(row), CELL),
        "name_of": lambda value, table: table.get(value, value),
    }
    style = loader.get_source(made, "site.css")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made.globals |= {
        "style": style,
        "style_hash": f"sha256-{digest}",
        "names": {name: getattr(phrases, name) for name in dir(phrases) if name.endswith("_NAMES")},
    }
    return made


def write_site_page(result: SiteResult, results: RoundResults, made: Environment, path: Path) -> None:
    text = made.get_template("site.html").render(_context(result, results))
    with whole(path) as part:
        part.write_text(text, encoding="utf-8", errors="replace")


def _context(result: SiteResult, results: RoundResults) -> dict[str, Any]:
    kept = [found for found in result.findings if found.review is not Review.REJECTED]
    told = [found for found in kept if found.outcome != "clue" or found.review is Review.CONFIRMED]
    rows = _ledger(result)
    return {
        "result": result,
        "results": results,
        "period": period(results.round, results.checkpoint),
        "verdict": result.verdict,
        "banner": banner(result),
        "reason": reasons(result.verdict),
        "score": score_note(result.verdict),
        "points": list(item_lines(result)),
        "vetoes": [found for found in told if found.rule in result.verdict.vetoes],
        "others": _by_title([found for found in told if found.rule not in result.verdict.vetoes]),
        "clues": [found for found in kept if found not in told],
        "rejected": [found for found in result.findings if found.review is Review.REJECTED],
        "columns": rows[:COLUMNS],
        "columns_left": max(len(rows) - COLUMNS, 0),
        "states": Counter(state for _, state, _ in rows),
        "dead": [check for check in result.facts.links if check.visit.fetch != "ok"][:200] if result.facts else [],
        "unjudged": unjudged(result.verdict),
        "drawn": tuple(drawn(result.facts)) if result.facts else (),
        "links_home": sum(check.home for check in result.facts.links) if result.facts else 0,
    }


def banner(result: SiteResult) -> tuple[str, str]:
    """The colour and the headline of the page."""
    kind = result.verdict.verdict
    if kind is VerdictKind.UNQUALIFIED:
        by_score = result.verdict.score_high is not None  # only sites without a veto are scored
        return "bad", f"不合格：{'、'.join(result.verdict.problems) if by_score else '存在单项否决问题'}"
    if kind is VerdictKind.QUALIFIED:
        return "good", "合格：未发现单项否决问题"
    if kind is VerdictKind.EXCLUDED:
        return "none", f"未纳入检查：报送状态为“{phrases.STATUS_NAMES[result.site.status]}”"
    return "open", "未能形成结论" if result.facts else "尚未检查"


def _by_title(findings: list[ReportedFinding]) -> list[tuple[str, list[ReportedFinding]]]:
    groups: dict[str, list[ReportedFinding]] = {}
    for found in findings:
        groups.setdefault(clean(found.title), []).append(found)
    return list(groups.items())


def _ledger(result: SiteResult) -> list[tuple[Any, ColumnState, dt.date | None]]:
    """The columns with the ones that need attention first."""
    if result.facts is None:
        return []
    pairs = zip(result.facts.columns, result.column_states, strict=True)
    rows = [
        (column, state, max((day for day in (column.newest, column.newest_below) if day), default=None))
        for column, state in pairs
    ]
    return sorted(rows, key=lambda row: _ORDER.get(row[1], 9))
