"""What pages say that they should not: wrong wording, personal data, links to harmful places. Clues, for people to weigh."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A wrong form in a page's visible text. ``grade`` is serious (of the state, its leaders, its territory) or typo;
    ``offset`` counts characters of the visible text, ``snippet`` is the sentence around it, ``family`` its list."""

    word: str
    suggestion: str
    grade: str
    offset: int
    snippet: str
    family: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """Personal data that no lawful publication needs. Always masked. ``count``: how many different numbers; ``why``
    says in Chinese what makes them personal."""

    kind: str  # id_card, mobile or bank_card
    masked: str
    snippet: str
    why: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Misworded:
    """Wrong wording and the page it stands on."""

    url: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Leaked:
    """Personal data and where it stands: a page, or an attachment (``name``) that ``found_on`` links to."""

    url: str
    leak: Leak
    found_on: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class HarmfulLink:
    """An outward link that leads to a harmful place. ``sign`` is what gave it away, ``family`` the list it stands in,
    ``landed`` where the link ended when it was followed."""

    url: str
    text: str
    found_on: str
    sign: str
    family: str = ""
    landed: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was sampled for personal data. ``unread`` says in Chinese why its text could not be read."""

    url: str
    name: str
    found_on: str
    unread: str = ""
