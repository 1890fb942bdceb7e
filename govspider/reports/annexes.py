"""The annexes of the bulletin: lists of sites, as rows of text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govspider.facts import Review, RoundResults, SiteResult, Verdict, VerdictKind
from govspider.reports.figures import is_checked, is_waiting
from govspider.reports.phrases import GROUPS, STATUS_NAMES, rule_name
from govspider.reports.text import clean, cut, label, local_date, long_date

CELL = 400  # characters of one cell; the whole text is in the workbook
REASON = 160


@dataclass(frozen=True, slots=True)
class Annex:
    """``widths`` are shares of the page's width; ``mark`` is 附件, or 附件1 where there are several."""

    key: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    mark: str = ""


def annexes(results: RoundResults) -> tuple[Annex, ...]:
    """Those that have something to list, numbered in order."""
    found = [
        annex
        for annex in (_serious(results), _undetermined(results), _rechecks(results), _excluded(results))
        if annex.rows
    ]
    if len(found) == 1:
        return (replace(found[0], mark="附件"),)
    return tuple(replace(annex, mark=f"附件{number}") for number, annex in enumerate(found, 1))


def see(appended: Sequence[Annex], key: str) -> str:
    """(见附件1), when there is such an annex."""
    mark = next((annex.mark for annex in appended if annex.key == key), "")
    return f"（见{mark}）" if mark else ""


def unjudged(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """The indicators that could not be judged and why: those that share a reason together."""
    by_reason: dict[str, list[str]] = {}
    for unknown in verdict.unknown:
        by_reason.setdefault(clean(unknown.reason).rstrip("。;；") or "未说明", []).append(rule_name(unknown.rule))
    return tuple(("、".join(dict.fromkeys(names)), reason) for reason, names in by_reason.items())


def reasons(verdict: Verdict) -> str:
    """Why a site has no verdict."""
    return "；".join(f"{names}：{reason}" for names, reason in unjudged(verdict))


def _brief(text: str) -> str:
    """A long list of reasons up to its last whole item; the workbook has them all."""
    if len(text) <= REASON:
        return text
    ends = max(text.rfind(mark, 0, REASON) for mark in "；、，")
    return f"{text[: ends if ends > 0 else REASON]}等"


def _site_cells(number: int, result: SiteResult) -> tuple[str, str, str]:
    return str(number), label(result.site.name, 80), clean(result.site.code)


def _numbered(results: Iterable[SiteResult]) -> Iterable[tuple[int, SiteResult]]:
    return enumerate(results, 1)


def _serious(results: RoundResults) -> Annex:
    sites = [site for site in results.sites if site.verdict.verdict is VerdictKind.UNQUALIFIED]
    rows = tuple(
        (*_site_cells(number, site), cut("、".join(map(clean, site.verdict.problems)), CELL))
        for number, site in _numbered(sites)
    )
    head = ("序号", "网站名称", "网站标识码", "存在的突出问题")
    return Annex("serious", "存在严重问题的政府网站名单", head, (8, 36, 20, 36), rows)


def _undetermined(results: RoundResults) -> Annex:
    rows = []
    sites = [
        site
        for site in results.sites
        if is_waiting(site) or (is_checked(site) and site.verdict.verdict is VerdictKind.UNDETERMINED)
    ]
    for number, site in _numbered(sites):
        reason = "尚未检查" if is_waiting(site) else reasons(site.verdict) or "有关情况待人工核实"
        rows.append((*_site_cells(number, site), _brief(reason)))
    head = ("序号", "网站名称", "网站标识码", "未能形成结论的原因")
    return Annex("undetermined", "未能形成结论的政府网站及原因", head, (8, 28, 20, 44), tuple(rows))


def _rechecks(results: RoundResults) -> Annex:
    rows: list[tuple[str, ...]] = []
    for site in results.sites:
        for recheck in site.rechecks:
            found = recheck.finding
            note = cut(clean(recheck.note), CELL)
            if not note and site.inspections:
                note = f"{long_date(local_date(site.inspections[-1]))}复检"
            problem = f"{clean(found.title)}：{clean(found.message)}"
            if found.outcome == "clue" and found.review is not Review.CONFIRMED:
                problem = f"{GROUPS[0].name}线索（内容待人工核实）"
            rows.append((str(len(rows) + 1), label(site.site.name, 80), cut(problem, CELL), recheck.answer.value, note))
    head = ("序号", "网站名称", "初检发现的问题", "复检情况", "说明")
    return Annex("rechecks", "网站整改复检情况", head, (8, 22, 38, 14, 18), tuple(rows))


def _excluded(results: RoundResults) -> Annex:
    sites = [site for site in results.sites if site.verdict.verdict is VerdictKind.EXCLUDED]
    rows = tuple((*_site_cells(number, site), STATUS_NAMES[site.site.status]) for number, site in _numbered(sites))
    head = ("序号", "网站名称", "网站标识码", "报送状态")
    return Annex("excluded", "未纳入检查的政府网站名单", head, (8, 50, 24, 18), rows)
