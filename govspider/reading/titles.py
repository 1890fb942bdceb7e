"""Which words of a record are its title, and where its link leads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from govspider.reading import pager
from govspider.reading.dates import Hit
from govspider.reading.dom import Doc, Node, collapse

_NOISE = re.compile(
    r"^[\[【(（<《>»›·.…+\s]*(?:更多|more|详情|详细(?:信息|内容)?|查看(?:更多|全文|详情|详细)?|阅读(?:全文|更多|原文)?|点击(?:查看|访问|进入|下载)?|全文|进入|下载|附件|打印|关闭|收藏|分享|"
    r"返回(?:顶部|首页|列表)?|跳转到?|跳至|转到|go|设为首页|加入收藏|首页|网站首页|繁体|简体|登录|注册|搜索|\+|new)[\]】)）>»›·.…+\s]*$",
    re.IGNORECASE,
)
_IN_SCRIPT = re.compile(r"['\"]([^'\"\s]*(?:/|\.s?html?|\.aspx?|\.jspx?|\.do|\.php)[^'\"\s]*)['\"]")
_PINNED = re.compile(r"^[\[【(（]?置\s?顶(?:[\]】)）]\s*[:：]?|\s*[:：])\s*")
_EDGE = "·•●■◆▪>＞»›-—|｜ \t\n\xa0\u3000\u200b\ufeff"
_LONGEST = 600  # characters of a link that are read
_DIGIT = re.compile(r"\d")
_CUT = re.compile(r"(?:\.{2,}|…+|。{2,})$")


@dataclass(slots=True)  # not frozen: a page has hundreds, and freezing doubles what one costs
class Title:
    """A title as shown, its address ("" when a script holds it), its place in nodes (-1: no link) and in the text."""

    text: str
    url: str
    index: int
    start: int
    stop: int


def title_links(doc: Doc, footer: int) -> list[Title]:
    """Every link that could be a title: with words, and no pager, tool or 更多 link."""
    found: list[Title] = []
    for link in doc.links:
        node = link.node
        if node.start >= footer:
            continue
        text = _shown(link.raw[:_LONGEST], (node.attrs.get("title") or "")[:_LONGEST]) or doc.label(node)
        if len(text) < 2 or _is_tool(text) or is_source(doc, node):
            continue
        found.append(Title(text, link.url or _address(doc, node), node.index, node.start, node.stop))
    return found


def is_source(doc: Doc, link: Node) -> bool:
    """Whether a link names where a text comes from."""
    return doc.text[max(0, link.start - 4) : link.start].rstrip().endswith(("源:", "源："))


@lru_cache(maxsize=4096)
def _is_tool(text: str) -> bool:
    """Whether a label is a pager's, a tool's or a 更多 link's."""
    return _NOISE.match(text) is not None or pager.is_pager_text(text)


@lru_cache(maxsize=4096)
def _shown(raw: str, told: str) -> str:
    """A link's title: its first telling line; the title attribute (``told``) where the shown text is cut short."""
    if "\n" in raw:
        lines = [line for piece in raw.split("\n") if (line := piece.strip(_EDGE))]
        words = [line for line in lines if not _date_like(line)] or lines
        text = next((line for line in words if len(line) >= 4), words[0] if words else "")
    else:
        text = raw.strip(_EDGE)
    text = _PINNED.sub("", text)
    full = _PINNED.sub("", told.strip())
    if not text:
        return collapse(full)
    if full and len(full) > len(text):
        head = _CUT.sub("", text)
        if _CUT.search(text) or full.startswith(head):
            bare, whole = "".join(head.split()), "".join(full.split())
            if whole.startswith(bare[:12]) and len(full) < 300 and "\n" not in full:
                return collapse(full)
    return text


def _date_like(line: str) -> bool:
    return len(_DIGIT.findall(line)) * 2 >= len(line)


def _address(doc: Doc, node: Node) -> str:
    """Where a link without an address leads when a script opens it; "" when that cannot be told."""
    href = node.get("href")
    for name in ("onclick", "data-url", "data-href", "data-link", "href"):
        value = node.get(name)
        if not value:
            continue
        if name.startswith("data-") and (url := doc.absolute(value)):
            return url
        if (match := _IN_SCRIPT.search(value)) and (url := doc.absolute(match[1])):
            return url
    if href.strip() == "" and "href" in node.attrs:
        return doc.url
    return ""


def record_title(doc: Doc, record: Node, mark: int, hit: Hit | None, links: Sequence[Title]) -> Title | None:
    """The title of a record whose date stands at ``mark`` in the text."""
    if links:
        best = _best(links)
        if hit and best.start <= mark < best.stop:
            text = _without_date(doc, doc.nodes[best.index], hit) or best.text
            return Title(text, best.url, best.index, best.start, best.stop)
        return best
    if hit is None:
        return None
    raw = doc.text[record.start : mark] + "\n" + doc.text[hit.stop : record.stop]
    lines = [line.strip(_EDGE + "[]()（）【】") for line in raw.split("\n")]
    lines = [line for line in lines if len(line) >= 4 and not _date_like(line) and not _NOISE.match(line)]
    lines = [line for line in lines if not line.endswith(("：", ":"))]  # 报名时间：, what the day is of
    if not lines:
        return None
    address_node = next((node for node in doc.below(record, "a") if doc.absolute(node.get("href"))), None)
    url = doc.absolute(address_node.get("href")) if address_node else ""
    return Title(
        max(lines, key=len)[:200] if record.tag == "tr" else lines[0][:200], url, -1, record.start, record.stop
    )


def _best(links: Sequence[Title]) -> Title:
    """The first link of full length; a short one before it names the entry's column or is a picture's."""
    longest = max(len(link.text) for link in links)
    return next(link for link in links if len(link.text) >= min(longest, 8) or len(link.text) * 2 > longest)


def _without_date(doc: Doc, node: Node, hit: Hit) -> str:
    raw = (
        doc.text[node.start : hit.start].rstrip(" \n[（(【〔:：-—")
        + "\n"
        + doc.text[hit.stop : node.stop].lstrip(" \n])）】〕:：-—")
    )
    lines = [line.strip(_EDGE) for line in raw.split("\n")]
    lines = [line for line in lines if line]
    telling = [line for line in lines if len(line) >= 4 and not _date_like(line) and not _label_only(line)]
    text = telling[0] if telling else lines[0] if lines else ""
    full = node.get("title").strip()
    if full and _CUT.search(text) and full.startswith(_CUT.sub("", text)[:8]) and len(full) < 300:
        return " ".join(full.split())
    return text


def _label_only(line: str) -> bool:
    return line.endswith(("：", ":")) and len(line) <= 8
