"""What one page says."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from govspider.facts.content import Leak, Wording


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


# What a published letter must show.
LETTER_PARTS = ("留言时间", "答复时间", "答复单位", "答复内容")


@dataclass(frozen=True, slots=True)
class Message:
    """A public letter. ``answered`` is the answer's date; ``has_answer`` is None when it cannot be told from the page.

    ``parts``: those of LETTER_PARTS that the letter's own page shows; None in a list.
    """

    title: str
    url: str
    asked: dt.date | None = None
    answered: dt.date | None = None
    has_answer: bool | None = None
    parts: tuple[str, ...] | None = None


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


# The official items of a page's foot (页面底部功能区), and the site map.
FOOT_ITEMS = (
    "党政机关网站标识",
    "网站标识码",
    "ICP备案编号",
    "公安机关备案标识",
    "网站主办单位",
    "联系方式",
    "“我为政府网站找错”入口",
    "网站地图",
)


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A site's search. ``action`` is "" where a script searches, or where the form asks for more than words to look for.

    ``method`` is get or post, "" without a form; ``field`` the name of what is written into; ``sent`` goes along;
    ``handled``: a script has its hands on it, too. ``charset`` is that of the words sent, ``value`` what stands in the
    field already.
    """

    action: str
    method: str
    field: str
    sent: tuple[tuple[str, str], ...] = ()
    handled: bool = False
    charset: str = "utf-8"
    value: str = ""


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
    # What the page shows and what its official tag says: two voices that may disagree.
    published_shown: dt.date | None = None
    published_tagged: dt.date | None = None
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
    guide_filled_later: bool = False  # scripts or templates of the page may bring what its guide lacks
    messages: tuple[Message, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    privacy: tuple[PrivacyHit, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    scripts: tuple[str, ...] = ()  # addresses of the script files that the page loads
    text_length: int = 0
    template: str = ""
    skeleton: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()  # the visible lines of text, cut short
    form: bool = False  # something to write into: a text area or several text fields
    widgets: int = 0  # fields, buttons, players and drawings of any kind
    searches: tuple[SearchForm, ...] = ()
    foot: tuple[str, ...] = ()  # the items of FOOT_ITEMS that the page's foot shows
    foot_unsure: tuple[str, ...] = ()  # those that may stand there in a picture or a frame
    # Dates on the page that belong to the site's own news blocks (home and sub-portal pages): the newest one not after
    # the checkpoint, whatever block it stands in; side bars, weather and copyright lines excluded.
    newest_anywhere: dt.date | None = None
    wording: tuple[Wording, ...] = ()
    leaks: tuple[Leak, ...] = ()
    sketch: tuple[int, ...] = ()  # of an article's sentences, see ArticleText

    @property
    def stated(self) -> dt.date | None:
        """When the page itself says that it was published. A response header is the server's word, and proves no update."""
        return None if self.published_from == "header" else self.published
