"""Personal numbers in a page's visible text: identity cards, mobile phones and bank cards, always shown masked."""

import datetime as dt
import re

from govspider.facts import PrivacyHit
from govspider.reading.scanning import scan

LIMIT = 50  # hits kept of one page: enough as evidence
READ = 500_000  # characters of a page that are searched
AROUND = 12  # characters of context on either side in a snippet

# Two-digit province codes of GB/T 2260, and those of residence permits (81-83) and permanent residence cards (91).
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECK_DIGITS = "10X98765432"
ISSUERS = ("62", "4", "51", "52", "53", "54", "55", "9558", "601", "603")

NUMBER_SPOT = re.compile(r"[0-9](?<![0-9A-Za-z.\-_/=].)(?=[0-9 \-]{10})")
NUMBER = re.compile(
    r"(?=\d)(?<![0-9A-Za-z.\-_/=])(\d(?:[ \-]?\d){9,17}\d|\d{17}[\dXx])(?![0-9A-Za-z_]|\.\d|-\d)", re.ASCII
)
SEPARATOR = re.compile(r"[ \-]")
WIDE_SPOT = re.compile("[０-９]{11}")
WIDE = {ord("０") + digit: ord("0") + digit for digit in range(10)} | {ord("Ｘ"): ord("X")}
PUPIL = re.compile(
    r"G(?<![0-9A-Za-z]G)(?=\d{17}[\dXx](?![0-9A-Za-z]))", re.ASCII
)  # 学籍号: an identity card behind a G
LONG_NUMBER = re.compile(r"\d[\dXx \-]{4,}", re.ASCII)
MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
CARD_CONTEXT = re.compile(r"银行|卡号|账号|帐号|账户|帐户|开户|社保卡|一卡通|储蓄")


def is_id_card(number: str) -> bool:
    """18 characters with an existing province, a possible birthday and the right check digit."""
    if len(number) != 18 or not PROVINCES.match(number):
        return False
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2100:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11] == number[17].upper()


def is_bank_card(number: str) -> bool:
    """16-19 digits of an issuer in use in China that satisfy Luhn's check."""
    if not 16 <= len(number) <= 19 or not number.startswith(ISSUERS):
        return False
    if len(set(number)) < 4:
        return False
    digits = [int(digit) for digit in reversed(number)]
    total = sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return total % 10 == 0


def hits(text: str) -> tuple[PrivacyHit, ...]:
    """At most LIMIT personal numbers in ``text``, each once; no snippet shows a number in full."""
    text = plain(text)
    found: dict[str, PrivacyHit] = {}
    for match in scan(NUMBER_SPOT, NUMBER, text, 0, READ):
        kind = _kind(match[1], text, match.start())
        number = SEPARATOR.sub("", match[1])
        if kind and number not in found:
            snippet = shown(text, kind, number, match.start(), match.end())
            found[number] = PrivacyHit(kind, mask(kind, number), snippet)
            if len(found) == LIMIT:
                break
    return tuple(found.values())


def plain(text: str) -> str:
    """The text with its numbers as they can be found, each character in its place."""
    return PUPIL.sub(" ", text.translate(WIDE) if WIDE_SPOT.search(text) else text)


def shown(text: str, kind: str, number: str, start: int, end: int, *, around: int = AROUND) -> str:
    """A number that stands between two places, masked, in its context."""
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return " ".join(f"{_blur(before)}{mask(kind, number)}{_blur(after)}".split())


def _blur(text: str) -> str:
    """Neighbouring numbers are cut by the snippet's edge, so they are hidden without being understood."""
    return LONG_NUMBER.sub(lambda match: "*" * len(match[0]), text)


def _kind(spelt: str, text: str, start: int) -> str | None:
    number = SEPARATOR.sub("", spelt)
    if is_id_card(number):
        return "id_card"
    if len(number) == 11 and MOBILE.fullmatch(number):
        return "mobile"
    if is_bank_card(number) and CARD_CONTEXT.search(text[max(0, start - 40) : start]):
        return "bank_card"
    return None


def mask(kind: str, number: str) -> str:
    kept = {"id_card": (6, 2), "mobile": (3, 4), "bank_card": (4, 4)}[kind]
    return number[: kept[0]] + "*" * (len(number) - sum(kept)) + number[-kept[1] :]
