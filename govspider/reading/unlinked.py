"""Items of menus that are no links: a script follows them, and where it leads stands nowhere in the page."""

import re
from collections import defaultdict
from collections.abc import Iterator

from govspider.reading.dom import Doc, Node

LEAST = 4  # equal items beside each other make a menu; a heading or a pair of tabs stands in none
LONGEST = 10  # characters of an item
_NAME = re.compile(r"^[\u3400-\u9fff]{2,8}$")
_FIELD = re.compile(
    r"(?:时间|日期|标题|主题|状态|编号|单位|类[型别]|内容|姓名|电话|次数|来源|序号)$"
)  # what heads a table
_TAGS = ("li", "div", "span", "p", "dd", "button")
_INSIDE = {"a", "select", "label"}
_HOLDING = ("a", "input", "select", "textarea")


def unlinked_items(doc: Doc) -> Iterator[Node]:
    """The items, in no order: those with a script of their own, and those of menus without any link."""
    beside: defaultdict[tuple[int, str], list[Node]] = defaultdict(list)
    for node in doc.tags(*_TAGS):
        if not 2 <= node.stop - node.start <= LONGEST or node.parent is None or not _is_name(doc.line(node)):
            continue
        if doc.below(node, *_HOLDING) or node.inside(_INSIDE) is not None:
            continue
        if "onclick" in node.attrs:
            yield node
        else:
            beside[node.parent.index, node.tag].append(node)
    for items in beside.values():
        if len(items) >= LEAST:
            yield from items


def _is_name(text: str) -> bool:
    return _NAME.match(text) is not None and _FIELD.search(text) is None
