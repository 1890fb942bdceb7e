"""New-media accounts (政务新媒体): how they are registered, and what one inspection reads of one of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from govspider.facts.content import Leaked, Misworded
from govspider.facts.outcome import ItemAnswer
from govspider.facts.web import Fetch


class PlatformGroup(StrEnum):
    """The four groups in which bulletins count accounts."""

    WECHAT = "微信"
    WEIBO = "微博"
    APP = "移动客户端"
    OTHER = "其他"


class AccountKind(StrEnum):
    WECHAT = "wechat"  # 微信公众号, where the register does not say which sort
    WECHAT_SUBSCRIPTION = "wechat_subscription"
    WECHAT_SERVICE = "wechat_service"
    WECHAT_VIDEO = "wechat_video"
    WEIBO = "weibo"
    TOUTIAO = "toutiao"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    XIAOHONGSHU = "xiaohongshu"
    APP = "app"
    MINI_PROGRAM = "mini_program"
    BAIJIAHAO = "baijiahao"
    QIEHAO = "qiehao"
    DAYUHAO = "dayuhao"
    TIEBA = "tieba"
    OTHER = "other"

    @property
    def group(self) -> PlatformGroup:
        return _GROUPS.get(self, PlatformGroup.OTHER)


_GROUPS: Mapping[AccountKind, PlatformGroup] = {
    AccountKind.WECHAT: PlatformGroup.WECHAT,
    AccountKind.WECHAT_SUBSCRIPTION: PlatformGroup.WECHAT,
    AccountKind.WECHAT_SERVICE: PlatformGroup.WECHAT,
    AccountKind.WECHAT_VIDEO: PlatformGroup.WECHAT,
    AccountKind.WEIBO: PlatformGroup.WEIBO,
    AccountKind.APP: PlatformGroup.APP,
}

ACCOUNT_KIND_NAMES: Mapping[AccountKind, str] = {
    AccountKind.WECHAT: "微信公众号",
    AccountKind.WECHAT_SUBSCRIPTION: "微信订阅号",
    AccountKind.WECHAT_SERVICE: "微信服务号",
    AccountKind.WECHAT_VIDEO: "微信视频号",
    AccountKind.WEIBO: "新浪微博",
    AccountKind.TOUTIAO: "今日头条号",
    AccountKind.DOUYIN: "抖音号",
    AccountKind.KUAISHOU: "快手号",
    AccountKind.XIAOHONGSHU: "小红书号",
    AccountKind.APP: "移动客户端",
    AccountKind.MINI_PROGRAM: "小程序",
    AccountKind.BAIJIAHAO: "百家号",
    AccountKind.QIEHAO: "企鹅号",
    AccountKind.DAYUHAO: "大鱼号",
    AccountKind.TIEBA: "百度贴吧",
    AccountKind.OTHER: "其他新媒体",
}


class AccountStatus(StrEnum):
    """报送状态: only a NORMAL account is judged."""

    NORMAL = "normal"
    EXCEPTION = "exception"
    CLOSED = "closed"
    MOVED = "moved"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Account:
    """One row of the accounts register.

    ``code`` is the account's ID on its platform, or made from kind and name where the register has none (or the same
    for two platforms). ``kind_name`` is the kind in the register's own words. None: the register does not say.
    """

    code: str
    kind: AccountKind
    name: str
    kind_name: str = ""
    account_id: str = ""
    sponsor: str = ""
    url: str = ""
    feed: str = ""
    status: AccountStatus = AccountStatus.NORMAL
    approved: bool | None = None  # opened after application (备案)
    interactive: bool | None = None  # offers interaction, as the office itself saw
    publishes: bool | None = None  # publishing is one of its functions (功能)
    extra: Mapping[str, str] = field(default_factory=dict)


class Trust(StrEnum):
    """How far a source can be believed, best first."""

    OPEN = "open"  # what everybody can see: an open page, a feed, a store
    SEEN = "seen"  # what an earlier inspection saw there
    EXPORT = "export"  # an export of the account's back office
    STATED = "stated"  # what a unit or a register says


@dataclass(frozen=True, slots=True)
class Post:
    """One thing that an account published. ``published`` is a day in Beijing; None when the source does not tell.

    ``original``: the unit's own; None when nothing tells. ``kind`` is post, repost or advert. Numbers are None where
    the source has none.
    """

    account: str = ""
    title: str = ""
    url: str = ""
    published: dt.date | None = None
    original: bool | None = None
    kind: str = "post"
    text: str = ""
    trust: Trust = Trust.OPEN
    reads: int | None = None
    likes: int | None = None


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One source that was asked. It shows everything published from ``since`` to ``until``, both included; None when
    it cannot be said to show everything of any time. ``reason`` says in Chinese why it was of no use."""

    adapter: str  # feed, weibo, page, store, ledger, export, selfcheck
    trust: Trust
    url: str = ""
    fetch: Fetch | None = None
    reason: str = ""
    title: str = ""
    posts: int = 0
    undated: int = 0
    newest: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class SignOf(StrEnum):
    """What a sign is about: that the account exists, that an app can be had and used, that it offers interaction, that
    the register is right about it."""

    EXISTS = "exists"
    USABLE = "usable"
    INTERACTION = "interaction"  # of whatever form
    MESSAGE = "message"
    COMMENT = "comment"
    MENU = "menu"
    AUTOREPLY = "autoreply"
    LISTED = "listed"  # it still is what the register says


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that a source tells of an account beside its posts. ``detail`` is what was seen, in Chinese."""

    of: SignOf
    holds: bool
    trust: Trust
    source: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AccountMention:
    """An account that a website shows as its own: by a link to the platform, or by the words beside a QR code. ``name``
    and ``account_id`` as far as they can be seen there."""

    kind: AccountKind
    name: str = ""
    account_id: str = ""
    url: str = ""
    found_on: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one source tells. ``wording`` and ``leaks`` are of posts that were handed in."""

    source: SourceRead
    posts: tuple[Post, ...] = ()
    signs: tuple[Sign, ...] = ()
    wording: tuple[Misworded, ...] = ()
    leaks: tuple[Leaked, ...] = ()


