"""Rule files → rules. Everything that can be wrong with a file is found here, before any site is visited."""

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from govspider.facts import Decided, Decides, Outcome, PlatformGroup, SiteKind, Subject
from govspider.rules.cases import Case, build_case
from govspider.rules.index import CHECKS, FAMILIES, Check
from govspider.rules.model import Points, Rule, RuleError, Rules, Scoring
from govspider.rules.overlays import CHANGES, Overlay, load_overlay
from govspider.rules.scoring import load_scoring
from govspider.rules.toml import known_keys, name_of, read_toml, source_of, text
from govspider.rules.wording import placeholders

ID = re.compile(r"[a-z]+(-[a-z]+)*")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = ("title", "check", "family", "decides", "decided", "problem", "message", "unknown", "limit", "about")
_OPTIONAL = ("window", "sample")
_KEYS = {*_TEXTS, *_OPTIONAL, "subject", "kinds", "item", "points", "counted_by", "order", "source", "params", "case"}
_SCORED = (Decides.DEDUCTION, Decides.BONUS)
_KINDS: Mapping[Subject, Any] = {
    Subject.SITE: tuple[SiteKind, ...],
    Subject.ACCOUNT: tuple[PlatformGroup, ...],
}
_REQUIRED_CASES = (Outcome.VIOLATION, Outcome.PASS, Outcome.UNKNOWN)


def load_rules(folder: Path, edition: str, overlay: str = "") -> Rules:
    """The rules of ``folder/<edition>``, by place in the annex, with ``folder/scoring/<edition>.toml`` and what
    ``folder/overlays/<overlay>.toml`` changes.

    Raises RuleError, whose text names the file, the key and what is wrong.
    """
    for setting, name in (("EDITION", edition), ("OVERLAY", overlay or "none")):
        if not NAME.fullmatch(name):
            raise RuleError(f"{setting} = {name!r}：应为小写字母、数字和连字符")
    files = sorted((folder / edition).glob("*.toml"))
    if not files:
        raise RuleError(f"{edition}：没有规则文件，请检查 EDITION，{_choices(folder / 'scoring')}")
    local = folder / "overlays" / f"{overlay}.toml"
    if overlay and not local.exists():
        raise RuleError(f"没有找到 rules/{name_of(local)}，请检查 OVERLAY，{_choices(local.parent)}")
    changed = load_overlay(local, edition) if overlay else None
    scoring = load_scoring(folder / "scoring" / f"{edition}.toml", changed)
    rules = [_load(file, edition, scoring, changed) for file in files]
    known = {rule.id for rule in rules}
    for table in CHANGES if changed else ():
        if unknown := sorted(set(getattr(changed, table)) - known):
            raise RuleError(f"overlays/{overlay}.toml：{table}.{unknown[0]} 不是 {edition} 版的规则")
    for rule in rules:
        if unknown := sorted(set(rule.counted_by) - known):
            raise RuleError(f"{edition}/{rule.id}.toml：counted_by 中的 {unknown[0]} 不是 {edition} 版的规则")
    return Rules(tuple(sorted(rules, key=lambda rule: (rule.order, rule.id))), scoring)


def _choices(folder: Path) -> str:
    return f"可用的有：{'、'.join(sorted(file.stem for file in folder.glob('*.toml'))) or '无'}"


def _load(file: Path, edition: str, scoring: Scoring, overlay: Overlay | None) -> Rule:
    table = read_toml(file)
    if not ID.fullmatch(file.stem):
        raise RuleError(f"{name_of(file)}：文件名应为小写字母和连字符")
    known_keys(file, table, _KEYS)
    for key in _TEXTS:
        text(file, table, key)
    check = CHECKS.get(table["check"])
    if check is None:
        raise RuleError(f"{name_of(file)}：check = {table['check']!r} 不存在")
    if table["family"] not in FAMILIES:
        raise RuleError(f"{name_of(file)}：family = {table['family']!r} 应为 {'、'.join(FAMILIES)} 之一")
    base = table.get("params", {})
    if not isinstance(base, dict):
        raise RuleError(f"{name_of(file)}：params 应为表")
    _limits(file, check, base)
    subject = _subject(file, table, check)
    local = Path("overlays", f"{overlay.name}.toml") if overlay else file
    changed = {key: getattr(overlay, key).get(file.stem) for key in CHANGES} if overlay else {}
    params = {**base, **(changed.get("params") or {})}
    _templates(file, table, check, params)
    decides = _value(file, table, "decides", Decides)
    item = _item(file, table, decides)
    points = _points(file, table, decides, scoring)
    if changed.get("points"):
        points = _changed_points(local, file.stem, points, changed["points"])
    if changed.get("decides"):
        decides = _value(local, changed, "decides", Decides)
    decided = _value(file, table, "decided", Decided)
    if decides is Decides.CLUE and decided is Decided.AUTOMATIC:
        raise RuleError(f"{name_of(file)}：线索由人认定，decided 应为 assisted 或 manual")
    return Rule(
        id=file.stem,
        subject=subject,
        check=check,
        check_name=table["check"],
        decides=decides,
        decided=decided,
        kinds=_value(file, table, "kinds", _KINDS[subject]),
        item=item,
        points=points,
        counted_by=_value(file, {"counted_by": [], **table}, "counted_by", tuple[str, ...]),
        order=_value(file, table, "order", int),
        source=source_of(file, table),
        params=params,
        limits=_limits(local, check, params, file.stem if overlay else ""),
        cases=_cases(file, table, subject),
        edition=edition,
        overlay=overlay.title if overlay and any(changed.values()) else "",
        **{key: table[key] for key in ("title", "family", "problem", "message", "unknown", "limit", "about")},
        **{key: _value(file, {key: "", **table}, key, str) for key in _OPTIONAL},
    )


