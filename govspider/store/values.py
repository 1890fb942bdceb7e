"""What the store hands out beside facts and results."""

import datetime as dt
from dataclasses import dataclass

from govspider.facts import Account, AccountFacts, Finding, Level, Review, Site, SiteFacts


@dataclass(frozen=True, slots=True)
class Round:
    """One campaign. ``sites`` and ``accounts`` are the registers as the round last knew them; ``checkpoint`` is the first
    inspection's."""

    id: str
    checkpoint: dt.date
    edition: str
    overlay: str
    created: dt.datetime
    sites: tuple[Site, ...]
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """One stored inspection with what the rules said of it."""

    facts: SiteFacts
    finished: dt.datetime
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SavedAccount:
    """The same of an account."""

    facts: AccountFacts
    finished: dt.datetime
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """When a violation was seen by any inspection of any round."""

    first: dt.datetime
    last: dt.datetime


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """What one inspection saw of one column."""

    inspected: dt.datetime
    url: str
    name: str
    fetch: str
    newest: dt.date | None
    entries: int
    blank: bool | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of a finding's review history."""

    key: str
    decision: Review
    reviewer: str
    note: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What was last told of a site and a rule: how bad it was, as of which checkpoint."""

    level: Level
    count: int
    as_of: dt.date
