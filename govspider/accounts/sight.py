"""What a page that has little to show has in sight, and whether scripts may still change that."""

from govspider.reading import dom
from govspider.reading.hidden import hidden_blocks


def lines_in_sight(body: bytes, url: str, content_type: str) -> tuple[str, ...]:
    """Without what the page hides: a template keeps its “no such account” ready for the day that it is needed."""
    doc = dom.parse(body, url, content_type)
    pieces, place = [], 0
    for block in hidden_blocks(doc):
        pieces.append(doc.text[place : block.node.start])
        place = max(place, block.node.stop)
    pieces.append(doc.text[place:])
    return tuple(dict.fromkeys(line.strip() for line in "\n".join(pieces).split("\n") if line.strip()))


def is_scripted(body: bytes) -> bool:
    return b"<script" in body.lower()
