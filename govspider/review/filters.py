"""What a page is narrowed down to: read from its address, written into its links and forms."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Self
from urllib.parse import urlencode

from govspider.facts import ReportedFinding, Review, VerdictKind
from govspider.reports.text import clean
from govspider.review.board import KINDS, Brief, Row, kind_of

TEXT = 60  # characters of what is looked for


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty field narrows nothing; ``page`` counts from 1."""

    rule: str = ""
    kind: str = ""
    review: str = ""
    verdict: str = ""
    site: str = ""
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """What makes no sense is left out."""
        page = given.get("page", "")
        return cls(
            rule=clean(given.get("rule", ""))[:TEXT],
            kind=_one_of(given.get("kind", ""), KINDS),
            review=_one_of(given.get("review", ""), Review),
            verdict=_one_of(given.get("verdict", ""), VerdictKind),
            site=clean(given.get("site", ""))[:TEXT],
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 and int(page) else 1,
        )

    def query(self, **changes: object) -> str:
        """``?rule=…&page=2``, or nothing where there is nothing to say."""
        fields = {
            name: value for name, value in (asdict(self) | changes).items() if value and (name, value) != ("page", 1)
        }
        return f"?{urlencode(fields)}" if fields else ""

    def for_findings(self) -> Self:
        """What of it also narrows down the findings of one site or account."""
        return replace(self, verdict="", site="", page=1)

    @property
    def narrow_findings(self) -> bool:
        return bool(self.rule or self.kind or self.review)

    def wants(self, found: Brief | ReportedFinding) -> bool:
        kind = found.kind if isinstance(found, Brief) else kind_of(found)
        wanted = (self.rule, found.rule), (self.kind, kind), (self.review, found.review.value)
        return all(not asked or asked == value for asked, value in wanted)

    def wants_site(self, row: Row) -> bool:
        if self.verdict and row.verdict.value != self.verdict:
            return False
        if self.site and self.site.casefold() not in f"{clean(row.name)} {row.code} {row.url}".casefold():
            return False
        return not self.narrow_findings or any(map(self.wants, row.findings))


def _one_of(value: str, known: Iterable[str]) -> str:
    return value if value in tuple(known) else ""
