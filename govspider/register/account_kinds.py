"""Kinds of accounts as registers write them. Many spellings are in use, so the words are looked for, not compared."""

import re

from govspider.facts import AccountKind
from govspider.register.cells import word

USUAL = "微信订阅号、微信服务号、微信视频号、新浪微博、今日头条、抖音、快手、小红书、移动客户端、小程序、百家号、其他（平台名称）"
# The first that is found counts: a mini program of WeChat is no WeChat account.
WORDS = (
    (AccountKind.MINI_PROGRAM, "小程序|快应用|mini_?program"),
    (AccountKind.APP, "客户端|手机应用|移动应用|app"),
    (AccountKind.WECHAT_VIDEO, "视频号"),
    (AccountKind.WECHAT_SUBSCRIPTION, "订阅号"),
    (AccountKind.WECHAT_SERVICE, "服务号"),
    (AccountKind.WECHAT, "微信|公众号|公众平台|we_?chat|weixin"),
    (AccountKind.WEIBO, "微博|weibo"),
    (AccountKind.TOUTIAO, "头条|toutiao"),
    (AccountKind.DOUYIN, "抖音|douyin"),
    (AccountKind.KUAISHOU, "快手|kuaishou"),
    (AccountKind.XIAOHONGSHU, "小红书|xiaohongshu"),
    (AccountKind.BAIJIAHAO, "百家号|百度百家|baijiahao"),
    (AccountKind.QIEHAO, "企鹅号|qiehao"),
    (AccountKind.DAYUHAO, "大鱼号|dayuhao"),
    (AccountKind.TIEBA, "贴吧|tieba"),
)
# Other platforms have names like these; whatever is not like them is taken for a slip of the keyboard.
OTHERS = re.compile("其他|其它|号$|哔哩|bilibili|b站|知乎|喜马拉雅|美篇|微视|豆瓣|澎湃|论坛|频道|电台|other")
KINDS = tuple((kind, re.compile(words)) for kind, words in WORDS)


def account_kind(text: str) -> AccountKind:
    """Raises ValueError whose text is the remedy."""
    if not text:
        raise ValueError("缺失，请填写")
    written = word(text)
    for kind, words in KINDS:
        if words.search(written):
            return kind
    if OTHERS.search(written):
        return AccountKind.OTHER
    raise ValueError(f"不是认识的平台，请填写 {USUAL} 之一")
