"""How a request ended when it brought no response: the one table from exceptions to outcomes."""

import re
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import TCPTimedOutError

from govspider.facts import Fetch
from govspider.fetching.guard import PrivateAddressError
from govspider.fetching.middlewares import OversizeError

TEXTS = {
    Fetch.DNS: "域名无法解析",
    Fetch.REFUSED: "连接被拒绝",
    Fetch.TIMEOUT: "在规定时间内没有响应",
    Fetch.TLS: "安全连接（HTTPS）无法建立",
    Fetch.TOO_LARGE: "内容超过大小上限，未读取",
    Fetch.ROBOTS: "robots.txt 不允许访问",
    Fetch.PRIVATE: "指向内部网络地址，未访问",
    Fetch.OFF_HOST: "跳转到网页以外的地址",
    Fetch.NOT_HTML: "不是网页",
    Fetch.OTHER: "连接异常中断",
}

EXCEPTIONS: tuple[tuple[type[BaseException], Fetch], ...] = (
    (PrivateAddressError, Fetch.PRIVATE),
    (CannotResolveHostError, Fetch.DNS),
    (DownloadConnectionRefusedError, Fetch.REFUSED),
    (DownloadTimeoutError, Fetch.TIMEOUT),
    (TCPTimedOutError, Fetch.TIMEOUT),
    (SSL.Error, Fetch.TLS),
    (OversizeError, Fetch.TOO_LARGE),
    (DownloadCancelledError, Fetch.TOO_LARGE),  # only its size makes Scrapy cancel a download
    (IgnoreRequest, Fetch.ROBOTS),
    (UnsupportedURLSchemeError, Fetch.OFF_HOST),
)

# Chromium's names, in the text of Playwright's errors.
BROWSER_ERRORS = (
    (re.compile(r"ERR_NAME_NOT_RESOLVED"), Fetch.DNS),
    (re.compile(r"ERR_CONNECTION_REFUSED"), Fetch.REFUSED),
    (re.compile(r"ERR_(?:CONNECTION_)?TIMED_OUT"), Fetch.TIMEOUT),
    (re.compile(r"ERR_(?:SSL|CERT|BAD_SSL)_"), Fetch.TLS),
    (re.compile(r"ERR_(?:UNKNOWN|DISALLOWED)_URL_SCHEME"), Fetch.OFF_HOST),
    (re.compile(r"ERR_ABORTED|Download is starting"), Fetch.NOT_HTML),
)


def outcome_of(error: BaseException) -> tuple[Fetch, str]:
    """The outcome and its reason in Chinese, with the technical cause in brackets."""
    outcome = next((found for cause in causes(error) if (found := _known(cause))), Fetch.OTHER)
    return outcome, f"{TEXTS[outcome]}（{_short(error)}）"


def _known(error: BaseException) -> Fetch | None:
    for kind, outcome in EXCEPTIONS:
        if isinstance(error, kind):
            return outcome
    if is_of_browser(error):
        if type(error).__name__ == "TimeoutError":
            return Fetch.TIMEOUT
        return next((outcome for pattern, outcome in BROWSER_ERRORS if pattern.search(str(error))), None)
    return None


def is_of_browser(error: BaseException) -> bool:
    """Whether Playwright raised it. Told by name: to import Playwright takes half a second, which few commands need."""
    return any(kind.__module__.partition(".")[0] == "playwright" for kind in type(error).__mro__)


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies beneath it: Twisted keeps the real reasons of a failed response in a list."""
    seen: BaseException | None = error
    for _ in range(4):
        if seen is None:
            return
        yield seen
        for reason in getattr(seen, "reasons", ()):
            yield reason.value
        seen = seen.__cause__


def _short(error: BaseException) -> str:
    deepest = list(causes(error))[-1]
    text = " ".join(str(deepest).split())[:160]
    return f"{type(deepest).__name__}: {text}" if text else type(deepest).__name__
