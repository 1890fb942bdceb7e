"""What a province, a city or an office changes of an edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govspider.rules.model import RuleError, Source
from govspider.rules.toml import known_keys, name_of, read_toml, source_of, text

CHANGES = ("params", "points", "decides")


@dataclass(frozen=True, slots=True)
class Overlay:
    """Each of ``params``, ``points`` and ``decides`` by rule; ``no_services`` replaces the edition's."""

    name: str
    title: str
    about: str
    source: Source
    params: Mapping[str, Mapping[str, Any]]
    points: Mapping[str, Mapping[str, Any]]
    decides: Mapping[str, str]
    no_services: Mapping[str, str]


def load_overlay(file: Path, edition: str) -> Overlay:
    """Raises RuleError. Only a source that is not verified may lack an address."""
    table = read_toml(file)
    known_keys(file, table, {"title", "edition", "about", "source", *CHANGES, "no_services"})
    for key in ("title", "about"):
        text(file, table, key)
    if table.get("edition") != edition:
        raise RuleError(f"{name_of(file)}：edition 应为 {edition!r}")
    if not any(key in table for key in (*CHANGES, "no_services")):
        raise RuleError(f"{name_of(file)}：没有改动，应有 {'、'.join(CHANGES)} 或 no_services")
    for key, example in (("params", "[params.columns-blank]"), ("points", "[points.link-dead]")):
        by_rule = table.get(key, {})
        if not isinstance(by_rule, dict) or not all(isinstance(value, dict) for value in by_rule.values()):
            raise RuleError(f"{name_of(file)}：{key} 应按规则分表，如 {example}")
    for key in ("decides", "no_services"):
        words = table.get(key, {})
        if not isinstance(words, dict) or not all(isinstance(value, str) for value in words.values()):
            raise RuleError(f"{name_of(file)}：{key} 应为文字的表")
    return Overlay(
        file.stem,
        table["title"],
        table["about"],
        source_of(file, table, unofficial=True),
        *(table.get(key, {}) for key in (*CHANGES, "no_services")),
    )
