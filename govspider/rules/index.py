"""The table of checks: the name in a rule file → the function, the type of its parameters, what its evidence holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govspider.checks import (
    answers,
    columns,
    freshness,
    guides,
    home,
    interaction,
    links,
    reachability,
    register,
    safety,
    services,
    withdrawn,
)
from govspider.facts import Finding, Subject

FAMILIES = (
    "columns",
    "freshness",
    "services",
    "guides",
    "interaction",
    "home",
    "links",
    "safety",
    "register",
    "answers",
)


@dataclass(frozen=True, slots=True)
class Check:
    """``evidence``: what every violation of it carries, and so what a message may name. ``needs_home`` is False for
    the few checks that can speak of a site whose home page was not read. A check of accounts takes AccountFacts; one of
    ``subject`` None takes both."""

    run: Callable[[Any, Any], Iterator[Finding]]
    params: type
    evidence: frozenset[str]
    needs_home: bool = True
    subject: Subject | None = Subject.SITE


def _says(*keys: str) -> frozenset[str]:
    return frozenset(keys)


_COUNTED = _says("count", "limit", "judged", "columns", "unread")
_GUIDES = _says("count", "items", "guides", "unread", "limit", "missing")
_STALE = _says("name", "category", "url", "newest", "days", "limit", "undated")

CHECKS: Mapping[str, Check] = {
    "unanswered": Check(
        answers.unanswered, columns.NoParams, _says("places", "note", "who"), needs_home=False, subject=None
    ),
    "columns_blank": Check(columns.columns_blank, columns.BlankLimit, _COUNTED),
    "column_blank": Check(columns.column_blank, columns.NoParams, _says("name", "category", "evidence")),
    "column_withdrawn": Check(
        withdrawn.column_withdrawn, withdrawn.Losses, _says("name", "category", "before", "seen", "now")
    ),
    "columns_news_stale": Check(freshness.columns_news_stale, freshness.NewsWindows, _COUNTED),
    "columns_stale": Check(freshness.columns_stale, freshness.LongWindow, _COUNTED),
    "column_stale": Check(freshness.column_stale, freshness.ColumnWindows, _STALE),
    "service_absent": Check(services.service_absent, columns.NoParams, _says("services")),
    "guides_incomplete": Check(guides.guides_incomplete, guides.ManyGuides, _GUIDES),
    "guides_all_incomplete": Check(guides.guides_all_incomplete, guides.ManyGuides, _GUIDES),
    "guide_element_missing": Check(guides.guide_element_missing, columns.NoParams, _says("name", "count", "missing")),
    "channel_absent": Check(interaction.channel_absent, columns.NoParams, _says("channels")),
    "messages_unanswered": Check(
        interaction.messages_unanswered,
        interaction.Unanswered,
        _says("count", "limit", "months", "judged", "messages", "unread"),
    ),
    "home_stale": Check(
        home.home_stale,
        home.HomeWindow,
        _says("newest", "days", "limit", "title", "newest_url", "undated", "navigation_only"),
    ),
    "site_unreachable": Check(
        reachability.site_unreachable,
        reachability.Reachability,
        _says(
            "since", "until", "probes", "failed", "share", "limit", "seconds", "silent", "voided", "declared", "unclear"
        ),
        needs_home=False,
    ),
    "link_dead": Check(
        links.link_dead,
        links.DeadSigns,
        _says("name", "kind", "home", "place", "external", "status", "fetch", "result"),
    ),
    "content_tampered": Check(
        safety.content_tampered, columns.NoParams, _says("count", "pages", "terms", "places", "traces")
    ),
    "register_drift": Check(
        register.register_drift, columns.NoParams, _says("item", "expected", "found"), needs_home=False
    ),
}
