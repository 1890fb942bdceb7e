"""Reading the files of ``rules/lexicons``, whatever their format."""

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any


class LexiconError(ValueError):
    """A terms list that cannot be used; the text is Chinese and names the file and the remedy."""


def read_table(file: Path, fields: Collection[str]) -> dict[str, Any]:
    """A TOML file with no other fields than these. Raises LexiconError."""
    try:
        table = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"词表 {file.name} 无法读取,请按 TOML 格式用 UTF-8 保存:{error}") from error
    refuse_unknown(file, table, fields)
    return table


def refuse_unknown(file: Path, table: dict[str, Any], fields: Collection[str]) -> None:
    if unknown := sorted(set(table) - set(fields)):
        raise LexiconError(f"词表 {file.name} 有不认识的字段 {'、'.join(unknown)};可用字段:{'、'.join(sorted(fields))}")
