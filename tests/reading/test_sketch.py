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
