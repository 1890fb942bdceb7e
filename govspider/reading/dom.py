"""A page's parsed tree: flat, bounded in depth and size, with the whole visible text in one string.

Every node knows its slice of ``Doc.nodes`` (itself and what is below it) and of ``Doc.text``. So the text below a
node costs one slice, a pattern runs once over the page, and its hits are mapped back to nodes by position.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from govspider.reading import landmarks
from govspider.reading.charset import decode
from govspider.reading.landmarks import Landmark, Places
from govspider.reading.routes import route
from govspider.reading.tree import INLINE, MAX_NODES, MAX_TEXT, SILENT, Node, build

__all__ = ["INLINE", "MAX_BYTES", "MAX_NODES", "MAX_TEXT", "SILENT", "Doc", "Link", "Node", "collapse", "parse"]

MAX_BYTES = 6_000_000
MAX_ADDRESS = 8_000  # characters; no server takes more
T = TypeVar("T")
_HOST = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.\-]*:")


_CLICKED = "onclick"
_CLICKS = (_CLICKED, "onClick", "ONCLICK", "OnClick")  # as pages write it
MOST_CLICKED = 200  # characters of an element that is a link for its script's sake
_OPENS = re.compile(r"(?:\blocation(?:\.href)?\s*=(?!=)|\b(?:assign|replace|open)\s*\()\s*['\"]([^'\"\s]+)['\"]")


class Link:
    """A link: its visible text (``raw``: one line a block; ``text``: on one line) and its absolute address."""

    __slots__ = ("node", "raw", "text", "url")

    def __init__(self, node: Node, raw: str, url: str) -> None:
        self.node = node
        self.raw = raw
        self.text = raw.replace("\n", " ")
        self.url = url


class Doc:
    """A parsed page. ``source`` is the decoded HTML, ``url`` its address, ``nodes`` all nodes in document order."""

    __slots__ = (
        "_base",
        "_known",
        "_links",
        "_marks",
        "_origin",
        "_places",
        "_root",
        "_tags",
        "_text_starts",
        "_texts",
        "charset",
        "nodes",
        "root",
        "source",
        "text",
        "url",
    )

    def __init__(self, source: str, url: str, charset: str) -> None:
        self.source, self.url, self.charset = source, url, charset
        self.nodes, self.text, self._tags = build(source)
        self.root = self.nodes[0]
        self._places: dict[str, list[int]] = {}
        self._known: dict[Callable[[Doc], Any], Any] = {}
        self._texts: list[Node] | None = None
        self._links: list[Link] | None = None
        self._marks: Places | None = None
        self._text_starts: list[int] = []
        base = next((node.get("href") for node in self.tags("base") if node.get("href")), "")
        self._base = _safe_join(url, base) if base else url
        self._origin = _split_base(self._base)[0]
        self._root = self._origin + "/"

    def once(self, read: Callable[["Doc"], T]) -> T:
        """What a reader says of this page, worked out at the first call."""
        if read not in self._known:
            self._known[read] = read(self)
        found: T = self._known[read]
        return found

    def tags(self, *names: str) -> list[Node]:
        """All elements with one of these tags, in document order."""
        if len(names) == 1:
            return self._tags.get(names[0], [])
        found = [node for name in names for node in self._tags.get(name, ())]
        found.sort(key=lambda node: node.index)
        return found

    def below(self, node: Node, *names: str) -> list[Node]:
        """The elements below a node that have one of these tags; all nodes below it when none is named."""
        if not names:
            return self.nodes[node.index + 1 : node.end]
        found: list[Node] = []
        for name in names:
            low, high = self._stretch(node, name)
            if low < high:
                found += self._tags[name][low:high]
        if len(names) > 1:
            found.sort(key=_index)
        return found

    def count(self, node: Node, *names: str) -> int:
        """How many elements below a node have one of these tags."""
        stretches = (self._stretch(node, name) for name in names)
        return sum(high - low for low, high in stretches)

    def _stretch(self, node: Node, name: str) -> tuple[int, int]:
        """Which of the elements with a tag stand below a node."""
        rows = self._tags.get(name)
        if rows is None:
            return 0, 0
        places = self._places.get(name)
        if places is None:
            places = self._places[name] = [row.index for row in rows]
        low = bisect_left(places, node.index + 1)
        return low, bisect_left(places, node.end, low)

    def children(self, node: Node) -> Iterator[Node]:
        """The nodes right below a node."""
        place = node.index + 1
        while place < node.end:
            child = self.nodes[place]
            yield child
            place = child.end

    @property
    def texts(self) -> list[Node]:
        """The visible text nodes in document order."""
        if self._texts is None:
            self._texts = [node for node in self.nodes if node.tag == "#text"]
            self._text_starts = [node.start for node in self._texts]
        return self._texts

    @property
    def text_starts(self) -> list[int]:
        """Where each of ``texts`` begins in ``text``."""
        return self._text_starts if self.texts else []

    @property
    def links(self) -> list[Link]:
        """The ``a`` elements, and others whose own script opens an address, in document order."""
        if self._links is None:
            text, absolute = self.text, self.absolute
            self._links = [
                Link(
                    node,
                    text[node.start : node.stop].strip(),
                    absolute(node.attrs.get("href") or "") or self._opened(node),
                )
                for node in self.tags("a")
            ]
            if any(name in self.source for name in _CLICKS) and (clicked := self._clicked()):
                self._links = sorted([*self._links, *clicked], key=_index_of)
        return self._links

    def _opened(self, node: Node) -> str:
        """Where the script of a click on an element leads, "" when that cannot be told."""
        code = node.attrs.get(_CLICKED) or node.attrs.get("href") or ""
        found = _OPENS.search(code) if "(" in code or "=" in code else None
        return self.absolute(found[1]) if found is not None else ""

    def _clicked(self) -> list[Link]:
        """The elements other than ``a`` that open an address when they are clicked; of nested ones the innermost."""
        found: list[Link] = []
        inside: Node | None = None
        for node in reversed(self.nodes):
            if _CLICKED not in node.attrs or node.tag == "a" or node.stop - node.start > MOST_CLICKED:
                continue
            url = self._opened(node)
            if (
                not url
                or (inside is not None and node.holds(inside))
                or self.below(node, "a")
                or node.inside({"a"}) is not None
            ):
                continue
            inside = node
            found.append(Link(node, self.text[node.start : node.stop].strip(), url))
        return found

    @property
    def marks(self) -> Places:
        """Where the words that tell a page's parts stand in ``text``."""
        if self._marks is None:
            self._marks = landmarks.find(self.text)
        return self._marks

    @marks.setter
    def marks(self, found: Places) -> None:
        self._marks = found

    def spots(self, *words: str) -> list[int]:
        """Where one of these words stands in ``text``, ascending."""
        marks = self.marks
        found = [place for word in words if word in marks for place in marks[word]]
        found.sort()
        return found

    def matches(self, sought: Landmark, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """``finditer`` of a landmark's pattern in ``text``."""
        text, match = self.text, sought.pattern.match
        stop = len(text) if stop is None else stop
        for place in self.spots(*sought.words):
            if place >= start and (found := match(text, place, stop)):
                yield found
                start = found.end()

    def first(self, sought: Landmark, start: int = 0, stop: int | None = None) -> re.Match[str] | None:
        """``search`` for a landmark's pattern in ``text``."""
        return next(self.matches(sought, start, stop), None)

    def raw(self, node: Node) -> str:
        """The visible text below a node: one line a block, spaces within a line collapsed."""
        return self.text[node.start : node.stop]

    def line(self, node: Node) -> str:
        """The visible text below a node on one line."""
        return self.text[node.start : node.stop].strip().replace("\n", " ")

    def label(self, node: Node) -> str:
        """What a visitor reads of a link: its text, else its title, else the alternative text of its picture."""
        return self.line(node) or self.alternative(node)

    def alternative(self, node: Node) -> str:
        """What is read of a link without text."""
        if title := node.get("title").strip():
            return title
        alternatives = (picture.get("alt") or picture.get("title") for picture in self.below(node, "img"))
        return next((text.strip() for text in alternatives if text.strip()), "")

    def absolute(self, address: str) -> str:
        """An absolute address; "" for script, mail and empty ones, and for what no browser could open."""
        rooted = self._origin and address.startswith(("/", "http://", "https://"))
        return _join(self._root if rooted else self._base, address) if len(address) <= MAX_ADDRESS else ""


def parse(body: bytes, url: str, content_type: str = "") -> Doc:
    """The tree of any bytes. Never raises; what lies beyond MAX_BYTES, MAX_NODES or MAX_TEXT is not read."""
    source, charset = decode(body[:MAX_BYTES], content_type)
    return Doc(source, url, charset)


def collapse(text: str) -> str:
    return " ".join(text.split())


def _index_of(link: Link) -> int:
    return link.node.index


def _index(node: Node) -> int:
    return node.index


def _safe_join(base: str, link: str) -> str:
    try:
        joined = urljoin(base, link)
        urlsplit(joined).port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) else ""


