import datetime as dt
from pathlib import Path

import pytest

from govspider.facts import Wording
from govspider.reading.lexicon_files import LexiconError
from govspider.reading.terms import Lexicon
from govspider.reading.wording import WordingLists, load_wording

LISTS = load_wording(Path(__file__).parents[2] / "rules" / "lexicons" / "wording")
DAY = dt.date(2026, 6, 30)


def read(text: str, day: dt.date, lists: WordingLists = LISTS) -> tuple[Wording, ...]:
    return lists.judge(text, Lexicon(wording=lists).scan(text).wording, day)


def words(text: str, day: dt.date = DAY, lists: WordingLists = LISTS) -> list[tuple[str, str]]:
    return [(one.word, one.grade) for one in read(text, day, lists)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("深入学习贯彻习近平新时期中国特色社会主义思想，推动工作。", "习近平新时期中国特色社会主义思想"),
        ("依照《中国人民共和国城乡规划法》办理。", "中国人民共和国"),
        ("产品出口日本、韩国、台湾等国家，深受欢迎。", "台湾等国家"),
        ("总书纪强调，会议传达习近平总书纪重要讲话。", "习近平总书纪"),
        ("各族人民紧密团结在以习近平总书纪为核心的周围。", "习近平总书纪"),
        ("毛择东同志为县里题词。", "毛择东"),
        ("李可强总理考察我县。", "李可强"),
        ("近日，台湾总统在会上发言。", "台湾总统"),
        ("台湾国代表参加了活动。", "台湾国代表"),
    ],
)
def test_serious_wording_is_found_with_its_place_and_sentence(text: str, word: str) -> None:
    (found,) = read(f"第一句。{text}最后一句。", DAY)
    assert (found.word, found.grade) == (word, "serious")
    assert found.offset == f"第一句。{text}".index(word)
    assert found.snippet == text
    assert found.suggestion
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "产品出口日本、韩国、台湾等国家和地区。",
        "涉港澳台等国家规定的其他情形。",
        "干部职工学习进平安校园知识，总书记强调安全。",
        "李克强强调，要抓好落实。",
        "所谓台湾总统的说法是非法的。",
        "报道称“台湾总统”出访。",
        "请把“中国人民共和国”改为中华人民共和国，此类错别字应予更正。",
        "习进平同学获得奖学金。",
        "李可强同志任县水利局副局长，胡景涛主持会议，邓小苹在主席台领奖，毛泽冬强调安全生产。",
        "南台湾国旗舰店开业。",
        "台湾建国中学学生来访。",
    ],
)
def test_names_quotations_and_longer_right_forms_are_never_touched(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "typo"),
    [
        ("统一布署安全生产工作。", "布署"),
        ("电梯按装完毕。", "按装"),
        ("再接再励。", "再接再励"),
        ("广西省某公司。", "广西省"),
    ],
)
def test_typos_are_no_serious_wording(text: str, typo: str) -> None:
    assert words(text) == [(typo, "typo")]


@pytest.mark.parametrize(
    "text",
    [
        "在网站发布署名文章。",
        "按装机容量计算，按装配式建筑标准。",
        "自己经营的店，交通迅速恢复。",
        "思想政治工作干部暑期社会考察，各校发布暑假安排，全部暑期班开课。",
        "城市文脉博物馆开馆，编印保姆指南，激发韧性，喜欢渡江。",
        "客户藉此维权，生气慨叹，仲裁赃物返还，方针贬值。",
        "行政冶金分会。",
        "农户播撒离子肥料，抛撒销毁，播撒职业梦想，挥撒离别之情。",
        "陶冶疗养身心，时尚末班车，高尚末节，和尚末了说。",
        "乙巳经典诵读，诸侯选人用人的故事。",
        "1949年以前的广西省。",
        "烈士籍贯：广西省桂林。",
        "赴新疆省亲，去广西省级机关。",
        "有人把部署误写成布署。",
        "依据《国土资源局关于审批的通知》。",
    ],
)
def test_what_only_looks_like_a_typo_is_none(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize("typo", ["撒离", "撒销", "撒职", "冶疗", "尚末", "巳经", "侯选人"])
def test_typos_that_right_words_can_form_are_still_named_alone(typo: str) -> None:
    assert words(f"文件已{typo}并公布。") == [(typo, "typo")]


def test_an_old_name_of_a_body_counts_only_as_the_body_in_charge_and_since_its_end() -> None:
    assert words("主办单位：某县国土资源局") == [("国土资源局", "typo")]
    assert words("主办单位：某县国土资源局", dt.date(2018, 1, 1)) == []
    assert words("原国土资源局主办单位") == []
    assert words("2015年，某县国土资源局开展检查。") == []


def test_hits_are_bounded() -> None:
    assert len(words("统一布署。" * 5000)) == 30


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "甲"\n[words]\n"布署" = "部署"', "grade"),
        ('name = "甲"\ngrade = "typo"\n[words]\n"部" = "部署"', "太短"),
        ('name = "甲"\ngrade = "typo"\n[words]\n"部署" = "统一部署"', "误报"),
        ('name = "甲"\ngrade = "typo"\n[words]\n"布署" = "部署"\n[[word]]\nwrong = ["布署"]\nright = "部署"', "重复"),
        ('name = "甲"\ngrade = "typo"\n[[word]]\nwrong = "布署"\nright = "部署"', "wrong"),
        ('name = "甲"\ngrade = "typo"\nwords_ = 1', "words_"),
        ('name = "甲"\ngrade = "typo"\n[[word]]\nwrongs = ["布署"]', "wrongs"),
        ("name = ", "甲.toml"),
    ],
)
def test_a_list_that_cannot_be_used_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "甲.toml").write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=told):
        load_wording(tmp_path)
