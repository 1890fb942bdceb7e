"""What a visitor cannot see: nodes hidden by an attribute, an inline style or the page's own style sheet.

External style sheets are not read, so "not hidden" means "not hidden by the page itself".
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from govspider.reading.dom import Doc, Node

STYLE = 4000  # characters of one style that are read
SHEET = 100_000  # characters of one style element that are read
MEANS = frozenset({"style", "hidden", "width"})  # attributes of elements that hide themselves
NEVER = frozenset({"html", "body", "head", "input", "br", "style", "script"})

ZERO = r"(?:0(?:\.0+)?(?:px|pt|em|rem|ex|%)?|0?\.[0-4]\d*(?:px|em)|1(?:\.\d+)?(?:px|pt))"
FAR = r"-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|ex|%|vw|vh)?"
# Styles that leave nothing visible, on a text without spaces in lower case that begins with ";".
SOFT = re.compile(r";(?:display:none|visibility:(?:hidden|collapse))\b")  # what menus and tabs use as well
HARD = re.compile(
    rf";(?:opacity:0?(?:\.0+|0(?:\.0+)?%?)?(?=[;!]|$)|filter:[^;]*alpha\(opacity=0\)|font-size:{ZERO}(?=[;!]|$)"
    rf"|text-indent:{FAR}|color:transparent|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%|transform:[^;]*scale\(0)"
)
# Without one of these no style hides anything; most styles are spared the rest by it.
HINT = re.compile(
    r"none|hidden|collapse|opacity|font-size|indent|transparent|clip|scale|[:(]\s*-|\d{5}|background|height|width",
    re.IGNORECASE,
)
PLACED = re.compile(r";(?:position:(?:absolute|fixed|relative)|float:)")
FAR_AWAY = re.compile(
    rf";(?:(?:left|top|right|bottom|margin|margin-left|margin-top|margin-right):{FAR}|(?:left|top|right):\d{{5,}}px"
    r"|transform:[^;]*translate[xy]?\(-\d{4,})"
)
SQUASHED = re.compile(rf";(?:(?:max-)?height|(?:max-)?width|line-height):{ZERO}(?=[;!]|$)")
OVERFLOW = re.compile(r";overflow(?:-[xy])?:hidden")
COLOUR = re.compile(r";color:([#\w(),.]+)")
GROUND = re.compile(r";background(?:-color)?:([#\w(),.]+)")
SPACE = re.compile(r"\s+")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# One simple selector (.name or #name) and its declarations: the style sheets of injected blocks are that plain.
STYLE_RULE = re.compile(r"(?:^|(?<=[},;]))\s*([.#][A-Za-z_][\w-]{0,80})\s*\{([^{}]{0,600})\}")
NAMED_COLOURS = {"white": "#ffffff", "black": "#000000", "red": "#ff0000"}


@dataclass(frozen=True, slots=True)
class Block:
    """An outermost hidden element. ``hard``: by means that no menu or tab needs, such as far off the screen."""

    node: Node
    hard: bool


@lru_cache(maxsize=4096)
def way(style: str) -> str | None:
    """How an inline style hides: ``soft`` (display, visibility), ``hard`` (everything else) or None."""
    if len(style) > STYLE or not HINT.search(style):
        return None
    text = ";" + SPACE.sub("", style).lower()
    if SOFT.search(text):
        return "soft"
    if HARD.search(text) or (PLACED.search(text) and FAR_AWAY.search(text)):
        return "hard"
    if SQUASHED.search(text) and OVERFLOW.search(text):
        return "hard"
    colour, ground = COLOUR.search(text), GROUND.search(text)
    if colour and ground and _colour(colour[1]) == _colour(ground[1]):
        return "hard"
    return None


def hides_itself(node: Node) -> str | None:
    """``soft``, ``hard`` or None for this element alone, ancestors and style sheets aside."""
    attributes = node.attrs
    if not attributes:
        return None
    if style := attributes.get("style"):
        return way(style)
    if "hidden" in attributes:
        return "soft"
    if node.tag == "marquee" and _tiny(attributes.get("width")) and _tiny(attributes.get("height")):
        return "hard"
    return None


def is_hidden(node: Node) -> bool:
    """Whether this element or one around it hides itself. For many nodes of one page use ``hidden_blocks``."""
    return hides_itself(node) is not None or any(hides_itself(above) for above in node.ancestors())


def hidden_blocks(doc: Doc) -> tuple[Block, ...]:
    """The outermost hidden elements in document order."""
    return doc.once(_hidden_blocks)


def _hidden_blocks(doc: Doc) -> tuple[Block, ...]:
    sheet = _sheet(doc)
    blocks: list[Block] = []
    end = 0
    named = [node for node in doc.nodes if node.attrs]
    for node in named if sheet else [node for node in named if not MEANS.isdisjoint(node.attrs)]:
        if node.index < end or node.tag in NEVER:
            continue
        how = hides_itself(node) or (_by_sheet(node, sheet) if sheet else None)
        if how:
            blocks.append(Block(node, how == "hard"))
            end = node.end
    return tuple(blocks)


def within(blocks: Sequence[Block], node: Node) -> bool:
    """Whether a node is in one of the blocks of ``hidden_blocks``."""
    place = bisect_right(blocks, node.index, key=_start) - 1
    return place >= 0 and blocks[place].node.holds(node)


def _start(block: Block) -> int:
    return block.node.index


def _sheet(doc: Doc) -> dict[str, str]:
    """Selector → way, for the hiding rules of the page's own ``<style>`` elements."""
    rules: dict[str, str] = {}
    for element in doc.tags("style"):
        rules.update(_rules(element.data[:SHEET]))
    return rules


@lru_cache(maxsize=64)
def _rules(source: str) -> dict[str, str]:
    """The hiding rules of one ``<style>``; the pages of a site share theirs."""
    rules = STYLE_RULE.findall(COMMENT.sub("", source))
    return {selector: how for selector, declarations in rules if (how := way(declarations))}


def _by_sheet(node: Node, sheet: dict[str, str]) -> str | None:
    name = node.get("id")
    if name and f"#{name}" in sheet:
        return sheet[f"#{name}"]
    return next((sheet[f".{word}"] for word in node.get("class").split() if f".{word}" in sheet), None)


def _tiny(size: str | None) -> bool:
    digits = (size or "").strip().removesuffix("px")
    return digits.isdecimal() and int(digits[:6]) <= 10


def _colour(value: str) -> str:
    value = NAMED_COLOURS.get(value, value)
    return "#" + "".join(digit * 2 for digit in value[1:]) if re.fullmatch(r"#[0-9a-f]{3}", value) else value
