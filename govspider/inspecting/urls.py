"""Addresses as a walk compares them: identity, hosts, traps."""

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from govspider.reading.routes import route

_SESSION = re.compile(
    r"^(jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|token|timestamp|_t|_|rand|random)$", re.IGNORECASE
)
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|aspx?|jsp|php)$", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_LENGTH = 2000
# An address as nearly all are written; what it does not match is taken apart by the standard library, at ten times the cost.
_ORDINARY = re.compile(
    r"(https?)://([a-z0-9.-]*[a-z0-9])(?::(\d{1,4}))?(/[^?#\x00-\x20]*)?(?:\?([^#\x00-\x20]*))?(?:#|\Z)"
)
RECENT = 16_384  # addresses: those of the sites under way; more would only be memory


@lru_cache(maxsize=RECENT)
def split(url: str) -> tuple[str, str, str, str]:
    """(scheme, host with a non-default port, path, query) in lower-case host; all empty for an address not http(s)."""
    if (ordinary := _ORDINARY.match(url)) and len(url) <= _MAX_LENGTH and url.isprintable():
        scheme, host, digits, path, query = ordinary.groups("")
        own = not digits or int(digits) == _DEFAULT_PORTS[scheme]
        return scheme, host if own else f"{host}:{int(digits)}", path or "/", query
    return _split(url)


def _split(url: str) -> tuple[str, str, str, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", "", ""
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname or len(url) > _MAX_LENGTH:
        return "", "", "", ""
    host = parts.hostname.lower().rstrip(".")
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    return scheme, host, parts.path or "/", parts.query


def is_web(url: str) -> bool:
    return bool(split(url)[0])


def host_of(url: str) -> str:
    return split(url)[1].removeprefix("www.")


@lru_cache(maxsize=RECENT)
def key(url: str) -> str:
    """The identity of a page: no scheme, mark inside it, session id or index file name; parameters sorted."""
    _, host, path, query = split(url)
    path = _INDEX.sub("/", _PATH_SESSION.sub("", unquote(path)))
    shell = host.removeprefix("www.") + path
    if query:
        pairs = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _SESSION.match(name)]
        shell += f"?{urlencode(sorted(pairs))}" if pairs else ""
    behind = route(url)
    return f"{shell}#{behind}" if behind else shell


def clean(url: str) -> str:
    """The address to request: without mark and path session id, otherwise as it stands in the page."""
    parts = urlsplit(url)
    path = _PATH_SESSION.sub("", parts.path) or "/"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, route(url)))


def stem(url: str) -> str:
    """host/path, and the route's path: what addresses share that differ in their parameters only."""
    _, host, path, _ = split(url)
    behind = route(url).partition("?")[0]
    return host.removeprefix("www.") + path + (f"#{behind}" if behind else "")


def folder(url: str) -> str:
    """host/path/ of the page's folder."""
    return stem(url).rpartition("/")[0] + "/"


def repeats_itself(url: str) -> bool:
    """A relative link that a server answers everywhere grows for ever: /a/b/a/b/a/b."""
    segments = [segment for segment in split(url)[2].split("/") if segment]
    return len(segments) > 12 or any(segments.count(name) > 2 for name in set(segments) if not name.isdigit())


class TrapGuard:
    """Refuses the endless: many query strings on one path, paths that repeat themselves."""

    def __init__(self, variants: int = 25) -> None:
        self._variants = variants
        self._seen: dict[str, set[str]] = {}

    def allows(self, url: str) -> bool:
        if not is_web(url) or repeats_itself(url):
            return False
        seen = self._seen.setdefault(stem(url), set())
        if key(url) in seen:
            return True
        if len(seen) >= self._variants:
            return False
        seen.add(key(url))
        return True


def is_own(url: str, hosts: Collection[str]) -> bool:
    return host_of(url) in hosts
