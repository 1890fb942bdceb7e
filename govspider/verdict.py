"""From findings and reviews to the verdict on one site or account. Derived anew each time; nothing here is stored by hand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govspider.checks.columns import blankness, own_columns, unread, unread_below
from govspider.checks.freshness import ColumnWindows, column_opinion, column_since
from govspider.checks.withdrawn import Losses, withdrawal
from govspider.facts import (
    Column,
    ColumnState,
    Coverage,
    Decides,
    Fetch,
    Finding,
    Outcome,
    Review,
    Site,
    SiteFacts,
    SiteKind,
    SiteStatus,
    Subject,
    UnknownRule,
    Verdict,
    VerdictKind,
)
from govspider.rules import Rule, Rules, Scoring, finding_key
from govspider.rules.score import Score, rounded, score

SCORE = "score"  # stands where a rule's id stands
NOT_INSPECTED = UnknownRule("", "尚未检查")
NO_VETO_RULES = UnknownRule("", "没有可用的单项否决规则")


def judge(
    site: Site,
    rules: Rules,
    findings: Sequence[Finding],
    facts: SiteFacts | None,
    *,
    reviews: Mapping[str, Review],
    inspection: str = "first",
) -> Verdict:
    """``reviews``: decisions by ``finding_key``. A rejected violation is none; a confirmed clue counts as a veto.

    Portals without a veto are scored. A score that is surely too low fails the portal; one that pages which could not
    be read leave open makes it undetermined; one that waits for answers of people is provisional and decides nothing.
    """
    if site.status is not SiteStatus.NORMAL:
        return Verdict("site", site.code, site.name, VerdictKind.EXCLUDED, inspection=inspection)
    if facts is None:
        return Verdict(
            "site", site.code, site.name, VerdictKind.UNDETERMINED, unknown=(NOT_INSPECTED,), inspection=inspection
        )
    own = rules.of(Subject.SITE)
    vetoes, unknown = decide(site.code, own, findings, reviews)
    problems = [rule.problem for rule in vetoes]
    scored = None
    if site.kind is SiteKind.PORTAL and not vetoes and not facts.crashed:
        scored = score(site, own, findings, reviews, complete=facts.complete)
    if scored is not None:
        if scored.high < own.scoring.pass_at:
            problems.append(own.scoring.problem)
        elif scored.low < own.scoring.pass_at and not scored.unanswered:
            unknown.append(_open_score(scored, own.scoring))
    return Verdict(
        subject=Subject.SITE.value,
        code=site.code,
        name=site.name,
        verdict=kind_of(problems, unknown),
        vetoes=tuple(rule.id for rule in vetoes),
        problems=tuple(dict.fromkeys(problems)),
        unknown=tuple(unknown),
        coverage=_coverage(facts),
        inspection=inspection,
        checkpoint=facts.checkpoint,
        **_told(scored),
    )


def kind_of(problems: Sequence[object], unknown: Sequence[UnknownRule]) -> VerdictKind:
    if problems:
        return VerdictKind.UNQUALIFIED
    return VerdictKind.UNDETERMINED if unknown else VerdictKind.QUALIFIED


def decide(
    code: str, rules: Sequence[Rule], findings: Iterable[Finding], reviews: Mapping[str, Review]
) -> tuple[list[Rule], list[UnknownRule]]:
    """The rules by which a site or account is vetoed, in the annex's order, and what keeps it from being called
    qualified."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    vetoes: list[Rule] = []
    unknown: list[UnknownRule] = []
    for rule in sorted(rules, key=lambda rule: (rule.order, rule.id)):
        found = by_rule.get(rule.id, ())
        states = {_said(code, finding, reviews) for finding in found if finding.outcome is Outcome.VIOLATION}
        if _vetoed(rule, states):
            vetoes.append(rule)
        elif reason := _open_question(rule, found, states):
            unknown.append(UnknownRule(rule.id, reason))
    if not any(rule.decides is Decides.VETO for rule in rules):
        unknown.append(NO_VETO_RULES)
    return vetoes, unknown


