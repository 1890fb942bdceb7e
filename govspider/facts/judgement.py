"""What rules and people say of what was read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from govspider.facts.accounts import AccountFacts
from govspider.facts.outcome import Outcome
from govspider.facts.site import SiteFacts


class Subject(StrEnum):
    SITE = "site"
    ACCOUNT = "account"


class Decides(StrEnum):
    """What a rule's violation means for the subject; of a bonus rule, what its pass means."""

    VETO = "veto"
    CLUE = "clue"
    DEDUCTION = "deduction"
    BONUS = "bonus"
    NOTICE = "notice"


class Decided(StrEnum):
    """How a rule's outcome comes about. AUTOMATIC: the machine's word counts until a person rejects it. ASSISTED: the
    machine prepares, and its violations count only once a person confirms them. MANUAL: a person answers a form."""

    AUTOMATIC = "automatic"
    ASSISTED = "assisted"
    MANUAL = "manual"


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
class ScorePart:
    """What one finding does to its item: between ``low`` and ``high`` points, negative where it costs.

    ``key`` is the finding's; ``places`` how many faults (or merits) it counts.
    """

    rule: str
    key: str
    outcome: Outcome
    low: float
    high: float
    places: int = 0
    reason: str = ""  # why low and high differ


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One 二级指标: of its ``points`` the site has at least ``low`` and at most ``high``. ``bonus``: of the third part."""

    item: str  # 一级指标/二级指标
    points: float
    low: float
    high: float
    bonus: bool = False
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """结论 on one subject, derived from findings, reviews and rules; never stored by hand.

    Portals without a veto have ``score_low`` and ``score_high``; ``score`` only where both are equal. ``unanswered``
    are the scored rules that wait for a person: while there are any, the range is provisional.
    """

    subject: str  # site or account
    code: str
    name: str
    verdict: VerdictKind
    score: float | None = None
    score_low: float | None = None
    score_high: float | None = None
    score_items: tuple[ScoreItem, ...] = ()
    unanswered: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unknown: tuple[UnknownRule, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    inspection: str = "first"  # first or recheck
    checkpoint: dt.date | None = None
