"""办事指南: which of the ten key elements a guide states, which it lacks, and which may stand in a picture or a file."""

import re
from collections.abc import Sequence
from itertools import islice

from govspider.facts import GuideElements
from govspider.reading import guide_labels as labels
from govspider.reading.dom import Doc
from govspider.reading.guide_clicks import left_to_clicks
from govspider.reading.guide_fields import VALUE, Field, ambiguous, in_strips, line_fields, outside, table_fields
from govspider.reading.guide_labels import ELEMENTS
from govspider.reading.guide_tabs import read_strips
from govspider.reading.guide_titles import (
    BEGIN,
    CONTACT_PAGE,
    NAMED_GUIDE,
    NO_GUIDE,
    Naming,
    explains,
    in_guides_column,
    is_item,
    naming,
    tells_news,
    title_of,
)
from govspider.reading.guide_unread import FILES, PROSE, unread_elements
from govspider.reading.navigation import breadcrumb

LONGEST = 60_000  # characters of text that are read
ENDING = 20  # characters at the beginning of a line that say whether the guide has ended
ENDS = ("分享到", "相关", "上一", "下一", "我要纠错", "网站纠错", "友情链接", "版权所有", "CO", "Co", "cO", "co", "主办", "技术支持", "关于我们", "网站地图", "扫一扫", "【", "打印", "关闭", "返回")  # fmt: skip
END = re.compile(
    r"^(?:分享到|相关(?:信息|链接|文章|新闻|阅读|推荐)|上一[篇条]|下一[篇条]|我要纠错|网站纠错|友情链接|版权所有|copyright|主办(?:单位)?\s*[:：]|技术支持|关于我们|网站地图|扫一扫.*|【?(?:打印|关闭|返回).{0,10})",
    re.IGNORECASE,
)
STRONG = frozenset({"设定依据", "申请条件", "办理材料", "收费标准", "办理流程"})
# Words of which a guide that does not call itself one has at least two kinds.
HINTS = (
    ("依据",), ("条件",), ("材料", "资料", "证件", "手续"), ("费",), ("流程", "程序", "步骤", "如何", "怎"), ("电话",), ("地址", "地 址", "地点"),
)  # fmt: skip


def read_guide(doc: Doc) -> GuideElements | None:
    """None if the page is no guide of one service item."""
    title, begin = title_of(doc)
    begin = _after_tools(doc, begin)
    end = min(_end(doc, begin), begin + LONGEST)
    crumbs = breadcrumb(doc)
    if not _may_be_guide(doc, title, begin, end, crumbs):
        return None
    strips = read_strips(doc, begin, end)
    fields = [*table_fields(doc, begin, end), *line_fields(doc, begin, end)]
    fields = outside(fields, strips)
    elsewhere = ambiguous(doc, fields) | in_strips(strips, fields)
    fields += [Field(names, strip.start, text) for strip in strips for names, text in strip.values if text is not None]
    found: dict[str, str] = {}
    declared = {name for strip in strips for names, _ in strip.values for name in names}
    for field in fields:
        text = field.text.strip()
        for element in field.elements:
            declared.add(element)
            if labels.ELSEWHERE.match(text) and len(text) < 40:
                elsewhere.add(element)
            elif not labels.EMPTY.match(text):
                found.setdefault(element, text[:VALUE])
    if not _is_guide(doc, title, begin, end, crumbs, declared, fields):
        return None
    name = found.pop("事项名称", "").strip("。；;") or title
    if name:
        found["事项名称"] = name
    unread = unread_elements(doc, begin, end, title, fields, set(found), elsewhere)
    unread |= left_to_clicks(doc, begin, end, set(found))
    if explains(title, crumbs):
        unread.update(element for element in ELEMENTS if element not in found)
    if "办理时间" not in found and any(field.limit and field.text.strip() for field in fields):
        unread.add("办理时间")
    missing = tuple(element for element in ELEMENTS if element not in found and element not in unread)
    ordered = {element: found[element] for element in ELEMENTS if element in found}
    return GuideElements(name, ordered, missing, tuple(e for e in ELEMENTS if e in unread and e not in found))


def _after_tools(doc: Doc, begin: int) -> int:
    """Behind the line of date, source, font size and print button that follows a title."""
    for match in doc.matches(BEGIN, begin, begin + 250):
        begin = doc.text.find("\n", match.end())
        if begin < 0:
            return match.end()
    return begin


def _end(doc: Doc, begin: int) -> int:
    text, stop = doc.text, begin + LONGEST
    for place in doc.spots(*ENDS):
        if begin < place < stop and text[place - 1] == "\n":
            line, _, _ = text[place : place + ENDING].partition("\n")
            if END.match(line.rstrip()):
                return place
    return min(len(text), stop + 1)


def _may_be_guide(doc: Doc, title: str, begin: int, end: int, crumbs: Sequence[str]) -> bool:
    """What can be told before the labels are read."""
    if NO_GUIDE.search(title) and not NAMED_GUIDE.search(title):
        return False
    if _is_list(doc, begin, end):
        return False
    if naming(title, crumbs) is not Naming.NONE:
        return True
    needed = 3 if CONTACT_PAGE.search(title) else 2
    hints = (words for words in HINTS if any(begin <= place < end for place in doc.spots(*words)))
    return len(list(islice(hints, needed))) == needed


def _is_guide(
    doc: Doc, title: str, begin: int, end: int, crumbs: Sequence[str], declared: set[str], fields: Sequence[Field]
) -> bool:
    if title and NAMED_GUIDE.fullmatch(title) and len(declared) < 2:
        return False
    named = naming(title, crumbs)
    if named is Naming.OWN:
        return not crumbs or crumbs[-1][:8] == title[:8] or not NAMED_GUIDE.fullmatch(title)
    strong = len(declared & STRONG)
    if named is Naming.AROUND:
        if len(declared) >= 3:
            return True
        told = bool(declared) or end - begin > PROSE // 2
        return not tells_news(title) and (is_item(title) or len(declared) >= 2 or (told and in_guides_column(crumbs)))
    if strong >= 3 or (strong >= 2 and len(declared) >= 4):
        return strong >= 3 or not CONTACT_PAGE.search(title)
    if CONTACT_PAGE.search(title):
        return False
    return len(declared) >= 3 and "办理机构" in declared and _mostly_labelled(doc, begin, end, fields)


def _is_list(doc: Doc, begin: int, end: int) -> bool:
    """A page of links, such as the hub that leads to the guides."""
    linked = [node for node in doc.tags("a") if begin <= node.start < end and not FILES.search(node.get("href"))]
    letters = sum(node.stop - node.start for node in linked)
    return len(linked) >= 4 and letters > (end - begin) * 0.5


def _mostly_labelled(doc: Doc, begin: int, end: int, fields: Sequence[Field]) -> bool:
    lines = [line for line in doc.text[begin:end].split("\n") if line.strip()]
    return len(fields) >= len(lines) * 0.5 if lines else False
