"""What can be said of a subject, by a rule or by a person."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Of a bonus rule, PASS earns the points and VIOLATION means that the condition is not met."""

    VIOLATION = "violation"
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What a person says of one rule for one subject. ``places``: how many faults (of a bonus: how often earned)."""

    rule: str
    value: Outcome
    places: int = 1
    note: str = ""
    who: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One entry in the history of answers about one site or account; ``value`` None takes an earlier one back."""

    code: str
    rule: str
    value: Outcome | None
    places: int = 1
    note: str = ""
    who: str = ""
    at: dt.datetime | None = None
