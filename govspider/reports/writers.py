"""Files that are written while the sites and accounts of a round go by."""

from collections.abc import Generator
from contextlib import suppress

from govspider.facts import AccountResult, SiteResult

# Once begun it takes one site or account after the other and finishes its file at None. Raises OSError at any of them.
Writer = Generator[None, SiteResult | AccountResult | None, None]


def finish(writer: Writer) -> None:
    with suppress(StopIteration):
        writer.send(None)
