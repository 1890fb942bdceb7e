"""The register: who must be inspected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from govspider.facts.page import Category


class SiteKind(StrEnum):
    PORTAL = "portal"
    DEPARTMENT = "department"
    TOPIC = "topic"


class SiteStatus(StrEnum):
    """报送状态: only a NORMAL site is judged."""

    NORMAL = "normal"
    EXCEPTION = "exception"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ColumnHint:
    """A row of the columns register: what the office says of a column, which overrides what was discovered."""

    name: str
    url: str
    category: Category | None = None
    max_days: int | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One row of the register. ``public_services`` is None where the register does not say."""

    code: str
    name: str
    url: str
    sponsor: str = ""
    kind: SiteKind = SiteKind.DEPARTMENT
    public_services: bool | None = None
    status: SiteStatus = SiteStatus.NORMAL
    hints: tuple[ColumnHint, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