def _subject(file: Path, table: Mapping[str, Any], check: Check) -> Subject:
    subject: Subject = _value(file, {"subject": Subject.SITE, **table}, "subject", Subject)
    if check.subject not in (None, subject):
        raise RuleError(f"{name_of(file)}：check = {table['check']!r} 判定的不是 {subject.value}")
    return subject


def _item(file: Path, table: Mapping[str, Any], decides: Decides) -> str:
    item = table.get("item", "")
    if not isinstance(item, str) or (item.count("/") != 1 and (item or decides is not Decides.NOTICE)):
        raise RuleError(f"{name_of(file)}：item 应写作“一级指标/二级指标”")
    return item


def _points(file: Path, table: Mapping[str, Any], decides: Decides, scoring: Scoring) -> Points | None:
    """Of a deduction or bonus, whose item must have the same points in the table of the edition."""
    if decides not in _SCORED:
        if "points" in table:
            raise RuleError(f"{name_of(file)}：只有扣分和加分规则才有 points")
        return None
    known_keys(file, table.get("points") or {}, {"item", "each", "cap", "ministry"}, "points.")
    points: Points = _value(file, table, "points", Points)
    official = (scoring.items if decides is Decides.DEDUCTION else scoring.bonus_items).get(str(table.get("item")))
    if points.item != official:
        raise RuleError(f"{name_of(file)}：item = {table.get('item')!r} 的分值与 scoring/{file.parent.name}.toml 不符")
    if not 0 < points.each <= points.item or (points.cap is not None and not points.each <= points.cap <= points.item):
        raise RuleError(f"{name_of(file)}：points 应满足 0 < each ≤ cap ≤ item")
    return points


def _changed_points(file: Path, rule: str, points: Points | None, changes: Mapping[str, Any]) -> Points:
    if points is None:
        raise RuleError(f"{name_of(file)}：points.{rule} 不是扣分或加分规则")
    known_keys(file, changes, {"each", "cap"}, f"points.{rule}.")
    merged: Points = _value(file, {"points": {**asdict(points), **changes}}, "points", Points)
    if not 0 < merged.each <= (merged.cap or merged.item) <= merged.item:
        raise RuleError(f"{name_of(file)}：points.{rule} 应满足 0 < each ≤ cap ≤ item")
    return merged


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Making one costs far more than using it."""
    return TypeAdapter(kind)


def _value(file: Path, table: Mapping[str, Any], key: str, kind: Any) -> Any:
    try:
        return _adapter(kind).validate_python(table.get(key))
    except ValidationError as error:
        raise RuleError(
            f"{name_of(file)}：{key} = {table.get(key)!r} 不合要求（{error.errors()[0]['msg']}）"
        ) from error


def _templates(file: Path, table: Mapping[str, Any], check: Check, params: Mapping[str, Any]) -> None:
    """A placeholder that nothing fills is an error: in the message, for the unknown and in the threshold's words."""
    allowed = {"message": check.evidence, "unknown": {"reason"}, "limit": {*params, *(table.get("points") or {})}}
    for key, names in {**allowed, **{key: set(params) for key in _OPTIONAL}}.items():
        try:
            used = placeholders(table.get(key, ""))
        except ValueError as error:
            raise RuleError(f"{name_of(file)}：{key} 写法有误（{error}）") from error
        if unfilled := sorted(set(used) - set(names)):
            raise RuleError(f"{name_of(file)}：{key} 中的 {{{unfilled[0]}}} 没有取值")
    if "reason" not in placeholders(table["unknown"]):
        raise RuleError(f"{name_of(file)}：unknown 应写明原因 {{reason}}")


def _limits(file: Path, check: Check, params: Mapping[str, Any], rule: str = "") -> Any:
    """The parameters as the check's own type; ``rule`` names the table in an overlay."""
    table = f"params.{rule}." if rule else "params."
    known_keys(file, params, {field.name for field in fields(check.params)}, table)
    try:
        return _adapter(check.params).validate_python(dict(params))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RuleError(f"{name_of(file)}：{table}{where} 不合要求（{first['msg']}）") from error


def _cases(file: Path, table: Mapping[str, Any], subject: Subject) -> tuple[Case, ...]:
    rows = table.get("case", [])
    if not isinstance(rows, list):
        raise RuleError(f"{name_of(file)}：case 应写作 [[case]]")
    try:
        cases = tuple(build_case(row, subject, file.stem) for row in rows)
    except ValueError as error:
        raise RuleError(f"{name_of(file)}：{error}") from error
    outcomes = {outcome for case in cases for outcome in case.expect.values()}
    for needed in _REQUIRED_CASES:
        if needed not in outcomes:
            raise RuleError(f"{name_of(file)}：case 中没有结果为 {needed.value} 的例子")
    return cases
