"""The nouns: everything the system reads, judges and reports, as frozen values.

Nothing here fetches, parses, decides or writes. Collections are tuples, dates are ``datetime.date``,
instants are timezone-aware UTC. Every type can be dumped to JSON and loaded again with ``pydantic.TypeAdapter``.
"""

import datetime as dt
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

BEIJING = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")  # needs no time zone database

# ---------------------------------------------------------------------------------------------------------- register


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
    category: "Category | None" = None
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


# ---------------------------------------------------------------------------------------------------------- fetching


class Fetch(StrEnum):
    """How a request ended. A page is read only when it ended OK."""

    OK = "ok"
    HTTP_ERROR = "http_error"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    DNS = "dns"
    TLS = "tls"
    BLOCKED = "blocked"  # a challenge or a fire-wall page, whatever its status
    ROBOTS = "robots"
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"
    OFF_HOST = "off_host"
    PRIVATE = "private"  # an address that must not be requested
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one request brought: the bytes of the last response of a redirect chain, or the reason there are none.

    ``url`` is what was asked for, ``final_url`` where the redirects ended. ``body`` is decompressed, empty unless a
    response came; an HTTP error keeps its body. ``rendered`` says the body is the browser's DOM (then UTF-8).
    """

    url: str
    final_url: str
    outcome: Fetch
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()  # names in lower case
    body: bytes = b""
    rendered: bool = False
    redirects: tuple[str, ...] = ()
    error: str = ""
    fetched_at: dt.datetime | None = None

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


class Fetcher(Protocol):
    """Live, replayed or a dict in a test. Never raises: every failure is an outcome.

    render: open the page in the browser. link_only: only whether the address answers matters; the body may be empty
    and any content type is OK. Retrying, back-off, politeness and the guard against private addresses are the
    fetcher's business; a walk asks for each address once (plain) and at most once more (rendered).
    """

    def __call__(self, url: str, *, render: bool = False, link_only: bool = False) -> Awaitable[Fetched]: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """A ``Fetched`` without its bytes: what is kept of a request in the facts."""

    url: str
    final_url: str
    fetch: Fetch
    status: int = 0
    rendered: bool = False
    error: str = ""
    digest: str = ""  # sha256 of the body, hex
    fetched_at: dt.datetime | None = None


# ----------------------------------------------------------------------------------------------------------- reading


class PageKind(StrEnum):
    HOME = "home"
    LIST = "list"
    ARTICLE = "article"
    GUIDE = "guide"
    MESSAGE_BOARD = "message_board"
    SERVICE_HUB = "service_hub"
    FRAMESET = "frameset"
    CHALLENGE = "challenge"
    SOFT404 = "soft404"
    OTHER = "other"


class Category(StrEnum):
    NEWS = "news"  # 动态要闻
    NOTICE = "notice"  # 通知公告
    POLICY = "policy"  # 政策文件
    INTERPRETATION = "interpretation"  # 政策解读
    OVERVIEW = "overview"  # 概况/机构/领导
    SERVICE = "service"  # 办事
    INTERACTION = "interaction"  # 互动
    DATA = "data"  # 数据
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list. ``date`` is None when none is shown or none can be understood."""

    title: str
    url: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """A column as navigation names it. ``path`` holds the names above it, outermost first.

    ``url`` is empty for a plain-text first level; ``source`` is nav, block, sitemap or side.
    """

    name: str
    url: str
    path: tuple[str, ...] = ()
    source: str = "nav"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it stands in a page. ``kind`` is page, picture, attachment, frame, image (one that is shown, not linked
    to) or script (followed by a script only: no ``url``); ``hidden`` by any means."""

    url: str
    text: str
    kind: str = "page"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class GuideElements:
    """办事指南: official element name → its text. ``unreadable``: elements that may stand in a picture or attachment."""

    name: str
    elements: Mapping[str, str]
    missing: tuple[str, ...]
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A public letter. ``answered`` is the answer's date; ``has_answer`` is None when it cannot be told from the page."""

    title: str
    url: str
    asked: dt.date | None = None
    answered: dt.date | None = None
    has_answer: bool | None = None


