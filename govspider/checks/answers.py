"""What only a person can tell: open until somebody answers (``rules.apply`` puts the answer in its place)."""

from collections.abc import Iterator

from govspider.checks.columns import NoParams
from govspider.checks.common import subject_finding
from govspider.facts import AccountFacts, Finding, Outcome, SiteFacts

WAITING = "待人工填报"


def unanswered(facts: SiteFacts | AccountFacts, params: NoParams) -> Iterator[Finding]:
    yield subject_finding(Outcome.UNKNOWN, facts, reason=WAITING)