@lru_cache(maxsize=16_384)
def _join(base: str, address: str) -> str:
    """Remembered, since the pages of a site share most links."""
    link = address.strip().replace("\\", "/")
    if "\n" in link or "\r" in link or "\t" in link:
        link = link.replace("\n", "").replace("\r", "").replace("\t", "")
    if not link:
        return ""
    if link[0] == "#":
        return base.partition("#")[0] + link if route(link) else ""
    if _HOST.match(link):
        if link[:7].lower() != "http://" and link[:8].lower() != "https://":
            return ""
        return _safe_join(link, "") if "[" in link else link
    origin, folder = _split_base(base)
    if link.startswith("//") or not origin:
        return _safe_join(base, link)
    if "/." in link or link[0] == ".":
        return _climb(origin, folder, link)
    if link.startswith("/"):
        return origin + link
    if link.startswith("?"):
        return base.partition("#")[0].partition("?")[0] + link
    return folder + link


def _climb(origin: str, folder: str, link: str) -> str:
    """Join an address with ./ and ../ in its path."""
    path, mark, rest = link, "", ""
    for sign in "?#":
        if sign in path:
            path, mark, rest = path.partition(sign)[0], sign, link[len(path.partition(sign)[0]) + 1 :]
    steps = [] if path.startswith("/") else folder[len(origin) + 1 : -1].split("/")
    steps = [step for step in steps if step]
    *folders, name = path.lstrip("/").split("/")
    for step in folders:
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    if name == "..":
        del steps[-1:]
    if name in (".", ".."):
        name = ""
    return "/".join((origin, *steps, name)) + mark + rest


@lru_cache(maxsize=256)
def _split_base(base: str) -> tuple[str, str]:
    try:
        parts = urlsplit(base)
    except ValueError:
        return "", ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "", ""
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin, f"{origin}{parts.path.rpartition('/')[0]}/"
