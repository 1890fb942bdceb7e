"""Rule files → rules. Everything that can be wrong with a file is found here, before any site is visited."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from govspider.facts import Decides, Outcome, SiteKind
from govspider.rules.cases import Case, build_case
from govspider.rules.index import CHECKS, FAMILIES, Check
from govspider.rules.model import Rule, RuleError, Source
from govspider.rules.wording import placeholders

ID = re.compile(r"[a-z]+(-[a-z]+)*")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = ("title", "check", "family", "decides", "problem", "message", "unknown", "limit", "about")
_KEYS = {*_TEXTS, "kinds", "order", "source", "params", "case"}
_SOURCE = {"document": str, "number": str, "clause": str, "url": str, "verified": bool}
_REQUIRED_CASES = (Outcome.VIOLATION, Outcome.PASS, Outcome.UNKNOWN)


def load_rules(folder: Path, edition: str, overlay: str = "") -> tuple[Rule, ...]:
    """The rules of ``folder/<edition>``, by place in the annex, with the thresholds of ``folder/overlays/<overlay>.toml``.

    Raises RuleError, whose text names the file, the key and what is wrong.
    """
    for setting, name in (("EDITION", edition), ("OVERLAY", overlay or "none")):
        if not NAME.fullmatch(name):
            raise RuleError(f"{setting} = {name!r}：应为小写字母、数字和连字符")
    files = sorted((folder / edition).glob("*.toml"))
    if not files:
        raise RuleError(f"{edition}：没有规则文件，请检查 EDITION")
    changed = load_overlay(folder / "overlays" / f"{overlay}.toml", edition) if overlay else None
    rules = [_load(file, edition, changed) for file in files]
    if changed and (unknown := sorted(set(changed.params) - {rule.id for rule in rules})):
        raise RuleError(f"overlays/{overlay}.toml：params.{unknown[0]} 不是 {edition} 版的规则")
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.id)))


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise RuleError(f"没有找到 rules/{_name(file)}，请检查设置") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{_name(file)}：无法读取（{error}）") from error


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


@dataclass(frozen=True, slots=True)
class Overlay:
    """Thresholds of a province, a city or an office that replace an edition's. ``params``: by rule."""

    name: str
    title: str
    about: str
    source: Source
    params: Mapping[str, Mapping[str, Any]]


def load_overlay(file: Path, edition: str) -> Overlay:
    """Raises RuleError like ``load_rules``. Only a source that is not verified may lack an address."""
    table = _read(file)
    _known(file, table, {"title", "edition", "about", "source", "params"})
    for key in ("title", "about"):
        _text(file, table, key)
    if table.get("edition") != edition:
        raise RuleError(f"{_name(file)}：edition 应为 {edition!r}")
    params = table.get("params")
    if not isinstance(params, dict) or not all(isinstance(value, dict) for value in params.values()):
        raise RuleError(f"{_name(file)}：params 应按规则分表，如 [params.columns-blank]")
    source = _source(file, table, unofficial=True)
    return Overlay(file.stem, table["title"], table["about"], source, params)


def _load(file: Path, edition: str, overlay: Overlay | None) -> Rule:
    table = _read(file)
    if not ID.fullmatch(file.stem):
        raise RuleError(f"{_name(file)}：文件名应为小写字母和连字符")
    _known(file, table, _KEYS)
    for key in _TEXTS:
        _text(file, table, key)
    check = CHECKS.get(table["check"])
    if check is None:
        raise RuleError(f"{_name(file)}：check = {table['check']!r} 不存在")
    if table["family"] not in FAMILIES:
        raise RuleError(f"{_name(file)}：family = {table['family']!r} 应为 {'、'.join(FAMILIES)} 之一")
    base = table.get("params", {})
    if not isinstance(base, dict):
        raise RuleError(f"{_name(file)}：params 应为表")
    _limits(file, check, base)
    changes = overlay.params.get(file.stem, {}) if overlay else {}
    params = {**base, **changes}
    _templates(file, table, check, params)
    return Rule(
        id=file.stem,
        check=check,
        check_name=table["check"],
        decides=_value(file, table, "decides", Decides),
        kinds=_value(file, table, "kinds", tuple[SiteKind, ...]),
        order=_value(file, table, "order", int),
        source=_source(file, table),
        params=params,
        limits=_limits(Path("overlays", f"{overlay.name}.toml"), check, params, file.stem)
        if overlay
        else _limits(file, check, params),
        cases=_cases(file, table),
        edition=edition,
        overlay=overlay.title if overlay and changes else "",
        **{key: table[key] for key in ("title", "family", "problem", "message", "unknown", "limit", "about")},
    )


