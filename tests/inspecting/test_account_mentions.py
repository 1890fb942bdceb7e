"""The accounts that a website shows as its own, and which of them the register lacks."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from govspider.accounts.matching import unlisted
from govspider.facts import Account, AccountKind, AccountMention
from govspider.inspecting.account_mentions import account_mentions
from govspider.reading.page import read_page
from govspider.reading.terms import load_lexicon

LEXICON = load_lexicon(Path(__file__).parents[2] / "rules/lexicons")
HOME = "https://www.qinghe.example/"


def mentions(body: str, url: str = HOME, title: str = "清河县人民政府", home: str = "") -> set[tuple[str, str, str]]:
    def page(text: str, name: str) -> object:
        html = f"<html><head><meta charset=utf-8><title>{name}</title></head><body>{text}</body></html>"
        return read_page(html.encode(), url, checkpoint=dt.date(2026, 6, 30), lexicon=LEXICON)

    pages = [(HOME, page(home or body, "清河县人民政府"))]
    if home:
        pages.append((url, page(body, title)))
    return {(one.kind.value, one.name, one.account_id) for one in account_mentions(pages)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<a href=https://weibo.com/u/1234567890>清河发布</a>", ("weibo", "清河发布", "1234567890")),
        ("<a href=https://weibo.com/qinghefabu>官方微博</a>", ("weibo", "", "qinghefabu")),
        ("<a href=https://m.weibo.cn/u/1234567890>@清河交警</a>", ("weibo", "清河交警", "1234567890")),
        (
            "<a href=https://www.douyin.com/user/MS4wLjABAAAA_x-1>清河文旅</a>",
            ("douyin", "清河文旅", "MS4wLjABAAAA_x-1"),
        ),
        ("<a href='https://baijiahao.baidu.com/u?app_id=15'>百家号</a>", ("baijiahao", "", "15")),
        ("<p>微信公众号：清河发布</p>", ("wechat", "清河发布", "")),
        ("<p>扫一扫关注“清河教育”微信公众号</p>", ("wechat", "清河教育", "")),
        ("<p>官方抖音：清河消防</p>", ("douyin", "清河消防", "")),
        ("<div><img src=q.png><p>清河文旅微信公众号</p></div>", ("wechat", "清河文旅", "")),
        ("<p>清河融媒官方抖音二维码</p>", ("douyin", "清河融媒", "")),
        ("<p>头条号：清河融媒</p>", ("toutiao", "清河融媒", "")),
    ],
)
def test_what_a_home_page_shows(body: str, found: tuple[str, str, str]) -> None:
    assert mentions(body) == {found}


@pytest.mark.parametrize(
    "body",
    [
        "<a href='https://service.weibo.com/share/share.php?url=x'>分享到微博</a>",
        "<a href=https://weibo.com/login.php>微博登录</a>",
        "<a href=https://weibo.com/1234567890/ttarticle/p/show?id=1>新闻</a>",
        "<a href=https://mp.weixin.qq.com/s/abc>推文</a>",
        "<p>扫一扫关注微信公众号</p>",
        "<p>微信公众号：请扫描二维码关注</p>",
        "<p>官方微信：扫一扫</p><p>手机客户端：安卓版</p><p>移动客户端：下载</p>",
        "<p>官方微博：点击进入</p><p>政务微信：暂未开通</p><p>官方抖音：欢迎关注我们</p>",
        "<p>今日头条：清河县召开全会</p>",
        "<p>我县微信公众号</p><p>本局官方微信</p><p>欢迎关注微信公众号</p><p>更多政务微信</p>",
        "<a href=https://weibo.com/1234567890/NxAbcDe12>我县夏收</a>",
        "<p>市民可通过微信公众号</p>",
        "<a href=https://weibo.com.evil.example/u/1>清河</a>",
    ],
)
def test_what_is_no_account(body: str) -> None:
    assert mentions(body) == set()


def test_only_the_home_page_and_matrices_speak_for_the_unit() -> None:
    other = "<a href=https://weibo.com/u/1234567890>清河发布</a>"
    assert mentions(other, f"{HOME}a.html", "清河县召开会议", home="<p>首页</p>") == set()
    assert len(mentions(other, f"{HOME}wb/", "政务新媒体矩阵", home="<p>首页</p>")) == 1


def test_an_address_without_a_name_may_be_any_account_that_its_unit_has_there() -> None:
    shown = AccountMention(AccountKind.WEIBO, "", "qinghefabu", "https://weibo.com/qinghefabu")
    own = Account("1234567890", AccountKind.WEIBO, "清河发布", "新浪微博", "1234567890", "清河县人民政府办公室")
    assert unlisted([shown], [own], "清河县人民政府办公室") == ()
    assert unlisted([shown], [own], "清河县水利局") == (shown,)
    assert unlisted([replace(shown, name="清河水利")], [own], "清河县人民政府办公室") != ()


def test_a_caption_may_call_an_account_by_its_unit() -> None:
    shown = AccountMention(AccountKind.WECHAT, "县教育局", found_on=HOME)
    own = Account("qhjy", AccountKind.WECHAT_SUBSCRIPTION, "清河校园", "微信订阅号", "qhjy", "清河县教育局")
    assert unlisted([shown], [own], "") == ()
    assert unlisted([shown], [replace(own, sponsor="清河县水利局")], "") == (shown,)


def test_what_the_register_lacks() -> None:
    listed = [
        Account("1", AccountKind.WEIBO, "清河县发布", "新浪微博", "1", url="https://weibo.com/qinghe"),
        Account("g", AccountKind.WECHAT_SUBSCRIPTION, "清河教育", "微信订阅号", "g"),
    ]
    known = [
        AccountMention(AccountKind.WEIBO, "", "1"),
        AccountMention(AccountKind.WEIBO, "", "qinghe"),
        AccountMention(AccountKind.WECHAT, "清河教育"),
        AccountMention(AccountKind.DOUYIN, "", "", "https://v.douyin.com/x"),
    ]
    strange = [AccountMention(AccountKind.WEIBO, "清河水务", "2"), AccountMention(AccountKind.DOUYIN, "清河教育")]
    assert unlisted([*known, *strange], listed, "清河县人民政府办公室") == tuple(strange)
