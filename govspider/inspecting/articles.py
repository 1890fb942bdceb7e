"""Articles that are read for their text: the newest of the news columns, those that bear the title of an older one, and
a bounded number for what they should not say: those whose titles speak of persons, then the newest of all lists.

They are few: what an article says is compared with what others said, and read for its wording and for personal data.
"""

from collections.abc import Iterable, Iterator, Sequence

from govspider.checks.identity import page_digest, title_digest
from govspider.facts import ArticleText, Category, Column, Entry, Page, Visit
from govspider.inspecting.attachments import PERSONAL
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Visitor

_NEWEST = 6  # columns of which the newest article is opened
_PAIRS = 3  # pairs of one title
_APART = 90  # days between two articles of one title that may be one text
_TITLE = 10  # characters of a title that is an article's own
_KEPT = 60
_AGAIN = 30  # pages with earlier clues
_FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".rar", ".jpg", ".png", ".mp4", ".wps", ".ofd")


async def read_again(visitor: Visitor) -> tuple[Visit, ...]:
    """Opens the pages on which an earlier inspection found something, wherever they stand now."""
    pages = [one.found_on or one.url for one in visitor.plan.earlier_clues]
    looks = await visitor.look_all([page for page in dict.fromkeys(pages) if visitor.owns(page)][:_AGAIN])
    return tuple(look.visit for look in looks)


async def read_articles(visitor: Visitor, columns: Sequence[Column]) -> None:
    """Opens them. What was opened before costs nothing."""
    news = [c for c in columns if c.category is Category.NEWS and not c.external and not c.gone]
    entries = [*_newest(visitor, news), *_same_titles(visitor, news)]
    await visitor.look_all(list(dict.fromkeys(entry.url for entry in entries)))
    # The files that are sampled next keep their share of the budget.
    most = min(visitor.plan.sampled_articles, visitor.pages_left - visitor.plan.sampled_files)
    await visitor.look_all(_telling(visitor, columns)[: max(0, most)])


def texts_of(pages: Iterable[tuple[str, Page]], columns: Iterable[Column]) -> tuple[ArticleText, ...]:
    """The texts of the articles that were read and that a list names, with the list's title and date."""
    listed = {page_digest(e.url): e for column in columns for e in column.entries if is_web(e.url)}
    found: dict[str, ArticleText] = {}
    for url, page in pages:
        entry = listed.get(page_digest(url)) if page.sketch else None
        if entry is not None:
            date = entry.date or page.stated
            text = ArticleText(entry.url, entry.title, date, page.sketch, page.published_shown, page.published_tagged)
            found.setdefault(key(url), text)
    return tuple(found.values())[:_KEPT]


def _newest(visitor: Visitor, news: Iterable[Column]) -> Iterator[Entry]:
    taken = 0
    for column in news:
        entry = max(_dated(visitor, column), key=lambda entry: str(entry.date), default=None)
        if entry is not None and taken < _NEWEST:
            taken += 1
            yield entry


def _same_titles(visitor: Visitor, news: Iterable[Column]) -> Iterator[Entry]:
    """Pairs of entries with one title, different addresses and dates far apart, the newest first."""
    rows = [entry for column in news for entry in _dated(visitor, column) if len(entry.title) >= _TITLE]
    rows.sort(key=lambda entry: str(entry.date), reverse=True)
    first: dict[str, Entry] = {}
    pairs = 0
    for entry in rows:
        newer = first.setdefault(title_digest(entry.title), entry)
        if newer.date and entry.date and (newer.date - entry.date).days >= _APART and pairs < _PAIRS:
            pairs += 1
            yield from (newer, entry)


def _telling(visitor: Visitor, columns: Iterable[Column]) -> list[str]:
    """The addresses of unread articles, the most telling first: half as many as may be read are kept for persons."""
    listed = {
        key(e.url): e for column in columns if not (column.external or column.gone) for e in _dated(visitor, column)
    }
    unread = [entry for entry in listed.values() if visitor.seen(entry.url) is None]
    unread.sort(key=lambda entry: (str(entry.date), entry.url), reverse=True)
    of_persons = [entry for entry in unread if PERSONAL.search(entry.title)][: visitor.plan.sampled_articles // 2]
    return list(dict.fromkeys(entry.url for entry in (*of_persons, *unread)))


def _dated(visitor: Visitor, column: Column) -> list[Entry]:
    return [
        entry
        for entry in column.entries
        if entry.date is not None
        and entry.date <= visitor.plan.checkpoint
        and is_web(entry.url)
        and visitor.owns(entry.url)
        and not entry.url.partition("?")[0].lower().endswith(_FILES)
    ]
