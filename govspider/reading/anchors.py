"""A page's links as a reader of menus sees them: name, address, and whether it can be a column at all."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from govspider.reading.dom import Doc, Link, Node

NAME_LENGTH = 16  # characters of a column's name; longer links are headlines
MOST = 4000  # anchors of one page that are looked at; a site map of a province has fewer
NOISE = re.compile(
    r"^[\s|丨│·•●■◆▪▶►»›>→+＋*★:：、,，.。\-—_/\[【(（]+|[\s|丨│·•●■◆▪▼▽↓▶►»›>→+＋*★:：、,，.。\-—_/\]】]+$"
)
INNER = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
HOME = re.compile(r"^(?:(?:网站|本站|返回|回到|平台|站点)?(?:首|主)页|home|index)$", re.IGNORECASE)
MORE = re.compile(
    r"^[\s\[【(（<《>»›+＋.…·|:：]*(?:(?:查看|点击|显示|浏览|了解|阅读)?(?:更多|全部)(?:\S{0,8}?(?:信息|内容|新闻|公告|动态|文件|专题|列表))?|more|view\s?all|mehr)"
    r"[\s\]】)）<《>»›+＋.…·|:：]*$|^[\[【(（]?\s*(?:[>»›]{2,}|[+＋]|\.{3,}|…+)\s*[\]】)）]?$",
    re.IGNORECASE,
)
MORE_PICTURE = re.compile(r"(?:^|[/_\-.])(?:more|gengduo|gd)[\w-]*\.(?:gif|png|jpe?g|svg|webp)", re.IGNORECASE)
# Links that lead to a function of the site or of the page, never to a column.
FUNCTIONS = re.compile(
    r"^(?:上一?[页条篇]|下一?[页条篇]|[首末尾]页|第?\d+页?|(?!(?:19|20)\d\d年度?$)[\d\s./:：,年月日\-—~%]+|返回.*|回到.*|关闭.*|打印.*|分享.*|收藏.*|加入收藏|设为?首页|"
    r"搜\s*索|查\s*询|检\s*索|高级(?:搜索|检索)|站内(?:搜索|检索)|智能(?:搜索|检索|问答|客服)|登\s*[录陆]|注\s*册|(?:用户|会员|个人)?(?:登[录陆]|注册|中心)|退出|登[录陆].*注册|注册.*登[录陆]|"
    r"简|繁|简体.*|繁[体體]?.*|中文版?|英文版?|en|eng|english.*|简\W*繁|无障碍.*|.*无障碍.*|关怀版?|长者.*|适老.*|大字版?|手机版|移动版|电脑版|pc版|触屏版|旧版.*|"
    r"rss.*|微信.*|微博.*|官方微[信博]|新浪微博|腾讯微博|公众号|小程序|客户端|app|移动客户端|手机客户端|抖音|头条号?|邮箱.*|(?:工作|内部|内网|电子|政务|政府|企业|办公|公务|机关|联系|投稿|我的)?邮箱|邮件系统|"
    r"网站地图|站点地图|网站导航|网站声明|法律声明|免责声明|版权.*|隐私.*|使用帮助|网站帮助|帮助|纠错.*|我要纠错|网站纠错|"
    r"更多.*|[上下]一?个?[周月]|继续阅读.*|全文|详细.*|详情.*|\[?详[细情]\]?|查看.*|阅读.*|点击.*|立即.*|展开.*|收起.*|全部|提交|重置|换一换|上移|下移|左|右|×|x|顶部|置顶|top|确定|取消|播放|暂停|"
    r"字体.*|字号.*|大|中|小|今天.*|天气.*|.*欢迎.*|.*icp备.*|.*icp证.*|.*公网安备.*|.*备案[号序]?.{0,2}\d.*|.*(?:icp|网站?|公安|工信部).{0,3}备案.*|技术支持.*|主办.*|承办.*|电话.*|地址.*|邮编.*|网站标识码.*)$",
    re.IGNORECASE,
)
ARTICLE = re.compile(
    r"/t?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?_?[\w-]*\.[a-z]+|/(?:19|20)\d{2}[-/_]?(?:0?[1-9]|1[0-2])[-/_]?(?:[0-3]?\d)?/\S*\.(?:s?html?|jsp|aspx?|php)|"
    r"/art/(?:19|20)\d{2}/|/t20\d{6}_|/(?:contents?|articles?|details?)/(?:post_)?\d+(?:/\d+)*(?:\.\w+|/?$)|/(?:info|show|view|news)/(?:\d+/\d+|\d{4,})(?:\.\w+|/?$)|content_\d+|"
    r"[0-9a-f]{32}|[?&](?:article|content|news|info|doc|aid|nid|newsid|articleid|contentid|infoid)[_-]?(?:id|guid)?=[\w-]+|(?:show|detail|view|content|article)\.(?:aspx?|php|jsp|html?)\?",
    re.IGNORECASE,
)
FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|rar|zip|7z|wps|et|txt|jpe?g|png|gif|bmp|mp[34]|flv|wmv|avi|apk|exe|ofd|css|js|swf)(?:[?#]|$)",
    re.IGNORECASE,
)
ACTION = re.compile(
    r"/(?:search|so|sousuo|jsearch|login|logout|register|member|user|print|captcha)\b|searchall|search(?:word|key)?=|\.rss\b|/rss",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Item:
    """A link, or a plain text that heads links. ``url`` is "" for plain text and for script links.

    ``article``: it leads to an article or to a file rather than to a list. ``junk``: it can be no column.
    """

    node: Node
    name: str
    url: str
    article: bool = False
    junk: bool = False
    more: bool = False
    home: bool = False
    own: bool = True


def clean(name: str) -> str:
    """A name without bullets, bars, brackets around it and spaces between Chinese characters."""
    text = INNER.sub("", " ".join(name.split()))
    previous = None
    while text != previous:
        previous, text = text, NOISE.sub("", text)
    return text[1:-1] if len(text) > 2 and text[0] in "[【" and text[-1] in "]】" else text


def items(doc: Doc, url: str) -> list[Item]:
    """The page's anchors in document order, no more than MOST."""
    host = host_of(url)
    return [_item(doc, link, host) for link in doc.links[:MOST]]