@dataclass(frozen=True, slots=True)
class Foreign:
    """A trace of tampering. ``where`` is title, meta, link, hidden or text; ``family`` is the terms list's family."""

    term: str
    where: str
    snippet: str
    family: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyHit:
    kind: str  # id_card, mobile, bank_card
    masked: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page's bytes say, read without knowing the site.

    ``blank`` is True for a list page whose main list has no entry, None when that cannot be told; then
    ``blank_signs`` names what was seen (an empty list skeleton, a 0 counter ...). ``redirect`` is the target of a meta
    refresh, a script redirect or a frameset's main frame. ``carriers`` are addresses that hold the main list's data
    (hanweb datastores, iframes, JSON), ``next_page`` the pager's next address, ``page_count`` the pager's total.
    ``skeleton`` are the page's blocks (depth, tag, class, id), whatever they hold: nearly equal for pages of the same
    template; ``template`` is its digest.
    """

    url: str
    charset: str
    kind: PageKind
    title: str = ""
    site_name: str = ""
    site_id_code: str | None = None
    icp: str | None = None
    police_filing: str | None = None
    party_gov_badge: bool = False
    error_report_badge: bool = False
    meta: Mapping[str, str] = field(default_factory=dict)
    published: dt.date | None = None
    published_from: str | None = None
    breadcrumb: tuple[str, ...] = ()
    columns: tuple[ColumnLink, ...] = ()
    entries: tuple[Entry, ...] = ()
    newest: dt.date | None = None
    blank: bool | None = None
    blank_signs: tuple[str, ...] = ()
    needs_browser: bool = False
    redirect: str | None = None
    carriers: tuple[str, ...] = ()
    next_page: str | None = None
    last_page: str | None = None
    sitemap: str | None = None  # the address of the site map page that this page links to
    page_count: int | None = None
    guide: GuideElements | None = None
    messages: tuple[Message, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    privacy: tuple[PrivacyHit, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    text_length: int = 0
    template: str = ""
    skeleton: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()  # the visible lines of text, cut short
    form: bool = False  # something to write into: a text area or several text fields
    widgets: int = 0  # fields, buttons, players and drawings of any kind
    # Dates on the page that belong to the site's own news blocks (home and sub-portal pages): the newest one not after
    # the checkpoint, whatever block it stands in; side bars, weather and copyright lines excluded.
    newest_anywhere: dt.date | None = None


# ---------------------------------------------------------------------------------------------------------- the site


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
    """A link that was tried. ``home``: it stands on the home page. Confirmed twice before ``visit.fetch`` is a failure."""

    url: str
    text: str
    found_on: str
    home: bool
    kind: str
    external: bool
    visit: Visit


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


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """All that one inspection read of one site. ``complete`` is False when a budget ended the walk (``stopped``).

    ``crashed``: an error of the program ended the walk; such an inspection is repeated on resume and says nothing.
    ``earlier`` is what the walk was told of earlier inspections, so that a replay can be told the same.
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
    tampering: tuple[Tampering, ...] = ()
    pages: int = 0
    rendered: int = 0
    blocked: int = 0
    failed: int = 0
    complete: bool = True
    stopped: str = ""
    crashed: bool = False
    probes: tuple["Probe", ...] = ()
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    earlier: tuple[EarlierColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """One look at a home page for reachability. ``seconds`` until it opened, None when it did not."""

    at: dt.datetime
    ok: bool
    seconds: float | None = None


# --------------------------------------------------------------------------------------------------------- judgement


class Outcome(StrEnum):
    VIOLATION = "violation"
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Decides(StrEnum):
    """What a rule's violation means for the site."""

    VETO = "veto"
    CLUE = "clue"
    DEDUCTION = "deduction"
    NOTICE = "notice"


class Review(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one subject of one site: numbers, dates and addresses, no prose.

    ``subject`` is the address (or name) it is about, "" for the site as a whole; (site, rule, subject) is its identity
    across inspections. ``where`` is the page it was found on. UNKNOWN carries ``evidence["reason"]`` in Chinese.
    """

    rule: str
    outcome: Outcome
    subject: str = ""
    url: str = ""
    where: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Inspection:
    """The Scrapy item: one site looked at once. Only ``findings`` grows, as the pipelines judge."""

    round: str
    facts: SiteFacts
    findings: list[Finding] = field(default_factory=list)


class VerdictKind(StrEnum):
    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    UNDETERMINED = "undetermined"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class UnknownRule:
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    pages: int = 0
    columns: int = 0
    columns_read: int = 0
    rendered: int = 0
    blocked: int = 0
    failed: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """结论 on one subject, derived from findings, reviews and rules; never stored by hand."""

    subject: str  # site or account
    code: str
    name: str
    verdict: VerdictKind
    score: float | None = None
    vetoes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unknown: tuple[UnknownRule, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    inspection: str = "first"  # first or recheck
    checkpoint: dt.date | None = None


# ------------------------------------------------------------------------------------------------------- the round


class Answer(StrEnum):
    """What a re-inspection says of an earlier finding."""

    FIXED = "已整改"
    REMAINS = "未整改"
    PAGE_GONE = "页面已撤"
    CANNOT_TELL = "无法复核"


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A violation, clue or notice as the outputs show it. ``key`` is stable across inspections; ``title``, ``message``
    and ``threshold`` are rendered from the rule."""

    key: str
    code: str
    rule: str
    title: str
    outcome: str  # violation, clue or notice
    decides: Decides
    url: str
    where: str
    evidence: Mapping[str, Any]
    message: str
    threshold: str
    source: str
    review: Review
    first_seen: dt.datetime
    last_seen: dt.datetime


@dataclass(frozen=True, slots=True)
class Recheck:
    """An earlier finding and what the latest inspection of the site says of it."""

    finding: ReportedFinding
    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class SiteResult:
    """All that the outputs need of one site. ``facts`` is None when the site is excluded or was not inspected yet.

    ``inspections`` are the finishing times of this round's inspections, first to last.
    """

    site: Site
    verdict: Verdict
    facts: SiteFacts | None = None
    findings: tuple[ReportedFinding, ...] = ()
    column_states: tuple[ColumnState, ...] = ()  # one for each of facts.columns
    inspections: tuple[dt.datetime, ...] = ()
    first_verdict: Verdict | None = None  # the verdict of the first inspection, when there are more
    rechecks: tuple[Recheck, ...] = ()
    new_findings: tuple[str, ...] = ()  # keys that only the latest inspection has


@dataclass(frozen=True, slots=True)
class RoundResults:
    """What a round's outputs are made of. ``sites`` in the register's order, possibly loaded anew whenever gone through:
    go through them once, and hold none longer than needed."""

    round: str
    checkpoint: dt.date
    edition: str
    sites: Sequence[SiteResult]
    generated_at: dt.datetime
