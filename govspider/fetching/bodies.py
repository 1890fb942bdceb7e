"""Whether the bytes of a response are something that a page reader can read."""

# The data of lists and feeds counts, css and csv do not.
PAGE_TYPES = ("html", "xml", "json", "javascript", "ecmascript", "text/plain", "rss", "atom", "feed")
BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
)
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
UNDECIDED = ("", "application/octet-stream", "application/unknown", "unknown/unknown")


def type_of(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def may_be_page(content_type: str) -> bool:
    """By the header alone, before the body came."""
    kind = type_of(content_type)
    return kind in UNDECIDED or any(part in kind for part in PAGE_TYPES)


def is_page(content_type: str, body: bytes) -> bool:
    """By the header, corrected by the first bytes: servers label attachments as HTML, and pages not at all."""
    if not may_be_page(content_type) or body.startswith(BINARY):
        return False
    if type_of(content_type) not in UNDECIDED:
        return True
    start = body[:1024]
    if start.startswith(BYTE_ORDER_MARKS):
        return True
    return b"\x00" not in start and (not start.strip() or b"<" in start or start.lstrip()[:1] in (b"{", b"["))
