"""Searching long texts cheaply: a costly pattern is tried only where a cheap one says that it can begin."""

import re
import sys
from collections.abc import Iterator


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
