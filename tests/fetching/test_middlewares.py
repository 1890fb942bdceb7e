import gzip
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.settings import Settings

from govspider.fetching.middlewares import FastCompressionMiddleware, OversizeError

BODY = "<html><body>某市人民政府</body></html>".encode("gb18030")


def middleware(maxsize: int = 100_000) -> FastCompressionMiddleware:
    settings = Settings({"DOWNLOAD_MAXSIZE": maxsize, "DOWNLOAD_WARNSIZE": 0})
    signals = SimpleNamespace(connect=lambda *_: None)
    crawler: Any = SimpleNamespace(settings=settings, signals=signals, stats=None)
    return FastCompressionMiddleware(crawler=crawler)


def compressed(body: bytes, **more: Any) -> Response:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    return HtmlResponse("http://a.cn/", headers=headers, body=gzip.compress(body), **more)


def test_the_encoding_of_compressed_bytes_is_never_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    def guess(self: HtmlResponse) -> str:
        raise AssertionError("guessed")

    monkeypatch.setattr(HtmlResponse, "_body_inferred_encoding", guess)
    response = middleware().process_response(Request("http://a.cn/"), compressed(BODY))
    assert isinstance(response, HtmlResponse)
    assert response.body == BODY


def test_a_bomb_is_too_large() -> None:
    with pytest.raises(OversizeError):
        middleware(1000).process_response(Request("http://a.cn/"), compressed(b"x" * 1_000_000))


def test_a_fragment_that_nobody_reads_is_left_alone() -> None:
    stopped = HtmlResponse(
        "http://a.cn/", headers={"Content-Encoding": "gzip"}, body=b"\x1f\x8b", flags=["download_stopped"]
    )
    assert middleware().process_response(Request("http://a.cn/"), stopped) is stopped
