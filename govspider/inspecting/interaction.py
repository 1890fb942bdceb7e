"""互动渠道 and the letters published in them."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from govspider.facts import Category, Channel, Column, Message, Page, PageKind
from govspider.inspecting.home import HomeView
from govspider.inspecting.mentions import unresolved
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Look, Visitor

_LETTER_PAGES = 20
_DETAILS = 60
_CONFIRMED = 5  # letters of a board opened in the browser before none of the others is believed to have no answer
_NAME = 12  # characters of a channel's own name
_YEAR = dt.timedelta(days=366)
_OWN_TITLE = re.compile(r"[\s\-_|—–－·]+")  # what parts a page's own title from the site's name
# What stands over a form, unlike the names of its fields (来信人, 咨询内容).
_HEADING = re.compile(r"^(?:我要|在线|网上)|(?:信箱|留言板?|咨询|建言|问政|写信|投诉)$")


@dataclass(frozen=True, slots=True)
class Interaction:
    """Channels and letters, and why the search for either was not exhaustive (empty: it was)."""

    channels: tuple[Channel, ...] = ()
    channels_unread: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    messages_unread: tuple[str, ...] = ()


async def find_interaction(visitor: Visitor, view: HomeView, columns: tuple[Column, ...]) -> Interaction:
    """Finds the channels that the home page and the columns lead to, and reads the published letters of the last year."""
    offered = _channels(visitor, view, columns)
    consultations = [channel for channel in offered if channel.kind == "consultation" and visitor.owns(channel.url)]
    looks = await visitor.gather(lambda channel: _look_channel(visitor, channel.url), consultations)
    dead, unread, messages, letters_unread = set(), [], [], []
    for channel, look in zip(consultations, looks, strict=True):
        if look.gone:
            dead.add(key(channel.url))
            unread.append(f"“{channel.name}”打不开：{look.reason}")
        elif look.page is not None:
            if look.page.needs_browser and not look.page.messages and not look.page.form:
                letters_unread.append(f"“{channel.name}”由脚本生成，未能读取")
            letters, reasons = await _letters(visitor, channel.name, look.page)
            messages += letters
            letters_unread += reasons
        elif not look.external:
            letters_unread.append(f"“{channel.name}”未能读取：{look.reason}")
    channels = tuple(channel for channel in offered if key(channel.url) not in dead)
    if not any(channel.kind == "consultation" for channel in channels):
        unread += await unresolved(visitor, view, columns, visitor.plan.categories.mentions_consultation)
    unique = {(key(message.url), message.title, message.asked): message for message in messages}
    return Interaction(channels, tuple(unread), tuple(unique.values()), tuple(dict.fromkeys(letters_unread)))


async def _look_channel(visitor: Visitor, url: str) -> Look:
    look = await visitor.look(url)
    if look.page is not None and look.page.needs_browser and not look.page.messages and visitor.plan.browser:
        rendered = await visitor.look(look.visit.final_url, render=True)
        return rendered if rendered.page is not None else look
    return look


def _channels(visitor: Visitor, view: HomeView, columns: tuple[Column, ...]) -> list[Channel]:
    table = visitor.plan.categories
    home = view.visit.final_url
    named = [(column.name, column.url, column.found_on) for column in columns]
    named += [(anchor.text, anchor.url, home) for anchor in view.links]
    named += _other_names(visitor, columns)
    channels: dict[str, Channel] = {}

    def add(name: str, url: str, found_on: str) -> None:
        kind = table.channel_kind(name, url) if is_web(url) else None
        if kind is not None:
            channels.setdefault(key(url), Channel(name, url, kind, found_on))

    for offer in named:
        add(*offer)
    if not any(channel.kind == "consultation" for channel in channels.values()):
        for name, place in _forms(visitor):
            add(name, place, home)
    return list(channels.values())


def _forms(visitor: Visitor) -> list[tuple[str, str]]:
    """The pages read so far to write into, by their own names, and by the headings of those that only collect channels:
    pictures lead to some, and no text says where to."""
    pages = [
        (_OWN_TITLE.split(page.title, maxsplit=1)[0], place, page)
        for place, page in visitor.read_pages()
        if page.form and page.kind is not PageKind.ARTICLE and visitor.owns(place)
    ]
    table = visitor.plan.categories
    headings = [
        (line, place)
        for name, place, page in pages
        if table.channel_kind(name) is None and table.category(name) is Category.INTERACTION
        for line in sorted(page.lines - {anchor.text.strip() for anchor in page.anchors})
        if _HEADING.search(line) and table.channel_kind(line) == "consultation"
    ]
    return [(name, place) for name, place, _ in pages if len(name) <= _NAME] + [
        (line, place) for line, place in headings if len(line) <= _NAME
    ]


def _other_names(visitor: Visitor, columns: tuple[Column, ...]) -> list[tuple[str, str, str]]:
    """What else the columns for interaction are called: by links of any page, also in menus that open on demand, and
    by their own titles."""
    urls = {key(c.url): c for c in columns if c.category is Category.INTERACTION and visitor.owns(c.url)}
    pages = visitor.read_pages()
    named = [
        (anchor.text, anchor.url, place)
        for place, page in pages
        for anchor in page.anchors
        if anchor.kind == "page" and anchor.url and key(anchor.url) in urls
    ]
    titles = [(_OWN_TITLE.split(page.title, maxsplit=1)[0], place) for place, page in pages]
    return named + [(title, urls[key(place)].url, place) for title, place in titles if key(place) in urls]


async def _letters(visitor: Visitor, name: str, first: Page) -> tuple[list[Message], list[str]]:
    """The letters of one channel, newest pages first, until a page holds only letters older than a year."""
    since = visitor.plan.checkpoint - _YEAR
    letters: list[Message] = []
    page, reasons = first, []
    for turn in range(_LETTER_PAGES):
        letters += page.messages
        dates = [message.asked for message in page.messages if message.asked is not None]
        if not page.messages or not page.next_page or not visitor.owns(page.next_page):
            break
        if dates and max(dates) < since:
            break
        if turn == _LETTER_PAGES - 1:
            reasons.append(f"“{name}”留言较多，只读取了前 {_LETTER_PAGES} 页")
            break
        look = await visitor.look(page.next_page)
        if look.page is None:
            reasons.append(f"“{name}”的后续留言页未能读取：{look.reason}")
            break
        page = look.page
    return await _with_details(visitor, name, letters, since, reasons)


async def _with_details(
    visitor: Visitor, name: str, letters: list[Message], since: dt.date, reasons: list[str]
) -> tuple[list[Message], list[str]]:
    """Opens the letters of the last year whose list line does not tell whether they were answered."""
    open_ones = [
        letter
        for letter in letters
        if letter.has_answer is not True
        and (letter.asked is None or letter.asked >= since)
        and is_web(letter.url)
        and visitor.owns(letter.url)
    ]
    if len(open_ones) > _DETAILS:
        reasons.append(f"“{name}”有 {len(open_ones) - _DETAILS} 件留言未打开核对")
    looks = await visitor.gather(lambda letter: _look_channel(visitor, letter.url), open_ones[:_DETAILS])
    known = {
        id(letter): _merged(letter, look.page)
        for letter, look in zip(open_ones, looks, strict=False)
        if look.page is not None
    }
    return await _confirmed(visitor, [known.get(id(letter), letter) for letter in letters]), reasons


async def _confirmed(visitor: Visitor, letters: list[Message]) -> list[Message]:
    """Scripts may write the answer into a letter's page: the oldest letters that seem to have none are opened in the
    browser until one of them has none there either. What that leaves unread is not held against the site."""
    waiting = [one for one in letters if one.has_answer is False and one.asked is not None and visitor.owns(one.url)]
    waiting = sorted((one for one in waiting if visitor.seen(one.url)), key=lambda one: (one.asked, one.url))
    if not waiting or not visitor.plan.browser:
        return letters
    answers: dict[int, Message] = {}
    for letter in waiting:
        if len(answers) == _CONFIRMED:
            answers |= {id(one): replace(one, has_answer=None) for one in waiting if id(one) not in answers}
            break
        look = await visitor.look(letter.url, render=True)
        page = look.page if not look.visit.error else None
        shown = _merged(letter, page) if page is not None else replace(letter, has_answer=None)
        answers[id(letter)] = shown
        if shown.has_answer is False:
            break
    return [answers.get(id(letter), letter) for letter in letters]


def _merged(letter: Message, page: Page) -> Message:
    """What the letter's own page adds to its line in the list. An answer seen in either counts."""
    alike = [message for message in page.messages if message.title == letter.title]
    alike = [message for message in alike if message.asked == letter.asked] or alike
    own = next(iter(alike if len(page.messages) > 1 else page.messages), None)
    if own is None:  # or a list of other letters
        return replace(letter, has_answer=letter.has_answer if letter.has_answer is True else None)
    return replace(
        letter,
        asked=letter.asked or own.asked,
        answered=letter.answered or own.answered,
        has_answer=True if True in (letter.has_answer, own.has_answer) else own.has_answer,
    )
