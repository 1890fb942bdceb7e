"""Routes: what stands behind ``#/`` or ``#!/`` of an address is no mark inside a page. The page's own scripts show another
page for it, which exists in the browser only."""

import re

ROUTE = re.compile(r"#(!?/[^#\s]+)$")  # no bare #/ or #!: the shell's own first page, and links that lead nowhere


def route(url: str) -> str:
    """The route of an address, "" when it has none."""
    found = ROUTE.search(url) if "#" in url else None
    return found[1] if found is not None else ""


def without_mark(url: str) -> str:
    """The address without a mark inside its page; a route stays."""
    shell = url.partition("#")[0]
    behind = route(url)
    return f"{shell}#{behind}" if behind else shell
