"""Wrong wording in a page's visible text: one pass for all words of the lists, then the doubts that each word allows.

A list (``rules/lexicons/wording/*.toml``) holds wrong forms with their right ones. Nothing is said of a form that stands
within a longer right one, within the name of a person, a place, an office or a document, in a title or a quotation, or
in a sentence that speaks about wording itself.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from govspider.facts import Wording
from govspider.reading.lexicon_files import LexiconError, read_table, refuse_unknown

GRADES = ("serious", "typo")
MOST = 30  # kept of one page
CONSIDERED = 5_000  # places of one page that are looked at
AROUND = 60  # characters of a sentence that are looked at and shown on either side
_ENDS = re.compile(r"[。！？!?；;\n]")
_PAIRS = (("《", "》"), ("〈", "〉"), ("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"))
_ABOUT = re.compile(
    r"错别字|错字|别字|误写|误作|写成|写作|应为|应改|改为|纠错|勘误|更正|不规范表述|错误表述|正确表述|原文如此"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A wrong form. ``near``: one of these must stand in the same sentence; ``unless``: none may; ``after``: one must
    follow at once; ``since``: the day from which the form is wrong; ``quoted``: wrong in quotations and titles too."""

    text: str
    right: str
    grade: str
    family: str
    why: str = ""
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    since: dt.date | None = None
    quoted: bool = False


@dataclass(frozen=True)
class WordingLists:
    """``allowed``: right forms and names that hold a wrong form within them."""

    words: tuple[Word, ...] = ()
    allowed: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """What is searched for in a text."""
        return (*(word.text for word in self.words), *self.allowed) if self.words else ()

    def judge(self, text: str, matches: Sequence[tuple[int, int, int]], checkpoint: dt.date) -> tuple[Wording, ...]:
        """The wrong forms that stand unexcused, in their order, at most MOST. ``matches``: the number of a form, where it
        begins and where it ends in ``text``."""
        known = len(self.words)
        shelters = sorted((start, end) for index, start, end in matches if index >= known)
        reach = max((end - start for start, end in shelters), default=0)
        found = (
            _wording(self.words[index], text, start, end)
            for index, start, end in islice((match for match in matches if match[0] < known), CONSIDERED)
            if not _sheltered(shelters, reach, start, end)
            and _is_wrong(self.words[index], text, start, end, checkpoint)
        )
        return tuple(islice(found, MOST))


def _sheltered(shelters: Sequence[tuple[int, int]], reach: int, start: int, end: int) -> bool:
    """Whether one of the ``shelters``, sorted and at most ``reach`` long, holds a place."""
    low, high = bisect_left(shelters, (start - reach, 0)), bisect_left(shelters, (start + 1, 0))
    return any(end <= closes for _, closes in shelters[low:high])


def _is_wrong(word: Word, text: str, start: int, end: int, checkpoint: dt.date) -> bool:
    if word.since is not None and checkpoint < word.since:
        return False
    if word.after and not text.startswith(word.after, end):
        return False
    low, high = _sentence(text, start, end)
    sentence = text[low:high]
    if word.near and not any(needle in sentence for needle in word.near):
        return False
    if any(needle in sentence for needle in word.unless) or _ABOUT.search(sentence):
        return False
    return word.quoted or not _enclosed(text, start, end)


def _enclosed(text: str, start: int, end: int) -> bool:
    """Whether a place stands within a title or a quotation that is open there."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    for opens, closes in _PAIRS:
        if before.rfind(opens) > before.rfind(closes):
            closing, again = after.find(closes), after.find(opens)
            if closing >= 0 and not 0 <= again < closing:
                return True
    return False


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, cut to AROUND characters on either side."""
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    for match in _ENDS.finditer(text, low, start):
        low = match.end()
    closing = _ENDS.search(text, end, high)
    return low, closing.end() if closing else high


def _wording(word: Word, text: str, start: int, end: int) -> Wording:
    low, high = _sentence(text, start, end)
    snippet = " ".join("".join(sign if sign.isprintable() else " " for sign in text[low:high]).split())
    return Wording(word.text, word.right, word.grade, start, snippet, word.family, word.why)


# ---------------------------------------------------------------------------------------------------------- the lists


@dataclass(frozen=True, slots=True)
class _Row:
    """A ``[[word]]`` of a list: several wrong forms with one right form and one set of doubts."""

    wrong: tuple[str, ...]
    right: str
    why: str = ""
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    since: dt.date | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A file. ``words``: wrong form → right form; ``near`` and ``unless`` hold for all its words; ``names`` are never
    touched, whatever list a wrong form is from."""

    name: str
    grade: str = ""
    why: str = ""
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    word: tuple[_Row, ...] = ()
    allow: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


_LIST = TypeAdapter(_List)
_FIELDS = frozenset(_List.__dataclass_fields__)
_ROW_FIELDS = frozenset(_Row.__dataclass_fields__)


def load_wording(folder: Path) -> WordingLists:
    """All ``*.toml`` of a folder. Raises LexiconError. An empty or missing folder gives lists that find nothing."""
    words: dict[str, Word] = {}
    allowed: dict[str, None] = {}
    for file in sorted(folder.glob("*.toml")):
        table = _read(file)
        rows = [_Row((wrong,), right) for wrong, right in table.words.items()]
        for row in (*rows, *table.word):
            for text in row.wrong:
                _check(file, text, row.right, words)
                words[text] = _word(table, row, text)
            allowed |= dict.fromkeys(row.allow)
        allowed |= dict.fromkeys((*table.allow, *table.names))
    useful = [text for text in allowed if any(word in text for word in words)]
    return WordingLists(tuple(words.values()), tuple(useful))


def _word(table: _List, row: _Row, text: str) -> Word:
    return Word(
        text,
        row.right,
        table.grade,
        table.name,
        row.why or table.why,
        row.near or table.near,
        (*row.unless, *table.unless),
        row.after,
        row.since,
        row.quoted,
    )


def _read(file: Path) -> _List:
    table = read_table(file, _FIELDS)
    rows = table.get("word", [])
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            refuse_unknown(file, row, _ROW_FIELDS)
    try:
        found: _List = _LIST.validate_python(table)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"词表 {file.name} 的 {where} 写法不对，请对照其他词表修改：{first['msg']}") from error
    if (found.words or found.word) and found.grade not in GRADES:
        raise LexiconError(f"词表 {file.name} 的 grade 应为 {' 或 '.join(GRADES)}")
    return found


def _check(file: Path, text: str, right: str, words: dict[str, Word]) -> None:
    if len(text) < 2 or not right:
        raise LexiconError(f"词表 {file.name} 中的“{text}”太短或者没有写正确的说法，请改正")
    if text in right:
        raise LexiconError(f"词表 {file.name} 中的“{text}”是正确说法“{right}”的一部分，会误报，请删除")
    if text in words:
        raise LexiconError(f"词表 {file.name} 中的“{text}”重复，已在“{words[text].family}”中，请删除一处")
