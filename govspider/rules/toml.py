"""What every file under ``rules/`` is read with. Each complaint names the file, the key and what is wrong."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govspider.rules.model import RuleError, Source

_SOURCE = {"document": str, "number": str, "clause": str, "url": str, "verified": bool}


def name_of(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise RuleError(f"没有找到 rules/{name_of(file)}，请检查设置") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{name_of(file)}：无法读取（{error}）") from error


def known_keys(file: Path, table: Mapping[str, Any], keys: set[str], where: str = "") -> None:
    if unknown := sorted(set(table) - keys):
        raise RuleError(f"{name_of(file)}：不认识的键 {where}{unknown[0]}")


def text(file: Path, table: Mapping[str, Any], key: str, where: str = "") -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"{name_of(file)}：缺少 {where}{key}，应为文字")
    return value


def source_of(file: Path, table: Mapping[str, Any], *, unofficial: bool = False) -> Source:
    """``unofficial``: a source that is not verified may lack an address."""
    source = table.get("source")
    if not isinstance(source, dict):
        raise RuleError(f"{name_of(file)}：缺少 [source]")
    known_keys(file, source, set(_SOURCE), "source.")
    for key, kind in _SOURCE.items():
        optional = unofficial and key == "url" and source.get("verified") is False
        if not isinstance(source.get(key), kind) or (source[key] == "" and not optional):
            raise RuleError(f"{name_of(file)}：缺少 source.{key}")
    return Source(**source)
