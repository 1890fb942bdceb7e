from collections.abc import Callable

import pytest

from govspider.facts import Page
from govspider.reading.sketch import of_text

TEXT = "".join(
    f"第{n}条工作要求：各有关单位要认真研究{w}方面的措施并抓好落实。" for n, w in enumerate("甲乙丙丁戊己庚辛壬癸")
)


def test_a_changed_sentence_changes_one_number_and_other_texts_share_none() -> None:
    sketch = set(of_text(TEXT))
    assert len(sketch) == 10
    assert len(sketch & set(of_text(TEXT.replace("丙方面", "第三方面")))) == 9
    assert sketch == set(of_text(f"发布日期。{TEXT.replace('，', '， ')}来源。"))
    other = "".join(f"会议听取了{w}地区关于今年以来重点任务完成情况的汇报。" for w in "子丑寅卯辰巳午未申酉")
    assert not sketch & set(of_text(other))


def test_short_sentences_tell_nothing_and_long_texts_keep_few_numbers() -> None:
    assert of_text("短句。短。") == ()
    assert len(of_text("".join(f"这是很长的一篇文章里的第{n}个句子。" for n in range(500)))) == 16


@pytest.mark.parametrize(
    "origin",
    [
        "发布时间：{day} 09:30　来源：清河县人民政府办公室",
        "{day} 来源：清河县融媒体中心 浏览次数：12",
        "信息来源：清河县水务局 发布日期：{day}",
    ],
)
def test_a_text_that_is_published_anew_keeps_its_sketch(read: Callable[..., Page], origin: str) -> None:
    """Under another title and another day."""

    def article(title: str, day: str) -> Page:
        return read(
            f"<html><head><title>{title}-清河县人民政府</title><meta name=PubDate content='{day}'></head><body><p>当前位置：<a href='/'>首页</a> &gt; "
            f"<a href='/gzdt/'>工作动态</a> &gt; 正文</p><h1>{title}</h1><p>{origin.format(day=day)}</p><p>{TEXT}</p></body></html>",
            f"http://www.qinghe.gov.cn/gzdt/t{day.replace('-', '')}_1.html",
        )

    old, new = (
        article("清河县部署落实各项重点工作要求", "2021-01-04"),
        article("清河县召开会议推进年度重点任务", "2021-06-04"),
    )
    assert old.sketch == new.sketch == of_text(TEXT)
