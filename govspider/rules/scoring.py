"""The table of points of an edition: ``rules/scoring/<edition>.toml``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from govspider.rules.model import NoServices, RuleError, Scoring
from govspider.rules.overlays import Overlay
from govspider.rules.toml import known_keys, name_of, read_toml, source_of, text

_TABLES = ("items", "bonus_items", "ministry")
_KEYS = {"pass_at", "bonus_above", "problem", "deduction", "bonus", "source", "no_services", *_TABLES}
_PARTS = TypeAdapter(dict[str, float])
_ITEMS = TypeAdapter(dict[str, dict[str, float]])


def load_scoring(file: Path, overlay: Overlay | None) -> Scoring:
    """Raises RuleError, also when the items of a part do not add up to its points."""
    table = read_toml(file)
    known_keys(file, table, _KEYS)
    try:
        deduction, bonus = (_PARTS.validate_python(table.get(key)) for key in ("deduction", "bonus"))
        items, more, ministry = (_flat(_ITEMS.validate_python(table.get(key))) for key in _TABLES)
        limits = _PARTS.validate_python({key: table.get(key) for key in ("pass_at", "bonus_above")})
    except ValidationError as error:
        raise RuleError(f"{name_of(file)}：分值表写法有误（{error.errors()[0]['msg']}）") from error
    for parts, listed in ((deduction, items), (bonus, more), (deduction, {**items, **ministry})):
        _adds_up(file, parts, listed)
    own = _no_services(file, table.get("no_services"), deduction)
    local = overlay is not None and bool(overlay.no_services)
    return Scoring(
        source=source_of(file, table),
        problem=text(file, table, "problem"),
        deduction=deduction,
        bonus=bonus,
        items=items,
        bonus_items=more,
        ministry=ministry,
        no_services=_no_services(Path("overlays", f"{overlay.name}.toml"), overlay.no_services, deduction)
        if overlay is not None and local
        else own,
        overlay=overlay.title if overlay is not None and local else "",
        **limits,
    )


def _flat(parts: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {f"{part}/{name}": points for part, items in parts.items() for name, points in items.items()}


def _adds_up(file: Path, parts: Mapping[str, float], items: Mapping[str, float]) -> None:
    sums = dict.fromkeys(parts, 0.0)
    for item, points in items.items():
        part = item.partition("/")[0]
        if part not in sums or points < 0:
            raise RuleError(f"{name_of(file)}：“{item}”不属于任何一级指标，或者分值小于0")
        sums[part] += points
    for part, points in parts.items():
        if sums[part] != points:
            raise RuleError(f"{name_of(file)}：“{part}”各项合计 {sums[part]:g} 分，应为 {points:g} 分")


def _no_services(file: Path, table: Any, parts: Mapping[str, float]) -> NoServices:
    choices = {"part": tuple(parts), "sites": ("ministry", "portal"), "method": ("factor", "spread")}
    if not isinstance(table, Mapping):
        raise RuleError(f"{name_of(file)}：缺少 [no_services]")
    known_keys(file, table, set(choices), "no_services.")
    for key, words in choices.items():
        if table.get(key) not in words:
            raise RuleError(f"{name_of(file)}：no_services.{key} 应为 {'、'.join(words)} 之一")
    return NoServices(**table)
