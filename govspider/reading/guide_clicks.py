"""Guides whose parts come only when their headings are clicked: nothing of them is in the page before."""

from collections.abc import Collection
from itertools import pairwise

from govspider.reading import guide_labels as labels
from govspider.reading.dom import Doc

LEAST = 3  # headings that open a part
HEADING = 18  # characters of one


def left_to_clicks(doc: Doc, begin: int, end: int, found: Collection[str]) -> set[str]:
    """The elements that such headings name. Where the page holds the texts of more than the first (``found``), it holds
    all there is."""
    heads = [node for node in doc.nodes if "onclick" in node.attrs and begin <= node.start < end]
    named = [(node, labels.elements_of(doc.line(node))) for node in heads if node.stop - node.start <= HEADING]
    named = [(node, elements) for node, elements in named if elements]
    if len(named) < LEAST or any(doc.text[one.stop : two.start].strip() for (one, _), (two, _) in pairwise(named)):
        return set()
    opened = {element for _, elements in named for element in elements}
    return opened if len(opened & set(found)) <= 1 else set()
