"""Whether a home page opens: the probes of ``scrapy crawl uptime``, and what may not be held against a site."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probe:
    """One look at a home page for reachability; a failure was seen by several looks in a row.

    ``ok``: it opened. ``seconds`` until it was there, None when it never was; ``first_byte`` until its server began to
    answer. Neither counts the look-up of its name. ``outcome`` is a ``Fetch``, "" where only ``ok`` is known.
    ``final_url`` is where the ``redirects`` ended. ``voided`` says in Chinese why it may not be counted.
    """

    at: dt.datetime
    ok: bool
    seconds: float | None = None
    outcome: str = ""
    status: int = 0
    first_byte: float | None = None
    looks: int = 1
    url: str = ""
    final_url: str = ""
    redirects: tuple[str, ...] = ()
    error: str = ""
    voided: str = ""


@dataclass(frozen=True, slots=True)
class Outage:
    """报备: a site's announced and approved outage, from ``since`` up to ``until``."""

    code: str
    since: dt.datetime
    until: dt.datetime
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, both ends in it."""

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class ProbedWeek:
    """What the probes of the days ``since`` to ``until`` (in Beijing) say of a home page.

    ``valid`` probes count, ``failed`` of them failed, ``silent`` of those without any answer. The others do not count:
    ``voided`` by trouble of our own, in a ``declared`` outage, or ``unclear`` since the page was kept from us. ``short``
    are the days with too few valid probes. ``first_byte`` is the median of the valid probes, in seconds.
    """

    since: dt.date
    until: dt.date
    valid: int
    failed: int
    silent: int
    voided: int
    declared: int
    unclear: int
    short: tuple[dt.date, ...]
    first_byte: float | None
    failures: tuple[Probe, ...] = ()
    elsewhere: tuple[str, ...] = ()  # the other hosts on which it ended

    @property
    def share(self) -> float | None:
        return self.failed / self.valid if self.valid else None
