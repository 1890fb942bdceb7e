"""One account's stored inspections → everything the outputs need of it. Pure: no SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from govspider.facts import (
    Account,
    AccountFacts,
    AccountResult,
    AccountStatus,
    Answer,
    Coverage,
    Finding,
    Outcome,
    Recheck,
    ReportedFinding,
    Review,
    Subject,
    Verdict,
    VerdictKind,
)
from govspider.rules import Rule, finding_key, message, threshold
from govspider.store.reporting import reported_outcome, review_of
from govspider.store.values import SavedAccount, Seen
from govspider.verdict import NOT_INSPECTED, decide, kind_of


def account_result(
    account: Account,
    inspections: Sequence[SavedAccount],
    rules: Sequence[Rule],
    reviews: Mapping[str, Review],
    seen: Mapping[str, Seen],
) -> AccountResult:
    """``inspections`` are the round's, oldest first; ``rules`` any."""
    rules = [rule for rule in rules if rule.subject == Subject.ACCOUNT]
    if not inspections or account.status is not AccountStatus.NORMAL:
        return AccountResult(account, judge_account(account, rules, (), None, reviews=reviews))
    first, latest = inspections[0], inspections[-1]
    known = {rule.id: rule for rule in rules}

    def verdict(saved: SavedAccount, kind: str) -> Verdict:
        findings = [finding for finding in saved.findings if finding.rule in known]
        return judge_account(account, rules, findings, saved.facts, reviews=reviews, inspection=kind)

    def shown(finding: Finding, saved: SavedAccount) -> ReportedFinding:
        return report(account, known[finding.rule], finding, saved, reviews, seen)

    now = violations(latest, known)
    earlier = {key(one): (one, saved) for saved in inspections[:-1] for one in violations(saved, known)}
    again = len(inspections) > 1
    return AccountResult(
        account=account,
        verdict=verdict(latest, "recheck" if again else "first"),
        facts=latest.facts,
        findings=tuple(shown(finding, latest) for finding in now),
        inspections=tuple(saved.finished for saved in inspections),
        first_verdict=verdict(first, "first") if again else None,
        rechecks=tuple(recheck(shown(finding, saved), finding, latest) for finding, saved in earlier.values()),
        new_findings=tuple(
            finding_key(account.code, one.rule, one.subject) for one in now if again and key(one) not in earlier
        ),
    )


def judge_account(
    account: Account,
    rules: Sequence[Rule],
    findings: Sequence[Finding],
    facts: AccountFacts | None,
    *,
    reviews: Mapping[str, Review],
    inspection: str = "first",
) -> Verdict:
    """结论 on one account; ``reviews`` by ``finding_key``."""
    verdict = Verdict(Subject.ACCOUNT.value, account.code, account.name, VerdictKind.EXCLUDED, inspection=inspection)
    if account.status is not AccountStatus.NORMAL:
        return verdict
    if facts is None:
        return replace(verdict, verdict=VerdictKind.UNDETERMINED, unknown=(NOT_INSPECTED,))
    vetoes, unknown = decide(account.code, rules, findings, reviews)
    return replace(
        verdict,
        verdict=kind_of(vetoes, unknown),
        vetoes=tuple(rule.id for rule in vetoes),
        problems=tuple(dict.fromkeys(rule.problem for rule in vetoes)),
        unknown=tuple(unknown),
        coverage=Coverage(pages=facts.pages, complete=facts.complete),
        checkpoint=facts.checkpoint,
    )


def violations(saved: SavedAccount, rules: Mapping[str, Rule]) -> list[Finding]:
    return [one for one in saved.findings if one.rule in rules and one.outcome is Outcome.VIOLATION]


def key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.subject


def recheck(shown: ReportedFinding, finding: Finding, latest: SavedAccount) -> Recheck:
    """What the latest inspection says of an earlier finding. 已整改 only when the rule looked again and is content."""
    said = {one.outcome: one for one in latest.findings if one.rule == finding.rule}
    if any(key(one) == key(finding) and one.outcome is Outcome.VIOLATION for one in latest.findings):
        return Recheck(shown, Answer.REMAINS)
    for outcome in (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE):
        if outcome in said:
            return Recheck(shown, Answer.CANNOT_TELL, str(said[outcome].evidence.get("reason", "")) or "未能核查")
    if Outcome.PASS in said:
        return Recheck(shown, Answer.FIXED)
    return Recheck(shown, Answer.CANNOT_TELL, "本次检查未得出该指标的结论")


def report(
    account: Account,
    rule: Rule,
    finding: Finding,
    saved: SavedAccount,
    reviews: Mapping[str, Review],
    seen: Mapping[str, Seen],
) -> ReportedFinding:
    number = finding_key(account.code, rule.id, finding.subject)
    review = review_of(number, finding, reviews)
    when = seen.get(number, Seen(saved.finished, saved.finished))
    return ReportedFinding(
        key=number,
        code=account.code,
        rule=rule.id,
        title=rule.title,
        outcome=reported_outcome(rule, review, scored=False),
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
