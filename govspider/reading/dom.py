"""A page's parsed tree: flat, bounded in depth and size, with the whole visible text in one string.

Every node knows its slice of ``Doc.nodes`` (itself and what is below it) and of ``Doc.text``. So the text below a
node costs one slice, a pattern runs once over the page, and its hits are mapped back to nodes by position.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govspider.reading.charset import decode

MAX_BYTES = 6_000_000
MAX_NODES = 60_000
MAX_TEXT = 400_000  # characters of visible text; the longest laws have a quarter of it
MAX_DEPTH = 400

# Their content is not text that a visitor reads where it stands.
SILENT = frozenset({"script", "style", "noscript", "template", "textarea", "select", "head", "iframe", "object", "svg"})
_INLINE = (
    "a abbr acronym b bdo big button cite code del dfn em font i img input ins kbd label mark nobr q s samp small span strike "
    "strong sub sup time tt u var wbr"
)
INLINE = frozenset(_INLINE.split())
_HOST = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.\-]*:")


_NO_ATTRIBUTES: dict[str, str | None] = {}


class Node:
    """An element, a text or a comment. ``tag`` is then a lower-case name, "#text" or "#comment".

    ``data`` is the raw text of the last two and of script, style, textarea and option.

    ``index``/``end`` delimit the subtree in ``Doc.nodes``, ``start``/``stop`` its visible text in ``Doc.text``.
    ``mem_id`` of an element is that of its node in ``Doc.tree``.
    """

    __slots__ = ("attrs", "children", "data", "depth", "end", "index", "mem_id", "parent", "start", "stop", "tag")

    def __init__(
        self,
        tag: str,
        parent: "Node | None",
        index: int,
        start: int,
        depth: int,
        attrs: dict[str, str | None] = _NO_ATTRIBUTES,
        data: str = "",
        mem_id: int = 0,
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.index = index
        self.end = index + 1
        self.start = self.stop = start
        self.depth = depth
        self.attrs = attrs
        self.data = data
        self.mem_id = mem_id
        self.children: list[Node] = []

    def get(self, name: str) -> str:
        """An attribute's value, "" when it is absent or has none."""
        return self.attrs.get(name) or ""

    def ancestors(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, tags: frozenset[str] | set[str]) -> "Node | None":
        """The nearest ancestor with one of these tags."""
        return next((node for node in self.ancestors() if node.tag in tags), None)

    def holds(self, other: "Node") -> bool:
        return self.index <= other.index < self.end

    def __repr__(self) -> str:
        return f"<{self.tag} #{self.index}>"


class Doc:
    """A parsed page. ``source`` is the decoded HTML, ``url`` its address, ``nodes`` all nodes in document order.

    ``tree`` is the parser's own tree, for questions that are shorter in CSS.
    """

    __slots__ = (
        "_base",
        "_folder",
        "_joined",
        "_origin",
        "_tags",
        "_text_starts",
        "_texts",
        "charset",
        "nodes",
        "root",
        "source",
        "text",
        "tree",
        "url",
    )

    def __init__(self, source: str, url: str, charset: str) -> None:
        self.source, self.url, self.charset = source, url, charset
        self.tree, self.nodes, self.text, self._tags = _build(source)
        self.root = self.nodes[0]
        self._joined: dict[str, str] = {}
        self._texts: list[Node] | None = None
        self._text_starts: list[int] = []
        base = next((node.get("href") for node in self.tags("base") if node.get("href")), "")
        self._base = _safe_join(url, base) if base else url
        self._origin, self._folder = _split_base(self._base)

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
            rows = self._tags.get(name, [])
            low = bisect_left(rows, node.index + 1, key=_index)
            found += rows[low : bisect_left(rows, node.end, low, key=_index)]
        if len(names) > 1:
            found.sort(key=_index)
        return found

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

    def raw(self, node: Node) -> str:
        """The visible text below a node: one line a block, spaces within a line collapsed."""
        return self.text[node.start : node.stop]

    def line(self, node: Node) -> str:
        """The visible text below a node on one line."""
        return " ".join(self.text[node.start : node.stop].split())

    def label(self, node: Node) -> str:
        """What a visitor reads of a link: its text, else its title, else the alternative text of its picture."""
        if text := self.line(node):
            return text
        if title := node.get("title").strip():
            return title
        alternatives = (picture.get("alt") or picture.get("title") for picture in self.below(node, "img"))
        return next((text.strip() for text in alternatives if text.strip()), "")

    def absolute(self, address: str) -> str:
        """An absolute address; "" for script, mail and empty ones, and for what no browser could open."""
        known = self._joined.get(address)
        if known is None:
            known = self._joined[address] = self._join(address)
        return known

    def _join(self, address: str) -> str:
        link = address.strip().replace("\\", "/")
        if "\n" in link or "\r" in link or "\t" in link:
            link = link.replace("\n", "").replace("\r", "").replace("\t", "")
        if not link or link[0] == "#":
            return ""
        if _HOST.match(link):
            if link[:7].lower() != "http://" and link[:8].lower() != "https://":
                return ""
            return _safe_join(link, "") if "[" in link else link
        if link.startswith("//") or not self._origin:
            return _safe_join(self._base, link)
        if "/." in link or link[0] == ".":
            return self._climb(link)
        if link.startswith("/"):
            return self._origin + link
        if link.startswith("?"):
            return self._base.partition("#")[0].partition("?")[0] + link
        return self._folder + link

    def _climb(self, link: str) -> str:
        """Join an address with ./ and ../ in its path."""
        path, mark, rest = link, "", ""
        for sign in "?#":
            if sign in path:
                path, mark, rest = path.partition(sign)[0], sign, link[len(path.partition(sign)[0]) + 1 :]
        steps = [] if path.startswith("/") else self._folder[len(self._origin) + 1 : -1].split("/")
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
        return "/".join((self._origin, *steps, name)) + mark + rest

    def close(self) -> None:
        """Break the cycles between nodes, so that memory is free at once and not at the next collection."""
        for node in self.nodes:
            node.parent = None
            node.children = []
        self.nodes = []
        self._tags = {}


