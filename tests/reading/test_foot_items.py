"""What a page's foot lists: seen, absent, or perhaps there in a picture."""

from collections.abc import Callable

import pytest

from govspider.facts import FOOT_ITEMS, Page

Read = Callable[..., Page]


TEXT = (
    "<p>清河县召开会议。联系电话：0912-7654321。主办会议的单位是县政府办。</p><p>"
    + "会议研究部署重点工作，要求抓好落实。" * 40
    + "</p>"
)
FULL = (
    "<div><a href='/map.html'>网站地图</a></div><p>主办：清河县人民政府办公室　联系电话：0912-1234567</p>"
    "<p>网站标识码：6199990001　陕ICP备09000001号　<img src='/ga.png' alt=''>陕公网安备61999902000001号</p>"
    "<a href='http://bszs.conac.cn/sitename?method=show'><img src='/red.png'></a>"
    "<a href='https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=6199990001'><img src='/jiucuo.png'></a>"
)


def foot(read: Read, html: str) -> Page:
    return read(f"<html><body>{TEXT}<div class='foot'>{html}</div></body></html>")


def test_full_foot(read: Read) -> None:
    page = foot(read, FULL)
    assert page.foot == FOOT_ITEMS
    assert not page.foot_unsure


@pytest.mark.parametrize(
    ("cut", "item"),
    [
        ("网站标识码：6199990001", "网站标识码"),
        ("陕ICP备09000001号", "ICP备案编号"),
        ("陕公网安备61999902000001号", "公安机关备案标识"),
        ("主办：清河县人民政府办公室", "网站主办单位"),
        ("联系电话：0912-1234567", "联系方式"),
        ("网站地图", "网站地图"),
    ],
)
def test_what_the_text_lacks_is_absent_whatever_the_article_says(read: Read, cut: str, item: str) -> None:
    page = foot(read, FULL.replace(cut, "其他"))
    assert set(FOOT_ITEMS) - set(page.foot) == {item}
    assert item not in page.foot_unsure or item == "公安机关备案标识"


def test_badges_that_a_script_writes_are_seen(read: Read) -> None:
    script = (
        "<script>document.write(unescape(\"%3Cscript src='https://dcs.conac.cn/js/1.js'%3E%3C/script%3E\"))</script>"
    )
    assert "党政机关网站标识" in foot(read, "<p>网站标识码：6199990001</p>" + script).foot


def test_picture_without_words_may_be_a_badge(read: Read) -> None:
    page = foot(read, "<p>网站标识码：6199990001 主办：清河县</p><img src='/upload/2026/001.png'>")
    assert "党政机关网站标识" in page.foot_unsure
    assert "ICP备案编号" not in page.foot_unsure


def test_foot_that_is_one_picture_or_a_frame_tells_nothing(read: Read) -> None:
    for html in ("<img src='/upload/db.jpg'>", "<iframe src='/foot.html'></iframe>"):
        assert set(foot(read, html).foot_unsure) == set(FOOT_ITEMS)
