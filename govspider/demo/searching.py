"""The demo sites' own search, and the documents that their interpretations explain."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from govspider.demo.model import Article, Column, SiteModel

FIRST_PAGE = 10
INTERPRETATIONS = "zcjd"
NAMED = re.compile(r"《(.+?)》")


def asked_for(query: str) -> str:
    """The words of ``q=``, in whatever charset the page that sent them was."""
    value = next((pair[2:] for pair in query.split("&") if pair.startswith("q=")), "")
    words = unquote_to_bytes(value.replace("+", " "))
    try:
        return words.decode("utf-8")
    except UnicodeDecodeError:
        return words.decode("gb18030", "replace")


def search(site: SiteModel, words: str) -> list[tuple[Column, Article]]:
    """The articles whose titles hold the words, newest first."""
    found = [(column, article) for column in site.columns for article in column.articles if words in article.title]
    return sorted(found, key=lambda row: row[1].date, reverse=True) if words else []


def documents(site: SiteModel) -> Iterator[tuple[Column, Article, Article]]:
    """(column, interpretation, the document that it explains) for each interpretation that names one."""
    for column in site.columns:
        for article in column.articles if column.key == INTERPRETATIONS else ():
            if named := NAMED.search(article.title):
                yield column, article, replace(article, title=f"关于印发《{named[1]}》的通知")
