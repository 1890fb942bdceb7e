"""The parser's tree, copied once into flat nodes, while the visible text grows beside it."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

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


def build(source: str) -> tuple[LexborHTMLParser, list[Node], str, dict[str, list[Node]]]:
    if "\x00" in source:
        source = source.replace("\x00", "")
    if suspicious(source):
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
