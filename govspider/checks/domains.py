"""The address of a portal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from govspider.checks.common import site_finding
from govspider.facts import Finding, Outcome, SiteFacts

NUMBERS = re.compile(r"[\d.]+|[\da-f:]*:[\da-f:.]*")
INTERNAL = re.compile(r"127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cde]")


@dataclass(frozen=True, slots=True)
class Endings:
    """What the host must end with, without its leading dot; Chinese ones in their ASCII form as well."""

    endings: tuple[str, ...]


def domain_irregular(facts: SiteFacts, params: Endings) -> Iterator[Finding]:
    """The registered home page stands under no official ending, or under a bare number."""
    try:
        host = (urlsplit(facts.site.url).hostname or "").rstrip(".")
    except ValueError:
        host = ""
    endings = list(params.endings)
    if not host:
        yield site_finding(Outcome.UNKNOWN, facts, domain="", endings=endings, reason="首页网址无法识别")
    elif NUMBERS.fullmatch(host) and INTERNAL.match(host):
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="内部地址，不判断域名")
    else:
        good = any(host == ending or host.endswith(f".{ending}") for ending in endings)
        outcome = Outcome.PASS if good else Outcome.VIOLATION
        yield site_finding(outcome, facts, domain=host, endings=endings)
