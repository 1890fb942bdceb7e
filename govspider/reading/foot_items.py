"""Which of the items that every page's foot must list are there: the part of them that is text, link or picture.

What a picture without words, a link without a label or a frame may hold is said beside what is seen.
"""

import re

from govspider.facts import FOOT_ITEMS
from govspider.reading import footer
from govspider.reading.dom import Doc, Node
from govspider.reading.footer import Footer
from govspider.reading.scanning import remembered

BADGE, CODE, ICP, POLICE, SPONSOR, CONTACT, ERRORS, SITEMAP = FOOT_ITEMS
_BEFORE = 60  # characters before the foot's first sign
_SHORT = 300  # characters at the end of a page whose foot shows no sign
_CODE = re.compile(r"标[识志]\s*(?:编\s*)?码|标[识志]号")
_ICP = re.compile(r"[Ii][CcPp][CcPp]\s*[备证]|备案(?:序)?[编号]")
_ICP_LINK = re.compile(r"beian\.miit|miitbeian|miibeian", re.IGNORECASE)
_POLICE = re.compile(r"公\s*网?\s*安\s*备|网\s*安\s*备|公网备案|网警备案|公安(?:机关|联网|部门|部)?备案")
_POLICE_LINK = re.compile(r"beian\.mps\.gov|www\.beian\.gov|//beian\.gov", re.IGNORECASE)
_SPONSOR = re.compile(r"主\s*办|建设单位|(?:版权所有|copyright|©)[^\n]{0,60}(?:政府|局|委|厅|办|中心|管委会|部|处|院|队)", re.IGNORECASE)  # fmt: skip
_CONTACT = re.compile(r"电\s*话|联系方式|联系我们|热\s*线|传\s*真|邮\s*箱|e-?mail|\btel\b|(?<!\d)0\d{2,3}\s*[-—－–)）]\s*\d{7,8}", re.IGNORECASE)  # fmt: skip
_SITEMAP = re.compile(r"(?:网站|站点)(?:地图|导航)|sitemap", re.IGNORECASE)
_ORDINARY = re.compile(r"ewm|erweima|qr_?code|wechat|weixin|wx\d*\.|weibo|logo|line|bg\d*\.|icon|blank|arrow|top\.", re.IGNORECASE)  # fmt: skip
_WORDS = ((CODE, _CODE), (CODE, footer.CODE), (ICP, _ICP), (POLICE, _POLICE), (SPONSOR, _SPONSOR), (CONTACT, _CONTACT), (SITEMAP, _SITEMAP))  # fmt: skip
_FRAMES = ("iframe", "embed", "object")


def read_items(doc: Doc, footing: Footer, start: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(items seen, items that may be there unseen). ``start``: where the foot begins in the page's text."""
    begin = max(0, (start if start < len(doc.text) else len(doc.text) - _SHORT) - _BEFORE)
    links = [node for node in doc.tags("a") if node.start >= begin]
    pictures = [node for node in doc.tags("img") if node.start >= begin]
    labels = "\n".join(filter(None, (picture.get("alt") or picture.get("title") for picture in pictures)))
    told = _told(f"{doc.text[begin:]}\n{labels}") | _told(footer.written(doc))
    addresses = "\n".join(node.get("href")[:500] for node in links)
    seen = {
        BADGE: footing.party_gov_badge,
        CODE: CODE in told,
        ICP: bool(footing.icp or ICP in told or _ICP_LINK.search(addresses)),
        POLICE: bool(footing.police_filing or POLICE in told or _POLICE_LINK.search(addresses)),
        SPONSOR: SPONSOR in told,
        CONTACT: CONTACT in told,
        ERRORS: footing.error_report_badge,
        SITEMAP: SITEMAP in told,
    }
    unsure: set[str] = set()
    if any(_is_mute(doc, picture) for picture in pictures) or any(_is_bare(doc, link) for link in links):
        unsure |= {BADGE, POLICE, ERRORS}
        if not any(seen[item] for item in (CODE, ICP, POLICE, SPONSOR, CONTACT)):
            unsure |= set(FOOT_ITEMS)  # the whole foot may be one picture
    if any(node.start >= begin for node in doc.tags(*_FRAMES)):
        unsure |= set(FOOT_ITEMS)
    return (
        tuple(item for item in FOOT_ITEMS if seen[item]),
        tuple(item for item in FOOT_ITEMS if item in unsure and not seen[item]),
    )


@remembered
def _told(text: str) -> frozenset[str]:
    """The items that a text tells of."""
    return frozenset(item for item, pattern in _WORDS if pattern.search(text))


def _is_mute(doc: Doc, picture: Node) -> bool:
    """A picture of the foot that may be a badge: no words say what it shows."""
    if picture.get("alt").strip() or picture.get("title").strip() or _ORDINARY.search(picture.get("src")[-200:]):
        return False
    link = picture.inside({"a"})
    return link is None or not doc.line(link)


def _is_bare(doc: Doc, link: Node) -> bool:
    """A link without text or picture: what it shows is a background."""
    return bool(link.get("href")) and not doc.line(link) and not doc.below(link, "img") and not link.get("title")
