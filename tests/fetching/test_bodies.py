import pytest

from govspider.fetching.bodies import is_page, may_be_page


@pytest.mark.parametrize(
    ("content_type", "body", "readable"),
    [
        ("text/html", b"<html>", True),
        ("text/html; charset=gb2312", b"", True),
        ("TEXT/HTML", "<p>政务</p>".encode("gb18030"), True),
        ("application/xhtml+xml", b"<html>", True),
        ("text/xml", b"<datastore>", True),
        ("application/json", b"[]", True),
        ("application/javascript", b"var a=1", True),
        ("text/plain", b"words", True),
        ("", b"<html>", True),
        ("", b"", True),
        ("", b'  {"rows":[]}', True),
        ("application/octet-stream", b"<!doctype html>", True),
        ("application/octet-stream", b"\xff\xfe<\x00h\x00", True),
        ("text/html", b"%PDF-1.7", False),
        ("text/html", b"PK\x03\x04", False),
        ("application/pdf", b"%PDF", False),
        ("image/png", b"\x89PNG", False),
        ("text/css", b"a{}", False),
        ("application/msword", b"\xd0\xcf\x11\xe0", False),
        ("application/octet-stream", b"\x00\x01\x02<", False),
        ("", b"just words", False),
        ("video/mp4", b"", False),
    ],
)
def test_is_page(content_type: str, body: bytes, readable: bool) -> None:
    assert is_page(content_type, body) is readable


def test_the_header_alone_is_only_a_hint() -> None:
    assert may_be_page("")
    assert not may_be_page("application/zip")
