"""The parser's tree, copied once into flat nodes, while the visible text grows beside it."""

from collections import defaultdict
from collections.abc import Iterator

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from govspider.reading.taming import suspicious, tame

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


_NO_ATTRIBUTES: dict[str, str | None] = {}


class Node:
    """An element, a text or a comment. ``tag`` is then a lower-case name, "#text" or "#comment".

    ``data`` is the raw text of a text, and of script, style, textarea and option.

    ``index``/``end`` delimit the subtree in ``Doc.nodes``, ``start``/``stop`` its visible text in ``Doc.text``.
    There is no ``__init__``: a page has hundreds of nodes, and the call would be a third of what one costs.
    """

    __slots__ = ("attrs", "data", "depth", "end", "index", "parent", "start", "stop", "tag")
    attrs: dict[str, str | None]
    data: str
    depth: int
    end: int
    index: int
    parent: "Node | None"
    start: int
    stop: int
    tag: str

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


def build(source: str) -> tuple[list[Node], str, dict[str, list[Node]]]:
    """All nodes in document order, the visible text, and the elements by tag."""
    if "\x00" in source:
        source = source.replace("\x00", "")
    if suspicious(source):
        source = tame(source)
    nodes, text, tags, deep = _walk(_parse(source or "<html></html>"))
    if deep:
        nodes, text, tags, deep = _walk(_parse(tame(source)))
    return nodes, text, tags


def _parse(source: str) -> LexborNode | None:
    # With events, every option of a select costs as much as all before it.
    return LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS).root


def _walk(root: LexborNode | None) -> tuple[list[Node], str, dict[str, list[Node]], bool]:
    """Nodes, visible text, elements by tag, and whether the tree is deeper than it may be.

    White space is kept to one character: a line feed between blocks, else a space. ``ends_in`` is the text's last
    character when it is white space, else "".
    """
    parent = Node()
    parent.tag, parent.attrs, parent.data, parent.parent = "html", root.attributes if root else _NO_ATTRIBUTES, "", None
    parent.index = parent.depth = parent.start = parent.stop = 0
    parent.end = 1
    nodes = [parent]
    tags = defaultdict(list, {"html": [parent]})
    if root is None:
        return nodes, "", tags, False
    count = 1
    pieces: list[str] = []
    length, ends_in = 0, "\n"
    around = [root.mem_id]  # the elements that are open
    silent = 0  # how many are, from the outermost silent one on; 0 when there is none
    walk = root.traverse(include_text=True)
    next(walk)
    for item in walk:
        above = item.parent.mem_id  # type: ignore[union-attr]  # only the root has no parent
        while around[-1] != above:
            around.pop()
            parent.end, parent.stop = count, length
            if silent:
                if len(around) < silent:
                    silent = 0
            elif ends_in != "\n" and parent.tag not in INLINE:
                length += _break_line(pieces, ends_in)
                ends_in = "\n"
            parent = parent.parent  # type: ignore[assignment]  # that of the root is never left
        tag = item.tag
        if tag == "-text":
            words: str = item.text_content  # type: ignore[assignment]  # a text has one
            if silent:
                parent.data += words
                continue
            if length >= MAX_TEXT:
                break
            words = words[:MAX_TEXT]
            parts = words.split()
            if not parts:
                if not ends_in:
                    pieces.append(" ")
                    length += 1
                    ends_in = " "
                continue
            flat = " ".join(parts)
            node = Node()
            node.tag, node.attrs, node.data = "#text", _NO_ATTRIBUTES, words
            node.parent, node.index, node.depth = parent, count, len(around)
            node.start = length
            # Numbers of neighbouring elements, such as a day and a month drawn apart, are not one number.
            if not ends_in and (words[0] != flat[0] or (flat[0].isdigit() and pieces[-1][-1].isdigit())):
                flat = " " + flat
            ends_in = " " if words[-1] != flat[-1] else ""
            flat += ends_in
            pieces.append(flat)
            length += len(flat)
            node.stop = length
        elif tag == "-comment":
            node = Node()
            node.tag, node.attrs, node.data = "#comment", _NO_ATTRIBUTES, ""
            node.parent, node.index, node.depth = parent, count, len(around)
            node.start = node.stop = length
        elif tag is None or tag[0] == "-":
            continue
        else:
            if not silent and ends_in != "\n" and tag not in INLINE:
                length += _break_line(pieces, ends_in)
                ends_in = "\n"
            node = Node()
            node.tag, node.attrs, node.data = tag, item.attributes, ""
            node.parent, node.index, node.depth = parent, count, len(around)
            node.start = node.stop = length
            parent = node
            tags[tag].append(node)
            around.append(item.mem_id)
            if not silent and tag in SILENT:
                silent = len(around)
            if len(around) > MAX_DEPTH:
                return nodes, "", tags, True
        nodes.append(node)
        count += 1
        node.end = count
        if count >= MAX_NODES:
            break
    for node in (parent, *parent.ancestors()):
        node.end, node.stop = count, length
    return nodes, "".join(pieces), tags, False


def _break_line(pieces: list[str], ends_in: str) -> int:
    """End the line; returns by how much the text grows."""
    if ends_in:
        pieces[-1] = pieces[-1][:-1] + "\n"  # the same length: positions stay right
        return 0
    pieces.append("\n")
    return 1
