"""Whether a home page says that the site was shut down, or that its name is for sale."""

import re
from collections.abc import Iterable

from govspider.facts import Page

_SHORT = 1500  # characters of a page that holds little else than the notice
_WHOLE = 60  # characters of the line
_CLOSED = re.compile(
    r"(?:本|该|我局|原)?网?站(?=[已现自于从])(?:已经?|现已)?(?:[自于从][\d年月日起]{4,14})?(?:正式|永久|全面)?"
    r"(?:关停|关闭|下线|停用|停止运行|停止服务|停止使用|停止更新|迁移|归并|整合|注销|撤销)"
)
_FOR_SALE = re.compile(r"域名(?:正在|可|已)?(?:出售|转让|过期|到期)|domain\s+(?:name\s+)?(?:is|may be)\s+for\s+sale|buy\s+this\s+domain", re.IGNORECASE)  # fmt: skip
_LINKS = 15  # a page with more of them is a site in operation


def closed_sign(pages: Iterable[Page]) -> str:
    """The page's own words; "" where none says so, or where the page is more than such a notice."""
    for page in pages:
        links = sum(1 for anchor in page.anchors if anchor.kind == "page" and not anchor.hidden)
        if page.text_length > _SHORT or links > _LINKS:
            continue
        for line in sorted(page.lines | {page.title}):
            if len(line) <= _WHOLE and (_CLOSED.search(line) or _FOR_SALE.search(line)):
                return line
    return ""
