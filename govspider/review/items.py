"""The form on which people answer what the machine cannot tell: its rows, and what it sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govspider.facts import Account, Decided, Decides, Finding, GivenAnswer, Outcome, Site, SiteKind, Subject
from govspider.register.answers import ANSWERS, MERITS, WITHDRAWN, places_of
from govspider.reports.text import clean
from govspider.rules import Rule, Rules, message, threshold
from govspider.rules.wording import filled

SHOWN = 3  # of a rule's findings


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One rule that a person may answer. ``said``: what stands now, by machine or person; ``open``: it waits."""

    rule: Rule
    how: str
    said: tuple[str, ...]
    open: bool
    history: tuple[GivenAnswer, ...]

    @property
    def answers(self) -> Mapping[str, str]:
        return MERITS if self.rule.decides is Decides.BONUS else ANSWERS

    @property
    def part(self) -> str:
        """The form it stands in: 加分 and the official 一级指标."""
        name = self.rule.item.partition("/")[0]
        return f"加分指标：{name}" if self.rule.decides is Decides.BONUS else name


def item_rows(
    of: Site | Account, rules: Rules, findings: Sequence[Finding], given: Sequence[GivenAnswer]
) -> tuple[ItemRow, ...]:
    """The rules for people, and those of the machine that it could not judge, in the official order."""
    order = {item: number for number, item in enumerate((*rules.scoring.items, *rules.scoring.bonus_items))}
    subject, kind = (Subject.SITE, of.kind) if isinstance(of, Site) else (Subject.ACCOUNT, of.kind.group)
    rows = []
    for rule in rules.of(subject):
        found = tuple(finding for finding in findings if finding.rule == rule.id)
        history = tuple(one for one in given if one.rule == rule.id)
        unsure = any(finding.outcome is Outcome.UNKNOWN for finding in found) or not found
        waits = unsure or (rule.decided is Decided.ASSISTED and not history)
        # An answer stands for the whole rule: it must not wipe out by the way what the machine has proved.
        proved = any(finding.outcome is Outcome.VIOLATION for finding in found)
        asked = rule.decided is not Decided.AUTOMATIC or (unsure and not proved) or bool(history)
        excused = bool(found) and all(finding.outcome is Outcome.NOT_APPLICABLE for finding in found) and not history
        scored = rule.points is None or kind is SiteKind.PORTAL
        decisive = rule.points is not None or rule.decides is Decides.VETO
        if rule.answerable and asked and scored and not excused and kind in rule.kinds:
            rows.append(ItemRow(rule, _how(rule), _said(rule, found), waits and decisive, history))
    bonus = Decides.BONUS
    return tuple(sorted(rows, key=lambda row: (row.rule.decides is bonus, order.get(row.rule.item, -1))))


def _how(rule: Rule) -> str:
    extra = (filled(rule, rule.window), filled(rule, rule.sample), " ".join(rule.about.split()))
    return "。".join(text.rstrip("。") for text in (threshold(rule), *extra) if text) + "。"


def _said(rule: Rule, found: Sequence[Finding]) -> tuple[str, ...]:
    telling = [finding for finding in found if finding.outcome is not Outcome.NOT_APPLICABLE] or list(found)
    texts = tuple(dict.fromkeys(message(rule, finding) for finding in telling))
    return texts if len(texts) <= SHOWN else (*texts[:SHOWN], f"共{len(texts)}条")


def read_answers(
    form: Mapping[str, str], rows: Sequence[ItemRow], code: str, who: str, longest: int
) -> list[GivenAnswer]:
    """The rows that say something. Raises ValueError, in Chinese, naming the row."""
    given = []
    for row in rows:
        value, note = form.get(f"value-{row.rule.id}", ""), clean(form.get(f"note-{row.rule.id}", ""))
        places = form.get(f"places-{row.rule.id}", "")
        if not value:
            if note:
                raise ValueError(f"“{row.rule.title}”写了说明而没有选择结果。")
            continue
        if value not in ANSWERS:
            raise ValueError("表单内容有误。")
        try:
            number = places_of(places)
        except ValueError as error:
            raise ValueError(f"“{row.rule.title}”的处数{error}。") from error
        if len(note) > longest:
            raise ValueError(f"“{row.rule.title}”的说明不超过 {longest} 个字。")
        outcome = None if value == WITHDRAWN else Outcome(value)
        given.append(GivenAnswer(code, row.rule.id, outcome, number, note, who))
    return given
