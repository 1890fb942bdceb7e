"""Searching long texts cheaply: a costly pattern is tried only where a cheap one says that it can begin; and what was
asked of a script or a label is remembered, since the pages of a site share theirs."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
SCRIPT = 60_000  # characters of one script that are read


def remembered(read: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """Remembers what ``read`` said of the last texts; bounded in number and size."""
    known = cast(Callable[Concatenate[str, P], T], lru_cache(maxsize=256)(read))

    def ask(text: str, /, *rest: P.args, **named: P.kwargs) -> T:
        return (known if len(text) <= SCRIPT else read)(text, *rest, **named)

    return ask


def scan(
    spots: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int = 0, stop: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """``pattern.finditer``, given ``spots``, which matches wherever the pattern can.

    The search for ``spots`` is fast when each of its alternatives begins with a plain character, and slow otherwise.
    """
    end = start
    for spot in spots.finditer(text, start, stop):
        place = spot.start()
        if place >= end and (match := pattern.match(text, place, stop)):
            yield match
            end = match.end()
