"""The counts of a round by name, as the sentences of the bulletin need them. ``recount`` counts the same another way.

``sites.checked``, ``accounts.qualified`` …: checked = qualified + unqualified + undetermined, registered = checked +
waiting + exceptions + closed. ``@`` narrows a count: to a kind of site, a group of platforms or an area. Without a half
in front: of both.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from govspider.facts import Answer, RoundResults, VerdictKind
from govspider.reports.phrases import BONUS, group_of
from govspider.reports.sentences import points
from govspider.reports.subjects import HALVES, Subject, faults, minor_findings, pending_clues, subjects_of, told, vetoes
from govspider.reports.text import chinese_number

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
STATES = ("qualified", "unqualified", "undetermined", "waiting", "exceptions", "closed")
SUMS = {
    "checked": ("qualified", "unqualified", "undetermined"),
    "concluded": ("qualified", "unqualified"),
    "normal": ("qualified", "unqualified", "undetermined", "waiting"),
    "open": ("undetermined", "waiting"),
    "excluded": ("exceptions", "closed"),
    "registered": STATES,
}


class Figures(dict[str, int | str]):
    """The measures of a round. A name that nothing was counted for is an error, not a zero."""

    def number(self, name: str) -> int:
        return int(self[name])


def count(results: RoundResults) -> Figures:
    figures = Figures()
    for half, subjects in subjects_of(results).items():
        counts = {**_states(subjects), **_work(subjects), **dict(_problems(subjects))}
        for place in dict.fromkeys(place for subject in subjects for place in subject.places):
            here = _states([subject for subject in subjects if place in subject.places])
            counts |= {f"{name}@{place}": number for name, number in here.items()}
        figures |= {f"{half}.{name}": number for name, number in counts.items()}
        figures |= {f"score:{name}": said for subject in subjects for name, said in _scores(subject)}
        figures |= {f"finding:{found.key}": told(found) for subject in subjects for found in subject.findings}
        figures |= {f"{half}.{name}": number for name, number in _follow_ups(half, results, subjects).items()}
    for name in ("rechecked", "recovered", "before", "answers", *(f"answers@{answer}" for answer in Answer)):
        figures[name] = sum(figures.number(f"{half}.{name}") for half in HALVES)
    return figures


def _states(subjects: Sequence[Subject]) -> dict[str, int]:
    states = Counter(subject.state for subject in subjects)
    sums = {name: sum(states[state] for state in parts) for name, parts in SUMS.items()}
    return {state: states[state] for state in STATES} | sums


def _work(subjects: Sequence[Subject]) -> dict[str, int]:
    """How much was looked at, how much was looked at again and what came of it."""
    checked = [subject for subject in subjects if subject.checked]
    covers = [subject.verdict.coverage for subject in checked]
    answers = Counter(recheck.answer.value for subject in subjects for recheck in subject.rechecks)
    recovered = (VerdictKind.UNQUALIFIED, VerdictKind.QUALIFIED)
    return {
        "pages": sum(cover.pages for cover in covers),
        "columns": sum(cover.columns for cover in covers),
        "columns_read": sum(cover.columns_read for cover in covers),
        "provisional": sum(
            one.state == "qualified" and one.verdict.score_low != one.verdict.score_high for one in checked
        ),
        "cut_short": sum(not cover.complete for cover in covers),
        "rechecked": sum(subject.first is not None for subject in checked),
        "recovered": sum((subject.first, subject.verdict.verdict) == recovered for subject in checked),
        "answers": answers.total(),
        **{f"answers@{answer}": answers[answer.value] for answer in Answer},
    }


def _scores(subject: Subject) -> Iterator[tuple[str, str]]:
    """``CODE``: the site's whole score; ``CODE:PART`` its points of one 一级指标, ``CODE:加分`` those of the third part."""
    verdict = subject.verdict
    if verdict.score_low is None or verdict.score_high is None:
        return
    yield subject.code, points(verdict.score_low, verdict.score_high)
    lows: dict[str, Fraction] = {}
    highs: dict[str, Fraction] = {}
    for item in verdict.score_items:
        part = BONUS if item.bonus else item.item.split("/")[0]
        lows[part] = lows.get(part, Fraction()) + Fraction(str(item.low))
        highs[part] = highs.get(part, Fraction()) + Fraction(str(item.high))
    yield from ((f"{subject.code}:{part}", points(lows[part], highs[part])) for part in lows)


def _follow_ups(half: str, results: RoundResults, subjects: Sequence[Subject]) -> dict[str, int]:
    """``before``: how many the round before called unqualified; ``before:STATE`` what they are now, ``gone`` when they
    are registered no more."""
    now = {subject.code: subject.state for subject in subjects}
    mine = [one for one in results.followups if f"{one.subject}s" == half]
    states = Counter(now.get(one.code, "gone") for one in mine)
    return {"before": len(mine)} | {f"before:{state}": states[state] for state in (*STATES, "gone")}


def _problems(subjects: Sequence[Subject]) -> Iterator[tuple[str, int]]:
    """``vetoed:GROUP``: how many have a veto of that group. ``minor:RULE@PART``: how many have that minor problem and
    ``places:RULE@PART``: how often; ``places:RULE#CODE`` how often one has it."""
    vetoed: Counter[str] = Counter()
    having: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for subject in subjects:
        vetoed.update({veto_group(found.rule) for found in vetoes(subject)})
        part = part_of(subject)
        rules: Counter[str] = Counter()
        for found in minor_findings(subject):
            rules[found.rule] += faults(found)
        having.update(f"{rule}@{part}" for rule in rules)
        places.update({f"{rule}@{part}": times for rule, times in rules.items()})
        places.update({f"{rule}#{subject.code}": times for rule, times in rules.items()})
    clues = [len(pending_clues(subject)) for subject in subjects]
    yield "clues", sum(clues)
    yield "clued", sum(map(bool, clues))
    for name, counted in (("vetoed", vetoed), ("minor", having), ("places", places)):
        yield from ((f"{name}:{what}", number) for what, number in counted.items())


def veto_group(rule: str) -> str:
    """The name of the group that tells of a rule; a rule without one stands alone."""
    group = group_of(rule)
    return group.name if group else rule


def part_of(subject: Subject) -> str:
    return "portal" if subject.portal else "other"


def period(round_name: str, checkpoint: dt.date) -> str:
    """2021年第三季度: the round's own quarter, or its checkpoint's when the round has another name."""
    return quarter(round_name) or _quarter(checkpoint.year, (checkpoint.month + 2) // 3)


def quarter(round_name: str) -> str:
    """ "" when the round is not named after one."""
    match = _QUARTER.fullmatch(round_name.strip())
    return _quarter(int(match[1]), int(match[2])) if match else ""


def _quarter(year: int, number: int) -> str:
    return f"{year}年第{chinese_number(number)}季度"
