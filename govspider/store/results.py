"""One site's stored inspections → everything the outputs need of it. Pure: no SQL."""

import datetime as dt
from collections.abc import Mapping, Sequence

from govspider.facts import (
    Decides,
    Finding,
    Outcome,
    ReportedFinding,
    Review,
    Site,
    SiteFacts,
    SiteKind,
    SiteResult,
    SiteStatus,
    Verdict,
)
from govspider.rules import Rule, Rules, finding_key, message, threshold
from govspider.store.judging import findings_of
from govspider.store.rechecks import about, mark, recheck, same_defect
from govspider.store.reporting import reported_outcome, review_of
from govspider.store.values import Saved, Seen
from govspider.store.warnings import early_warnings, week_of
from govspider.verdict import column_states, judge


def site_result(
    site: Site,
    inspections: Sequence[Saved],
    rules: Rules,
    reviews: Mapping[str, Review],
    seen: Mapping[str, Seen],
) -> SiteResult:
    """``inspections`` are the round's, oldest first. A site that is not in normal operation is not judged by them."""
    if not inspections or site.status is not SiteStatus.NORMAL:
        return SiteResult(site, judge(site, rules, (), None, reviews=reviews))
    first, latest = inspections[0], inspections[-1]
    known = {rule.id: rule for rule in rules}

    def verdict(saved: Saved, kind: str) -> Verdict:
        findings = [finding for finding in saved.findings if finding.rule in known]
        return judge(site, rules, findings, saved.facts, reviews=reviews, inspection=kind)

    def shown(finding: Finding, saved: Saved) -> ReportedFinding:
        return report(site, known[finding.rule], finding, saved.finished, reviews, seen)

    now = violations(latest, known)
    earlier = earlier_violations(inspections[:-1], known)
    again = len(inspections) > 1
    return SiteResult(
        site=site,
        verdict=verdict(latest, "recheck" if again else "first"),
        facts=latest.facts,
        findings=tuple(shown(finding, latest) for finding in now),
        column_states=column_states(latest.facts, rules),
        inspections=tuple(saved.finished for saved in inspections),
        first_verdict=verdict(first, "first") if again else None,
        rechecks=tuple(
            recheck(shown(finding, saved), finding, known[finding.rule], saved, latest) for finding, saved in earlier
        ),
        new_findings=tuple(
            finding_key(site.code, finding.rule, finding.subject)
            for finding in now
            if again and not any(same_defect(finding, old) for old, _ in earlier)
        ),
        watched=early_warnings(site, latest, rules, reviews),
        week=week_of(latest.facts, rules),
    )


def outside_result(
    site: Site, look: tuple[SiteFacts, dt.datetime] | None, rules: Rules, reviews: Mapping[str, Review]
) -> SiteResult:
    """Of a site that is registered as closed or as an exception. ``look``: what its home page showed, and when."""
    verdict = judge(site, rules, (), None, reviews=reviews)
    if look is None:
        return SiteResult(site, verdict)
    facts, at = look
    known = {rule.id: rule for rule in rules if rule.check.outside}
    found = findings_of([*known.values()], facts)
    shown = [report(site, known[one.rule], one, at, reviews, {}) for one in found if one.outcome is Outcome.VIOLATION]
    said = [str(one.evidence.get("reason") or one.evidence.get("found", "")) for one in found]
    return SiteResult(site, verdict, findings=tuple(shown), home_look="；".join(filter(None, said)))


def violations(saved: Saved, rules: Mapping[str, Rule]) -> list[Finding]:
    """What is wrong. A bonus that was not earned is no defect."""
    judged = {name for name, rule in rules.items() if rule.decides is not Decides.BONUS}
    return [one for one in saved.findings if one.rule in judged and one.outcome is Outcome.VIOLATION]


def earlier_violations(inspections: Sequence[Saved], rules: Mapping[str, Rule]) -> list[tuple[Finding, Saved]]:
    """Every defect that any of the inspections found, once, as the newest of them saw it; oldest defect first."""
    found: dict[tuple[str, frozenset[str], str], tuple[Finding, Saved]] = {}
    for saved in inspections:
        found |= {(one.rule, about(one), mark(one)): (one, saved) for one in violations(saved, rules)}
    return list(found.values())


def report(
    site: Site, rule: Rule, finding: Finding, at: dt.datetime, reviews: Mapping[str, Review], seen: Mapping[str, Seen]
) -> ReportedFinding:
    """``at``: when the inspection ended that found it."""
    key = finding_key(site.code, rule.id, finding.subject)
    review = review_of(key, finding, reviews)
    when = seen.get(key, Seen(at, at))
    return ReportedFinding(
        key=key,
        code=site.code,
        rule=rule.id,
        title=rule.title,
        outcome=reported_outcome(rule, review, scored=site.kind is SiteKind.PORTAL),
        decides=rule.decides,
        url=finding.url,
        where=finding.where,
        evidence=finding.evidence,
        message=message(rule, finding),
        threshold=threshold(rule),
        source=f"《{rule.source.document}》（{rule.source.number}）{rule.source.clause}",
        review=review,
        first_seen=when.first,
        last_seen=when.last,
    )
