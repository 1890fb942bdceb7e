from govspider.reading.privacy import hits, is_bank_card, is_id_card

ID_CARD = "11010519491231002X"  # the worked example of GB 11643
CARD = "6222021234567890128"


def test_identity_card_needs_its_check_digit_and_a_possible_birthday() -> None:
    assert is_id_card(ID_CARD)
    assert is_id_card(ID_CARD.lower())
    assert not is_id_card("110105194912310021")
    assert not is_id_card("11010519491331002X")
    assert not is_id_card("99010519491231002X")


def test_a_number_is_shown_masked_and_once() -> None:
    text = f"张某,身份证号{ID_CARD},电话 13812345678。复核:{ID_CARD}"
    found = hits(text)
    assert [(hit.kind, hit.masked) for hit in found] == [("id_card", "110105**********2X"), ("mobile", "138****5678")]
    assert not any(ID_CARD in hit.snippet or "13812345678" in hit.snippet for hit in found)
    assert "*" in found[0].snippet


def test_a_bank_card_needs_luhn_and_a_word_about_accounts() -> None:
    good = next(f"622202123456789{n:03d}" + "0" for n in range(1000) if is_bank_card(f"622202123456789{n:03d}" + "0"))
    wrong = good[:-1] + "1"
    assert [hit.kind for hit in hits(f"开户行:某某银行,卡号 {good}")] == ["bank_card"]
    assert hits(f"流水 {good}") == ()
    assert hits(f"银行卡号 {wrong}") == ()


def test_spaced_numbers_are_read_and_longer_ones_are_not() -> None:
    assert [hit.kind for hit in hits("手机:138 1234 5678")] == ["mobile"]
    assert hits("索引号 1381234567812345678901") == ()
    assert hits("http://www.example.gov.cn/13812345678.html") == ()
    assert hits("电话 010-12345678,邮编 100000,2021-01-01 10:00") == ()


def test_long_input_is_cut_to_a_bounded_number_of_hits() -> None:
    text = " ".join(f"138{n:08d}" for n in range(5000))
    assert len(hits(text)) == 50
