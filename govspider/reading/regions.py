"""Where a page's parts stand: breadcrumb, footer, and the name that the page gives itself."""

import re
from dataclasses import dataclass

from govspider.reading.dom import Doc
from govspider.reading.landmarks import landmark

_CRUMB = re.compile(
    r"(?:您|你)?(?:现在|目前|当前)?(?:的|所在)*(?:当前|现在)?的?(?:位置|栏目|频道)(?:是|为)?\s*[:：>»\-]|您(?:现在|当前)所在|当前(?:位置|栏目|所在)|您在这里|(?:所在|你的|您的)位置"
)
_CRUMB_PATH = landmark("首 主页", r"(?:首\s?页|主页)\s{0,3}(?:>|»|›|→|＞|-{1,2}>)+(?=\s{0,3}[^\s>»›→＞])")
_CRUMB_WORD = landmark(
    "位置 所在 在这里 当前 栏目 频道", r"位置|所在|在这里|当前(?:栏目|频道)|栏目\s*[:：]|频道\s*[:：]"
)
_FOOTER = landmark(
    "版权所有 CO Co cO co © 网站标识码 IC Ic iC ic 公网安备 公安备 网安备 安备 网警备案 主办 技术支持 承办 网站地图 网站声明 法律声明 "
    "友情链接 相关链接 网站链接",
    r"(?P<strong>版权所有|copyright|©|网站标识码|(?:(?<=[一-鿿])|^)ICP[备证]|公?网?安备|网警备案|主办(?:单位)?\s*[:：])"
    r"|(?P<near>技术支持|承办(?:单位)?\s*[:：]|网站地图|网站声明|法律声明)|(?P<far>友情链接|相关链接|网站链接)",
    re.IGNORECASE,
)
_REACH = {"strong": 300, "near": 120, "far": 1500}  # how far before the rest of the footer each mark may stand
# A day with its year, or as lists write it without one.
_DATED = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d|(?<![\d\-/.])(?:0\d|1[0-2])[-/](?:[0-2]\d|3[01])(?![\d\-/.])"
)
_JOINT = re.compile(r"\s*(?:>+|»+|›|→|／|/|-{1,2}|—|:|：|\||\\|＞+|>>)\s*")
_TITLE_JOINT = re.compile(r"\s*(?:[-_|–—>»]+|--+|::)\s*")


@dataclass(frozen=True, slots=True)
class Regions:
    """Positions in the page's text. ``crumb`` is where the breadcrumb ends, -1 when the page has none.

    ``names``: what the page calls itself: the last breadcrumb and the first part of its title.
    """

    crumb: int
    footer: int
    names: tuple[str, ...]
    crumb_line: str = ""


def read_regions(doc: Doc, title: str) -> Regions:
    text = doc.text
    footer = _footer(doc)
    crumb, line = -1, ""
    if match := _find_crumb(doc, footer):
        # The trail may be broken into lines of its own, one a step.
        crumb = _end_of_trail(text, match.end())
        line = text[match.end() : crumb]
    names = []
    steps = [step for step in _JOINT.split(" ".join(line.split())) if step]
    if steps:
        names.append(steps[-1][:40])
    if title:
        names.append(_TITLE_JOINT.split(title)[0][:60])
    return Regions(crumb, footer, tuple(name for name in names if len(name) >= 2), line)


def _find_crumb(doc: Doc, footer: int) -> re.Match[str] | None:
    for word in doc.matches(_CRUMB_WORD, 0, footer):
        if match := _CRUMB.search(doc.text, max(0, word.start() - 8), min(footer, word.end() + 6)):
            return match
    return doc.first(_CRUMB_PATH, 0, footer)


def _end_of_trail(text: str, start: int) -> int:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    joints = (">", "»", "›", "→", "＞", "/", "-", "|")
    for _ in range(8):
        following = text.find("\n", end + 1)
        following = len(text) if following < 0 else following
        piece = text[end + 1 : following].strip()
        so_far = text[start:end].rstrip()
        if not piece or len(piece) > 30 or not (piece.startswith(joints) or so_far.endswith(joints) or not so_far):
            break
        end = following
    return min(end, start + 200)


def _footer(doc: Doc) -> int:
    """Where the footer begins: the chain of its marks that ends with the page, or the page's end when it has none."""
    text = doc.text
    found = doc.matches(_FOOTER, max(len(text) // 5, len(text) - 8000))
    marks = [(match.start(), match.lastgroup or "") for match in found]
    while marks and (marks[-1][1] != "strong"):
        marks.pop()
    if not marks or len(text) - marks[-1][0] > 3000:
        return len(text)
    footer = text.rfind("\n", 0, marks[-1][0]) + 1
    for position, name in reversed(marks[:-1]):
        gap = footer - position
        if gap > _REACH[name] or (gap > 0 and _DATED.search(text, position, footer)):
            break
        footer = min(footer, text.rfind("\n", 0, position) + 1)
    return footer
