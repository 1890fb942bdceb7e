"""Whether an app can be had: its page in a store, or the address of its file."""

import datetime as dt
import re

from govspider.accounts.pages import first_certain, sent_away
from govspider.accounts.sight import lines_in_sight
from govspider.facts import Account, Fetch, Fetched, Page, Sign, SignOf, Trust
from govspider.reading.page import read_page
from govspider.reading.terms import Lexicon

ADAPTER = "store"
GONE_STATUS = (404, 410)
GONE = re.compile(
    r"(?:该|此)?(?:应用|软件|APP|客户端)(?:已|已经)?(?:被)?(?:下架|下线|不存在|停止服务|停止下载)", re.IGNORECASE
)
# A search that found nothing repeats what was searched for.
MISSED = re.compile(r"(?:没有|未|无法|找不到|暂无)[^，。,.]{0,20}?(?:找到|搜到|查到|搜索结果|相关应用|相关结果|该应用)")
DOWNLOADS = re.compile(r"\.(?:apk|ipa|hap|exe|dmg)(?:[?#]|$)|apps\.apple\.com/|itms-services:|market:", re.IGNORECASE)
FILE_ANSWERS = (Fetch.NOT_HTML, Fetch.TOO_LARGE)
SHORT = 1500  # characters: a page that only says that there is nothing; a longer one may speak of an older app


def availability(fetched: Fetched, account: Account, read_on: dt.date, lexicon: Lexicon) -> tuple[Sign | None, str]:
    """A sign where it is certain, else the reason why nothing can be said."""
    url = fetched.final_url
    if fetched.outcome in FILE_ANSWERS:
        return Sign(SignOf.USABLE, True, Trust.OPEN, ADAPTER, url, "下载地址可以打开"), ""
    if fetched.outcome is Fetch.HTTP_ERROR and fetched.status in GONE_STATUS:
        return Sign(SignOf.USABLE, False, Trust.OPEN, ADAPTER, url, f"下载页面不存在（{fetched.status}）"), ""
    if fetched.outcome is not Fetch.OK:
        return None, ""
    content_type = fetched.header("content-type")
    page = read_page(fetched.body, url, checkpoint=read_on, lexicon=lexicon, content_type=content_type)
    lines = (page.title, *lines_in_sight(fetched.body, url, content_type))
    gone = first_certain(GONE, lines)
    if gone and page.text_length <= SHORT and not _offers(page):
        return Sign(SignOf.USABLE, False, Trust.OPEN, ADAPTER, url, f"下载页面提示“{gone}”"), ""
    named = any(account.name in line for line in lines) and not any(MISSED.search(line) for line in lines)
    if not gone and (named or (_offers(page) and not sent_away(fetched))):
        return Sign(SignOf.USABLE, True, Trust.OPEN, ADAPTER, url, "下载页面可以打开"), ""
    return None, "下载页面上没有见到该客户端的名称或者下载入口"


def _offers(page: Page) -> bool:
    return any(DOWNLOADS.search(anchor.url) for anchor in page.anchors)
