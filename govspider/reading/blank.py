"""Whether a list page is blank: only when its skeleton is there, nothing fills it later, and it says or shows zero."""

import re
from dataclasses import dataclass
from itertools import chain

from govspider.reading.dom import Doc, Node
from govspider.reading.lists import Found
from govspider.reading.pager import Pager, is_pager_text
from govspider.reading.regions import Regions
from govspider.reading.scanning import SCRIPT, remembered

_ANYTHING = "(?:(?:[找查搜]|查询|检索|搜索)到|任何|相关|符合条件|您要|可显示|[此该这本]类|[相对]应)?的?(?:相关)?(?:数据|内容|信息|记录|文章|新闻|公告|资料|结果|留言|来信|信件|文件|项目|条目|更新)"
_MIDST = "(?:之?中|当中)"
# Every alternative begins with a plain character: so the search passes over most of a page at once.
_NOTHING = re.compile(
    f"没有{_ANYTHING}|无{_ANYTHING}|未(?:找到|查到|检索到){_ANYTHING}|建设{_MIDST}|更新{_MIDST}|完善{_MIDST}|维护{_MIDST}|整理{_MIDST}|制作{_MIDST}|筹备{_MIDST}"
    "|敬请(?:期待|关注)|n(?i:o (?:data|records?|results?))|N(?i:o (?:data|records?|results?))"
)
_PLACEHOLDER = re.compile(r"\{\$[\w.]+|\{\{[^{}]{1,80}\}\}|<%=?[^%]{1,80}%>|\$\{[\w.]{1,60}\}|\{#\w+|\[!--[\w.]+--\]")
_FILLED = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\s*\(|jQuery\.(?:ajax|get|post|getJSON)\s*\(|\baxios\b|\bfetch\s*\(|XMLHttpRequest|new\s+Vue\b|createApp\s*\(|laypage|laytpl|layui\.use|"
    r"juicer\s*\(|\btemplate\s*\(\s*['\"]|\.load\s*\(\s*['\"]|angular\.module|avalon\.|processTemplate|setTemplate|ActiveXObject|dataproxy|jpage"
)
_BINDINGS = frozenset(
    ("ng-repeat", "v-for", "ng-app", "ng-controller", "ms-for", "data-bind", "v-html", "ng-bind-html", "ms-controller")
)
_LITTLE = 40  # characters of an own part that holds nothing: names of neighbouring columns, a search box
_LISTS = ("ul", "ol", "tbody", "table", "dl", "div", "section")


_SHELL = 200  # characters of a page that is nothing without its scripts


@dataclass(frozen=True, slots=True)
class Blank:
    """``skeleton``: the page is a list page by its frame, whether or not it holds entries."""

    blank: bool | None
    signs: tuple[str, ...]
    needs_browser: bool
    skeleton: bool


def is_placeholder(text: str) -> bool:
    """Whether a text is a template's, which a script replaces."""
    return _PLACEHOLDER.search(text) is not None


def read_blank(doc: Doc, found: Found, regions: Regions, paging: Pager, prose: int, carriers: bool) -> Blank:
    if found.entries:
        return Blank(False, (), False, True)
    signs: list[str] = []
    zero = paging.total == 0
    if zero:
        signs.append("页面写明共 0 条")
    said = _said(doc, regions)
    if said:
        signs.append(f"页面写明“{said}”")
    single = paging.pages in (0, 1) or (bool(paging.spots) and paging.next_page is None)
    if paging.spots and single:
        signs.append("分页只有一页")
    hollow = _hollow(doc, regions, paging)
    if hollow is not None:
        signs.append("列表容器里没有条目")
    filled = is_filled_later(doc, regions)
    skeleton = zero or bool(paging.spots) or (hollow is not None and bool(regions.names))
    skeleton = skeleton or bool(said and _nothing_else(doc, regions, said))
    if prose > 150 or not skeleton:
        empty = len(doc.text) < _SHELL and bool(doc.tags("script"))
        thin = prose < 60 and (filled or carriers or empty or _hollow_anywhere(doc, regions))
        return Blank(None, tuple(signs), thin or (skeleton and filled), skeleton and prose <= 150)
    still = paging.scripted or (paging.plain and hollow is not None and _is_still(doc, hollow, paging))
    static = (zero and not _counter_is_filled(doc, paging)) or (still and single and not paging.total) or bool(said)
    if carriers or (filled and not (zero and paging.scripted)):
        return Blank(None, tuple(signs), True, True)
    if static and (hollow is not None or zero or said):
        return Blank(True, tuple(signs), False, True)
    return Blank(None, tuple(signs), True, True)


def _said(doc: Doc, regions: Regions) -> str:
    """A line of the page's own part that says there is nothing."""
    for match in _NOTHING.finditer(doc.text, max(regions.crumb, 0), regions.footer):
        start = doc.text.rfind("\n", 0, match.start()) + 1
        stop = doc.text.find("\n", match.end())
        line = doc.text[start : stop if stop >= 0 else len(doc.text)].strip()
        if len(line) <= 24 and not is_placeholder(line):
            return line
    return ""


def _nothing_else(doc: Doc, regions: Regions, said: str) -> bool:
    """Whether a page with a breadcrumb has but its own name and the line that says so."""
    if regions.crumb < 0:
        return False
    lines = (line.strip() for line in doc.text[regions.crumb : regions.footer].split("\n"))
    return sum(len(line) for line in lines if line != said and line not in regions.names) <= _LITTLE


def _hollow(doc: Doc, regions: Regions, paging: Pager) -> Node | None:
    """An empty container where the main list should be: before a pager or under the page's own name."""
    for spot in paging.spots:
        around = doc.nodes[spot]
        for node in reversed(doc.nodes[max(0, spot - 60) : spot]):
            if _leads_off(doc, node, around):
                break
            if node.tag in _LISTS and _is_hollow(doc, node) and not node.holds(around):
                return node
    for node in doc.tags("ul", "ol", "tbody", "dl"):
        if regions.crumb <= node.start <= regions.footer and _is_hollow(doc, node):
            before = doc.text[max(0, node.start - 60) : node.start].strip().split("\n")
            if any(name == before[-1].strip() for name in regions.names):
                return node
    return None


def _leads_off(doc: Doc, node: Node, pager: Node) -> bool:
    """Whether a node before a pager is a link of something else: so what is empty above it is not what the pager turns."""
    return node.tag == "a" and not node.holds(pager) and not is_pager_text(doc.text[node.start : node.stop])


def _is_still(doc: Doc, hollow: Node, paging: Pager) -> bool:
    """Whether next to nothing stands between an empty container and the pager, and neither it nor what is around it alone
    has an id, by which a script would find it."""
    pager = doc.nodes[paging.spots[0]]
    if len(doc.text[hollow.stop : pager.start].strip()) > _LITTLE:
        return False
    around: Node | None = hollow
    while around is not None and not around.holds(pager):
        if around.get("id"):
            return False
        around = around.parent
    return True


def _hollow_anywhere(doc: Doc, regions: Regions) -> bool:
    boxes = doc.tags("ul", "ol", "tbody", "dl")
    return any(0 <= regions.crumb <= node.start <= regions.footer and _is_hollow(doc, node) for node in boxes)


def _is_hollow(doc: Doc, node: Node) -> bool:
    if doc.text[node.start : node.stop].strip():
        return False
    return not doc.count(node, "a", "img", "iframe", "input", "select", "textarea", "form")


def is_shell(doc: Doc) -> bool:
    """Whether a page leads nowhere and says next to nothing, but has scripts: what its address promises comes with them."""
    return len(doc.text) < _SHELL and bool(doc.tags("script")) and not any(link.url for link in doc.links)


def is_filled_later(doc: Doc, regions: Regions) -> bool:
    """Whether scripts or templates of the page may bring what its own part lacks."""
    if is_placeholder(doc.text[max(regions.crumb, 0) : regions.footer]):
        return True
    if any(_holds_template(node) for node in doc.tags("textarea", "script")):
        return True
    if not _BINDINGS.isdisjoint(chain.from_iterable([node.attrs for node in doc.nodes if node.attrs])):
        return True
    return any(_fills(script.data[:SCRIPT]) for script in doc.tags("script") if script.data)


@remembered
def _fills(code: str) -> bool:
    """Whether a script may bring a list."""
    return _FILLED.search(code) is not None


def _holds_template(node: Node) -> bool:
    if node.tag != "textarea" and not (node.tag == "script" and re.search("template|html", node.get("type"))):
        return False
    return _PLACEHOLDER.search(node.data[:4000]) is not None


def _counter_is_filled(doc: Doc, paging: Pager) -> bool:
    """Whether the 0 stands in an element of its own with an id, where a script would write the real number."""
    spot = doc.text.find("0", paging.total_at, paging.total_at + 20)
    for node in doc.texts:
        if node.start <= spot < node.stop:
            parent = node.parent
            return bool(parent and parent.get("id") and node.data.strip() == "0")
    return False
