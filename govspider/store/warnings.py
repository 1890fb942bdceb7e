"""What the early-warning lines say of a site. Pure: no SQL."""

from collections.abc import Iterator, Mapping

from govspider.checks.reachability import Reachability, probed_week
from govspider.facts import EarlyWarning, Finding, Level, Outcome, ProbedWeek, Review, Site, SiteFacts
from govspider.rules import Rule, Rules, finding_key, message, threshold
from govspider.store.judging import findings_of
from govspider.store.values import Saved

SAID = (Outcome.VIOLATION, Outcome.PASS)


def early_warnings(site: Site, saved: Saved, rules: Rules, reviews: Mapping[str, Review]) -> tuple[EarlyWarning, ...]:
    """One for each line of which it can be told. What a person called a false alarm is none."""
    broken = {
        found.rule: found
        for found in saved.findings
        if found.outcome is Outcome.VIOLATION and reviews.get(_key(site, found)) is not Review.REJECTED
    }
    own = {rule.id: rule for rule in rules}
    return tuple(
        warning
        for line in rules.lines
        for warning in _of_line(site, saved.facts, line, own.get(line.id), broken.get(line.id), reviews)
    )


def _of_line(
    site: Site, facts: SiteFacts, line: Rule, rule: Rule | None, veto: Finding | None, reviews: Mapping[str, Review]
) -> Iterator[EarlyWarning]:
    if rule is not None and veto is not None:
        yield _told(site, facts, rule, veto, Level.VIOLATION)
        return
    for found in findings_of((line,), facts):
        if found.outcome in SAID:
            past = found.outcome is Outcome.VIOLATION and reviews.get(_key(site, found)) is not Review.REJECTED
            yield _told(site, facts, line, found, Level.WARNING if past else Level.NORMAL)


def _key(site: Site, found: Finding) -> str:
    return finding_key(site.code, found.rule, found.subject)


def _told(site: Site, facts: SiteFacts, rule: Rule, found: Finding, level: Level) -> EarlyWarning:
    count = found.evidence.get("count", 0)
    return EarlyWarning(
        code=site.code,
        name=site.name,
        rule=rule.id,
        title=rule.title,
        level=level,
        message=message(rule, found),
        threshold=threshold(rule),
        url=found.url,
        as_of=facts.checkpoint,
        count=count if isinstance(count, int) else 0,
        evidence=found.evidence,
    )


def week_of(facts: SiteFacts, rules: Rules) -> ProbedWeek | None:
    limits = next((rule.limits for rule in rules if isinstance(rule.limits, Reachability)), None)
    return probed_week(facts, limits) if limits is not None else None
