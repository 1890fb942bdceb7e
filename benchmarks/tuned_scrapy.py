"""Scrapy with everything tuned and nothing inspected: download, parse, collect links. For ``scrapy runspider``.

A ceiling for what an inspection built on Scrapy can reach: uvloop, the aiohttp handler, 64 requests at once, every middleware
that is not needed off, Lexbor instead of lxml, an own set of addresses instead of the dupefilter, string joins instead
of ``urljoin``, and a lazier garbage collector.
"""

import gc
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Request, Response, TextResponse
from selectolax.lexbor import LexborHTMLParser

HANDLER = "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"


class FastHttpCompression(HttpCompressionMiddleware):
    """Scrapy 2.19 guesses the charset of the still compressed bytes while it replaces the response."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        if isinstance(response, TextResponse) and response.headers.get("Content-Encoding") and not response._encoding:
            response._encoding = "ascii"
        return super().process_response(request, response)


class TunedSpider(scrapy.Spider):
    name = "tuned"
    custom_settings: dict[Any, Any] | None = {  # noqa: RUF012 - declared so by Scrapy
        "DOWNLOAD_HANDLERS": {"http": HANDLER},
        "CONCURRENT_REQUESTS": 64,
        "CONCURRENT_ITEMS": 4,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "REFERER_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            FastHttpCompression: 590,
        },
    }

    def __init__(self, urls: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = urls.split()
        self.seen = set(self.start_urls)
        logging.getLogger("charset_normalizer").setLevel(logging.WARNING)
        gc.set_threshold(50_000, 20, 20)

    def parse(self, response: Response) -> Iterator[Request]:
        base = response.url
        root = base[: base.index("/", 8)]
        try:
            text = response.body.decode()
        except UnicodeDecodeError:
            text = response.body.decode("gb18030", "replace")
        for node in LexborHTMLParser(text).css("a[href]"):
            href = (node.attributes["href"] or "").partition("#")[0].strip()
            url = root + href if href[:1] == "/" and href[:2] != "//" else urljoin(base, href)
            if url not in self.seen and url.startswith("http"):
                self.seen.add(url)
                yield Request(url, dont_filter=True)