class Change(StrEnum):
    """What became of an account in a month, as its unit reports."""

    NONE = "无"
    OPENED = "新开设"
    CLOSED = "注销"
    MOVED = "迁移"
    RENAMED = "更名"


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """One row of a unit's monthly self-check (自查表). ``month`` is its last day; ``registered``: the register knew the
    account. Numbers are None where the unit left them blank."""

    code: str
    month: dt.date
    kind_name: str
    name: str
    sponsor: str = ""
    account_id: str = ""
    registered: bool = True
    change: Change = Change.NONE
    changed_on: dt.date | None = None
    approved: bool | None = None
    posts: int | None = None
    newest: dt.date | None = None
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a unit handed in about one account: a row of a self-check, or an export of its back office. ``day`` is the last
    one that it speaks of; ``part`` is what it says of the account's posts and functions."""

    code: str
    kind: str  # selfcheck or export
    day: dt.date
    file: str
    part: Part | None = None
    selfcheck: SelfCheck | None = None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """All that one inspection read of one account; ``complete``, ``stopped`` and ``crashed`` as in ``SiteFacts``.

    ``posts`` newest first, undated ones last; one that several sources show stands once, as the most trusted has it.
    What is not ``Trust.OPEN`` was not read by the inspection but added before judging.
    """

    account: Account
    checkpoint: dt.date
    posts: tuple[Post, ...] = ()
    sources: tuple[SourceRead, ...] = ()
    signs: tuple[Sign, ...] = ()
    wording: tuple[Misworded, ...] = ()  # of the posts that the inspection itself read, as are the leaks
    leaks: tuple[Leaked, ...] = ()
    stated_wording: tuple[Misworded, ...] = ()  # of the posts that were handed in, as are the leaks
    stated_leaks: tuple[Leaked, ...] = ()
    pages: int = 0
    complete: bool = True
    stopped: str = ""
    crashed: bool = False
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    answers: tuple[ItemAnswer, ...] = ()  # of people, joined just before the rules are applied

    @property
    def subject(self) -> str:
        return "account"

    @property
    def code(self) -> str:
        return self.account.code
