"""Terms lists: words that give tampering away, matched all at once by an Aho-Corasick automaton."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from govspider.reading.landmarks import WORDS, Finder, Places
from govspider.reading.lexicon_files import LexiconError, read_table
from govspider.reading.outlinks import HarmfulHosts, load_links
from govspider.reading.scanning import remembered
from govspider.reading.wording import WordingLists, load_wording

FIELDS = {"name", "strong", "weak", "contexts", "hosts"}
# Full-width letters, digits and punctuation, so that one spelling in the lists finds both.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
IGNORED = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD], None)
FOLDED = NARROW | IGNORED
SPACED = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u00a0]+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Term:
    """``strong``: foreign on a government page by itself; otherwise it needs a context such as being hidden."""

    text: str
    family: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Hit:
    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """``wording``: number of the form, start and end of what ``WordingLists.judge`` is to judge."""

    hits: list[Hit]
    wording: list[tuple[int, int, int]]
    marks: Places


@dataclass(frozen=True)
class Lexicon:
    """``names``: family → Chinese name. ``contexts``: words that show a page to speak *about* the matter (police
    news, warnings). ``hosts``: domains that hidden or obfuscated code may name (statistics, badges, media).
    ``wording`` and ``links``: the lists of wrong wording and of harmful hosts, which have formats of their own."""

    terms: tuple[Term, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    contexts: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()
    wording: WordingLists = field(default_factory=WordingLists)
    links: HarmfulHosts = field(default_factory=HarmfulHosts)
    _spelt: tuple[Term, ...] = field(init=False, repr=False, compare=False, default=())
    _finder: Finder = field(init=False, repr=False, compare=False)
    _context_matcher: AhoCorasick | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        spelt = {form: term for term in self.terms for form in (term.text.upper(), term.text.capitalize(), term.text)}
        object.__setattr__(self, "_spelt", tuple(spelt.values()))
        object.__setattr__(self, "_finder", Finder([*WORDS, *spelt, *self.wording.forms]))
        if self.contexts:
            object.__setattr__(self, "_context_matcher", AhoCorasick(list(self.contexts)))

    def hits(self, text: str) -> list[Hit]:
        """Every term in ``text``, overlapping ones included; Latin terms only as whole words, in any common case.

        ``fold`` the text first where it may be spelt to deceive.
        """
        return self.scan(text).hits

    def scan(self, text: str) -> Scan:
        """What a text holds of all lists, and its landmarks, in one pass."""
        hits: list[Hit] = []
        wording: list[tuple[int, int, int]] = []
        marks: defaultdict[str, list[int]] = defaultdict(list)
        terms, others = len(WORDS), len(WORDS) + len(self._spelt)
        for begin, held in self._finder.find(text):
            for index, start, end in held:
                if index < terms:
                    marks[WORDS[index]].append(begin + start)
                elif index >= others:
                    wording.append((index - others, begin + start, begin + end))
                elif _whole_word(text, begin + start, begin + end):
                    hits.append(Hit(self._spelt[index - terms], begin + start, begin + end))
        return Scan(hits, wording, marks)

    def speaks_about(self, text: str) -> bool:
        """Whether ``text`` (folded) holds a word of those who fight or explain the matter, not of those who sell it."""
        return self._context_matcher is not None and bool(self._context_matcher.find_matches_as_indexes(text))


@remembered
def fold(text: str) -> str:
    """Lower case, half-width, without invisible characters and without spaces between Chinese characters."""
    return SPACED.sub("", text.translate(FOLDED).lower())


def load_lexicon(folder: Path) -> Lexicon:
    """All ``*.toml`` of a folder, one family a file, with those of ``wording`` and ``links`` below it. Raises LexiconError."""
    terms: dict[str, Term] = {}
    names: dict[str, str] = {}
    contexts: set[str] = set()
    hosts: set[str] = set()
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise LexiconError(f"词表文件夹 {folder} 中没有 .toml 文件")
    for file in files:
        table = read_table(file, FIELDS)
        names[file.stem] = str(table.get("name", file.stem))
        for strength in ("weak", "strong"):
            for word in _words(table, strength, file):
                terms[word] = Term(word, file.stem, strength == "strong")
        contexts.update(_words(table, "contexts", file))
        hosts.update(_words(table, "hosts", file))
    return Lexicon(
        tuple(terms.values()),
        names,
        tuple(sorted(contexts)),
        frozenset(hosts),
        load_wording(folder / "wording"),
        load_links(folder / "links"),
    )


def _words(table: dict[str, Any], key: str, file: Path) -> list[str]:
    words = table.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise LexiconError(f"词表 {file.name} 的 {key} 应是一组带引号的词语")
    folded = [fold(word).strip() for word in words]
    short = [word for word in folded if len(word) < 2]
    if short:
        raise LexiconError(f"词表 {file.name} 的 {key} 中有空白或只有一个字的词语,会误报,请删除")
    return folded


def _whole_word(text: str, start: int, end: int) -> bool:
    first, last = text[start], text[end - 1]
    if first.isascii() and first.isalnum() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    after = text[end : end + 1]
    return not (last.isascii() and last.isalnum() and after.isascii() and after.isalnum())
