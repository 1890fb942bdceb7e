"""What a page holds of its own, told by what the site's other pages lack: no template, class name or region is needed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from govspider.facts import Anchor, Page, PageKind
from govspider.inspecting.urls import key

T = TypeVar("T")
NOTHING_OWN = "除导航外没有自己的内容"  # a sign of blankness that needs a read sibling to be believed
_LITTLE = 20  # characters of a line such as 暂无信息
_PHRASE = 24  # characters of a line that a word such as 建设中 or 天气 decides; a longer one is a sentence
_TEXT = 150  # characters of lines that are some sentences
_AMBIENT = re.compile(r"今天是|现在是|星期[一二三四五六日天]|℃|天气|访问量|浏览")
_PLACE = re.compile(r"^\W*(?:(?:您|你)?(?:现在|目前)?的?(?:当前)?(?:所在)?的?位置|首\s*页\s*[>＞»›/])")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|农历\S*|发布|更新|时间|日期")
_NOTHING = re.compile(
    r"暂无|暂时没有|没有(?:相关|找到|查到)|共\s*0(?!\s*[件起次人宗例户项个])|(?<!\d)0\s*条|建设中|更新中|敬请期待|首\s*页|上一页|下一页|尾\s*页|末\s*页|跳转|第\s*\d+\s*页"
)
_SAID = re.compile(r"暂无|暂时没有|没有(?:相关|找到|查到)|共\s*0\s*条|建设中|更新中|敬请期待")
_EXPLICIT = re.compile(
    r"共\s*0|(?<!\d)0\s*条|暂无|没有(?:相关|找到)?(?:数据|信息|内容|记录)|计数为\s*0|总数为\s*0|建设中"
)
_COMMON = 0.85
_FEW_APART = 3
_ENOUGH = 6
_SEVERAL = 2  # columns: a single one may be a neighbour or what stands above
_LED = {"page", "script", "frame"}
_EMPTY_PICTURE = re.compile(r"no-?_?data|empty|zanwu|zwsj|blank|none", re.IGNORECASE)
_MEDIA = {"attachment", "image", "picture"}
_SHOWN = {"page", "attachment", "picture", "image", "frame", "script"}


@dataclass(frozen=True, slots=True)
class Chrome:
    """The lines and links that a site's pages carry around: head, menu, side bar, foot. ``widgets``: how many fields,
    buttons and players they usually have. ``again``: links that pages carry around more than once, with how often."""

    lines: frozenset[str]
    links: frozenset[str]
    widgets: int = 0
    again: frozenset[tuple[str, int]] = frozenset()


def chrome_of(pages: Iterable[Page]) -> Chrome:
    """What stands on at least three pages of the site, or on all of fewer. One text under several addresses is one."""
    lines: Counter[str] = Counter()
    links: Counter[str] = Counter()
    again: Counter[tuple[str, int]] = Counter()
    number, widgets = 0, []
    for page in {page.lines: page for page in pages}.values():
        number += 1
        widgets.append(page.widgets)
        lines.update(page.lines)
        links.update({identity(anchor) for anchor in page.anchors})
        again.update(_again(page))
    common = min(3, max(number, 2))
    return Chrome(_repeated(lines, common), _repeated(links, common), _usual(widgets), _repeated(again, common))


def _usual(numbers: list[int]) -> int:
    """The most frequent of them; 0 of none."""
    return Counter(numbers).most_common(1)[0][0] if numbers else 0


def _again(page: Page) -> set[tuple[str, int]]:
    """The links that a page shows more than once: each with 2, 3 and so on, up to how often it stands there."""
    shown = Counter(identity(anchor) for anchor in page.anchors if anchor.kind == "page" and not anchor.hidden)
    return {(link, times) for link, most in shown.items() for times in range(2, most + 1)}


def _repeated(counted: Mapping[T, int], times: int) -> frozenset[T]:
    return frozenset(what for what, count in counted.items() if count >= times)


def holds_nothing(page: Page, name: str, chrome: Chrome) -> bool:
    """Whether a page has neither text, link, picture nor form beside the site's chrome and its own name.

    Lines that say there is nothing, pagers, dates of the day and an empty-state picture are no content; several
    columns of the menu that it names once more are.
    """
    if page.form or page.messages or page.guide is not None or page.entries or page.widgets > chrome.widgets:
        return False
    if any(not _idle(line, name, page) for line in page.lines - chrome.lines):
        return False
    if any(_is_content(anchor) and identity(anchor) not in chrome.links for anchor in page.anchors):
        return False
    return not _leads_on(page, name, chrome)


def _leads_on(page: Page, name: str, chrome: Chrome) -> bool:
    """Whether a page names several of the menu's columns once more, as one that only leads on to them does.

    The page itself and what its place in the site names (首页 > 政务公开) do not count, for an empty page has them too.
    """
    places = [line for line in page.lines if _PLACE.search(line)]
    repeated = {link for link, times in _again(page) - chrome.again if link in chrome.links}
    names = {a.text.strip() for a in page.anchors if identity(a) in repeated} - {name, ""}
    return sum(not any(one in place for place in places) for one in names) >= _SEVERAL


def shows_media(page: Page, chrome: Chrome) -> bool:
    """Whether a page holds a form, a player, a drawing, a picture or a file of its own, and no line of its own that
    says there is nothing: then it is complete without a list."""
    if page.kind is PageKind.LIST or says_nothing(page, chrome):
        return False
    own = (a for a in page.anchors if _is_content(a) and identity(a) not in chrome.links)
    return page.form or page.widgets > chrome.widgets or any(a.kind in _MEDIA for a in own)


def holds_text(page: Page, chrome: Chrome) -> bool:
    """Whether a page has some sentences of its own."""
    return sum(len(line) for line in page.lines - chrome.lines) >= _TEXT


def says_nothing(page: Page, chrome: Chrome) -> str:
    """The page's own line that says there is nothing; "" when there is none."""
    lines = sorted(line for line in page.lines - chrome.lines if len(line) <= _LITTLE and _SAID.search(line))
    return lines[0] if lines else ""


