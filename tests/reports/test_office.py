import datetime as dt
from pathlib import Path

import pytest

from govspider.reports import Office, OfficeError, load_office

EXAMPLE = Path(__file__).parent.parent.parent / "register" / "office.example.toml"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "office.toml"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_example_is_complete_and_right_but_nobodys() -> None:
    office = load_office(EXAMPLE)
    assert office.issuer
    assert office.addressees
    assert office.notes == ("office.example.toml 还是示例的内容，请修改：发文机关（issuer）、联系方式（contact）。",)


def test_without_a_file_the_office_is_nobody_and_says_so(tmp_path: Path) -> None:
    office = load_office(tmp_path / "office.toml")
    assert (office.issuer, office.addressees, office.rectify_by) == ("", (), None)
    assert "office.toml" in office.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_any_encoding_that_editors_write(tmp_path: Path, encoding: str) -> None:
    text = 'issuer = "某市人民政府办公室"\nscope = "全市"\naddressees = ["各单位"]\nrectify_by = 2021-08-25\n'
    office = load_office(written(tmp_path, text, encoding))
    assert office == Office("某市人民政府办公室", "全市", ("各单位",), rectify_by=dt.date(2021, 8, 25))


def test_what_is_not_filled_in_is_named(tmp_path: Path) -> None:
    office = load_office(written(tmp_path, 'issuer = "某市人民政府办公室"\n'))
    assert "主送机关" in office.notes[0]
    assert "发文机关" not in office.notes[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('isuer = "甲"', "issuer"),
        ('rectify_by = "2021-08-25"', "不加引号"),
        ("rectify_by = 2021-08-25T00:00:00", "日期"),
        ("rectify_days = 0", "1 至 365"),
        ("rectify_days = true", "1 至 365"),
        ("decimals = 3", "0、1 或 2"),
        ("error_reports = { received = 6 }", "received = 6, answered = 6"),
        ("error_reports = { received = 6, answered = 7 }", "received = 6, answered = 6"),
        ("error_reports = { received = 6, answered = -1 }", "received = 6, answered = 6"),
        ('addressees = "各单位"', "列表"),
        ("addressees = [1]", "列表"),
        ("seal = 1", "true"),
        ("issuer = “甲”", "半角"),
        ('issuer = "甲"\nrectify_by = 2021-13-40', "第 2 行第 18 列：格式有误"),
        ('issuer = "甲', "（文件末尾）：格式有误"),
    ],
)
def test_mistakes_are_told_with_their_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(OfficeError) as caught:
        load_office(written(tmp_path, text))
    assert said in caught.value.problems[0]
    assert "office.toml" in caught.value.problems[0]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(OfficeError) as caught:
        load_office(written(tmp_path, "seal = 1\ndecimals = 9\nunknown = 1\n"))
    assert len(caught.value.problems) == 3
