"""Labels of a guide that stand together as the heads of tabs or columns, and the blocks that hold their texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, dropwhile, takewhile

from govspider.reading import guide_labels as labels
from govspider.reading.dom import SILENT, Doc, Node

LEAST = 3  # labels side by side that make a strip
LEAST_LINKED = 4  # when they lead to other pages: a menu, too, may hold 政策法规, 办事流程 and 联系我们
UP = 4  # levels between a strip and the blocks of its texts
SKIPPED = SILENT | {"#text", "#comment", "script", "style", "br", "hr"}
HOLDERS = frozenset({"td", "th", "dd", "p", "div", "span", "li", "input", "textarea"})
CELLS = frozenset({"td", "th"})
READABLE_OTHERWISE = ("img", "iframe", "embed", "object", "video", "a")


@dataclass(frozen=True, slots=True)
class Strip:
    """``start``/``stop`` delimit the heads in the page's text. ``values``: the key elements of each head and its text,
    None where the text cannot be told: it stands in another block, a picture or on another page."""

    start: int
    stop: int
    values: tuple[tuple[tuple[str, ...], str | None], ...]


def read_strips(doc: Doc, begin: int, end: int) -> list[Strip]:
    found: list[Strip] = []
    behind = 0
    for node in doc.nodes:
        if node.index < behind or node.start < begin or node.stop > end or node.end - node.index <= LEAST:
            continue
        if heads := _heads(doc, node):
            names = [labels.elements_of(labels.bare(doc.line(head))) for head in heads]
            texts = [None] * len(heads) if _is_linked(doc, node) else _texts(doc, node, len(heads))
            found.append(Strip(node.start, node.stop, tuple(zip(names, texts, strict=True))))
            behind = node.end
    return found


def _heads(doc: Doc, node: Node) -> list[Node]:
    """The children of a strip; [] for what is none. A label with a colon or an empty place beside it is no head."""
    heads: list[Node] = []
    names: list[str] = []
    for child in doc.children(node):
        if child.stop <= child.start:
            continue
        if child.stop - child.start > 2 * labels.LONGEST:
            return []
        line = doc.line(child)
        if child.tag == "#text" and not any(sign.isalnum() for sign in line):
            continue
        if len(line) > labels.LONGEST or line.endswith((":", "：")):
            return []
        heads.append(child)
        names.append(labels.bare(line))
    known = [labels.is_label(name) for name in names]
    if sum(known) * 5 < len(heads) * 3 or not any(all(known[n : n + LEAST]) for n in range(len(known) - LEAST + 1)):
        return []
    distinct = {element for name in names for element in labels.elements_of(name)}
    if len(distinct) < (LEAST_LINKED if _is_linked(doc, node) else LEAST):
        return []
    empty = any(inner.tag in HOLDERS and inner.start == inner.stop for inner in doc.below(node))
    return [] if empty else heads


def _is_linked(doc: Doc, node: Node) -> bool:
    """Whether a strip leads to other pages."""
    addresses = (doc.absolute(anchor.get("href")).partition("#")[0] for anchor in doc.below(node, "a"))
    return any(address and address != doc.url for address in addresses)


def _texts(doc: Doc, strip: Node, number: int) -> list[str | None]:
    """The texts of the blocks behind a strip, in order, when there are as many; all None otherwise."""
    node = strip
    for _ in range(UP):
        parent = node.parent
        if parent is None:
            break
        after = [child for child in doc.children(parent) if child.index >= node.end and child.tag not in SKIPPED]
        behind = list(dropwhile(lambda block: block.stop <= block.start, after))  # past rules and spacers
        sets = chain(_sets(doc, after, number), _sets(doc, behind, number))
        blocks = next((each for each in sets if len(each) == number), None)
        if blocks is not None:
            return _of_blocks(doc, blocks)
        if any(child.stop > child.start for child in after):
            break
        node = parent
    return [None] * number


def _sets(doc: Doc, after: Sequence[Node], number: int) -> Iterator[list[Node]]:
    """Ways to see the blocks behind a strip: as its neighbours or as the parts of the one neighbour."""
    if not after:
        return
    inner = after[0]
    while len(parts := [child for child in doc.children(inner) if child.tag not in SKIPPED]) == 1 and number > 1:
        inner = parts[0]
    alike = [part for part in parts if part.tag == parts[0].tag]
    if after[0].tag == "tr":
        yield parts
        return
    same = list(takewhile(lambda block: block.tag == after[0].tag, after))
    yield same
    yield [block for block in same if block.get("class").split()[:1] == after[0].get("class").split()[:1]]
    yield [block for block in same if block.stop > block.start]
    yield alike


def _of_blocks(doc: Doc, blocks: Sequence[Node]) -> list[str | None]:
    """An empty cell says nothing for certain. An empty block may be filled when it is opened, if most are empty."""
    texts = [doc.raw(block).strip() for block in blocks]
    certain = blocks[0].tag in CELLS or sum(map(bool, texts)) * 2 > len(texts)
    return [
        text if text or (certain and not doc.below(block, *READABLE_OTHERWISE)) else None
        for block, text in zip(blocks, texts, strict=True)
    ]


def empty_places(doc: Doc) -> list[int]:
    """Where in the text an empty cell, paragraph or block stands: a place for a value, ascending."""
    return [node.start for node in doc.nodes if node.start == node.stop and node.tag in HOLDERS]
