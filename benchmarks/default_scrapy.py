"""Scrapy as it comes: its LinkExtractor, its default settings, its dupefilter. Stands alone, for ``scrapy runspider``."""

from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor


class DefaultSpider(scrapy.Spider):
    name = "default"

    def __init__(self, urls: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = urls.split()
        self.links = LinkExtractor()

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        if isinstance(response, TextResponse):
            for link in self.links.extract_links(response):
                yield scrapy.Request(link.url)
