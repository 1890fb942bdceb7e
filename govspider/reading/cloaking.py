"""Scripts that show search engines another page than visitors, that hide what they write, or that put another page in
the place of this one."""

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from govspider.reading import hosts
from govspider.reading.footer import unescape_script
from govspider.reading.scanning import remembered

LONGEST = 200_000  # characters of one script that are read
ENGINES = re.compile(
    r"baidu|sogou|\bso\.com|360(?:spider|\.cn|\.com)|haosou|google|bing|yahoo|soso|sm\.cn|shenma|yisou|toutiao|bytespider|spider|\bbot\b|crawler",
    re.IGNORECASE,
)
REFERRER = re.compile(r"\breferr?er\b", re.IGNORECASE)
AGENT = re.compile(r"useragent", re.IGNORECASE)
JUMP = re.compile(
    r"(?:location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\s*\(|window\.open\s*\()\s*['\"]?\s*((?:https?:)?//[^'\"\s)<>]+)?"
    r"|<meta[^>]+refresh[^>]+url\s*=\s*['\"]?((?:https?:)?//[^'\"\s>]+)",
    re.IGNORECASE,
)
SOURCE = re.compile(r"<\s*(?:script|iframe)[^>]*\bsrc\s*=\s*\\?['\"]?\s*((?:https?:)?//[^'\"\s>\\]+)", re.IGNORECASE)
CODES = re.compile(r"fromCharCode\s*\(([\d\s,x+a-f]{11,60000})\)", re.IGNORECASE)
HEX = re.compile(r"(?:\\x[0-9a-f]{2}){8,}", re.IGNORECASE)
PACKED = re.compile(
    r"eval\(function\(p,a,c,k,e,[rd]\).{0,600}?\}\s*\(\s*'(.{0,60000}?)'\s*,\s*(\d{1,2})\s*,\s*(\d{1,5})\s*,\s*'(.{0,60000}?)'\s*\.split\('\|'\)",
    re.DOTALL,
)
STOP = re.compile(r"\bwindow\s*\.\s*stop\b|execCommand\s*\(\s*['\"]stop['\"]", re.IGNORECASE)
WRITE = re.compile(r"(?:(?<![\w.])|(?<![\w.])window\.)document\.write(?:ln)?\s*\(")  # into this page, not a new window
WHOLE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
# Who stops a page for these reasons does so openly: an old browser, a copy to print.
OPEN_REASONS = re.compile(
    r"MSIE|documentMode|Trident|ActiveXObject|userAgent|升级|版本过低|版本太低|不支持|upgrade|outdated|\bprint\s*\(",
    re.IGNORECASE,
)
FRAME = re.compile(r"<iframe[^>]{0,600}", re.IGNORECASE)
FRAME_SOURCE = re.compile(r"src\s*=\s*\\?['\"]?\s*((?:https?:)?//[^'\"\s>\\]+)", re.IGNORECASE)
OVER = re.compile(r"position\s*:\s*(?:fixed|absolute)", re.IGNORECASE)
WIDE = re.compile(r"(?<![\w-])width\s*[:=]\s*\\?['\"]?\s*100(?:%|vw)", re.IGNORECASE)
HIGH = re.compile(r"(?<![\w-])height\s*[:=]\s*\\?['\"]?\s*100(?:%|vh)", re.IGNORECASE)
WORD = re.compile(r"\b\w+\b")
TITLE = re.compile(
    r"document\.title\s*=\s*(['\"])(.{0,300}?)\1|<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL
)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Trick:
    """What a script does, in Chinese, and the piece of code that shows it. ``title``: a title that it writes."""

    what: str
    snippet: str
    title: str = ""


@remembered
def tricks(source: str, own: str, known: Collection[str]) -> tuple[Trick, ...]:
    """The tricks of one script. ``own``: the page's host; ``known``: domains that code may name."""
    return tuple(_tricks(source[:LONGEST], own, known))


