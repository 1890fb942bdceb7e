"""What rules and people say of what was read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from govspider.facts.accounts import AccountFacts
from govspider.facts.site import SiteFacts


class Outcome(StrEnum):
    VIOLATION = "violation"
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Decides(StrEnum):
    """What a rule's violation means for the site."""

    VETO = "veto"
    CLUE = "clue"
    DEDUCTION = "deduction"
    NOTICE = "notice"


class Review(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one subject of one site: numbers, dates and addresses, no prose.

    ``subject`` is the address (or name) it is about, "" for the site as a whole; (site, rule, subject) is its identity
    across inspections. ``where`` is the page it was found on. UNKNOWN carries ``evidence["reason"]`` in Chinese.
    """

    rule: str
    outcome: Outcome
    subject: str = ""
    url: str = ""
    where: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Inspection:
    """The Scrapy item: one site or account looked at once. Only ``findings`` grows, as the pipelines judge."""

    round: str
    facts: SiteFacts | AccountFacts
    findings: list[Finding] = field(default_factory=list)


class VerdictKind(StrEnum):
    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    UNDETERMINED = "undetermined"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class UnknownRule:
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    pages: int = 0
    columns: int = 0
    columns_read: int = 0
    rendered: int = 0
    blocked: int = 0
    failed: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """结论 on one subject, derived from findings, reviews and rules; never stored by hand."""

    subject: str  # site or account
    code: str
    name: str
    verdict: VerdictKind
    score: float | None = None
    vetoes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unknown: tuple[UnknownRule, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    inspection: str = "first"  # first or recheck
    checkpoint: dt.date | None = None
