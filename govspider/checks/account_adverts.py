"""Commercial advertising in what an account publishes."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.checks.accounts import posts_within, selling, sources_covering, uncovered
from govspider.checks.common import clip, days_before, iso, subject_finding
from govspider.facts import AccountFacts, Finding, Outcome

MOST = 20


@dataclass(frozen=True, slots=True)
class AdvertWords:
    """``words`` with which goods are sold; one of them is enough to have a person look at a post, unless its sentence
    holds one of the ``warnings``."""

    days: int
    words: tuple[str, ...]
    warnings: tuple[str, ...]


def account_advertising(facts: AccountFacts, params: AdvertWords) -> Iterator[Finding]:
    """Each post of the window that its source calls advertising or that sells something."""
    since = days_before(facts.checkpoint, params.days)
    found = []
    for post in posts_within(facts, since):
        used = selling(post, params.words, params.warnings)
        word = "广告" if post.kind == "advert" else next((word for word in params.words if word in used), "")
        if word:
            found.append((post, word))
    for post, word in found[:MOST]:
        evidence = {"name": clip(post.title), "word": word, "published": iso(post.published)}
        evidence["trust"] = post.trust.value
        yield Finding("", Outcome.VIOLATION, post.url or clip(post.title), post.url, facts.account.url, evidence)
    if not found:
        covered = sources_covering(facts, since)
        gap = {} if covered else {"reason": uncovered(facts, since)}
        yield subject_finding(Outcome.PASS if covered else Outcome.UNKNOWN, facts, **gap)
