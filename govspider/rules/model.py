"""A rule as it was declared in its file, and the rules of an edition together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

from govspider.facts import Decided, Decides, PlatformGroup, SiteKind, Subject
from govspider.rules.cases import Case
from govspider.rules.index import Check


class RuleError(Exception):
    """A rule file that cannot be used. The text names the file, the key and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The official document. ``verified`` is False where the threshold was not compared with the official text."""

    document: str
    number: str
    clause: str
    url: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Points:
    """What one fault costs (or one merit earns). ``cap``: the most that this rule may cost, where that is less than its
    item has. ``ministry`` stands for ``each`` on the portals of ministries."""

    item: float
    each: float
    cap: float | None = None
    ministry: float | None = None

    def of(self, *, ministry: bool) -> float:
        return self.ministry if ministry and self.ministry is not None else self.each


@dataclass(frozen=True, slots=True)
class Rule:
    """``params`` as written in the file (and its overlay), ``limits`` the same as the check's own type.

    ``kinds`` are site kinds, or groups of platforms where the subject is an account. ``item`` is the official item,
    一级指标/二级指标. ``points``: only of a deduction or bonus. ``counted_by`` names rules whose violations cost a page
    already: what their evidence lists under ``columns`` costs nothing here. ``window`` and ``sample`` are templates like
    ``limit``, "" where there is none. ``order`` is the place of ``problem``, the phrase for the annex, among the phrases
    of one subject. ``overlay`` is the title of the overlay that changed the rule, "" for an edition's own.
    What is not ``enabled`` was switched off by the office and is unknown everywhere.
    """

    id: str
    title: str
    subject: Subject
    check: Check
    check_name: str
    family: str
    decides: Decides
    decided: Decided
    kinds: tuple[SiteKind, ...] | tuple[PlatformGroup, ...]
    item: str
    points: Points | None
    counted_by: tuple[str, ...]
    order: int
    problem: str
    message: str
    unknown: str
    limit: str
    window: str
    sample: str
    about: str
    source: Source
    params: Mapping[str, Any]
    limits: Any
    cases: tuple[Case, ...]
    edition: str
    overlay: str = ""
    enabled: bool = True

    @property
    def answerable(self) -> bool:
        """Whether people are asked. Many platforms show an account to its followers only, and then only a person can look."""
        return self.overruled or (self.subject is Subject.ACCOUNT and self.decides is Decides.VETO)

    @property
    def overruled(self) -> bool:
        """Whether a person's answer takes the place of what the machine says, and not only of its silence."""
        return self.decided is Decided.MANUAL or self.points is not None


@dataclass(frozen=True, slots=True)
class NoServices:
    """What becomes of ``part`` of the deductions where there are no services for the public.

    ``sites``: ministry or portal. ``method``: factor (the rest counts for the whole) or spread (its points are shared
    out evenly among the other items).
    """

    part: str
    sites: str
    method: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """The official points: item → points, in the official order. ``ministry``: what differs on ministries' portals."""

    source: Source
    pass_at: float
    bonus_above: float
    problem: str
    deduction: Mapping[str, float]
    bonus: Mapping[str, float]
    items: Mapping[str, float]
    bonus_items: Mapping[str, float]
    ministry: Mapping[str, float]
    no_services: NoServices
    overlay: str = ""


@dataclass(frozen=True, slots=True)
class Rules(Sequence[Rule]):
    """The rules of an edition, by place in the annex, and its table of points. ``lines`` are some of the same rules with
    early-warning thresholds in place of their own."""

    listed: tuple[Rule, ...]
    scoring: Scoring
    lines: tuple[Rule, ...] = ()

    def of(self, subject: str) -> "Rules":
        """Those that judge sites or accounts."""
        return replace(self, listed=tuple(rule for rule in self.listed if rule.subject == subject))

    def without(self, families: Iterable[str]) -> "Rules":
        """The same with whole families switched off."""
        off = frozenset(families)
        return replace(self, listed=tuple(replace(r, enabled=False) if r.family in off else r for r in self.listed))

    @overload
    def __getitem__(self, index: int) -> Rule: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Rule, ...]: ...
    def __getitem__(self, index: int | slice) -> Rule | tuple[Rule, ...]:
        return self.listed[index]

    def __len__(self) -> int:
        return len(self.listed)