def _tricks(source: str, own: str, known: Collection[str]) -> Iterator[Trick]:
    hidden = decode(source)
    clear = unescape_script(source) if "%" in source or "\\" in source or "//" in source else source
    whole = f"{clear}\n{hidden}"
    for match in TITLE.finditer(whole):
        yield Trick("脚本改写标题", match[0], html.unescape(match[2] or match[3] or ""))
    if REFERRER.search(whole) and ENGINES.search(whole) and _leaves(whole, own, known):
        yield Trick("脚本按搜索来源跳转", _around(whole, REFERRER))
    elif AGENT.search(whole) and _asks_for_spiders(whole) and _leaves(whole, own, known):
        yield Trick("脚本按搜索引擎爬虫跳转", _around(whole, AGENT))
    if (write := WRITE.search(whole)) and WHOLE.search(whole) and STOP.search(whole) and not OPEN_REASONS.search(whole):
        yield Trick("脚本用另一页面替换本页", whole[write.start() : write.start() + 80])
    if cover := next((frame for frame in FRAME.findall(whole) if _covers(frame, own, known)), ""):
        yield Trick("脚本用外部网页覆盖本页", cover)
    for match in SOURCE.finditer(hidden):
        if hosts.is_foreign(hosts.host(_absolute(match[1])), own, known):
            yield Trick("加密脚本载入外部代码", match[0])
            break
    else:
        if hidden and (jump := JUMP.search(hidden)) and _is_foreign(jump[1] or jump[2] or "", own, known):
            yield Trick("加密脚本跳转到外部网站", jump[0])


def decode(source: str) -> str:
    """What character codes, hexadecimal strings and packed functions in a script stand for; "" when it has none."""
    pieces: list[str] = []
    if "fromCharCode" in source:
        pieces += [_from_codes(match[1]) for match in CODES.finditer(source)]
    if "\\x" in source:
        pieces += [
            bytes.fromhex(match[0].replace("\\x", "")).decode("utf-8", "replace") for match in HEX.finditer(source)
        ]
    if "eval(function(p,a,c,k,e" in source:
        pieces += [_unpack(match) for match in PACKED.finditer(source)]
    text = "\n".join(piece for piece in pieces if piece)
    return f"{text}\n{unescape_script(text)}" if text else ""


def _from_codes(numbers: str) -> str:
    letters: list[str] = []
    for number in numbers.split(","):
        number = number.strip()
        try:
            code = int(number, 0) if number else 0
        except ValueError:
            continue
        if 0 < code < 0x110000:
            letters.append(chr(code))
    return "".join(letters)


def _unpack(match: re.Match[str]) -> str:
    body, base, words = match[1], int(match[2]), match[4].split("|")
    if not 2 <= base <= 62:
        return ""

    def word(token: re.Match[str]) -> str:
        value = 0
        for sign in token[0]:
            digit = DIGITS.find(sign)
            if digit < 0 or digit >= base or value > 100_000:
                return token[0]
            value = value * base + digit
        return words[value] if value < len(words) and words[value] else token[0]

    return WORD.sub(word, body).replace("\\'", "'")


def _asks_for_spiders(script: str) -> bool:
    for match in AGENT.finditer(script):
        if re.search(
            r"spider|\bbot\b|googlebot|bingbot|crawler|baiduspider|sogou",
            script[match.start() : match.start() + 400],
            re.IGNORECASE,
        ):
            return True
    return False


def _leaves(script: str, own: str, known: Collection[str]) -> bool:
    """Whether the script sends its visitor to, or loads code from, a site that is nobody's known."""
    targets = [match[1] or match[2] for match in JUMP.finditer(script) if match[1] or match[2]]
    targets += [match[1] for match in SOURCE.finditer(script)]
    return any(_is_foreign(target, own, known) for target in targets)


def _covers(frame: str, own: str, known: Collection[str]) -> bool:
    """Whether a frame that a script writes lays a foreign page over the whole of this one."""
    source = FRAME_SOURCE.search(frame)
    if source is None or not _is_foreign(source[1], own, known):
        return False
    return all(pattern.search(frame) for pattern in (OVER, WIDE, HIGH))


def _is_foreign(target: str, own: str, known: Collection[str]) -> bool:
    return bool(target) and hosts.is_foreign(hosts.host(_absolute(target)), own, known)


def _absolute(address: str) -> str:
    return f"http:{address}" if address.startswith("//") else address


def _around(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.search(text)
    return text[max(0, match.start() - 20) : match.start() + 80] if match else ""
