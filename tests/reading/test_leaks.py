import datetime as dt

import pytest

from govspider.facts import Leak
from govspider.reading.leaks import read
from govspider.reading.privacy import hits, is_bank_card, is_id_card

DAY = dt.date(2026, 6, 30)


def identity(body: str) -> str:
    return next(body + digit for digit in "0123456789X" if is_id_card(body + digit))


def bank_card(body: str) -> str:
    return next(body + str(digit) for digit in range(10) if is_bank_card(body + str(digit)))


ONE, TWO = identity("61010219850312042"), identity("61010219900815063")
CARD = bank_card("621700123456789012")
PEOPLE = "".join(f"\n张{n}\n某县某镇某村{n}组\n1381234567{n}" for n in range(4))


def kinds(text: str) -> list[tuple[str, int]]:
    return [(leak.kind, leak.count) for leak in read(text, DAY)]


def test_whole_identity_cards_are_one_leak_and_masked() -> None:
    found = read(f"经审核，张某（身份证号：{ONE}）、李某（身份证号：{TWO}）符合条件。", DAY)
    assert [(leak.kind, leak.count) for leak in found] == [("id_card", 2)]
    text = repr(found)
    assert ONE not in text
    assert TWO not in text
    assert ONE[6:14] not in text
    assert found[0].masked.startswith("610102*")


@pytest.mark.parametrize(
    "text",
    [
        f"统一社会信用代码：{ONE}",
        f"填写示例：身份证号码填{ONE}",
        f"索引号 {ONE}",
        f"快递单号 {ONE}，医保编码{ONE}，合同号：{ONE}，序列号{ONE}",
        "身份证号：610102********0423",
        f"身份证号：{identity('61010220300815063')}",
        "联系人：王主任 13812345678，姚经理 13812345679，李经理 13812345670，请携带身份证到家庭住址所在地办理。",
        "姓名\n职务\n联系电话\n张一\n河长\n13812345671\n张二\n河长\n13812345672\n张三\n河长\n13812345673",
        "姓名\n工作单位\n家庭住址\n手机\n张一\n13812345671\n张二\n13812345672\n张三\n13812345673",
        "举报电话：13812345678",
        f"户名：某某县财政局 银行账号 {CARD}",
        f"捐赠账户：银行卡号 {CARD}",
        "咨询我局电话13812345678",
    ],
)
def test_what_is_lawfully_published_is_no_leak(text: str) -> None:
    assert read(text, DAY) == ()


def test_digits_of_full_width_are_digits() -> None:
    wide = ONE.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    (leak,) = read(f"姓名：张一，身份证号：{wide}，乙村。", DAY)
    assert (leak.kind, leak.masked) == ("id_card", f"{ONE[:6]}**********{ONE[-2:]}")
    assert wide[8:14] not in leak.snippet
    assert ONE[8:14] not in leak.snippet
    assert hits(f"身份证号：{wide}")


def test_a_pupils_number_is_an_identity_card_behind_a_letter() -> None:
    assert kinds(f"姓名\n学籍号\n张一\nG{ONE}") == [("id_card", 1)]
    assert kinds(f"车架号LG{ONE}，型号AG{ONE}，G{ONE[:-1]}") == []


def test_a_list_of_private_persons_with_their_numbers_is_a_leak() -> None:
    assert kinds("低保名单\n姓名\n家庭住址\n联系电话" + PEOPLE) == [("mobile", 4)]
    assert kinds("姓名\t家庭住址\t电话" + PEOPLE.replace("\n张", "\r张").replace("\n", "\t").replace("\r", "\n")) == [
        ("mobile", 4)
    ]


def test_a_writers_own_number_and_a_persons_bank_card_are_leaks() -> None:
    assert kinds("来信内容：小区停水三天了，我的电话是13812345678，请尽快处理。") == [("mobile", 1)]
    assert kinds(f"补贴发放表\n姓名\n银行卡号\n张一\n{CARD}") == [("bank_card", 1)]
    assert kinds(f"请将补贴发到张某的银行卡号{CARD}。") == [("bank_card", 1)]


def test_a_leak_says_why_it_is_one() -> None:
    (leak,) = read("姓名\n家庭住址\n联系电话" + PEOPLE, DAY)
    assert isinstance(leak, Leak)
    assert "家庭住址" in leak.why
    assert "13812345670" not in repr(leak)
