"""Where the accounts register and the world differ: accounts it lacks, accounts that are not there, unapproved ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.checks.accounts import best_signs
from govspider.checks.columns import NoParams
from govspider.checks.common import clip, site_finding
from govspider.facts import ACCOUNT_KIND_NAMES, AccountFacts, Finding, Outcome, SignOf, SiteFacts, Trust

MOST = 30


@dataclass(frozen=True, slots=True)
class Others:
    """``others``: names of bodies whose accounts every site may show."""

    others: tuple[str, ...]


def account_unlisted(facts: SiteFacts, params: Others) -> Iterator[Finding]:
    """漏报: one finding for each account that the site shows and the register lacks."""
    if facts.unlisted is None:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="本轮没有新媒体名册")
        return
    strange = [one for one in facts.unlisted if not any(other in one.name for other in params.others)]
    for one in strange[:MOST]:
        name = clip(one.name or one.account_id)
        evidence = {"platform": ACCOUNT_KIND_NAMES[one.kind], "name": name, "url": one.url}
        yield Finding(
            "", Outcome.VIOLATION, f"{one.kind.value} {name}", one.url or one.found_on, one.found_on, evidence
        )
    if not strange:
        yield site_finding(Outcome.PASS, facts)


def account_drift(facts: AccountFacts, params: NoParams) -> Iterator[Finding]:
    """Three subjects: whether the account exists (误报), whether its state is right, whether it was applied for."""
    exists = best_signs(facts, (SignOf.EXISTS,))
    if any(sign.holds for sign in exists):
        yield _finding(facts, Outcome.PASS, "账号", "可以找到", trust=exists[0].trust)
    elif exists:
        yield _finding(facts, Outcome.VIOLATION, "账号", clip(exists[0].detail), trust=exists[0].trust)
    else:
        yield _finding(facts, Outcome.UNKNOWN, "账号", reason="没有看到账号的公开页面")
    changed = [sign for sign in facts.signs if sign.of is SignOf.LISTED and not sign.holds]
    if changed:
        yield _finding(facts, Outcome.VIOLATION, "报送状态", clip(changed[-1].detail), trust=changed[-1].trust)
    else:
        yield _finding(facts, Outcome.PASS, "报送状态", "没有填报变动")
    approved = facts.account.approved
    if approved is None:
        yield _finding(facts, Outcome.UNKNOWN, "开设备案", reason="名册没有填写")
    else:
        outcome, said = (Outcome.PASS, "已备案") if approved else (Outcome.VIOLATION, "未按程序备案")
        yield _finding(facts, outcome, "开设备案", said, trust=Trust.STATED)


def _finding(
    facts: AccountFacts, outcome: Outcome, item: str, found: str = "", reason: str = "", trust: Trust | None = None
) -> Finding:
    evidence = {"item": item, "found": found}
    if trust:
        evidence["trust"] = trust.value
    if reason:
        evidence["reason"] = reason
    return Finding(rule="", outcome=outcome, subject=item, url=facts.account.url, evidence=evidence)
