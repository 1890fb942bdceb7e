"""Samples that can be drawn again: by the round, the site and the rule alone, whatever the order things were found in."""

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")


def in_drawing_order(seed: str, items: Iterable[_T], identity: Callable[[_T], str]) -> list[_T]:
    """The items, each identity once, in the order in which they are drawn: a sample is as many as are needed."""
    first: dict[str, _T] = {}
    for item in items:
        first.setdefault(identity(item), item)
    return [first[name] for name in sorted(first, key=lambda name: (_rank(seed, name), name))]


def _rank(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}\n{name}".encode("utf-8", "surrogatepass")).hexdigest()
