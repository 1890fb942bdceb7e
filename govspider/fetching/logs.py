"""What the libraries below may say in the log."""

import logging

LEVELS = {
    "scrapy.downloadermiddlewares.robotstxt": logging.CRITICAL,  # a traceback for each dead host; it is an outcome
    "scrapy.core.downloader.handlers.http11": logging.ERROR,  # a page too large is an outcome
    "charset_normalizer": logging.WARNING,  # a hundred records a call, under Scrapy's root level
    "scrapy-playwright": logging.ERROR,
    "asyncio": logging.WARNING,
}


def calm() -> None:
    for name, level in LEVELS.items():
        logging.getLogger(name).setLevel(level)