def is_explicit(signs: Iterable[str]) -> bool:
    """Whether a sign of blankness is the page's own statement, such as a 0 counter."""
    return any(_EXPLICIT.search(sign) for sign in signs)


def drawn_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Drawn by the same template: nearly all blocks in common (measured on real sites: 0.87 and more, others below 0.7).
    A plain page has few blocks, of which an empty list lacks two or three."""
    apart, common = len(one ^ other), len(one & other)
    return common >= _COMMON * len(one | other) or (apart <= _FEW_APART and common >= _ENOUGH)


def own_links(page: Page, chrome: Chrome) -> list[Anchor]:
    """The visible links to pages that the site's other pages do not carry."""
    return [a for a in page.anchors if a.kind in _LED and not a.hidden and identity(a) not in chrome.links]


_PAGER_WORDS = re.compile(r"[页次第共条首尾末上下一转到跳每显示当前记录总数]|\d|\W")


def _idle(line: str, name: str, page: Page) -> bool:
    short = len(line) <= _PHRASE and (_AMBIENT.search(line) or _NOTHING.search(line))
    if short or _PLACE.search(line) or not _PAGER_WORDS.sub("", _DAY.sub("", line)):
        return True
    return (bool(name) and (line in name or name in line) and len(line) < len(name) + 12) or line in page.title


def _is_content(anchor: Anchor) -> bool:
    if anchor.hidden or anchor.kind not in _SHOWN:
        return False
    if anchor.kind == "script":
        return len(anchor.text.strip()) > 1 and not _NOTHING.search(anchor.text)
    return not (anchor.kind == "image" and _EMPTY_PICTURE.search(anchor.url.rpartition("/")[2]))


def identity(anchor: Anchor) -> str:
    return key(anchor.url) if anchor.url else anchor.text
