"""How a site is drawn and divided, in numbers that fit beside its facts."""

from collections.abc import Iterable
from zlib import crc32

from govspider.checks.identity import page_digest
from govspider.facts import Column, Layout, Page


def layout_of(home: Page | None, columns: Iterable[Column]) -> Layout:
    """``home`` is the page as the server sends it: what scripts add differs from visit to visit."""
    blocks = sorted(crc32(block.encode("utf-8", "replace")) for block in (home.skeleton if home is not None else ()))
    own = {page_digest(column.url) for column in columns if column.url and not column.external and not column.gone}
    return Layout(tuple(dict.fromkeys(blocks)), tuple(sorted(own)))
