"""Sentences whose numbers can be proved: a template that names measures, and the findings behind them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import SupportsFloat

from govspider.reports.text import clean

_SLOT = re.compile(r"\{([^{}]+)\}")

# Name → a count, or a finding's own sentence. What a name means stands in ``figures``.
Measures = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``{name}`` is a measure, ``{part/base}`` their rate with both given, and a name in ``quotes`` a text that is not
    counted: a date, a name, a document. Whatever comes from a page or from a file must be a quote.

    ``keys`` are the findings that its numbers rest on.
    """

    template: str
    quotes: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()

    def text(self, measures: Measures, decimals: int) -> str:
        """Raises KeyError for a measure that nobody counted."""

        def fill(slot: re.Match[str]) -> str:
            name = slot[1]
            if name in self.quotes:
                return clean(self.quotes[name])
            if "/" not in name:
                return str(measures[name])
            part, base = (int(measures[side]) for side in name.split("/"))
            return f"{rate(part, base, decimals)}（{part}/{base}）"

        return _SLOT.sub(fill, self.template)

    @property
    def literal(self) -> str:
        """What the template itself says between its slots."""
        return _SLOT.sub("", self.template)

    @property
    def measured(self) -> tuple[str, ...]:
        """The slots that are counted, in order."""
        return tuple(name for name in _SLOT.findall(self.template) if name not in self.quotes)


def rate(part: int, base: int, decimals: int) -> str:
    """A percentage rounded half up, all and none without decimals; without a base there is none."""
    if base == 0:
        return "—"
    if part in (0, base):
        return "0%" if part == 0 else "100%"
    step = Decimal(1).scaleb(-decimals)
    return f"{(Decimal(part * 100) / Decimal(base)).quantize(step, ROUND_HALF_UP)}%"


def points(low: SupportsFloat, high: SupportsFloat) -> str:
    """A score, or the range in which it lies; at most two decimals."""
    least, most = (
        f"{Decimal(str(float(number))).quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"
        for number in (low, high)
    )
    return least if least == most else f"{least}～{most}"


def slot_name(text: str) -> str:
    """A text that may stand in a measure's name."""
    return clean(text).translate({ord("{"): "｛", ord("}"): "｝", ord("/"): "／"})
