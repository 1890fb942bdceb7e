"""办事指南: which of the ten key elements a guide states, which it lacks, and which may stand in a picture or a file."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from govspider.facts import GuideElements
from govspider.reading import guide_labels as labels
from govspider.reading.anchors import host_of
from govspider.reading.dom import Doc, Node
from govspider.reading.guide_clicks import left_to_clicks
from govspider.reading.guide_labels import ELEMENTS
from govspider.reading.guide_tabs import Strip, empty_places, read_strips
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
from govspider.reading.navigation import breadcrumb

LONGEST = 60_000  # characters of text that are read
VALUE = 2000  # characters kept of an element's text
FEW = 3  # elements in the text: with no more, pictures and files may hold the rest
PROSE = 200  # characters of running text in which elements may be stated without labels
RUN = 3  # labels in a row without a text: the text behind them may belong to any of them
EMPTY_PAGE = 30  # characters that a guide's text has at least
COLON = re.compile(r"[:：]")
INLINE = re.compile(r"[^\s:：;；。,，、]{1,18}(?: [^\s:：;；。,，、]{1,3}){0,3}\s*$")
BRACKETED = re.compile(r"^\s*[【\[〔]([^】\]〕]{2,18})[】\]〕]\s*[:：]?\s*(.*)$")
SIGN = re.compile("[:：【\\[〔?？ ]")  # long lines without one hold no label
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
FILES = re.compile(
    r"\.(?:docx?|xlsx?|pdf|wps|et|rar|zip|7z|ofd|pptx?|rtf)(?:[?#]|$)|\.(?:docx?|xlsx?|pdf|wps|rar|zip|ofd)\s*$",
    re.IGNORECASE,
)
FILE_IS_GUIDE = re.compile(r"指南|流程|须知|告知|服务|事项|程序|说明|办理")
REFERS = re.compile(
    r"(?:详见|参见|请见|见|查看|查询|登[录陆]|访问|前往|点击|进入).{0,20}(?:指南|详情|政务服务|服务网|服务平台|一网通|事项)|办事指南$"
)
FORM = re.compile(r"申请表|登记表|申报表|审批表|表格|样表|样本|范本|模板|汇总表|承诺书|委托书|备案表|推荐表|表$")


@dataclass(slots=True)
class _Field:
    """A label as it stands and the text after it. ``elements`` is empty for labels that are none of the ten."""

    elements: tuple[str, ...]
    start: int
    text: str = ""
    limit: bool = False  # a time limit such as 承诺时限


def read_guide(doc: Doc) -> GuideElements | None:
    """None if the page is no guide of one service item."""
    title, begin = title_of(doc)
    begin = _after_tools(doc, begin)
    end = min(_end(doc, begin), begin + LONGEST)
    crumbs = breadcrumb(doc)
    if not _may_be_guide(doc, title, begin, end, crumbs):
        return None
    strips = read_strips(doc, begin, end)
    fields = [*_table_fields(doc, begin, end), *_line_fields(doc, begin, end)]
    fields = _outside(fields, strips)
    elsewhere = _ambiguous(doc, fields) | _in_strips(strips, fields)
    fields += [_Field(names, strip.start, text) for strip in strips for names, text in strip.values if text is not None]
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
    unread = _unread(doc, begin, end, title, fields, set(found), elsewhere)
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


# -------------------------------------------------------------------------------------------------------------- fields


def _line_fields(doc: Doc, begin: int, end: int) -> list[_Field]:
    """Labels at the beginning of lines (cells, headings, terms are lines of their own) and within lines."""
    fields: list[_Field] = []
    current: _Field | None = None
    position = begin
    linked = _linked(doc, begin, end)
    for line in doc.text[begin:end].split("\n"):
        started = [] if position in linked else list(_labels_in(line, position))
        if started:
            if current is not None and started[0].start > position:
                rest = line[: started[0].start - position]
                current.text += "\n" + labels.NUMBER.sub("", rest, count=1) if rest.strip() else ""
            fields += started
            current = started[-1]
        elif current is not None and len(current.text) < VALUE:
            current.text += "\n" + line
        position += len(line) + 1
    return fields


def _linked(doc: Doc, begin: int, end: int) -> set[int]:
    """Where links to other pages begin: a menu's 政策法规 is no label. Links within the page are tabs."""
    return {
        link.node.start
        for link in doc.links
        if begin <= link.node.start < end and link.url and link.url.partition("#")[0] != doc.url
    }


