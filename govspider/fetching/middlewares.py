"""Scrapy's downloader middlewares, less a slow part of one and a leak in another."""

import asyncio

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response, TextResponse
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from govspider.fetching.hosts import MOST_HOSTS, Recent


class OversizeError(IgnoreRequest):
    """The body grows over DOWNLOAD_MAXSIZE when it is decompressed."""


class FastCompressionMiddleware(HttpCompressionMiddleware):
    """The encoding of the compressed bytes is never guessed."""

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        if "download_stopped" in response.flags:  # what came is a fragment that nobody reads
            return response
        if isinstance(response, TextResponse) and response.headers.get("Content-Encoding"):
            # Response.replace() would ask for the encoding, which lets charset-normalizer loose on gzip bytes (5 ms a
            # page); the parent then throws the answer away.
            response._encoding = response._encoding or "ascii"
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise OversizeError(str(error)) from error


class StrictRobotsMiddleware(RobotsTxtMiddleware):
    """Requests that wait for the same robots.txt all obey it: the parent tells only the first of them what it says.

    The parent also keeps every robots.txt for ever; here those of the hosts asked lately are kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._doors = Recent(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        netloc = urlparse_cached(request).netloc
        async with self._doors.of(netloc):
            parser = await super().robot_parser(request)
        if len(self._parsers) > MOST_HOSTS:
            self._parsers = {host: known for host, known in self._parsers.items() if host in self._doors}
        return parser
