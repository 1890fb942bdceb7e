"""What was looked at by way of sample, for the indicators that give and take points."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from govspider.facts.web import Visit


@dataclass(frozen=True, slots=True)
class PageSample:
    """A page whose tags and foot were looked at. ``kind``: home, column or content.

    ``tags``: the official tags that hold a value, by their official names. ``foot``: the official items that its foot
    shows; ``foot_unsure``: those that may stand there in a picture or a frame, or be written by a script. ``reason``: why
    the browser did not show the whole page, in Chinese; "" when it did or need not. ``scripted``: the page as the server
    sends it is an empty shell.
    """

    url: str
    kind: str
    name: str = ""
    visit: Visit | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    foot: tuple[str, ...] = ()
    foot_unsure: tuple[str, ...] = ()
    reason: str = ""
    scripted: bool = False


@dataclass(frozen=True, slots=True)
class SearchTry:
    """A published title asked of the site's own search. ``found`` on the first page of results, None when that cannot
    be told; ``asked``: the address that was requested; ``results``: how many links that page lists."""

    title: str
    url: str
    asked: str = ""
    found: bool | None = None
    results: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """The site's search. ``offered`` is False when the home page shows none, None when that cannot be told.

    ``method``: get or post, or script; with `` in browser`` where the titles were written into the field there.
    ``classified``: the results stand in classes; None when that cannot be told. ``dead``: the answer of the search's
    address, when there is no such page.
    """

    offered: bool | None = None
    url: str = ""
    method: str = ""
    tries: tuple[SearchTry, ...] = ()
    classified: bool | None = None
    dead: Visit | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InterpretationSample:
    """An interpretation (解读稿) and the document it explains. ``linked``: it links to the document; ``back``: that page
    links to an interpretation. None: it cannot be told, and ``reason`` says why in Chinese."""

    title: str
    url: str
    linked: bool | None = None
    policy: str = ""
    policy_url: str = ""
    back: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PolicySample:
    """A published document of the site's own and the interpretation that names it, "" where none was seen."""

    title: str
    url: str
    interpretation: str = ""
    interpretation_url: str = ""


@dataclass(frozen=True, slots=True)
class Statistic:
    """Published statistics. ``kind``: service (办事统计) or messages (留言受理反馈统计). ``newest`` is the newest date, None
    when none can be read. ``published`` is None when it cannot be told whether there are any."""

    kind: str
    published: bool | None = None
    name: str = ""
    url: str = ""
    newest: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LetterSample:
    """A published letter. ``shown`` are the parts its page shows: 留言时间, 答复时间, 答复单位, 答复内容."""

    title: str
    url: str
    shown: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GuideSample:
    """A guide whose wording is looked at. ``elements``: the official elements' texts; ``text``: all that the page says,
    line by line in no order; ``links``: what its links say; ``files``: how many of them lead to files."""

    name: str
    url: str
    elements: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    links: tuple[str, ...] = ()
    files: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DisplaySample:
    """How a page shows in ``browser``. ``kind``: home, column or content. Lengths are pixels, texts are counted in characters.

    ``text`` is what the page holds, ``visible`` what of it is in sight, ``beyond`` what stands right of the screen, whose
    width is ``viewport``; ``media``: pictures, frames and films in sight. ``plugin``: the share of the first screen
    that is left to old plug-ins. ``sheets`` and ``images`` are the site's own, ``…_lost`` those of them that do not exist;
    ``rules``: rules of style in force. ``errors`` of its scripts, ``error`` the first of them. ``note``: the words in which
    it asks for another browser. ``unsure``: parts that did not come for a reason that may be ours. ``reason``: why it was not
    looked at, in Chinese; "" when it was.
    """

    url: str
    kind: str
    name: str = ""
    browser: str = ""
    viewport: int = 0
    width: int = 0
    text: int = 0
    visible: int = 0
    beyond: int = 0
    media: int = 0
    plugin: float = 0.0
    sheets: int = 0
    sheets_lost: int = 0
    rules: int = 0
    images: int = 0
    images_lost: int = 0
    errors: int = 0
    error: str = ""
    note: str = ""
    unsure: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ipv6:
    """What the network says of the home page's name. ``asked``: the names' service answers such questions, as a control
    name shows. ``answered``: the page was got over IPv6; None where this machine cannot try."""

    asked: bool
    addresses: tuple[str, ...] = ()
    answered: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Samples:
    """All samples of one inspection. ``seed`` is the round with which they were drawn, "" when none were taken;
    ``base``: for each rule, how many there were to draw from."""

    seed: str = ""
    base: Mapping[str, int] = field(default_factory=dict)
    pages: tuple[PageSample, ...] = ()
    search: SiteSearch | None = None
    interpretations: tuple[InterpretationSample, ...] = ()
    policies: tuple[PolicySample, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    letters: tuple[LetterSample, ...] = ()
    guides: tuple[GuideSample, ...] = ()
    displays: tuple[DisplaySample, ...] = ()