def _labels_in(line: str, position: int) -> Iterator[_Field]:
    text = line.strip()
    if not text:
        return
    if bracketed := BRACKETED.match(text):
        name = labels.bare(bracketed[1])
        if labels.is_label(name):
            yield _field(name, position, bracketed[2])
            return
    if len(text) > 30 and not SIGN.search(text):
        return
    if len(text) <= 30 and not COLON.search(text, 0, len(text) - 1) and (whole := labels.label_in(text)):
        yield _field(whole, position)
        return
    if text[-1] in "?？" and len(text) <= 80:
        hits = [element for pattern, element in labels.QUESTIONS if pattern.search(text)]
        if hits:
            yield _Field(tuple(hits), position)
            return
    inline = [
        (match, colon.end()) for colon in islice(COLON.finditer(line), 12) if (match := _before(line, colon.start()))
    ]
    for number, (match, begin) in enumerate(inline):
        stop = inline[number + 1][0].start() if number + 1 < len(inline) else len(line)
        yield _field(labels.bare(match[0]), position + match.start(), line[begin:stop].rstrip(")）"))
    if not inline:
        head, _, rest = text.partition(" ")
        if rest and len(name := labels.bare(head)) >= 4 and labels.elements_of(name):
            yield _field(name, position, rest)


def _before(line: str, colon: int) -> re.Match[str] | None:
    """The label that ends at a colon."""
    match = INLINE.search(line, max(0, colon - 26), colon)
    return match if match and labels.is_label(labels.bare(match[0])) else None


def _field(label: str, start: int, text: str = "") -> _Field:
    return _Field(labels.elements_of(label), start, text, bool(labels.TIME_LIMIT.fullmatch(label)))


def _table_fields(doc: Doc, begin: int, end: int) -> list[_Field]:
    """Tables whose first row holds the labels and whose second the values."""
    fields: list[_Field] = []
    for table in doc.tags("table"):
        if table.start < begin or table.start > end or doc.below(table, "table"):
            continue
        rows = [[cell for cell in doc.children(row) if cell.tag in {"td", "th"}] for row in doc.below(table, "tr")[:4]]
        for head, values in pairwise(rows):
            names = [labels.bare(doc.line(cell)) for cell in head]
            if len(head) >= 3 and len(head) == len(values) and all(names) and all(map(labels.is_label, names)):
                texts = [doc.raw(cell) for cell in values]
                if not any(labels.is_label(labels.bare(text)) for text in texts):
                    fields += [
                        _field(name, cell.start, text) for name, cell, text in zip(names, values, texts, strict=True)
                    ]
    return fields


def _outside(fields: Sequence[_Field], strips: Sequence[Strip]) -> list[_Field]:
    """The fields that stand in none of the strips, which follow each other."""
    starts = [strip.start for strip in strips]
    before = (bisect_right(starts, field.start) for field in fields)
    return [
        field
        for field, number in zip(fields, before, strict=True)
        if not (number and field.start < strips[number - 1].stop)
    ]


def _ambiguous(doc: Doc, fields: Sequence[_Field]) -> set[str]:
    """The elements of labels that follow each other without a text or a place for one, before a text on other lines."""
    unsure: set[str] = set()
    run: list[_Field] = []
    places: list[int] | None = None
    for field in sorted(fields, key=lambda each: each.start):
        if not field.text.strip():
            run.append(field)
            continue
        if len(run) >= RUN and field.text.startswith("\n"):
            places = empty_places(doc) if places is None else places
            stops = [*(each.start for each in run[1:]), field.start]
            spans = zip(run, stops, strict=True)
            if not all(bisect_right(places, stop) > bisect_right(places, each.start) for each, stop in spans):
                unsure.update(element for each in run for element in each.elements)
        run = []
    return unsure


