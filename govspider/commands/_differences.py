"""How a replayed inspection differs from the stored one, in lines that a terminal can show."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter

from govspider.facts import AccountFacts, Finding, SiteFacts
from govspider.store.codec import ACCOUNT_FACTS, FACTS, FINDING, dump

# The clock of the second walk, and what was not read from the site.
OWN_TIME = ("started_at", "finished_at", "probes")
SHOWN = 80
UNSEEN = re.compile(r"[\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def facts_differences(stored: SiteFacts | AccountFacts, again: SiteFacts | AccountFacts) -> Iterator[str]:
    adapter = FACTS if isinstance(stored, SiteFacts) else ACCOUNT_FACTS
    yield from _differences("", _plain(adapter, stored, OWN_TIME), _plain(adapter, again, OWN_TIME))


def findings_differences(stored: Sequence[Finding], again: Sequence[Finding]) -> Iterator[str]:
    """Findings are matched by rule and subject."""
    before = {f"{one.rule} {one.subject}".strip(): _plain(FINDING, one) for one in stored}
    after = {f"{one.rule} {one.subject}".strip(): _plain(FINDING, one) for one in again}
    for name in before | after:
        yield from _differences(name, before.get(name), after.get(name))


def _plain(adapter: TypeAdapter[Any], value: Any, without: Sequence[str] = ()) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(dump(adapter, value))
    return {name: item for name, item in plain.items() if name not in without}


def _differences(place: str, before: Any, after: Any) -> Iterator[str]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before | after:
            yield from _differences(f"{place}.{name}".lstrip("."), before.get(name), after.get(name))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(f"{place}[{number}]", one, other)
    else:
        yield f"{printable(place)}：{_short(before)} → {_short(after)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return printable(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def printable(text: str) -> str:
    """Without what could move a terminal's cursor or turn the direction of its text."""
    return UNSEEN.sub("", "".join(char for char in text if char >= " " and not "\ud800" <= char <= "\udfff"))
