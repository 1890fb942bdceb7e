"""The new-media accounts that a website shows as its own: links to platforms, and the words beside QR codes.

Only the home page and the pages of account matrices are looked at: an article may name anybody's account.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from govspider.facts import AccountKind, AccountMention, Page
from govspider.inspecting.urls import host_of, key
from govspider.register.account_kinds import account_kind

MOST = 60
LONGEST_NAME = 20
MATRIX = re.compile("新媒体|两微一端|微博矩阵|微信矩阵|政务矩阵|微矩阵|政务微博|政务微信|公众号")
# Host and path of an account's own page, not of one of its posts; the first group of the path is its ID, where there is one.
PLACES = (
    (AccountKind.WEIBO, "weibo.com", re.compile(r"^/(?:u/|n/|p/)?([\w-]{4,40}|[^/?#]{2,40})/?(?:home|profile)?$")),
    (AccountKind.WEIBO, "weibo.cn", re.compile(r"^/(?:u/|n/|profile/)?([^/?#]{2,40})/?$")),
    (AccountKind.TOUTIAO, "toutiao.com", re.compile(r"/c/user/(?:token/)?([\w.-]{5,120})/?$")),
    (AccountKind.DOUYIN, "douyin.com", re.compile(r"/user/([\w.-]{5,120})/?$")),
    (AccountKind.KUAISHOU, "kuaishou.com", re.compile(r"/profile/([\w.-]{3,60})/?$")),
    (AccountKind.XIAOHONGSHU, "xiaohongshu.com", re.compile(r"/user/profile/([\w.-]{5,60})/?$")),
    (AccountKind.BAIJIAHAO, "baijiahao.baidu.com", re.compile(r"/u$")),
    (AccountKind.TIEBA, "tieba.baidu.com", re.compile(r"/f$")),
)
NOT_ACCOUNTS = re.compile(r"share|login|signup|search|passport|/aj/|/ttarticle|/status", re.IGNORECASE)
KINDS = "微信公众号|微信订阅号|微信服务号|官方微信|政务微信|微信视频号|视频号|官方微博|政务微博|新浪微博|官方抖音|抖音号|快手号|头条号"
APPS = "移动客户端|手机客户端"
# 今日头条 with a colon is also how sites head their first piece of news.
NAMED = re.compile(rf"(?:{KINDS}|{APPS})(?:名称)?[:：]\s*[“\"《@]?([\w\u4e00-\u9fff·-]{{2,{LONGEST_NAME}}})")
QUOTED = re.compile(rf"[“\"《@]([\w\u4e00-\u9fff·-]{{2,{LONGEST_NAME}}})[”\"》]?(?:官方)?({KINDS}|今日头条|{APPS})")
TITLED = re.compile(rf"([\w\u4e00-\u9fff·-]{{3,{LONGEST_NAME}}}?)(?:官方|政务)?({KINDS})(?:二维码)?")
KIND = re.compile(f"{KINDS}|今日头条|{APPS}")
# What a caption asks for or heads, in the place of a name.
NO_CAPTION = re.compile(
    "扫|关注|点击|进入|下载|安卓|苹果|ios|android|二维码|开通|暂无|敬请|打开|搜索|查看|欢迎|更多|建设中|通过|可以|使用|^(?:我|本|各|全|请|市民|网民)",
    re.IGNORECASE,
)
HEADING = re.compile(
    "(?:[省市县区旗州][直级属]?|部门|区县|县区|市县|乡镇|镇街|街道|单位|下属|直属|所属|政府|政务|机关|其他|相关|网站|新媒体)+"
)
NO_NAME = re.compile(
    rf"^(?:关注|扫描|扫一扫|进入|访问|更多|官方|政务|本网|我们)*(?:{KINDS}|微博|微信|抖音|快手|头条|小红书|百家号|贴吧|二维码|客户端)*(?:关注|矩阵|二维码)*$"
)


def account_mentions(pages: Iterable[tuple[str, Page]]) -> tuple[AccountMention, ...]:
    """``pages``: the home page first. Each account once."""
    found: dict[tuple[str, str], AccountMention] = {}
    for number, (url, page) in enumerate(pages):
        if number == 0 or MATRIX.search(page.title) or any(MATRIX.search(part) for part in page.breadcrumb):
            for one in (*_linked(page, url), *_captioned(page, url)):
                found.setdefault((one.kind.group + one.kind, one.account_id or one.name or key(one.url)), one)
    return tuple(found.values())[:MOST]


def _linked(page: Page, url: str) -> Iterator[AccountMention]:
    for anchor in page.anchors:
        if anchor.kind != "page" or NOT_ACCOUNTS.search(anchor.url):
            continue
        host = host_of(anchor.url)
        for kind, platform, path in PLACES:
            if host != platform and not host.endswith(f".{platform}"):
                continue
            parts = urlsplit(anchor.url)
            match = path.search(parts.path)
            if match:
                yield AccountMention(kind, _name(anchor.text), _id(match, parts.query), anchor.url, url)
            break


def _captioned(page: Page, url: str) -> Iterator[AccountMention]:
    lines = [*sorted(page.lines), *(anchor.text for anchor in page.anchors if len(anchor.text) < 60)]
    for line in lines:
        for match in NAMED.finditer(line):
            yield from _caption(KIND.search(match[0]), match[1], url)
        for match in QUOTED.finditer(line):
            yield from _caption(KIND.search(match[2]), match[1], url)
        if titled := TITLED.fullmatch(line.strip()):
            yield from _caption(KIND.search(titled[2]), titled[1], url)


def _caption(kind: re.Match[str] | None, name: str, url: str) -> Iterator[AccountMention]:
    if not NO_CAPTION.search(name) and not HEADING.fullmatch(name):
        yield AccountMention(account_kind(kind[0] if kind else "其他"), name, found_on=url)


def _name(text: str) -> str:
    name = " ".join(text.split()).lstrip("@")
    return "" if len(name) > LONGEST_NAME or NO_NAME.fullmatch(name) else name


def _id(match: re.Match[str], query: str) -> str:
    if match.groups():
        return unquote(match[1])
    return next((values[0] for name, values in parse_qs(query).items() if name in ("app_id", "kw") and values), "")
