"""What counts as a page's own content."""

import pytest

from govspider.inspecting.content import Chrome, chrome_of, holds_nothing, is_explicit
from govspider.reading.page import read_page

from .sites import BASE, CHECKPOINT, LEXICON

NO_CHROME = Chrome(frozenset(), frozenset())


def read(body: str) -> object:
    html = f"<html><head><title>清河县</title></head><body>{body}</body></html>"
    return read_page(html.encode(), f"{BASE}x/", checkpoint=CHECKPOINT, lexicon=LEXICON)


@pytest.mark.parametrize(
    "line",
    [
        "2026年3月1日，县政府召开第三次全体会议。",
        "在智慧城市建设中，本县坚持集约共享，统一规划各类平台。",
        "请跳转到县政务服务大厅三楼窗口咨询办理有关业务，电话0912-1234567。",
        "本年度行政处罚共0件。",
        "2025年行政复议共 0 起，行政应诉0起",
        "汛期天气多变，请各村做好转移安置准备，有关事项见村务公开栏。",
    ],
)
def test_a_sentence_is_content(line: str) -> None:
    assert not holds_nothing(read(f"<p>{line}</p>"), "栏目", NO_CHROME)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        "今天是2026年3月1日 星期日",
        "2026年3月1日 星期日",
        "您当前的位置：首页 > 政务公开 > 财政信息",
        "多云 26℃",
        "本站访问量：102345",
        "暂无信息",
        "栏目建设中，敬请期待",
        "共 0 条 首页 上一页 下一页 尾页 跳转到第 页",
    ],
)
def test_what_stands_on_an_empty_page_is_none(line: str) -> None:
    assert holds_nothing(read(f"<p>{line}</p>"), "栏目", NO_CHROME)  # type: ignore[arg-type]


def test_one_text_under_several_addresses_is_no_furniture() -> None:
    text = "<p>本县依法公开政府信息，公民可以提出申请。</p>"
    pages = [read(text) for _ in range(4)]
    others = [read(f"<p>清河县第{n}号文件</p>") for n in range(3)]
    chrome = chrome_of([*pages, *others])  # type: ignore[list-item]
    assert not holds_nothing(pages[0], "申请说明", chrome)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sign", "explicit"), [("页面写明共 0 条", True), ("页面写明“共10条”", False), ("第20条", False)]
)
def test_only_a_zero_is_a_statement(sign: str, explicit: bool) -> None:
    assert is_explicit([sign]) is explicit