def parse(body: bytes, url: str, content_type: str = "") -> Doc:
    """The tree of any bytes. Never raises; what lies beyond MAX_BYTES, MAX_NODES or MAX_TEXT is not read."""
    source, charset = decode(body[:MAX_BYTES], content_type)
    return Doc(source, url, charset)


def collapse(text: str) -> str:
    return " ".join(text.split())


def _index(node: Node) -> int:
    return node.index


def _safe_join(base: str, link: str) -> str:
    try:
        joined = urljoin(base, link)
        urlsplit(joined).port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) else ""


def _split_base(base: str) -> tuple[str, str]:
    try:
        parts = urlsplit(base)
    except ValueError:
        return "", ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "", ""
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin, f"{origin}{parts.path.rpartition('/')[0]}/"


# ------------------------------------------------------------------------------------------------------- the building


def _build(source: str) -> tuple[LexborHTMLParser, list[Node], str, dict[str, list[Node]]]:
    if "\x00" in source:
        source = source.replace("\x00", "")
    if _suspicious(source):
        source = tame(source)
    tree = LexborHTMLParser(source or "<html></html>")
    nodes, text, tags, deep = _walk(tree.root)
    if deep:
        tree = LexborHTMLParser(tame(source))
        nodes, text, tags, deep = _walk(tree.root)
    return tree, nodes, text, tags


def _walk(root: LexborNode | None) -> tuple[list[Node], str, dict[str, list[Node]], bool]:
    """Nodes, visible text, index by tag, and whether the tree is deeper than it may be."""
    if root is None:
        top = Node("html", None, 0, 0, 0)
        return [top], "", {"html": [top]}, False
    parent, parent_id = Node("html", None, 0, 0, 0, root.attributes, "", root.mem_id), root.mem_id
    nodes, tags = [parent], {"html": [parent]}
    count = depth = 1
    text = _Text()
    silent = 0  # depth of the outermost silent element around, 0 when there is none
    stack = [(parent_id, parent)]  # the elements that are open, and what tells them from others
    walk = root.traverse(include_text=True)
    next(walk)
    for item in walk:
        above = item.parent
        above_id = parent_id if above is None else above.mem_id
        while parent_id != above_id and depth > 1:
            stack.pop()
            depth -= 1
            parent.end, parent.stop = count, text.length
            if silent:
                if depth < silent:
                    silent = 0
            elif text.ends_in != "\n" and parent.tag not in INLINE:
                text.break_line()
            parent_id, parent = stack[-1]
        tag = item.tag
        if tag == "-text":
            words = item.text_content
            if not words:
                continue
            if silent:
                parent.data += words
                continue
            start = text.length
            if start >= MAX_TEXT:
                break
            if words.isspace():
                if not text.ends_in:
                    text.space()
                continue
            start = text.length
            if len(words) > MAX_TEXT:
                words = words[:MAX_TEXT]
            text.add(words)
            node = Node("#text", parent, count, start, depth, _NO_ATTRIBUTES, words)
            node.stop = text.length
        elif tag == "-comment":
            node = Node("#comment", parent, count, text.length, depth, _NO_ATTRIBUTES, item.comment_content or "")
        elif tag is None or tag[0] == "-":
            continue
        else:
            if not silent and text.ends_in != "\n" and tag not in INLINE:
                text.break_line()
            own_id = item.mem_id
            node = Node(tag, parent, count, text.length, depth, item.attributes, "", own_id)
            nodes.append(node)
            count += 1
            parent.children.append(node)
            if tag in tags:
                tags[tag].append(node)
            else:
                tags[tag] = [node]
            parent, parent_id = node, own_id
            stack.append((own_id, node))
            depth += 1
            if not silent and tag in SILENT:
                silent = depth
            if depth > MAX_DEPTH:
                return nodes, "", tags, True
            if count >= MAX_NODES:
                break
            continue
        nodes.append(node)
        count += 1
        parent.children.append(node)
    for _, node in stack:
        node.end, node.stop = count, text.length
    return nodes, "".join(text.pieces), tags, False


