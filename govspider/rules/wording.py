"""Sentences from rules and findings. Evidence comes from pages: it is only ever a value, never a template."""

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from govspider.facts import Decides, Finding, Outcome
from govspider.rules.model import Rule

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LISTED = 10
REPORTED = "{title}（人工填报）：{note}"
REPORTED_OFTEN = "{title}（人工填报，{places}处）：{note}"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def placeholders(template: str) -> tuple[str, ...]:
    """The names in a template. Raises ValueError for anything but plain ``{name}``."""
    names = []
    for _, name, spec, conversion in string.Formatter().parse(template):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"只能写 {{名称}}，不能写 {{{name}}}")
        names.append(name)
    return tuple(names)


def message(rule: Rule, finding: Finding) -> str:
    """What the finding says, in one Chinese sentence."""
    if finding.outcome is Outcome.VIOLATION:
        if _tells(rule, finding):
            return _fill(rule.message, finding.evidence)
        often = finding.evidence.get("places") != 1
        return _fill(REPORTED_OFTEN if often else REPORTED, {"title": rule.title, **finding.evidence})
    if finding.outcome is Outcome.UNKNOWN:
        return _fill(rule.unknown, finding.evidence)
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return f"{rule.title}：不适用（{_shown(finding.evidence.get('reason', ''))}）"
    return f"{rule.title}：符合加分条件" if rule.decides is Decides.BONUS else f"{rule.title}：未发现问题"


def _tells(rule: Rule, finding: Finding) -> bool:
    """A person who answers for the machine says that it is so and why, and has not the evidence of the rule's sentence."""
    return "who" not in finding.evidence or finding.evidence.keys() >= set(placeholders(rule.message))


def threshold(rule: Rule) -> str:
    """The rule's threshold in words, with the overlay's name where one changed it."""
    words = filled(rule, rule.limit)
    return f"{words}（{rule.overlay}）" if rule.overlay else words


def filled(rule: Rule, template: str) -> str:
    """A template of the rule with its points and parameters; a parameter whose name ends with ``points`` is points too,
    not a share."""
    points = {name: value for name, value in rule.params.items() if name.endswith("points")}
    points |= asdict(rule.points) if rule.points else {}
    return _fill(
        template, {**rule.params, **{name: f"{value:g}" for name, value in points.items() if value is not None}}
    )


def _fill(template: str, values: Mapping[str, Any]) -> str:
    return template.format_map({name: _shown(values.get(name)) for name in placeholders(template)})


def _shown(value: Any) -> str:
    if value is None:
        return "未注明"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{round(value * 100, 2):g}%" if 0 <= value <= 1 else f"{value:g}"  # a share, or seconds
    if isinstance(value, Mapping):
        return _row(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        listed = "、".join(_shown(item) for item in value[:_LISTED])
        return f"{listed}等" if len(value) > _LISTED else listed
    text = _CONTROL.sub("", str(value))
    date = _DATE.fullmatch(text)
    return f"{date[1]}年{int(date[2])}月{int(date[3])}日" if date else text


def _row(row: Mapping[str, Any]) -> str:
    """One line of a list in the evidence: its name, and what makes it a case."""
    note = ""
    if row.get("undated"):
        note = "未注明发布时间"
    elif row.get("newest"):
        note = f"最近更新于{_shown(row['newest'])}"
    elif row.get("published"):
        note = f"发布于{_shown(row['published'])}"
    elif row.get("missing"):
        note = f"缺{_shown(row['missing'])}"
    elif row.get("asked"):
        note = f"{_shown(row['asked'])}提交"
    name = f"“{_shown(row.get('name', ''))}”"
    return f"{name}（{note}）" if note else name
