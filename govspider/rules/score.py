"""The score of a portal: what each finding costs or earns, item by item. What is not known makes a range.

Points are added as fractions, so that no rounding stands between a site and 60; they are rounded when handed out.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from govspider.checks.common import is_ministry
from govspider.facts import Decided, Decides, Finding, Outcome, Review, ScoreItem, ScorePart, Site
from govspider.rules.apply import finding_key
from govspider.rules.model import Rule, Rules, Scoring

ZERO = Fraction(0)
PENDING = "待人工核实"
REJECTED = "经核实为误报"
UNJUDGED = "本项未判定"
NO_BONUS = "扣分指标得分须高于"
NO_RULE = "没有可用的规则"
MAY_BE_MORE = "检查未走完全站，可能还有"


@dataclass(frozen=True, slots=True)
class Score:
    """``unanswered``: scored rules that wait for a person; ``unread``: those that could not be judged by the machine.
    Only rules whose answer can still change the score are named."""

    low: Fraction
    high: Fraction
    items: tuple[ScoreItem, ...]
    unanswered: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """``certain`` points surely count, ``possible`` ones may come on top; both are amounts, whatever their sign."""

    rule: str
    key: str
    outcome: Outcome
    certain: Fraction = ZERO
    possible: Fraction = ZERO
    places: int = 0
    reason: str = ""


def score(
    site: Site, rules: Rules, findings: Iterable[Finding], reviews: Mapping[str, Review], *, complete: bool
) -> Score | None:
    """``reviews`` by finding key; ``complete``: the walk ran to its end. None where the edition scores nothing."""
    if not any(rule.points for rule in rules):
        return None
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    judge = _Judge(site, rules, by_rule, reviews, complete=complete)
    items, factor = official_points(site, rules.scoring)
    deduction = [judge.item(item, points, Decides.DEDUCTION) for item, points in items.items()]
    bonus = [judge.item(item, _fraction(points), Decides.BONUS) for item, points in rules.scoring.bonus_items.items()]
    low, high = (sum((getattr(item, end) for item in deduction), ZERO) * factor for end in ("low", "high"))
    above = _fraction(rules.scoring.bonus_above)
    if low > above:
        low += sum((item.low for item in bonus), ZERO)
    shown = told = deduction
    if high > above:
        shown = deduction + bonus
        told = shown if low > above else [*deduction, *(item.unless(f"{NO_BONUS}{float(above):g}分") for item in bonus)]
        high += sum((item.high for item in bonus), ZERO)
    open_rules = [rule for item in shown if item.low != item.high for rule in item.open]
    waiting = {rule.id for rule in rules if rule.decided is not Decided.AUTOMATIC}
    known = {rule.id for rule in rules}
    return Score(
        low,
        high,
        tuple(item.told() for item in told),
        unanswered=tuple(dict.fromkeys(one for one in open_rules if one in waiting or one not in known)),
        unread=tuple(dict.fromkeys(one for one in open_rules if one in known - waiting)),
    )


def official_points(site: Site, scoring: Scoring) -> tuple[dict[str, Fraction], Fraction]:
    """The deduction items of this portal with their points, and what their sum is multiplied by."""
    ministry = is_ministry(site)
    listed = {**scoring.items, **scoring.ministry} if ministry else scoring.items
    items = {item: _fraction(points) for item, points in listed.items() if points}
    rule = scoring.no_services
    if site.public_services is not False or not (ministry or rule.sites == "portal"):
        return items, Fraction(1)
    whole = sum(items.values(), ZERO)
    kept = {item: points for item, points in items.items() if item.partition("/")[0] != rule.part}
    rest = sum(kept.values(), ZERO)
    if rule.method == "factor":
        return kept, whole / rest
    share = (whole - rest) / len(kept)
    return {item: points + share for item, points in kept.items()}, Fraction(1)


@dataclass(frozen=True, slots=True)
class _Item:
    item: str
    points: Fraction
    low: Fraction
    high: Fraction
    bonus: bool
    parts: tuple[_Part, ...]

    @property
    def open(self) -> Iterator[str]:
        return (part.rule or self.item for part in self.parts if part.possible)

    def unless(self, reason: str) -> "_Item":
        """What may earn nothing after all: its points are added to a score that is high enough alone."""
        parts = (
            replace(part, certain=ZERO, possible=part.certain + part.possible, reason=part.reason or reason)
            for part in self.parts
        )
        return replace(self, low=ZERO, parts=tuple(parts))

    def told(self) -> ScoreItem:
        return ScoreItem(
            self.item,
            points=rounded(self.points),
            low=rounded(self.low),
            high=rounded(self.high),
            bonus=self.bonus,
            parts=tuple(self._part(part) for part in self.parts),
        )

    def _part(self, part: _Part) -> ScorePart:
        sign = 1 if self.bonus else -1
        low, high = sorted((sign * rounded(part.certain), sign * rounded(part.certain + part.possible)))
        return ScorePart(part.rule, part.key, part.outcome, low + 0.0, high + 0.0, part.places, part.reason)


class _Judge:
    def __init__(
        self,
        site: Site,
        rules: Rules,
        findings: Mapping[str, Sequence[Finding]],
        reviews: Mapping[str, Review],
        *,
        complete: bool,
    ) -> None:
        self._code = site.code
        self._ministry = is_ministry(site)
        self._rules = rules
        self._findings = findings
        self._reviews = reviews
        self._complete = complete

    def item(self, item: str, points: Fraction, decides: Decides) -> _Item:
        """A rule counts at most its cap, an item at most its points, however many faults there are."""
        certain = most = ZERO
        parts: list[_Part] = []
        rules = [rule for rule in self._rules if rule.item == item and rule.decides is decides]
        if not rules:
            parts.append(_Part("", "", Outcome.UNKNOWN, possible=points, reason=NO_RULE))
            most = points
        for rule in rules:
            cap = min(points, _fraction(rule.points.cap)) if rule.points and rule.points.cap else points
            here = list(self._parts(rule, cap))
            counted = sum((part.certain for part in here), ZERO)
            certain += min(counted, cap)
            most += min(counted + sum((part.possible for part in here), ZERO), cap)
            parts += here
        certain, most = min(certain, points), min(most, points)
        if decides is Decides.BONUS:
            return _Item(item, points, certain, most, bonus=True, parts=tuple(parts))
        return _Item(item, points, points - most, points - certain, bonus=False, parts=tuple(parts))

    def _parts(self, rule: Rule, cap: Fraction) -> Iterator[_Part]:
        """Everything that costs, may cost, or would cost but for a reason; what is in order is left out."""
        found = self._findings.get(rule.id, ())
        counts = Outcome.PASS if rule.decides is Decides.BONUS else Outcome.VIOLATION
        elsewhere = self._counted_elsewhere(rule)
        if not found:
            yield _Part(rule.id, "", Outcome.UNKNOWN, possible=cap, reason=UNJUDGED)
        for finding in found:
            key = finding_key(self._code, rule.id, finding.subject)
            if finding.outcome is Outcome.UNKNOWN:
                worst = self._amount(rule, finding) if finding.subject else cap
                reason = str(finding.evidence.get("reason", ""))
                yield _Part(rule.id, key, finding.outcome, possible=min(worst, cap), reason=reason)
            elif finding.outcome is counts:
                yield self._counted(rule, finding, key, elsewhere)
        if not self._complete and any(finding.subject for finding in found):
            yield _Part(rule.id, "", Outcome.UNKNOWN, possible=cap, reason=MAY_BE_MORE)

    def _counted(self, rule: Rule, finding: Finding, key: str, elsewhere: Mapping[str, str]) -> _Part:
        review = self._reviews.get(key, Review.PENDING)
        if review is Review.REJECTED:
            return _Part(rule.id, key, finding.outcome, reason=REJECTED)
        if other := elsewhere.get(finding.subject):
            return _Part(rule.id, key, finding.outcome, reason=f"已在“{other}”中扣分，不重复扣")
        amount, places = self._amount(rule, finding), _places(finding)
        sure = rule.decided is Decided.AUTOMATIC or review is Review.CONFIRMED or "who" in finding.evidence
        if sure:
            return _Part(rule.id, key, finding.outcome, certain=amount, places=places)
        return _Part(rule.id, key, finding.outcome, possible=amount, places=places, reason=PENDING)

    def _counted_elsewhere(self, rule: Rule) -> dict[str, str]:
        """Page → the rule's title that counts it already."""
        titles = {one.id: one.title for one in self._rules if one.id in rule.counted_by}
        return {
            str(row["url"]): title
            for other, title in titles.items()
            for finding in self._findings.get(other, ())
            if finding.outcome is Outcome.VIOLATION and self._stands(other, finding)
            for row in _rows(finding.evidence.get("columns"))
        }

    def _stands(self, rule: str, finding: Finding) -> bool:
        return self._reviews.get(finding_key(self._code, rule, finding.subject)) is not Review.REJECTED

    def _amount(self, rule: Rule, finding: Finding) -> Fraction:
        """``evidence["points"]``, or the rule's points for each of ``evidence["places"]`` (1 where it does not say).

        Of what is UNKNOWN about one subject, the most that it could cost.
        """
        if (own := finding.evidence.get("points")) is not None:
            return _fraction(own)
        each = rule.points.of(ministry=self._ministry) if rule.points else 0
        return _fraction(each) * _places(finding)


def _places(finding: Finding) -> int:
    places = finding.evidence.get("places", 1)
    return places if isinstance(places, int) and places >= 0 else 1


def _rows(value: Any) -> Iterable[Mapping[str, Any]]:
    rows = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return (row for row in rows if isinstance(row, Mapping) and "url" in row)


def _fraction(value: float) -> Fraction:
    return Fraction(str(value))


def rounded(value: Fraction) -> float:
    """Two decimals, half up."""
    return math.floor(value * 100 + Fraction(1, 2)) / 100
