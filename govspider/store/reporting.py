"""How a finding is reported: what people say of it, and what that makes of it."""

from collections.abc import Mapping

from govspider.facts import Decided, Decides, Finding, Review
from govspider.rules import Rule


def review_of(key: str, finding: Finding, reviews: Mapping[str, Review]) -> Review:
    """What people say of a finding; what a person has reported is confirmed by that."""
    return reviews.get(key, Review.CONFIRMED if "who" in finding.evidence else Review.PENDING)


def reported_outcome(rule: Rule, review: Review, *, scored: bool) -> str:
    """violation, clue or notice. Points are lost only where they are ``scored``; elsewhere the same defect is a notice.
    What the machine only prepares is a clue until a person has confirmed it."""
    if rule.decides is Decides.CLUE:
        return "clue"
    if rule.decides is Decides.VETO:
        return "violation"
    if rule.decided is Decided.ASSISTED and review is not Review.CONFIRMED:
        return "clue"
    return "violation" if rule.decides is Decides.DEDUCTION and scored else "notice"