class _Text:
    """The visible text as it grows. White space is kept to one character: a line feed between blocks, else a space."""

    __slots__ = ("ends_in", "length", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.ends_in = "\n"  # the last character when it is white space, else ""

    def space(self) -> None:
        self.pieces.append(" ")
        self.length += 1
        self.ends_in = " "

    def add(self, words: str) -> None:
        """Append a text that is not all white space."""
        flat = " ".join(words.split())
        # Numbers of neighbouring elements, such as a day and a month drawn apart, are not one number.
        if not self.ends_in and (words[0].isspace() or (flat[0].isdigit() and self.pieces[-1][-1].isdigit())):
            flat = " " + flat
        if words[-1].isspace():
            flat += " "
            self.ends_in = " "
        else:
            self.ends_in = ""
        self.pieces.append(flat)
        self.length += len(flat)

    def break_line(self) -> None:
        if self.ends_in == "\n":
            return
        if self.ends_in:
            self.pieces[-1] = self.pieces[-1][:-1] + "\n"  # the same length: positions stay right
        else:
            self.pieces.append("\n")
            self.length += 1
        self.ends_in = "\n"


# -------------------------------------------------------------------------------------------------- the hostile pages

_FORMATTING = re.compile(r"<(?:font|b|i|u|em|strong|small|big|code|tt|s|strike|nobr)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]{0,40})[^<>]*>?")
# The parser closes these itself, so that they do not nest by being left open.
_CLOSED_BY_OTHERS = (
    "p li dt dd tr td th tbody thead tfoot option optgroup br hr img input meta link base area col embed param source track "
    "wbr html head body a script style title !doctype"
)
_SELF_CLOSING = frozenset(_CLOSED_BY_OTHERS.split())
_NESTED_ALIKE, _NESTED = 60, 200
# Formatting that is left open is opened again in every later block, so a few such tags multiply the page.
_REOPENED = frozenset(("font", "b", "i", "u", "em", "strong", "small", "big", "code", "tt", "s", "strike", "nobr"))
_REOPENED_OPEN = 2
_LONGEST_TAG = 20_000


def _suspicious(source: str) -> bool:
    """Whether the parser could take quadratic time or memory: many elements, open formatting, endless attributes."""
    elements = source.count("<")
    if elements > 6000 or (elements > 1000 and len(_FORMATTING.findall(source)) > 400):
        return True
    position = 0
    while position + _LONGEST_TAG < len(source):
        position = source.rfind(">", position, position + _LONGEST_TAG) + 1
        if position == 0:
            return True
    return False


def tame(source: str) -> str:
    """The page without the tags that nest too deep and without attributes by the hundred; linear."""
    opened: dict[str, int] = {}
    dropped: dict[str, int] = {}
    total = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal total
        name = match[2].lower()
        if match[1]:
            if dropped.get(name):
                dropped[name] -= 1
                return ""
            if opened.get(name):
                opened[name] -= 1
                total -= 1
            elif name not in _SELF_CLOSING:
                return ""  # an end tag without a start: finding that out costs the parser the whole depth
            return match[0]
        whole = match[0]
        if len(whole) > 2000 and len(whole.split(None, 200)) > 200:
            whole = f"<{name}>"
        if name in _SELF_CLOSING:
            return whole
        limit = _REOPENED_OPEN if name in _REOPENED else _NESTED_ALIKE
        if opened.get(name, 0) >= limit or total >= _NESTED:
            dropped[name] = dropped.get(name, 0) + 1
            return ""
        opened[name] = opened.get(name, 0) + 1
        total += 1
        return whole

    return _TAG.sub(keep, source)
