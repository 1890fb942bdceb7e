"""Whose a link is: the page's own site, another public body, a well-known service, or anybody's."""

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

SECOND_LEVEL = frozenset(["com", "net", "org", "gov", "edu", "ac", "mil"])
PUBLIC = (".gov.cn", ".edu.cn", ".mil.cn", ".政务", ".公益", ".xn--zfr164b", ".xn--55qw42g", ".gov", ".ac.cn")
ADDRESS = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$|^\[?[0-9a-f:]+\]?$|^localhost$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def host(url: str) -> str:
    """Lower-case host name without port, "" when the address has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def domain(name: str) -> str:
    """The part of a host name that is registered as one: example.cn, example.com.cn, example.gd.cn."""
    if ADDRESS.match(name):
        return name
    labels = name.split(".")
    if len(labels) > 2 and labels[-1] == "cn" and (labels[-2] in SECOND_LEVEL or len(labels[-2]) == 2):
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def is_foreign(name: str, own: str, known: Collection[str]) -> bool:
    """Whether a host is neither the page's own, nor a public body's, nor in the list of known ones."""
    if not name or name == own or ADDRESS.match(name) or f".{name}".endswith(PUBLIC):
        return False
    registered = domain(name)
    return registered != domain(own) and registered not in known and name not in known
