"""Files that are written while the sites of a round go by."""

from collections.abc import Generator
from contextlib import suppress

from govspider.facts import SiteResult

# Once begun it takes one site after the other and finishes its file at None. Raises OSError at any of them.
Writer = Generator[None, SiteResult | None, None]


def finish(writer: Writer) -> None:
    with suppress(StopIteration):
        writer.send(None)
