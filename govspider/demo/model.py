"""The demo city as data: sites, their columns, guides and letters, and the flaws planted in them.

A site's pages are a pure function of its ``SiteModel``; a flaw is a number in ``Flaws``, so moving a defect from one
site to another, or curing it, is a new ``City``. All names and texts are invented, except the three sites of the
model case. Dates are relative to the checkpoint.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Age:
    """How long before the checkpoint: calendar months first, then days."""

    months: int = 0
    days: int = 0

    def before(self, day: dt.date) -> dt.date:
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last)) - dt.timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Flaws:
    """What is wrong with a site. Just under a threshold it is a near-miss that must not be accused."""

    no_services: bool = False
    no_channel: bool = False
    blank_columns: int = 0
    stale_columns: int = 0  # columns whose newest entry is more than a year old
    newest_news: Age = Age(days=1)  # nothing on the site is newer
    newest_notice: Age = Age(days=3)  # notices and policy documents
    unanswered: Age | None = None  # when the letter without an answer was written
    poor_guides: int = 0  # guides that lack four of the ten key elements
    tampered: bool = False


class Look(StrEnum):
    """A content management system's layout; each has its template in templates/layout."""

    BAR = "bar"
    TABLE = "table"
    SIDE = "side"
    IMAGE = "image"
    MODERN = "modern"


class Charset(StrEnum):
    UTF8 = "utf-8"
    GBK = "gbk"
    UNDECLARED = "gb18030"
    UTF16 = "utf-16"
    MISDECLARED = "utf-8 called gb2312"


class Listing(StrEnum):
    UL = "ul"
    TABLE = "table"
    DL = "dl"
    CARDS = "cards"


class Dates(StrEnum):
    ISO = "iso"
    CHINESE = "chinese"
    SLASHED = "slashed"
    BRACKETED = "bracketed"
    YEARLESS = "yearless"
    ABSENT = "absent"


class Carrier(StrEnum):
    """What holds a list's entries."""

    STATIC = "static"
    DATASTORE = "datastore"
    INLINE = "inline"
    IFRAME = "iframe"
    SCRIPT = "script"  # fetched by the page's script: needs a browser


class Entrance(StrEnum):
    """What stands at the home page's address."""

    PLAIN = "plain"
    FRAMESET = "frameset"
    REFRESH = "refresh"
    SCRIPT = "script"
    COVER = "cover"


class Urls(StrEnum):
    FOLDERS = "folders"
    NUMBERED = "numbered"
    QUERY = "query"


class Trap(StrEnum):
    CALENDAR = "calendar"
    SESSION = "session"
    SOFT404 = "soft404"
    SLOW = "slow"
    TOO_MANY = "too_many"  # one 429 with Retry-After
    CHALLENGE_521 = "521"
    CHALLENGE_412 = "412"
    HIDDEN_MENU = "hidden_menu"
    ASCENDING = "ascending"
    PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Traits:
    """How a site is made; nothing here is a defect."""

    look: Look = Look.BAR
    charset: Charset = Charset.UTF8
    listing: Listing = Listing.UL
    dates: Dates = Dates.ISO
    carrier: Carrier = Carrier.STATIC
    script_columns: int = 0  # how many columns are filled by script although the rest is not
    entrance: Entrance = Entrance.PLAIN
    urls: Urls = Urls.FOLDERS
    guide: str = "table"
    board: str = "table"
    platform_only: bool = False  # services are a link to the provincial platform
    guide_count: int = 6
    traps: frozenset[Trap] = frozenset()


class Shape(StrEnum):
    """What kind of page a column is."""

    LIST = "list"
    TEXT = "text"
    HUB = "hub"
    BOARD = "board"
    SURVEY = "survey"
    PETITION = "petition"


@dataclass(frozen=True, slots=True)
class Article:
    number: int
    title: str
    date: dt.date
    paragraphs: tuple[str, ...]
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    number: int
    name: str
    group: str
    shape: Shape = Shape.LIST
    carrier: Carrier = Carrier.STATIC
    articles: tuple[Article, ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    number: int
    name: str
    elements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    number: int
    title: str
    body: str
    asked: dt.date
    answered: dt.date | None
    answer: str


@dataclass(frozen=True, slots=True)
class SiteModel:
    code: str
    name: str
    kind: str  # 门户, 部门 or 专题
    public_services: bool
    address: str  # host:port
    traits: Traits
    flaws: Flaws
    groups: tuple[tuple[str, str], ...]  # (key, name), in the menu's order
    columns: tuple[Column, ...]
    guides: tuple[Guide, ...]
    letters: tuple[Letter, ...]

    @property
    def url(self) -> str:
        return f"http://{self.address}/"
