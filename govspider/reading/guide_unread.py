"""Elements of a guide that may be stated where no text is read: in pictures, files and frames, or at another host."""

import re
from collections.abc import Iterator, Sequence

from govspider.reading import guide_labels as labels
from govspider.reading.anchors import host_of
from govspider.reading.dom import Doc, Node
from govspider.reading.guide_fields import Field
from govspider.reading.guide_labels import ELEMENTS

FEW = 3  # elements in the text: with no more, pictures and files may hold the rest
PROSE = 200  # characters of running text in which elements may be stated without labels
EMPTY_PAGE = 30  # characters that a guide's text has at least
FILES = re.compile(
    r"\.(?:docx?|xlsx?|pdf|wps|et|rar|zip|7z|ofd|pptx?|rtf)(?:[?#]|$)|\.(?:docx?|xlsx?|pdf|wps|rar|zip|ofd)\s*$",
    re.IGNORECASE,
)
FILE_IS_GUIDE = re.compile(r"指南|流程|须知|告知|服务|事项|程序|说明|办理")
REFERS = re.compile(
    r"(?:详见|参见|请见|见|查看|查询|登[录陆]|访问|前往|点击|进入).{0,20}(?:指南|详情|政务服务|服务网|服务平台|一网通|事项)|办事指南$"
)
FORM = re.compile(r"申请表|登记表|申报表|审批表|表格|样表|样本|范本|模板|汇总表|承诺书|委托书|备案表|推荐表|表$")


def unread_elements(
    doc: Doc, begin: int, end: int, title: str, fields: Sequence[Field], found: set[str], elsewhere: set[str]
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
