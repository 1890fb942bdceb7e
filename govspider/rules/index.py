"""The table of checks: the name in a rule file → the function, the type of its parameters, what its evidence holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govspider.checks import (
    account_adverts,
    account_content,
    account_drift,
    account_posts,
    accounts,
    answers,
    bonus,
    columns,
    content,
    disagreement,
    display,
    domains,
    feet,
    freshness,
    guides,
    home,
    honesty,
    interaction,
    interpretations,
    letters,
    links,
    reachability,
    redesign,
    register,
    safety,
    search,
    sections,
    services,
    statistics,
    tags,
    withdrawn,
    wording,
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
    "samples",
    "answers",
    "accounts",
)


@dataclass(frozen=True, slots=True)
class Check:
    """``evidence``: what every violation of it carries, and so what a message may name. ``needs_home`` is False for
    the few checks that can speak of a site whose home page was not read. A check of accounts takes AccountFacts; one of
    ``subject`` None takes both. ``outside``: it speaks of sites, too, that are registered as closed or as exceptions."""

    run: Callable[[Any, Any], Iterator[Finding]]
    params: type
    evidence: frozenset[str]
    needs_home: bool = True
    subject: Subject | None = Subject.SITE
    outside: bool = False


def _says(*keys: str) -> frozenset[str]:
    return frozenset(keys)


_COUNTED = _says("count", "limit", "judged", "columns", "unread")
_GUIDES = _says("count", "items", "guides", "unread", "limit", "missing")
_DRAWN = ("seed", "base")
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
    "dates_disagree": Check(
        disagreement.dates_disagree, disagreement.DateGap, _says("count", "judged", "days", "articles")
    ),
    "section_absent": Check(sections.section_absent, sections.Section, _says("judged", "words")),
    "section_stale": Check(
        sections.section_stale, sections.SectionWindow, _says("count", "limit", "columns", "unread")
    ),
    "domain_irregular": Check(domains.domain_irregular, domains.Endings, _says("domain", "endings")),
    "service_absent": Check(services.service_absent, columns.NoParams, _says("services")),
    "guides_incomplete": Check(guides.guides_incomplete, guides.ManyGuides, _GUIDES),
    "guides_all_incomplete": Check(guides.guides_all_incomplete, guides.ManyGuides, _GUIDES),
    "guide_element_missing": Check(
        guides.guide_element_missing, columns.NoParams, _says("name", "count", "missing", "places")
    ),
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
    "page_tags_missing": Check(
        tags.page_tags_missing, tags.NeededTags, _says("name", "kind", "missing", "count", *_DRAWN)
    ),
    "footer_item_missing": Check(
        feet.footer_item_missing, feet.FootItems, _says("element", "count", "checked", "pages", *_DRAWN)
    ),
    "error_entry_missing": Check(feet.error_entry_missing, feet.Entrances, _says("name", *_DRAWN)),
    "search_absent": Check(search.search_absent, columns.NoParams, _says("state", "address")),
    "search_misses": Check(search.search_misses, search.Titles, _says("title", "query", "results", *_DRAWN)),
    "search_unclassified": Check(search.search_unclassified, columns.NoParams, _says("address")),
    "interpretation_unlinked": Check(
        interpretations.interpretation_unlinked,
        interpretations.Direction,
        _says("title", "policy", "policy_url", *_DRAWN),
    ),
    "interpretation_share": Check(
        interpretations.interpretation_share, interpretations.Documents, _says("places", "note")
    ),
    "statistics_absent": Check(statistics.statistics_absent, statistics.Unpublished, _says("name", "address")),
    "statistics_stale": Check(
        statistics.statistics_stale, statistics.Aged, _says("name", "address", "newest", "months")
    ),
    "letter_part_missing": Check(
        letters.letter_part_missing, letters.Parts, _says("title", "missing", "places", *_DRAWN)
    ),
    "letters_stale": Check(letters.letters_stale, letters.Publicity, _says("newest", "months", "judged")),
    "letters_unpublished": Check(letters.letters_unpublished, columns.NoParams, _says("judged")),
    "data_fresh": Check(bonus.data_fresh, bonus.DataWindow, _says("newest", "columns")),
    "polls_held": Check(bonus.polls_held, bonus.PollCount, _says("count", "columns")),
    "display_broken": Check(
        display.display_broken, display.Signs, _says("browser", "signs", "pages", "judged", *_DRAWN)
    ),
    "ipv_unready": Check(display.ipv_unready, columns.NoParams, _says("addresses")),
    "guide_vague": Check(wording.guide_vague, wording.Phrases, _says("name", "element", "phrase", "snippet", *_DRAWN)),
    "guide_materials_unclear": Check(
        wording.guide_materials_unclear, wording.MaterialWords, _says("name", "materials", *_DRAWN)
    ),
    "guide_form_missing": Check(
        wording.guide_form_missing, wording.FormWords, _says("name", "form", "snippet", *_DRAWN)
    ),
    "guide_policy_unexplained": Check(
        wording.guide_policy_unexplained, wording.Explained, _says("name", "policies", *_DRAWN)
    ),
    "content_tampered": Check(
        safety.content_tampered, columns.NoParams, _says("count", "pages", "terms", "places", "traces")
    ),
    "content_wording": Check(
        content.content_wording,
        content.Grade,
        _says("word", "suggestion", "context", "offset", "family", "why", "count", "pages"),
    ),
    "content_leak": Check(
        content.content_leak, columns.NoParams, _says("masked", "data", "count", "place", "context", "why")
    ),
    "content_harmful_link": Check(
        content.content_harmful_link, columns.NoParams, _says("target", "sign", "family", "context")
    ),
    "dates_forged": Check(
        honesty.dates_forged, honesty.Forging, _says("name", "sign", "count", "why", "compared", "entries")
    ),
    "site_redesigned": Check(
        redesign.site_redesigned, redesign.Rebuilt, _says("similar", "gone", "new", "seen", "had", "has")
    ),
    "register_drift": Check(
        register.register_drift, register.Running, _says("item", "expected", "found"), needs_home=False, outside=True
    ),
    "account_unlisted": Check(account_drift.account_unlisted, account_drift.Others, _says("platform", "name", "url")),
    "account_drift": Check(
        account_drift.account_drift, columns.NoParams, _says("item", "found"), subject=Subject.ACCOUNT
    ),
    "account_content": Check(
        account_content.account_content,
        account_content.RecentWording,
        _says("said", "context", "name", "trust"),
        subject=Subject.ACCOUNT,
    ),
    "account_advertising": Check(
        account_adverts.account_advertising,
        account_adverts.AdvertWords,
        _says("name", "word", "published", "trust"),
        subject=Subject.ACCOUNT,
    ),
    "account_stale": Check(
        accounts.account_stale,
        accounts.PostWindow,
        _says("newest", "days", "limit", "title", "newest_url", "source", "trust", "gap"),
        subject=Subject.ACCOUNT,
    ),
    "account_unusable": Check(
        accounts.account_unusable,
        accounts.PostWindow,
        _says("said", "source", "trust", "said_at"),
        subject=Subject.ACCOUNT,
    ),
    "account_no_interaction": Check(
        accounts.account_no_interaction, accounts.Features, _says("evidence", "trust"), subject=Subject.ACCOUNT
    ),
    "account_no_own_content": Check(
        account_posts.account_no_own_content,
        account_posts.OwnContent,
        _says("count", "limit", "posts", "trust"),
        subject=Subject.ACCOUNT,
    ),
    "account_faked_engagement": Check(
        account_posts.account_faked_engagement,
        account_posts.Engagement,
        _says("name", "newest", "terms", "trust"),
        subject=Subject.ACCOUNT,
    ),
}
