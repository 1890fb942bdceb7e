"""Cells as people type them: cleaned, shown safely, and understood as codes, addresses, days or one of some words.

Every parser takes cleaned text and raises ValueError whose text is the remedy, written to follow the quoted value.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

T = TypeVar("T")

SITE_CODE = re.compile(r"[1-8]\d{9}|bm\d{8}", re.ASCII)
SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d+", re.ASCII | re.IGNORECASE)
HOST_LABELS = re.compile(r"[^\W_](?:[\w-]{0,61}[\w])?(?:\.[^\W_](?:[\w-]{0,61}[\w])?)*\.?")
TWO_ADDRESSES = re.compile(r"[;；,，、|\s]\s*https?:", re.IGNORECASE)
BEFORE_PATH = re.compile(r"^(\w+[:：][/／]{2}[^/／?？#]*)(.*)$", re.DOTALL)
LONGEST_ADDRESS = 2000
LONGEST_SHOWN = 60
LONGEST_WINDOW = 3660  # ten years: a longer 更新期限 is a slip of the keyboard
FORMULA_SIGNS = ("=", "+", "-", "@")


def clean(value: object) -> str:
    """One line of text without control, invisible and direction characters; whole numbers without ``.0``."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    text = "".join(c for c in str(value) if c.isspace() or not is_hostile(c))
    text = " ".join(text.split())
    # Excel's sign for "this is text", which survives in files that other programs wrote.
    return text[1:].lstrip() if text.startswith("'") and text.count("'") == 1 else text


def is_hostile(character: str) -> bool:
    """Controls, direction marks, half pairs, and what XML cannot hold."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") or ord(character) & 0xFFFE == 0xFFFE


def visible(value: object) -> str:
    """Cleaned, for a terminal: rare characters that it may not know become question marks."""
    return "".join(c if c.isprintable() else "?" for c in clean(value))


def show(text: str) -> str:
    """A value quoted for a message, of bounded length."""
    text = visible(text)
    return f"“{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'}”"


def word(text: str) -> str:
    """A closed word in one spelling: half-width, lower case, without blanks and marks."""
    return re.sub(r"[\s_\-*:]", "", unicodedata.normalize("NFKC", text).casefold())


def heading_word(text: str) -> str:
    """The same of a heading, without the remark in brackets that may follow it."""
    return re.sub(r"(?<=.)\([^()]*\)$", "", word(text))


def site_code(text: str) -> str:
    code = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
    code = re.sub(r"\.0+$", "", code)
    if not code:
        raise ValueError("缺失，请填写该网站在全国政府网站信息报送系统中的 10 位标识码")
    if SCIENTIFIC.fullmatch(code):
        raise ValueError("被表格软件改成了科学计数法，请把该列设为“文本”格式后重新填写完整的标识码")
    if not SITE_CODE.fullmatch(code):
        raise ValueError("不合规，应为 10 位数字（首位 1 至 8），或 bm 加 8 位数字，请核对后更正")
    return code


def name(text: str) -> str:
    if not text:
        raise ValueError("缺失，请填写")
    if text.startswith(FORMULA_SIGNS):
        raise ValueError("以公式符号（= + - @）开头，请改为文字")
    return text


def address(text: str) -> str:
    """An absolute http(s) address, host in lower case; full-width letters before the path are made half-width."""
    if not text:
        raise ValueError("缺失，请填写以 http:// 或 https:// 开头的完整网址")
    if match := BEFORE_PATH.match(text):
        text = unicodedata.normalize("NFKC", match[1]) + match[2]
    if TWO_ADDRESSES.search(text):
        raise ValueError("含有不止一个网址，请只保留一个")
    if " " in text or any(c in text for c in '<>"\\'):
        raise ValueError("中有空格或不能用于网址的字符，请更正")
    if len(text) > LONGEST_ADDRESS:
        raise ValueError(f"超过 {LONGEST_ADDRESS} 个字符，请更正")
    parts = split(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(remedy_for_scheme(text, parts))
    if "@" in parts.netloc:
        raise ValueError("中带有用户名或口令，请去掉“@”及其前面的部分")
    host = parts.hostname or ""
    if not (HOST_LABELS.fullmatch(host) and len(host) <= 253) and ":" not in host:
        raise ValueError("的主机名不合规，请更正")
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        valid = parts.port != 0  # reading the port checks it
    except ValueError:
        valid = False
    if not valid:
        raise ValueError("无法识别（主机名或端口有误），请更正")
    return parts


def remedy_for_scheme(text: str, parts: SplitResult) -> str:
    host = text.split("/")[0].split(":")[0]
    if "." in host and HOST_LABELS.fullmatch(host):
        return f"缺少 http:// 或 https://，请补全，例如 http://{visible(text)[:LONGEST_SHOWN]}"
    if parts.scheme in ("http", "https"):
        return "缺少主机名，请填写完整的网址"
    if parts.scheme and "//" in text:
        return f"是 {parts.scheme} 地址，只能填写 http:// 或 https:// 开头的网址"
    return "不是完整的网址，应以 http:// 或 https:// 开头"


def days(text: str) -> int:
    number = re.sub(r"\s*[天日]$", "", unicodedata.normalize("NFKC", text))
    if not (number.isdecimal() and number.isascii() and 0 < int(number[:9]) <= LONGEST_WINDOW):
        raise ValueError(f"应为 1 至 {LONGEST_WINDOW} 的整数（天），请更正")
    return int(number)


def optional(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    """The same parser, for a cell that may be left blank."""
    return lambda text: parse(text) if text else None


def one_of(words: Mapping[str, T], choices: str) -> Callable[[str], T]:
    """A parser of closed words; ``choices`` names the usual ones for the remedy."""
    spelled = {word(key): value for key, value in words.items()}

    def parse(text: str) -> T:
        try:
            return spelled[word(text)]
        except KeyError:
            raise ValueError(f"不是可用的值，请填写 {choices} 之一") from None

    return parse
