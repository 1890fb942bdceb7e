"""What the outputs of a round are made of."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from govspider.facts.accounts import Account, AccountFacts, SelfCheck
from govspider.facts.judgement import Decides, Review, Verdict
from govspider.facts.reachability import ProbedWeek
from govspider.facts.register import Site
from govspider.facts.site import ColumnState, SiteFacts


class Answer(StrEnum):
    """What a re-inspection says of an earlier finding."""

    FIXED = "已整改"
    REMAINS = "未整改"
    PAGE_GONE = "页面已撤"
    CANNOT_TELL = "无法复核"


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A violation, clue or notice as the outputs show it. ``key`` is stable across inspections; ``title``, ``message``
    and ``threshold`` are rendered from the rule."""

    key: str
    code: str
    rule: str
    title: str
    outcome: str  # violation, clue or notice
    decides: Decides
    url: str
    where: str
    evidence: Mapping[str, Any]
    message: str
    threshold: str
    source: str
    review: Review
    first_seen: dt.datetime
    last_seen: dt.datetime


@dataclass(frozen=True, slots=True)
class Recheck:
    """An earlier finding and what the latest inspection of the site says of it."""

    finding: ReportedFinding
    answer: Answer
    note: str = ""


class Level(StrEnum):
    """How near a site is to a veto. NORMAL is said too: a warning ends only when it was looked at again."""

    NORMAL = "normal"
    WARNING = "warning"  # past the early-warning line
    VIOLATION = "violation"  # past the veto line


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """What the early-warning line of a rule says of a site as of the checkpoint. ``count`` is how many columns it is
    about, 0 where it counts none."""

    code: str
    name: str
    rule: str
    title: str
    level: Level
    message: str
    threshold: str
    url: str
    as_of: dt.date
    count: int = 0
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteResult:
    """All that the outputs need of one site. ``facts`` is None when the site is excluded or was not inspected yet.

    ``inspections`` are the finishing times of this round's inspections, first to last. ``home_look``: what the home page of
    an excluded site showed, in Chinese, "" where it was not looked at.
    """

    site: Site
    verdict: Verdict
    facts: SiteFacts | None = None
    findings: tuple[ReportedFinding, ...] = ()
    column_states: tuple[ColumnState, ...] = ()  # one for each of facts.columns
    inspections: tuple[dt.datetime, ...] = ()
    first_verdict: Verdict | None = None  # the verdict of the first inspection, when there are more
    rechecks: tuple[Recheck, ...] = ()
    new_findings: tuple[str, ...] = ()  # keys that only the latest inspection has
    watched: tuple[EarlyWarning, ...] = ()
    week: ProbedWeek | None = None
    home_look: str = ""


@dataclass(frozen=True, slots=True)
class AccountResult:
    """All that the outputs need of one account, as ``SiteResult`` has it of a site."""

    account: Account
    verdict: Verdict
    facts: AccountFacts | None = None
    findings: tuple[ReportedFinding, ...] = ()
    inspections: tuple[dt.datetime, ...] = ()
    first_verdict: Verdict | None = None
    rechecks: tuple[Recheck, ...] = ()
    new_findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A site or an account that the round before called unqualified, and why."""

    subject: str  # site or account
    code: str
    name: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundResults:
    """What a round's outputs are made of. ``sites`` and ``accounts`` in their registers' order, possibly loaded anew
    whenever gone through: go through them once, and hold none longer than needed. ``earlier_round`` is the round before,
    "" for the first one."""

    round: str
    checkpoint: dt.date
    edition: str
    sites: Sequence[SiteResult]
    generated_at: dt.datetime
    accounts: Sequence[AccountResult] = ()
    earlier_round: str = ""
    followups: tuple[FollowUp, ...] = ()
    self_checks: tuple[SelfCheck, ...] = ()  # of the months that the round looks at