def _said(code: str, finding: Finding, reviews: Mapping[str, Review]) -> Review:
    """What people say of a violation; one that a person has reported is confirmed by that."""
    reported = Review.CONFIRMED if "who" in finding.evidence else Review.PENDING
    return reviews.get(finding_key(code, finding.rule, finding.subject), reported)


def _vetoed(rule: Rule, states: set[Review]) -> bool:
    if rule.decides is Decides.VETO:
        return bool(states - {Review.REJECTED})
    return rule.decides is Decides.CLUE and Review.CONFIRMED in states


def _open_question(rule: Rule, found: Sequence[Finding], states: set[Review]) -> str:
    """Why this rule keeps the site from being called qualified; empty when it does not."""
    if rule.decides is Decides.CLUE:
        return "线索待人工核实" if Review.PENDING in states else ""
    if rule.decides is not Decides.VETO:
        return ""
    if not found:
        return "本项未判定"
    reasons = [str(finding.evidence.get("reason", "")) for finding in found if finding.outcome is Outcome.UNKNOWN]
    return "；".join(dict.fromkeys(reason or "未能核查" for reason in reasons))


def _open_score(scored: Score, scoring: Scoring) -> UnknownRule:
    low, high = rounded(scored.low), rounded(scored.high)
    return UnknownRule(SCORE, f"部分指标未能核查，得分在{low:g}至{high:g}之间，不能确定是否达到{scoring.pass_at:g}分")


def _told(scored: Score | None) -> dict[str, Any]:
    """The score as the verdict holds it: one number only where it is one number."""
    if scored is None:
        return {}
    low, high = rounded(scored.low), rounded(scored.high)
    return {
        "score": low if scored.low == scored.high else None,
        "score_low": low,
        "score_high": high,
        "score_items": scored.items,
        "unanswered": scored.unanswered,
    }


def _coverage(facts: SiteFacts) -> Coverage:
    columns = own_columns(facts)
    return Coverage(
        pages=facts.pages,
        columns=len(columns),
        columns_read=sum(1 for column in columns if not unread(column)),
        rendered=facts.rendered,
        blocked=facts.blocked,
        failed=facts.failed,
        complete=facts.complete,
    )


_FAILED = frozenset({Fetch.HTTP_ERROR, Fetch.TIMEOUT, Fetch.REFUSED, Fetch.DNS, Fetch.TLS, Fetch.OTHER})


def column_states(facts: SiteFacts, rules: Sequence[Rule]) -> tuple[ColumnState, ...]:
    """One state for each of ``facts.columns``, by the windows and limits of the rules that judge single columns.

    A column that was read and need not be updated is ``updated``. A blank column that had entries before is
    ``withdrawn``: the ledger says so, the rules still count it as blank.
    """
    windows = next((rule.limits for rule in rules if isinstance(rule.limits, ColumnWindows)), None)
    losses = next((rule.limits for rule in rules if isinstance(rule.limits, Losses)), None)
    gaps = unread_below(facts)
    return tuple(
        ColumnState.WITHDRAWN
        if losses is not None and withdrawal(column, gaps, losses)[0] is Outcome.VIOLATION
        else _state(column, facts, windows, gaps)
        for column in facts.columns
    )


def _state(column: Column, facts: SiteFacts, windows: ColumnWindows | None, gaps: frozenset[str]) -> ColumnState:
    fetch = column.visit.fetch if column.visit else None
    if column.external:
        return ColumnState.EXTERNAL
    if fetch is Fetch.BLOCKED:
        return ColumnState.BLOCKED
    if fetch in _FAILED:
        return ColumnState.FAILED
    if blankness(column, gaps)[0] is Outcome.VIOLATION:
        return ColumnState.BLANK
    if fetch is not Fetch.OK or windows is None:
        return ColumnState.UNREADABLE
    if column.entry_count and column_since(column, facts.checkpoint, windows) is None:
        return ColumnState.UPDATED  # what is listed there needs no dates
    if unread(column) and not column.newest:
        return ColumnState.UNREADABLE
    outcome, _ = column_opinion(column, facts, windows, gaps)
    if outcome is Outcome.VIOLATION:
        return ColumnState.STALE
    return ColumnState.UNREADABLE if outcome is Outcome.UNKNOWN else ColumnState.UPDATED
