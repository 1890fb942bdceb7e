"""Scrapy's own downloader middlewares, less what is slow or noisy in them."""

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response, TextResponse


class OversizeError(IgnoreRequest):
    """The body grows over DOWNLOAD_MAXSIZE when it is decompressed."""


class PlainRedirectMiddleware(RedirectMiddleware):
    """Only robots.txt is redirected here, and no request of ours has a Referer to look after."""

    def handle_referer(self, request: Request, response: Response) -> None:
        pass


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
