"""Boards of letters without column names: links with a date beside them, perhaps with a state."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator

from govspider.facts import Message
from govspider.reading import dates
from govspider.reading.anchors import FUNCTIONS, MORE, clean
from govspider.reading.dates import Hit
from govspider.reading.dom import Doc, Node
from govspider.reading.hosts import domain, host
from govspider.reading.landmarks import landmark
from govspider.reading.lists import ASIDE
from govspider.reading.navigation import breadcrumb

MOST = 200
READ = 100_000  # characters of a page that are searched for the fields of a letter
TITLE = 120  # characters kept of a letter's title
ROW = 300  # characters of a row
FUNCTION = 8  # characters of a link to a function of the site: the titles of letters are longer or say more
HEADING = 12  # characters of a list's heading
ROW_STATE = 14  # characters of a cell that is a state
SHORT = 4  # characters of another link that a row may hold, such as the name of an office
FOOT = landmark(
    "版权所有 主办 网站标识码 CO Co co IC Ic ic",
    r"版权所有|主办单位|网站标识码|c(?i:opyright)|C(?i:opyright)|i(?i:cp备)|I(?i:cp备)",
)
ANSWERED = re.compile(
    r"已(?:经)?(?:回复|答复|办结|办理|解决|处理|反馈|完成|回答|归档|评价)|(?:回复|答复|办理|处理|处置|办结)(?:完毕|完成|完结)|^办结$|^答复$|^回复$"
)
REFUSED = re.compile(
    r"(?:不予|拒绝|无需|不需|无法|不属于?)\S{0,4}(?:受理|办理|回复|答复|范围)|无效|退回|退件|撤销|撤回|重复"
)
WAITING = re.compile(
    r"(?:未|待|尚未|没有)(?:回复|答复|办理|办结|受理|处理|解决|审核|分办|反馈)|(?:办理|处理|受理|审核|转办|交办|分办|核实)中|正在(?:办理|处理|受理|核实)|已?(?:转办|交办|受理|接收|分办|提交|转交)$|暂无(?:回复|答复)"
)
SURVEY = re.compile(r"征集|征求.{0,4}意见|问卷|调查|访谈|听证|投票")
WRITE = re.compile(r"^(?:我要|在线|网上|点击|立即|快速|进入).{2,6}$")
ANSWER_DAY = re.compile(r"[回答办]复?\S{0,3}[时日][间期]")
ROWS = frozenset({"li", "tr", "dl"})
LISTS = frozenset({"ul", "ol", "table", "tbody", "body"})


def rows(doc: Doc, checkpoint: dt.date, *, letters_only: bool) -> Iterator[Message]:
    """``letters_only``: the page is a board; on others only a line with a state is a letter."""
    foot = doc.first(FOOT, len(doc.text) // 2)
    end = min(foot.start() if foot else len(doc.text), 4 * READ)
    hits = [hit for hit in dates.find(doc.text[:end], checkpoint) if hit.day]
    starts = [hit.start for hit in hits]
    own = domain(host(doc.url))
    crumbs = set(breadcrumb(doc))
    aside: dict[int, bool] = {}
    for link in doc.links:
        anchor = link.node
        if anchor.start >= end or not link.url or domain(host(link.url)) != own:
            continue
        title = link.raw.partition("\n")[0].strip()
        if len(title) < 2 or title in crumbs or _is_function(title):
            continue
        row = _row(doc, anchor, len(title))
        near = hits[bisect_left(starts, row.start) : bisect_left(starts, row.stop)]
        around = row.parent.index if row.parent else 0
        if not near or aside.setdefault(around, _is_aside(doc, row)):
            continue
        message = _message(doc, anchor, row, title, near)
        if message and (message.has_answer is not None or (letters_only and not SURVEY.search(title))):
            yield message


def _is_aside(doc: Doc, row: Node) -> bool:
    """Whether the first row of a list stands under the heading of a side list."""
    line = doc.text[max(0, row.start - 40) : row.start].rstrip().rpartition("\n")[2]
    return len(line) <= HEADING and bool(ASIDE.search(line))


def _message(doc: Doc, anchor: Node, row: Node, title: str, near: list[Hit]) -> Message | None:
    inside = next((hit for hit in near if anchor.start <= hit.start < anchor.stop), None)
    if inside is not None:
        title = title.replace(doc.text[inside.start : inside.stop], "").replace("()", "").replace("（）", "")
    rest = doc.text[row.start : anchor.start] + " " + doc.text[anchor.stop : row.stop]
    state = next((part for part in rest.split() if len(part) <= ROW_STATE and state_of(part) is not None), "")
    told = rest if inside is None else rest + doc.text[inside.stop : anchor.stop]  # a link may hold its whole row
    answered = near[1].day if len(near) > 1 and ANSWER_DAY.search(told) else None
    name = " ".join(title.split()).strip(" ()（）")[:TITLE]
    url = doc.absolute(anchor.get("href"))
    return Message(name, url, near[0].day, answered, True if answered else state_of(state)) if name else None


def _row(doc: Doc, anchor: Node, length: int) -> Node:
    """The largest element around a link that holds no other letter: at most ROW characters, a row or a list item."""
    row = anchor
    address = doc.absolute(anchor.get("href"))
    for around in anchor.ancestors():
        if around.tag in LISTS or around.stop - around.start > ROW:
            break
        longest = SHORT if around.tag in ROWS else min(SHORT, length // 2)
        if any(_is_other(doc, node, address, longest) for node in doc.below(around, "a")):
            break
        row = around
        if around.tag in ROWS:
            break
    return row


def _is_other(doc: Doc, node: Node, address: str, longest: int) -> bool:
    """Whether a link may be another letter, rather than the name of an office or a link to the answer."""
    if doc.absolute(node.get("href")) in {"", address}:
        return False
    text = doc.line(node)
    return len(text) > longest and not _is_function(text)


def _is_function(text: str) -> bool:
    name = clean(text)
    return bool(MORE.match(text) or (len(name) <= FUNCTION and FUNCTIONS.match(name)) or WRITE.match(text))


def state_of(text: str) -> bool | None:
    """Whether a short text says that a letter was answered or needs no answer; None when it says neither."""
    text = "".join(text.split()).strip("[]【】()（）")
    if not text or len(text) > ROW_STATE:
        return None
    if REFUSED.search(text):
        return True  # no valid letter: nothing is owed
    if WAITING.search(text):
        return False
    return True if ANSWERED.search(text) else None