def _known(file: Path, table: Mapping[str, Any], keys: set[str], where: str = "") -> None:
    if unknown := sorted(set(table) - keys):
        raise RuleError(f"{_name(file)}：不认识的键 {where}{unknown[0]}")


def _text(file: Path, table: Mapping[str, Any], key: str, where: str = "") -> None:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"{_name(file)}：缺少 {where}{key}，应为文字")


def _value(file: Path, table: Mapping[str, Any], key: str, kind: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(table.get(key))
    except ValidationError as error:
        raise RuleError(f"{_name(file)}：{key} = {table.get(key)!r} 不合要求（{error.errors()[0]['msg']}）") from error


def _source(file: Path, table: Mapping[str, Any], *, unofficial: bool = False) -> Source:
    source = table.get("source")
    if not isinstance(source, dict):
        raise RuleError(f"{_name(file)}：缺少 [source]")
    _known(file, source, set(_SOURCE), "source.")
    for key, kind in _SOURCE.items():
        optional = unofficial and key == "url" and source.get("verified") is False
        if not isinstance(source.get(key), kind) or (source[key] == "" and not optional):
            raise RuleError(f"{_name(file)}：缺少 source.{key}")
    return Source(**source)


def _templates(file: Path, table: Mapping[str, Any], check: Check, params: Mapping[str, Any]) -> None:
    """A placeholder that nothing fills is an error: in the message, for the unknown and in the threshold's words."""
    allowed = {"message": check.evidence, "unknown": {"reason"}, "limit": set(params)}
    for key, names in allowed.items():
        try:
            used = placeholders(table[key])
        except ValueError as error:
            raise RuleError(f"{_name(file)}：{key} 写法有误（{error}）") from error
        if unfilled := sorted(set(used) - set(names)):
            raise RuleError(f"{_name(file)}：{key} 中的 {{{unfilled[0]}}} 没有取值")
    if "reason" not in placeholders(table["unknown"]):
        raise RuleError(f"{_name(file)}：unknown 应写明原因 {{reason}}")


def _limits(file: Path, check: Check, params: Mapping[str, Any], rule: str = "") -> Any:
    """The parameters as the check's own type; ``rule`` names the table in an overlay."""
    table = f"params.{rule}." if rule else "params."
    _known(file, params, {field.name for field in fields(check.params)}, table)
    try:
        return TypeAdapter(check.params).validate_python(dict(params))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RuleError(f"{_name(file)}：{table}{where} 不合要求（{first['msg']}）") from error


def _cases(file: Path, table: Mapping[str, Any]) -> tuple[Case, ...]:
    rows = table.get("case", [])
    if not isinstance(rows, list):
        raise RuleError(f"{_name(file)}：case 应写作 [[case]]")
    try:
        cases = tuple(build_case(row) for row in rows)
    except ValueError as error:
        raise RuleError(f"{_name(file)}：{error}") from error
    outcomes = {outcome for case in cases for outcome in case.expect.values()}
    for needed in _REQUIRED_CASES:
        if needed not in outcomes:
            raise RuleError(f"{_name(file)}：case 中没有结果为 {needed.value} 的例子")
    return cases
