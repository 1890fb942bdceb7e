"""What the foot of a page shows: site code, ICP and police filing, the two official badges.

A badge counts when a visitor sees it: as a link, a picture, or written by a script. What is commented out does not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from urllib.parse import unquote

from govspider.reading.dom import Doc
from govspider.reading.landmarks import landmark
from govspider.reading.scanning import SCRIPT, remembered

FOOT = 6000  # characters of text at the page's end that are its foot
WRITERS = ("document.write", "innerHTML", "createElement", ".append(", ".html(")
LINK = 1000  # characters of a link that are read
WRITTEN = 200_000  # characters of scripts that are read
CODE = re.compile(r"(?<![0-9A-Za-z])([1-8]\d{9}|bm\d{8})(?![0-9A-Za-z])", re.IGNORECASE | re.ASCII)
LABELLED_CODE = landmark(
    "网站标 网站统一标",
    r"网站(?:统一)?标[识志](?:编?码|号)\s*[:：]?\s*([1-8]\d{9}|bm\d{8}|[A-Za-z]{0,2}\d{8,10})(?![0-9A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
PROVINCE = "京津冀晋蒙内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台"
ICP = re.compile(
    rf"([{PROVINCE}])\s*(ICP|IPC)\s*([备证])\s*([A-Za-z]\d-)?(\d{{6,12}})\s*(号)?\s*(?:[-－—–﹣]\s*(\d{{1,3}})(?:\s*(号))?)?",
    re.IGNORECASE,
)
LETTERS = re.compile(r"I[CcPp][CcPp]|i[CcPp][CcPp]")  # offices misprint it
POLICE = re.compile(rf"([{PROVINCE}])\s*公\s*网\s*安\s*备\s*[(（]?\s*(\d{{10,16}})\s*[)）]?\s*(号)?")
CONAC = re.compile(r"bszs\.conac\.cn|dcs\.conac\.cn|//[\w.]*conac\.cn/(?:sitename|js)|_ideconac", re.IGNORECASE)
JIUCUO = re.compile(
    r"zfwzgl\.www\.gov\.cn|zfwzzc\.www\.gov\.cn|pucha\.kaipuyun\.cn|//[\w.]*kaipuyun\.cn/exposure/|/exposure/jiucuo|jiucuo\w*\.(?:s?html?|js|aspx?|jsp|php)",
    re.IGNORECASE,
)
CONAC_TEXT = re.compile(r"党政机关(?:网站)?|事业单位(?:网站)?(?:标[识志])|政府机关网站标[识志]")
JIUCUO_TEXT = re.compile("网站找错")
CONAC_PICTURE = re.compile(
    r"(?:^|[/_\-])(?:red|blue)\.(?:png|gif|jpe?g)|conac|dzjg|jgdz|dangzheng|bszs",
    re.IGNORECASE,
)
JIUCUO_PICTURE = re.compile(
    r"jiucuo|zhaocuo|wzzc|zfwzzc|zfjc|(?:^|[/_\-])jc\d*\.(?:png|gif|jpe?g)|find_?error", re.IGNORECASE
)
BADGE_SIGNS = (("conac",), ("www.gov.cn", "kaipuyun", "jiucuo"))  # every address of theirs holds one
JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'\w])//[^\n]*", re.DOTALL)
ESCAPED = re.compile(r"%[0-9a-f]{2}|%u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\/", re.IGNORECASE)
UNICODE = re.compile(r"(?:%u|\\u)([0-9a-f]{4})|\\x([0-9a-f]{2})", re.IGNORECASE)
HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Footer:
    site_id_code: str | None = None
    icp: str | None = None
    police_filing: str | None = None
    party_gov_badge: bool = False
    error_report_badge: bool = False


def read(doc: Doc, meta: Mapping[str, str]) -> Footer:
    """``meta``: the page's tags; SiteIDCode there goes before what the foot says."""
    script = written(doc)
    links = [node.get("href")[:LINK] for node in doc.tags("a")]
    links += [node.get("src")[:LINK] for node in (*doc.tags("script"), *doc.tags("iframe"))]
    addresses = "\n".join(links).lower()
    return Footer(
        site_id_code=_code(doc, script, meta),
        icp=next(
            chain(_icps(doc.text, _foot_spots(doc, "IC", "Ic", "iC", "ic", "IP", "iP")), _written_icps(script)), None
        ),
        police_filing=next(chain(_polices(doc.text, _foot_spots(doc, "安备")), _written_polices(script)), None),
        party_gov_badge=_badge(doc, addresses, script, CONAC, CONAC_TEXT, 0),
        error_report_badge=_badge(doc, addresses, script, JIUCUO, JIUCUO_TEXT, 1),
    )


