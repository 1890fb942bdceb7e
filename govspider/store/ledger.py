"""The ledger of entries: when each was first seen on a site, with which date, and the text of those that were read;
and what the next walk is told of it and of the last inspections."""

from collections.abc import Iterable

import sqlalchemy as sa

from govspider.checks.honesty import LISTS
from govspider.checks.identity import page_digest, title_digest
from govspider.facts import (
    BEIJING,
    ArticleText,
    Column,
    Earlier,
    EarlierEntry,
    EarlierList,
    Entry,
    Past,
    SiteFacts,
    Subject,
)
from govspider.inspecting.urls import is_web
from govspider.store import codec, schema

MOST = 10_000  # entries kept of one site, those seen last
KNOWN = 1_500  # of them that a walk is told of
TEXTS = 200  # articles that a walk is told of
TRIED = 3  # inspections among which one that read columns is looked for
TITLE = 300  # characters kept


def record(connection: sa.Connection, inspection: int, facts: SiteFacts) -> None:
    """Adds what the inspection saw first and notes what it saw again."""
    seen = _seen(facts.columns)
    if not seen:
        return
    table = schema.entries
    texts = {page_digest(one.url): ",".join(map(str, one.sketch)) for one in facts.articles}
    numbers = sa.select(table.c.page, table.c.id).where(table.c.code == facts.site.code)
    known: dict[str, int] = {row.page: row.id for row in connection.execute(numbers)}
    again = [
        {"number": known[page], "now": inspection, "day": entry.date, "body": texts.get(page)}
        for page, (_, entry) in seen.items()
        if page in known
    ]
    if again:
        text = sa.func.coalesce(sa.bindparam("body", type_=sa.Text), table.c.text)
        values = {"last": sa.bindparam("now"), "date": sa.bindparam("day"), "text": text}
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("number")).values(values), again)
    fresh = [
        {
            "code": facts.site.code,
            "page": page,
            "url": codec.clean(entry.url),
            "column_url": codec.clean(column.url),
            "title": codec.clean(entry.title[:TITLE]),
            "first_date": entry.date,
            "date": entry.date,
            "first": inspection,
            "last": inspection,
            "text": texts.get(page),
        }
        for page, (column, entry) in seen.items()
        if page not in known
    ]
    if fresh:
        connection.execute(sa.insert(table), fresh)
    if (excess := len(known) + len(fresh) - MOST) > 0:
        oldest = sa.select(table.c.id).where(table.c.code == facts.site.code).order_by(table.c.last, table.c.id)
        connection.execute(sa.delete(table).where(table.c.id.in_(oldest.limit(excess).scalar_subquery())))


def _seen(columns: Iterable[Column]) -> dict[str, tuple[Column, Entry]]:
    """Page → the column that showed it first, and the entry."""
    found: dict[str, tuple[Column, Entry]] = {}
    for column in columns:
        for entry in column.entries if not column.external else ():
            if is_web(entry.url):
                found.setdefault(page_digest(entry.url), (column, entry))
    return found


# ------------------------------------------------------------------------------------------------------ for the walk


def past(connection: sa.Connection, code: str, round_id: str) -> Past:
    """What the next walk of the site in this round is told. An inspection that crashed or read no column says nothing."""
    table = schema.entries
    fields = (table.c.url, table.c.title, table.c.first_date, table.c.text)
    rows = sa.select(*fields).where(table.c.code == code, table.c.text.is_not(None)).order_by(table.c.id.desc())
    texts = [
        ArticleText(url, title, date, tuple(map(int, text.split(","))))
        for url, title, date, text in connection.execute(rows.limit(TEXTS))
        if text
    ]
    return Past(_earlier(connection, code, round_id), tuple(texts[::-1]))


def _earlier(connection: sa.Connection, code: str, round_id: str) -> Earlier | None:
    table = schema.inspections
    query = sa.select(table.c.id, table.c.started, table.c.facts).order_by(table.c.id.desc()).limit(TRIED)
    query = query.where(table.c.code == code, table.c.subject == Subject.SITE, sa.not_(table.c.crashed))
    query = query.where(table.c.round != round_id)
    for number, started, data in connection.execute(query):
        facts: SiteFacts = codec.unpack(codec.FACTS, data)
        if facts.columns:
            known = _known(connection, code, number)
            seen = min(facts.checkpoint, started.astimezone(BEIJING).date())
            return Earlier(seen, _lists(facts.columns), known, facts.layout)
    return None


def _lists(columns: Iterable[Column]) -> tuple[EarlierList, ...]:
    compared = [c for c in columns if c.category in LISTS and c.entries and not c.external]
    return tuple(
        EarlierList(
            page_digest(column.url),
            tuple(EarlierEntry(page_digest(e.url), title_digest(e.title), e.date) for e in column.entries),
        )
        for column in compared
    )


def _known(connection: sa.Connection, code: str, until: int) -> tuple[str, ...]:
    table = schema.entries
    query = sa.select(table.c.page).where(table.c.code == code, table.c.first <= until)
    return tuple(connection.scalars(query.order_by(table.c.last.desc(), table.c.id).limit(KNOWN)))
