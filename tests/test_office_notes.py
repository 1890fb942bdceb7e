"""What the office is told on top of a bulletin about the rules that it was judged by."""

from pathlib import Path

from govspider.rounds import office_of, rules_of


def test_a_local_variant_of_the_rules_is_told_on_top_of_the_bulletin(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text('issuer = "甲市人民政府办公室"\nscope = "全市"\naddressees = ["各单位"]\n', "utf-8")
    (note,) = office_of({"OFFICE": file}, rules_of("2019", "early-warning")).notes
    assert note.startswith("本轮按“日常预警口径”判定，阈值或分值与国家指标不同")
    assert office_of({"OFFICE": file}, rules_of("2019", "")).notes == ()
