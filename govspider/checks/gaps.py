"""断更: the longest time in which an account published nothing."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from govspider.facts import AccountFacts


@dataclass(frozen=True, slots=True)
class Gap:
    """``start`` is the day of the last post before it, ``end`` of the first one after it, or the checkpoint."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        return (self.end - self.start).days


def longest_gap(facts: AccountFacts) -> Gap | None:
    """Only within the days of which some source shows everything; None where there are none."""
    spans = [
        (source.since, min(source.until, facts.checkpoint)) for source in facts.sources if source.since and source.until
    ]
    gaps = [gap for since, until in spans for gap in _gaps(facts, since, until)]
    return max(gaps, key=lambda gap: (gap.days, gap.end), default=None)


def _gaps(facts: AccountFacts, since: dt.date, until: dt.date) -> list[Gap]:
    days = sorted({post.published for post in facts.posts if post.published and since <= post.published <= until})
    return [Gap(one, other) for one, other in pairwise(dict.fromkeys([*days, until]))] if days else []
