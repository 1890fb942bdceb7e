"""Short identities by which lists of different inspections are compared."""

import re
from hashlib import blake2b

from govspider.checks.common import page_key

_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")
SIZE = 6  # bytes: among the ten thousand entries of a site two of them are never alike by chance


def page_digest(url: str) -> str:
    """Equal for addresses of one page, with or without ``www.``, whatever the scheme."""
    return _digest(_SESSION.sub("", page_key(url)).removeprefix("www."))


def title_digest(title: str) -> str:
    """Equal for titles that differ in spaces and punctuation only."""
    return _digest(_SIGNS.sub("", title).lower())


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=SIZE).hexdigest()