def _item(doc: Doc, link: Link, host: str) -> Item:
    anchor, address, text = link.node, link.url, link.text
    own = not address or host_of(address) == host
    if len(text) > 3 * NAME_LENGTH:
        return Item(anchor, text[:100], address, article=True, junk=True, own=own)
    if text:
        name, more, home, junk = _judge_name(text)
    elif more := _more_picture(doc, anchor):
        name, home, junk = "", False, True
    else:
        name, more, home, junk = _judge_name(doc.alternative(anchor) or _beside(doc, anchor))
    headline = len(name) > NAME_LENGTH
    if headline:
        return Item(anchor, name, address, article=True, junk=True, more=more, own=own)
    article, action = _judge_address(address) if address else (False, False)
    return Item(anchor, name, address, article, junk or action, more, home, own)


@lru_cache(maxsize=4096)
def _judge_name(raw: str) -> tuple[str, bool, bool, bool]:
    """(name, is it a 更多, is it the link home, can it be no column)."""
    more = bool(MORE.match(raw))
    name = clean(raw[:200])
    home = bool(HOME.match(name))
    junk = home or more or not 2 <= len(name) <= NAME_LENGTH or bool(FUNCTIONS.match(name))
    return name, more, home, junk


@lru_cache(maxsize=4096)
def _judge_address(address: str) -> tuple[bool, bool]:
    """(does it lead to an article or a file, is it a function such as search or login)."""
    if len(address) > 2000:
        return False, True
    return bool(ARTICLE.search(address) or FILE.search(address)), bool(ACTION.search(address))


def _more_picture(doc: Doc, anchor: Node) -> bool:
    for picture in doc.below(anchor, "img"):
        label = (picture.get("alt") or picture.get("title")).strip()
        if MORE.match(label) or (not label and MORE_PICTURE.search(picture.get("src"))):
            return True
    return bool(MORE.match(anchor.get("title").strip())) if anchor.get("title") else False


def _beside(doc: Doc, anchor: Node) -> str:
    """The name under or beside a picture link: the only other text of the element around it."""
    around = anchor.parent
    for _ in range(2):
        if around is None or around.tag in {"body", "html", "td", "tr", "table", "ul"} or doc.count(around, "a") > 2:
            return ""
        text = doc.line(around)
        if text:
            return text if len(text) <= NAME_LENGTH else ""
        around = around.parent
    return ""


def plain_text(doc: Doc, node: Node) -> str:
    """The text of an element that stands in no link, up to the first link or 40 characters."""
    words: list[str] = []
    for inner in [node, *doc.below(node)]:
        if inner.tag == "a":
            break
        if inner.tag == "#text":
            words.append(inner.data)
            if sum(map(len, words)) > 40:
                break
    return clean(" ".join(words))


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Lower-case host with its port, without ``www.``; "" for no address."""
    try:
        parts = urlsplit(url)
        return (parts.netloc or "").rpartition("@")[2].lower().removeprefix("www.")
    except ValueError:
        return ""
