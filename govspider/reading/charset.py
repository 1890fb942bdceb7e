"""Which charset a page is really in: byte order mark, then strict UTF-8, then what is declared, then GB18030.

Statistical guessing is left out on purpose: it is slow and wrong on short Chinese pages.
"""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)|<\?xml[^>]{0,80}encoding\s*=\s*[\"']([A-Za-z0-9_\-]+)", re.IGNORECASE
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
# Only charsets that browsers know and that Chinese pages use; everything else is a slip of the keyboard.
_KNOWN = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "shift_jis": "shift_jis",
    "euc-kr": "euc-kr",
    "windows-1251": "windows-1251",
}
_SNIFFED = 4096  # bytes in which a page declares its charset


def declared(body: bytes, content_type: str) -> str:
    """The codec that the header or else the page names, "" when none or an unknown one is named."""
    if found := _IN_HEADER.search(content_type):
        return _KNOWN.get(found[1].lower(), "")
    if match := _DECLARED.search(body[:_SNIFFED]):
        return _KNOWN.get((match[1] or match[2]).decode("ascii").lower(), "")
    return ""


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The page's text and the codec that was really used. Never raises; what cannot be decoded becomes U+FFFD."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    if wide := _wide_without_mark(body):
        return body.decode(wide, "replace"), wide
    named = declared(body, content_type)
    utf8 = _strict(body, "utf-8")
    if utf8 is not None and not (named == "gb18030" and _only_looks_like_utf8(utf8)):
        return utf8, "utf-8"
    for name in (named, "gb18030"):
        if name and name != "utf-8" and (text := _strict(body, name)) is not None:
            return text, name
    return min(
        ((body.decode(name, "replace"), name) for name in ("utf-8", "gb18030")),
        key=lambda pair: (pair[0].count("\ufffd"), pair[1] != named),
    )


def _strict(body: bytes, name: str) -> str | None:
    # An incremental decoder forgives a character that the end of a truncated page cuts in two.
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(body)
    except UnicodeDecodeError:
        return None


def _wide_without_mark(body: bytes) -> str:
    head = body[:200]
    if head.count(0) * 5 < len(head) or len(head) < 8:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _only_looks_like_utf8(text: str) -> bool:
    """Two-byte GBK words such as 联通 are also valid UTF-8, of letters that no Chinese page uses."""
    return _NOT_ASCII.search(text) is not None and _HAN.search(text) is None
