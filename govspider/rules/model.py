"""A rule as it was declared in its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govspider.facts import Decides, SiteKind
from govspider.rules.cases import Case
from govspider.rules.index import Check


class RuleError(Exception):
    """A rule file that cannot be used. The text names the file, the key and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The official document. ``verified`` is False where the threshold was not compared with the official text."""

    document: str
    number: str
    clause: str
    url: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """``params`` as written in the file (and its overlay), ``limits`` the same as the check's own type.

    ``order`` is the place of ``problem``, the phrase for the annex, among the phrases of one site. ``overlay`` is the
    title of the overlay that changed the parameters, "" for an edition's own.
    """

    id: str
    title: str
    check: Check
    check_name: str
    family: str
    decides: Decides
    kinds: tuple[SiteKind, ...]
    order: int
    problem: str
    message: str
    unknown: str
    limit: str
    about: str
    source: Source
    params: Mapping[str, Any]
    limits: Any
    cases: tuple[Case, ...]
    edition: str
    overlay: str = ""
