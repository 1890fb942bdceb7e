import logging

import pytest

from govspider.closing import plain
from govspider.extensions import OneLine


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("某县人民政府", "某县人民政府"),
        ("a\x1b[2Jb", "a [2Jb"),
        ("a\x9b31mb", "a 31mb"),
        ("a\r\nb\x07", "a  b "),
        ("a\u202eb\u2066c", "a b c"),
        ("[red]a[/red]", "[red]a[/red]"),
    ],
)
def test_no_text_from_outside_commands_the_terminal(text: str, shown: str) -> None:
    assert plain(text).plain == shown
    assert plain(text).spans == []


def test_a_page_cannot_forge_a_line_of_the_log() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s failed", ("http://a/\n2026 ERROR forged",), None)
    assert OneLine("%(message)s").format(record) == "http://a/ 2026 ERROR forged failed"