def written(doc: Doc) -> str:
    """What the page's own scripts may write into it."""
    return doc.once(_written)


def _written(doc: Doc) -> str:
    pieces = (_writes(script.data[:SCRIPT]) for script in doc.tags("script"))
    return "\n".join(filter(None, pieces))[:WRITTEN]


@remembered
def _writes(code: str) -> str:
    """The text of a script that may write into its page, "" for others."""
    return unescape_script(code) if any(way in code for way in WRITERS) else ""


def unescape_script(source: str) -> str:
    """A script's text with its escapes resolved and without its comments."""
    if ESCAPED.search(source):
        source = UNICODE.sub(lambda match: chr(int(match[1] or match[2], 16)), source).replace("\\/", "/")
        source = unquote(source, errors="replace")
    if "/*" in source or "//" in source:
        source = JS_COMMENT.sub("", source)
    return HTML_COMMENT.sub("", source) if "<!--" in source and "-->" in source else source


def _foot_spots(doc: Doc, *words: str) -> list[int]:
    """Where landmarks stand in the page's foot."""
    begin = len(doc.text) - FOOT
    return [place for place in doc.spots(*words) if place >= begin]


@remembered
def _written_codes(script: str) -> tuple[str, ...]:
    return tuple(match[1] for match in LABELLED_CODE.pattern.finditer(script))


@remembered
def _written_icps(script: str) -> tuple[str, ...]:
    return tuple(_icps(script, [match.start() for match in LETTERS.finditer(script)]))


@remembered
def _written_polices(script: str) -> tuple[str, ...]:
    return tuple(_polices(script, [match.start() for match in re.finditer("安备", script)]))


def _code(doc: Doc, script: str, meta: Mapping[str, str]) -> str | None:
    tagged = next((value.strip() for name, value in meta.items() if name.lower() == "siteidcode"), "")
    if tagged and CODE.fullmatch(tagged):
        return tagged
    shown = doc.matches(LABELLED_CODE, max(0, len(doc.text) - FOOT))
    labelled = [*(match[1] for match in shown), *_written_codes(script)]
    valid = next((code for code in reversed(labelled) if CODE.fullmatch(code)), None)
    if valid:
        return valid
    return tagged if 8 <= len(tagged) <= 12 and tagged.isalnum() else next(iter(labelled), None)


def _icps(text: str, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        if LETTERS.match(text, place) and (match := ICP.search(text, max(0, place - 3), place + 40)):
            branch = f"-{match[7]}" if match[7] else ""
            number = f"{match[5]}{match[6] or ''}{branch}{match[8] or ''}"
            yield f"{match[1]}{match[2].upper()}{match[3]}{match[4] or ''}{number}"


def _polices(text: str, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        if match := POLICE.search(text, max(0, place - 8), place + 30):
            yield f"{match[1]}公网安备{match[2]}号"


def _badge(
    doc: Doc, addresses: str, written: str, address: re.Pattern[str], words: re.Pattern[str], which: int
) -> bool:
    """By its address in a link, script or frame; by its words on a link or picture; by its picture in the foot.

    which: its place in ``BADGE_SIGNS`` and ``_badge_pictures``.
    """
    if _leads(addresses, address, which) or (written and _leads_written(written, address, which)):
        return True
    foot = max(0, len(doc.text) - FOOT // 3)
    for image in doc.tags("img"):
        label = image.get("alt") or image.get("title")
        if (label and words.search(label)) or (image.start >= foot and _badge_pictures(image.get("src"))[which]):
            return True
    shown = words.search(doc.text, foot) is not None
    return any(
        (shown and words.search(doc.text[node.start : min(node.stop, node.start + 60)]))
        or ((title := node.attrs.get("title")) and words.search(title))
        for node in doc.tags("a")
        if node.start >= foot
    )


def _leads(addresses: str, address: re.Pattern[str], which: int) -> bool:
    """Whether one of the addresses, in lower case, is the badge's."""
    return any(sign in addresses for sign in BADGE_SIGNS[which]) and address.search(addresses) is not None


@remembered
def _leads_written(code: str, address: re.Pattern[str], which: int) -> bool:
    return _leads(code.lower(), address, which)


@lru_cache(maxsize=4096)
def _badge_pictures(source: str) -> tuple[bool, bool]:
    """Whether a picture's file is named like the party and government badge, and like the error report's."""
    name = source[-300:]
    return bool(CONAC_PICTURE.search(name)), bool(JIUCUO_PICTURE.search(name))
