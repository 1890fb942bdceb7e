"""Personal data that no lawful publication needs, in the text of a page or an attachment.

Offices lawfully publish phone numbers of staff, firms' accounts, credit codes and masked numbers; a number alone is
therefore weak evidence. Named are: a whole identity card number, a bank card of a person, mobile numbers in a list of
private persons (with home address, identity card ... beside the name), and a letter writer's own number.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govspider.facts import Leak
from govspider.reading.privacy import (
    MOBILE,
    NUMBER,
    NUMBER_SPOT,
    SEPARATOR,
    is_bank_card,
    is_id_card,
    mask,
    plain,
    shown,
)
from govspider.reading.scanning import scan

READ = 500_000  # characters of a text that are searched
MOST = 2_000  # numbers of a text that are looked at
LISTED = 3  # mobile numbers of private persons that make a list
HEAD = 3_000  # characters before the first number in which a table's head is looked for

# A code of 18 characters that is no identity card, and cards that only show how to fill in a form.
_OTHER_CODE = re.compile(r"信用代码|机构代码|登记[证号]|注册号|索引号|编号|文号|流水|订单|条码|案号|项目代码|发票|凭证|受理号|备案号|执照|税号|识别号|单号|编码|序列号|合同号|批号|\bN[oO][.:：]?\s?$")  # fmt: skip
_SAMPLE = re.compile(r"示例|样例|样表|范例|样本|例如|举例|填写说明|填表说明|填报说明|填表须知|测试|模板|[如例][:：]")
_WELL_KNOWN = frozenset(["11010519491231002X", "440524188001010014"])  # the examples of GB 11643
_PERSON = re.compile(r"^[^\S\n]*(?:姓\s*名|户主|户主姓名|申请人|申请人姓名|学生姓名|受助人|患者姓名|本人姓名|家长姓名|户主名称|救助对象)[^\S\n]*$", re.MULTILINE)  # fmt: skip
_PRIVATE = re.compile(r"^[^\S\n]*(?:(?:公民)?身份证?(?:件)?号码?|身份证|家庭住址|家庭地址|家庭详细地址|现住址|居住地址|户籍地址|户籍所在地|监护人|监护人姓名|残疾证号码?|银行卡号|一卡通账?帐?号|社保卡号|病情|诊断|低保证号|致贫原因)[^\S\n]*$", re.MULTILINE)  # fmt: skip
_OFFICIAL = re.compile(r"^[^\S\n]*(?:职\s*务|职\s*称|单\s*位|单位名称|工作单位|所在单位|部\s*门|岗\s*位|办公电话|办公地点|企业名称|公司名称|法定代表人|法人代表|经营地址|店名|河长|职责|责任区域|包保单位|执业机构|执业证号)[^\S\n]*$", re.MULTILINE)  # fmt: skip
_OWN_NUMBER = re.compile(r"(?:我|我的|我家|本人|本人的)(?:联系)?(?:手机|电话|联系方式)(?:号码?)?(?:是|为)?[:：,， ]?$")
_CARD = re.compile(r"卡号|银行卡|一卡通|储蓄卡|借记卡|社保卡|个人账[号户]|个人帐[号户]")
_CARD_HEAD = re.compile(r"^[^\S\n]*(?:银行卡号|银行卡号码|卡\s*号|银行[账帐]号|个人[账帐]号|一卡通[账帐]?号|社保卡号|社保卡[账帐]号|惠民卡号)[^\S\n]*$", re.MULTILINE)  # fmt: skip
_OF_A_BODY = re.compile(r"对公|专户|财政|保证金|捐|基本户|收款|公司|单位|缴款|汇款|户\s*名|款项|税|报名费|中心|委员会|学校|医院|协会")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Number:
    kind: str
    number: str
    start: int
    end: int


def read(text: str, checkpoint: dt.date) -> tuple[Leak, ...]:
    """One leak of each kind at most, with the number of different ones; cells of a table stand on lines of their own."""
    text = plain(text)
    numbers = list(_numbers(text, checkpoint))
    if not numbers:
        return ()
    head = text[max(0, numbers[0].start - HEAD) : numbers[0].start].replace("\t", "\n")
    found = (_id_cards(text, numbers), _mobiles(text, numbers, head), _bank_cards(text, numbers, head))
    return tuple(leak for leak in found if leak is not None)


def _numbers(text: str, checkpoint: dt.date) -> Iterator[_Number]:
    for count, match in enumerate(scan(NUMBER_SPOT, NUMBER, text, 0, READ)):
        if count == MOST:
            return
        number = SEPARATOR.sub("", match[1]).upper()
        if is_id_card(number) and int(number[6:10]) >= 1900 and number[6:14] <= f"{checkpoint:%Y%m%d}":
            yield _Number("id_card", number, match.start(1), match.end(1))
        elif len(number) == 11 and MOBILE.fullmatch(number):
            yield _Number("mobile", number, match.start(1), match.end(1))
        elif number.startswith("62") and is_bank_card(number):
            yield _Number("bank_card", number, match.start(1), match.end(1))


def _id_cards(text: str, numbers: Iterable[_Number]) -> Leak | None:
    whole = [
        one
        for one in numbers
        if one.kind == "id_card"
        and one.number not in _WELL_KNOWN
        and not _OTHER_CODE.search(text[max(0, one.start - 12) : one.start])
        and not _SAMPLE.search(text[max(0, one.start - 40) : one.end + 20])
    ]
    return _leak(text, whole, "居民身份证号码完整显示，未作遮挡")


def _mobiles(text: str, numbers: Iterable[_Number], head: str) -> Leak | None:
    mobiles = [one for one in numbers if one.kind == "mobile"]
    listed = len({one.number for one in mobiles}) >= LISTED
    if listed and _PERSON.search(head) and (private := _PRIVATE.search(head)) and not _OFFICIAL.search(head):
        return _leak(text, mobiles, f"名单中姓名、{private[0].strip()}与手机号码一并公开")
    own = [one for one in mobiles if _OWN_NUMBER.search(text[max(0, one.start - 14) : one.start])]
    return _leak(text, own, "公开的来信中有写信人自己的手机号码")


def _bank_cards(text: str, numbers: Iterable[_Number], head: str) -> Leak | None:
    cards = [one for one in numbers if one.kind == "bank_card"]
    if cards and _CARD_HEAD.search(head) and _PERSON.search(head) and not _OFFICIAL.search(head):
        return _leak(text, cards, "名单中姓名与银行卡号一并公开")
    told = [
        one
        for one in cards
        if _CARD.search(text[max(0, one.start - 20) : one.start])
        and not _OF_A_BODY.search(text[max(0, one.start - 80) : one.end + 60])
        and not _SAMPLE.search(text[max(0, one.start - 40) : one.end + 20])
    ]
    return _leak(text, told, "个人银行卡号完整显示，未作遮挡")


def _leak(text: str, numbers: list[_Number], why: str) -> Leak | None:
    if not numbers:
        return None
    first = numbers[0]
    snippet = shown(text, first.kind, first.number, first.start, first.end, around=30)
    return Leak(first.kind, mask(first.kind, first.number), snippet, why, len({one.number for one in numbers}))
