from govspider.reading.sketch import likeness, of_text

TEXT = "".join(
    f"第{n}条工作要求：各有关单位要认真研究{w}方面的措施并抓好落实。" for n, w in enumerate("甲乙丙丁戊己庚辛壬癸")
)


def test_a_text_under_a_new_date_is_nearly_the_same_and_another_is_not() -> None:
    again = TEXT.replace("第1条", "第9条").replace("丙方面", "第三方面") + "发布时间：2026-06-20。"
    other = "".join(f"会议听取了{w}地区关于今年以来重点任务完成情况的汇报。" for w in "子丑寅卯辰巳午未申酉")
    assert likeness(of_text(TEXT), of_text(again)) >= 0.8
    assert likeness(of_text(TEXT), of_text(other)) == 0.0
    assert likeness((), ()) == 0.0
    assert of_text("短句。短。") == ()
