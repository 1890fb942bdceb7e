"""What a finding is reported as, whatever it is about."""

from dataclasses import replace
from pathlib import Path

import pytest

from govspider.facts import Decided, Decides, Finding, Outcome, Review
from govspider.rules import load_rules
from govspider.store.reporting import reported_outcome, review_of

RULE = load_rules(Path(__file__).parents[2] / "rules", "2019")[0]
PENDING, CONFIRMED, REJECTED = Review.PENDING, Review.CONFIRMED, Review.REJECTED
MACHINE, HELPER, PERSON = Decided.AUTOMATIC, Decided.ASSISTED, Decided.MANUAL


@pytest.mark.parametrize(
    ("decides", "decided", "review", "on_portals", "elsewhere"),
    [
        ("veto", MACHINE, PENDING, "violation", "violation"),
        ("clue", HELPER, PENDING, "clue", "clue"),
        ("clue", HELPER, CONFIRMED, "clue", "clue"),
        ("deduction", MACHINE, PENDING, "violation", "notice"),
        ("deduction", HELPER, PENDING, "clue", "clue"),
        ("deduction", HELPER, CONFIRMED, "violation", "notice"),
        ("deduction", HELPER, REJECTED, "clue", "clue"),
        ("deduction", PERSON, CONFIRMED, "violation", "notice"),
        ("notice", MACHINE, PENDING, "notice", "notice"),
        ("notice", HELPER, PENDING, "clue", "clue"),
    ],
)
def test_what_the_machine_prepares_is_a_clue_until_confirmed(
    decides: str, decided: Decided, review: Review, on_portals: str, elsewhere: str
) -> None:
    rule = replace(RULE, decides=Decides(decides), decided=decided)
    assert [reported_outcome(rule, review, scored=scored) for scored in (True, False)] == [on_portals, elsewhere]


def test_what_a_person_reported_is_confirmed_by_that() -> None:
    machine, person = (Finding("x", Outcome.VIOLATION, evidence=said) for said in ({}, {"who": "张某"}))
    assert review_of("k", machine, {}) is PENDING
    assert review_of("k", person, {}) is CONFIRMED
    assert review_of("k", person, {"k": REJECTED}) is REJECTED