def _in_strips(strips: Sequence[Strip], fields: Sequence[_Field]) -> set[str]:
    """The elements of heads whose text cannot be told and that no label elsewhere names."""
    named = {element for field in fields for element in field.elements}
    unsure = {element for strip in strips for names, text in strip.values if text is None for element in names}
    return unsure - named


# -------------------------------------------------------------------------------------------- is it one, what is unread


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
    doc: Doc, title: str, begin: int, end: int, crumbs: Sequence[str], declared: set[str], fields: Sequence[_Field]
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


def _mostly_labelled(doc: Doc, begin: int, end: int, fields: Sequence[_Field]) -> bool:
    lines = [line for line in doc.text[begin:end].split("\n") if line.strip()]
    return len(fields) >= len(lines) * 0.5 if lines else False


def _unread(
    doc: Doc, begin: int, end: int, title: str, fields: Sequence[_Field], found: set[str], elsewhere: set[str]
) -> set[str]:
    """The elements that may be stated where text cannot be read."""
    unread = set(elsewhere)
    absent = set(ELEMENTS) - found
    pictures = [node for node in doc.tags("img") if begin <= node.start <= end and _content_picture(node)]
    prose = doc.text[begin:end]
    labelled = {element for field in fields for element in field.elements}
    if not labelled and len(prose) > PROSE // 2:
        unread |= absent
    elif len(labelled) <= 2 and len(prose) > PROSE:
        unread |= {element for element in absent if (word := labels.WORDS.get(element)) and word.search(prose)}
    if len(prose.strip()) < EMPTY_PAGE:  # filled by a script, or nothing but a picture without a source
        unread |= absent
    for node in pictures:
        holder = next((f for f in reversed(fields) if f.start <= node.start), None)
        if holder is not None and holder.elements and labels.EMPTY.match(holder.text.strip()):
            unread.update(holder.elements)
        elif len(found) <= FEW:
            unread |= absent
    frames = [
        node
        for node in doc.tags("iframe", "embed", "object")
        if begin <= node.start <= end and node.get("src") + node.get("data")
    ]
    if frames and len(found) <= FEW:
        unread |= absent
    for name in _files(doc, begin, end):
        if (
            (len(found) <= FEW and not FORM.search(name))
            or (len(found) < 6 and FILE_IS_GUIDE.search(name) and not FORM.search(name))
            or (name[:6] == title[:6] and len(found) <= 6 and not FORM.search(name))
        ):
            unread |= absent
    if len(found) < 6 and _refers(doc, begin, end):
        unread |= absent
    return unread - found


def _refers(doc: Doc, begin: int, end: int) -> bool:
    """Whether the page sends its readers to another host, such as a service platform, for the guide itself."""
    own = host_of(doc.url)
    for link in doc.links:
        if begin <= link.node.start < end and link.url and host_of(link.url) != own:
            start = doc.text.rfind("\n", begin, link.node.start) + 1
            if REFERS.search(doc.text, max(start, link.node.start - 40), link.node.stop + 10):
                return True
    return False


def _content_picture(node: Node) -> bool:
    source = node.get("src").lower()
    width, height = node.get("width"), node.get("height")
    small = any(size.isdecimal() and int(size[:6]) < 80 for size in (width, height))
    icon = re.search(r"icon|logo|share|print|close|arrow|dot|line|bg[_\d.]|qr|erweima|ewm|\.gif", source)
    inside_link = node.inside({"a"})
    return (
        bool(source)
        and not small
        and not icon
        and not (inside_link and not FILES.search(inside_link.get("href")) and "down" in source)
    )


def _files(doc: Doc, begin: int, end: int) -> Iterator[str]:
    for node in doc.tags("a"):
        if begin <= node.start <= end:
            name = doc.line(node)
            if FILES.search(node.get("href")) or FILES.search(name):
                yield re.sub(r"\.\w{2,4}$", "", name.strip())
