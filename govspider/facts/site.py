"""What one inspection reads of one site."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from govspider.facts.accounts import AccountMention
from govspider.facts.content import Attachment, HarmfulLink, Leaked, Misworded
from govspider.facts.outcome import ItemAnswer
from govspider.facts.page import Category, Entry, Foreign, GuideElements, Message
from govspider.facts.past import ArticleText, Layout, Past
from govspider.facts.reachability import Outage, Period, Probe
from govspider.facts.register import Site
from govspider.facts.samples import Ipv6, Samples
from govspider.facts.web import Visit


class ColumnState(StrEnum):
    UPDATED = "updated"
    STALE = "stale"
    BLANK = "blank"
    WITHDRAWN = "withdrawn"  # entries that earlier inspections saw are gone
    UNREADABLE = "unreadable"
    BLOCKED = "blocked"
    FAILED = "failed"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class EarlierColumn:
    """What the site's earlier inspections saw of a column that had entries: the most entries and the newest date that
    any of them read. ``seen`` is the day (in Beijing) on which one last read entries."""

    url: str
    name: str
    entries: int
    seen: dt.date
    newest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column as walked. ``blank`` follows the ladder: static, carriers, browser, siblings, history.

    ``earlier`` is None where no earlier inspection read entries. ``gone``: only earlier inspections knew it; nothing
    on the site leads there any more, and its address answers that there is no such page.

    ``undated``: entries were found and neither the list nor the sampled articles show any date.
    ``top_level``: not below another column of its own category. ``newest_below`` is the newest date of the columns
    below it. ``reason`` says in Chinese why it could not be read. ``evidence`` are the signs of blankness.
    """

    name: str
    url: str
    category: Category = Category.OTHER
    path: tuple[str, ...] = ()
    visit: Visit | None = None
    found_on: str = ""
    entries: tuple[Entry, ...] = ()  # the first ones, enough to show
    entry_count: int = 0
    newest: dt.date | None = None
    newest_title: str = ""
    newest_url: str = ""
    newest_below: dt.date | None = None
    undated: bool = False
    blank: bool | None = None
    evidence: tuple[str, ...] = ()
    external: bool = False
    single_page: bool = False  # one article or form, not a list: never blank, never stale
    children: tuple[str, ...] = ()  # addresses of the columns below it
    top_level: bool = True
    max_days: int | None = None  # from the columns register
    reason: str = ""
    earlier: EarlierColumn | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A service item or hub that the site offers. ``guide`` is None where no guide page was read."""

    name: str
    url: str
    visit: Visit | None = None
    guide: GuideElements | None = None
    external: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """互动渠道. ``kind`` is consultation, petition, discipline, survey or interview; only the first counts."""

    name: str
    url: str
    kind: str
    found_on: str = ""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """A link that was tried. ``home``: it stands on the home page. Confirmed twice before ``visit.fetch`` is a failure.

    ``pages``: of a link that failed, the pages that were looked at and show it, the home page first; the first ones
    only, where ``page_count`` is greater.
    """

    url: str
    text: str
    found_on: str
    home: bool
    kind: str
    external: bool
    visit: Visit
    pages: tuple[str, ...] = ()
    page_count: int = 0


@dataclass(frozen=True, slots=True)
class EarlierLink:
    """A link that an earlier inspection found dead, and the pages that showed it."""

    url: str
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierClue:
    """Where an earlier inspection found what a site should not say or link to: a page, or an attachment (``name``) that
    ``found_on`` links to."""

    url: str
    found_on: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tampering:
    """A trace of tampering and the page it stands on."""

    url: str
    foreign: Foreign


@dataclass(frozen=True, slots=True)
class Home:
    """The real home page, after refreshes and framesets. ``newest`` is the newest date its own blocks show.

    ``navigation_only``: a cover page without news; then ``newest`` is of its second-level pages.
    """

    visit: Visit
    title: str = ""
    site_name: str = ""
    site_id_code: str | None = None
    icp: str | None = None
    police_filing: str | None = None
    party_gov_badge: bool = False
    error_report_badge: bool = False
    meta: Mapping[str, str] = field(default_factory=dict)
    newest: dt.date | None = None
    newest_title: str = ""
    newest_url: str = ""
    navigation_only: bool = False
    undated: bool = False
    reason: str = ""
    closed: str = ""  # the words in which it says that the site was shut down or its name is for sale
    links: int = 0  # to further pages, that a visitor sees


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """All that one inspection read of one site. ``complete`` is False when a budget ended the walk (``stopped``).

    ``crashed``: an error of the program ended the walk; such an inspection is repeated on resume and says nothing.
    ``earlier`` and ``past`` are what the walk was told of earlier inspections, so that a replay can be told the same.
    """

    site: Site
    checkpoint: dt.date
    home: Home
    columns: tuple[Column, ...] = ()
    services: tuple[Service, ...] = ()
    services_unread: tuple[str, ...] = ()  # why the service pages could not all be read; empty: they were
    channels: tuple[Channel, ...] = ()
    channels_unread: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    messages_unread: tuple[str, ...] = ()
    links: tuple[LinkCheck, ...] = ()
    links_sampled: int = 0  # how many links were eligible for the sample of the other pages
    # Pages whose links were looked at where some failed, and all that these pages link to, they included.
    links_read: int = 0
    links_known: int = 0
    links_gone: tuple[str, ...] = ()  # earlier dead links that no page shows any more
    tampering: tuple[Tampering, ...] = ()
    tampering_unread: tuple[str, ...] = ()  # why scripts of the home page could not all be looked into
    pages: int = 0
    rendered: int = 0
    blocked: int = 0
    failed: int = 0
    complete: bool = True
    stopped: str = ""
    crashed: bool = False
    probes: tuple[Probe, ...] = ()  # joined just before the rules are applied, like outages and own_visits
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    earlier: tuple[EarlierColumn, ...] = ()
    earlier_links: tuple[EarlierLink, ...] = ()
    earlier_clues: tuple[EarlierClue, ...] = ()
    revisits: tuple[Visit, ...] = ()  # what came of the pages and files of the earlier clues
    past: Past = field(default_factory=Past)
    layout: Layout = field(default_factory=Layout)
    articles: tuple[ArticleText, ...] = ()
    wording: tuple[Misworded, ...] = ()
    leaks: tuple[Leaked, ...] = ()
    attachments: tuple[Attachment, ...] = ()  # that were sampled
    harmful: tuple[HarmfulLink, ...] = ()
    mentions: tuple[AccountMention, ...] = ()
    unlisted: tuple[AccountMention, ...] | None = (
        None  # those not in the accounts register, joined; None: there is none
    )
    outages: tuple[Outage, ...] = ()  # that the site announced
    own_visits: tuple[Period, ...] = ()  # when inspections of ours were reading the site
    samples: Samples = field(default_factory=Samples)
    ipv6: Ipv6 | None = None  # looked up beside the walk
    answers: tuple[ItemAnswer, ...] = ()  # of people, joined just before the rules are applied

    @property
    def subject(self) -> str:
        return "site"

    @property
    def code(self) -> str:
        return self.site.code
