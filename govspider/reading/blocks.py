"""Columns that a page names over its blocks: headings that are links, and 更多 links with the heading they belong to."""

import re
from collections.abc import Iterable, Sequence

from govspider.facts import ColumnLink
from govspider.reading.anchors import HOME, MORE, NAME_LENGTH, Item, clean
from govspider.reading.areas import DATE, Area, in_area
from govspider.reading.dom import Doc, Node

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "caption", "strong", "b", "legend"])
POINTS = re.compile(r"[>》»›→]{1,3}\s*$")
HEADLINE = re.compile(r"[《》？！?!：:。，,；;…]|\d月|第.{1,4}[期号届次]")
BLOCK_NAME = 12  # characters of a column's name outside the navigation bar
UNIT = re.compile(
    r"(?:学校|[小中大]学|高中|幼儿园|学院|医院|卫生院|保健院|中心|[局院站所馆园场厂处办科室]|支队|大队|委员会|办事处|协会|公司|事务所|政府)$"
)
TOO_FAR = 6  # levels between a 更多 link and the heading it belongs to


def headings(doc: Doc, found: Sequence[Item], areas: Sequence[Area], footer: int) -> Iterable[ColumnLink]:
    alone = [n for n, item in enumerate(found) if _may_head(item, footer) and not in_area(areas, n)]
    sure = {number for number in alone if _heads_block(doc, found, number)}
    places = {place_of(found[number]) for number in sure if _in_heading(found[number].node)}
    alike = {number for number in alone if _in_heading(found[number].node) and place_of(found[number]) in places}
    for number, item in enumerate(found):
        if number in sure or number in alike:
            yield ColumnLink(item.name, item.url, (), "block")
        elif item.more and item.own and item.url and item.node.start <= footer and (name := _block_name(doc, item)):
            yield ColumnLink(name, item.url, (), "block")


def _may_head(item: Item, footer: int) -> bool:
    return not item.junk and not item.article and may_stand_alone(item) and item.node.start <= footer


def _in_heading(node: Node) -> bool:
    parent = node.parent
    return parent is not None and (
        parent.tag in HEADINGS or (parent.parent is not None and parent.parent.tag in HEADINGS)
    )


def _heads_block(doc: Doc, found: Sequence[Item], number: int) -> bool:
    """Whether a short link stands over the links that follow it: as a heading, or as their folder in the addresses."""
    item = found[number]
    following = [other for other in found[number + 1 : number + 5] if other.url and not other.more]
    folder = item.url.rpartition("/")[0] + "/"
    if folder.count("/") > 3 and any(other.article and other.url.startswith(folder) for other in following):
        return True
    if any(other.more and other.url == item.url for other in found[max(0, number - 2) : number + 8]):
        return True
    if POINTS.search(doc.text[item.node.start : item.node.stop]):
        return True
    around = item.node.parent
    if around is None or around.stop - around.start > 3 * NAME_LENGTH or clean(doc.line(around)) != item.name:
        return False
    return _in_heading(item.node) and sum(other.article for other in following) >= min(2, len(following) or 2)


def _block_name(doc: Doc, item: Item) -> str:
    """The heading of the block that a 更多 link belongs to."""
    node = item.node
    for depth, around in enumerate(node.ancestors()):
        if depth >= TOO_FAR or around.tag == "body":
            break
        before = doc.text[max(around.start, node.start - 200) : node.start].strip()
        if before:
            return _name_of(before.rpartition("\n")[2] if len(before) <= 60 else "")
        after = doc.text[node.stop : min(around.stop, node.stop + 200)].strip()
        if after:
            line, _, rest = after.partition("\n")
            return _tab_name(doc, around) or (_name_of(line) if not DATE.search(after[:60]) or rest else "")
        pictured = [picture for picture in doc.below(around, "img") if not node.holds(picture)]
        if pictured:
            return _name_of(
                next((p.get("alt") or p.get("title") for p in pictured if p.get("alt") or p.get("title")), "")
            )
    return ""


def _tab_name(doc: Doc, panel: Node) -> str:
    """The name of a tab's panel: the name of the same place in the strip of names before the panels."""
    for _ in range(3):
        parent = panel.parent
        if parent is None or parent.tag == "html":
            return ""
        children = list(doc.children(parent))
        if len(children) > 60:
            return ""
        panels = [child for child in children if child.tag == panel.tag and doc.count(child, "a") > 1]
        panels = [child for child in panels if child is panel or len(doc.line(child)) > 2 * NAME_LENGTH]
        strips = (
            [child for child in children if child.stop > child.start and child.index < panels[0].index]
            if panels
            else []
        )
        if not strips and parent.parent is not None:
            strips = [
                child
                for child in doc.children(parent.parent)
                if child.stop > child.start and child.index < parent.index
            ]
        if panel in panels and strips:
            labels = [clean(text.data) for text in doc.below(strips[-1]) if text.tag == "#text"]
            labels = [label for label in labels if 2 <= len(label) <= NAME_LENGTH and not MORE.match(label)]
            if len(labels) == len(panels):
                return labels[panels.index(panel)]
        panel = parent
    return ""


def _name_of(text: str) -> str:
    name = clean(text)
    return name if 2 <= len(name) <= NAME_LENGTH and not HOME.match(name) and not DATE.search(name) else ""


def may_stand_alone(item: Item, longest: int = BLOCK_NAME) -> bool:
    """Whether a link outside the bar can be a column: of this site, with a name rather than a headline."""
    if not item.own or not item.url or HEADLINE.search(item.name) or len(item.name) > longest:
        return False
    return not item.article or len(item.name) <= 8


def place_of(item: Item) -> tuple[str, ...]:
    tags: list[str] = []
    node = item.node.parent
    while node is not None and len(tags) < 3:
        tags.append(node.tag)
        node = node.parent
    return tuple(tags)
