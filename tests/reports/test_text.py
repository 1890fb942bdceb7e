import datetime as dt

import pytest

from govspider.reports.text import chinese_number, clean, cut, is_site_code, label, local_date, long_date, safe_link


def test_invisible_and_reordering_characters_go() -> None:
    hostile = "甲\x00市\u202e局\u200b网\ud800站\ufffe\r\n第二行\u2028末"
    assert clean(hostile) == "甲市局网站 第二行 末"


def test_ordinary_text_stays() -> None:
    text = "㐀𠀀“引号”——<b>&amp;"
    assert clean(text) == text


def test_cut_keeps_the_limit_and_says_so() -> None:
    assert cut("甲" * 10, 10) == "甲" * 10
    assert len(cut("甲" * 100, 30)) == 30
    assert "已截断" in cut("甲" * 100, 30)
    assert label("长" * 100, 20) == "长" * 19 + "…"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//a.example/",
        "http://",
        "http://[::1",
        "",
        "http://a.example/" + "长" * 700,
    ],
)
def test_unsafe_links_are_not_links(url: str) -> None:
    assert safe_link(url) is None


def test_safe_links_are_plain_ascii() -> None:
    assert safe_link("https://a.example/栏目?q=1#x") == "https://a.example/%E6%A0%8F%E7%9B%AE?q=1#x"
    assert safe_link("http://a.example/%E6%A0%8F/") == "http://a.example/%E6%A0%8F/"
    assert safe_link('http://a.example/"><script>') == "http://a.example/%22%3E%3Cscript%3E"


@pytest.mark.parametrize("code", ["6108270006", "bm01000001"])
def test_site_codes(code: str) -> None:
    assert is_site_code(code)


@pytest.mark.parametrize("code", ["", "../../x", "6108270006\n", "9108270006", "bm1", "６108270006", "6108270006/x"])
def test_other_codes_never_name_a_file(code: str) -> None:
    assert not is_site_code(code)


def test_dates_are_of_beijing() -> None:
    assert local_date(dt.datetime(2021, 8, 17, 16, 0, tzinfo=dt.UTC)) == dt.date(2021, 8, 18)
    assert long_date(dt.date(2021, 8, 5)) == "2021年8月5日"


def test_chinese_numbers() -> None:
    assert [chinese_number(number) for number in (1, 9, 10, 11, 20, 35)] == ["一", "九", "十", "十一", "二十", "三十五"]
