from pathlib import Path

import pytest

from govspider.reading.lexicon_files import LexiconError
from govspider.reading.terms import Lexicon, Term, fold, load_lexicon

LISTS = Path(__file__).parents[2] / "rules" / "lexicons"
LEXICON = load_lexicon(LISTS)


def terms(text: str) -> set[str]:
    return {hit.term.text for hit in LEXICON.hits(fold(text))}


def test_every_family_has_a_chinese_name_and_both_strengths() -> None:
    families = {term.family for term in LEXICON.terms}
    assert {"gambling", "porn", "lottery", "diploma", "seo", "medical_ad", "pirate"} <= families
    for family in families:
        assert not LEXICON.names[family].isascii()
        assert {term.strong for term in LEXICON.terms if term.family == family} == {True, False}


def test_spelling_that_deceives_is_folded() -> None:
    assert "澳门新葡京" in terms("澳 门 新\u200b葡 京")
    assert "bet365" in terms("ＢＥＴ３６５")
    assert {hit.term.text for hit in LEXICON.hits("BET365 Bet365")} == {"bet365"}


def test_latin_terms_are_whole_words() -> None:
    assert "seo" in terms("专业SEO优化")
    assert "seo" not in terms("museology and seoul")


def test_positions_are_those_of_the_text() -> None:
    text = "欢迎来到百家乐官网"
    assert {text[hit.start : hit.end] for hit in LEXICON.hits(text)} >= {"百家乐", "百家乐官网"}


@pytest.mark.parametrize(
    "text",
    [
        "本人妻子患病", "更换妻子姓名", "窗口交费须知", "成熟女性健康讲座", "实行三级片长制", "银行现金网点公示", "补办毕业证明", "代开发票业务办理", "办理身份证须知", "体育投注站点公示",
        "提供全套服务", "电子游艺场所管理规定", "表彰先进小姐妹志愿队", "小区一区二区三区停水", "社保卡激活", "妇科检查", "皇冠名城小区", "金沙江流域", "太阳城社区", "澳门特别行政区",
    ],
)  # fmt: skip
def test_strong_terms_do_not_hide_in_ordinary_sentences(text: str) -> None:
    assert not [hit.term.text for hit in LEXICON.hits(fold(text)) if hit.term.strong]


def test_words_of_those_who_fight_it() -> None:
    assert LEXICON.speaks_about("警方捣毁网络赌博平台")
    assert not LEXICON.speaks_about("注册送彩金")


def test_an_empty_lexicon_finds_nothing() -> None:
    assert list(Lexicon().hits("百家乐")) == []
    assert not Lexicon().speaks_about("打击")


def test_a_wrong_list_says_which_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="没有"):
        load_lexicon(tmp_path)
    file = tmp_path / "x.toml"
    for text, told in (
        ("strong = [", "TOML"),
        ('strong = ["a"]', "一个字"),
        ('words = ["abc"]', "words"),
        ('weak = "abc"', "引号"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(LexiconError, match=told):
            load_lexicon(tmp_path)
    file.write_text('name = "甲"\nstrong = ["ＡＢ乐"]\n', "utf-8")
    assert load_lexicon(tmp_path).terms == (Term("ab乐", "x", True),)
