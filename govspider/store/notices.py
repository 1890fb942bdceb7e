"""What each place that is notified was last told of a site and a rule."""

import datetime as dt
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from govspider.facts import EarlyWarning, Fetch, Home, Level, Site, SiteFacts, Visit
from govspider.rules import Rules
from govspider.store import schema
from govspider.store.engine import writing
from govspider.store.judging import completed, findings_of
from govspider.store.rows import reviews
from govspider.store.values import Saved, Told
from govspider.store.warnings import early_warnings


class NoticeLog:
    """Use ``Store.notices``. Every method is one transaction. ``target`` is a digest: addresses hold secrets."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = writing(engine)

    def told(self, target: str) -> Mapping[tuple[str, str], Told]:
        """By site code and rule."""
        table = schema.notices
        with self._engine.begin() as connection:
            fields = (table.c.code, table.c.rule, table.c.level, table.c.count, table.c.as_of)
            rows = connection.execute(sa.select(*fields).where(table.c.target == target))
            return {(code, rule): Told(Level(level), count, as_of) for code, rule, level, count, as_of in rows}

    def open(self, rule: str) -> frozenset[str]:
        """The codes of the sites of which somebody was told that the rule is (nearly) broken, and not that it is over."""
        table = schema.notices
        query = sa.select(table.c.code).where(table.c.rule == rule, table.c.level != Level.NORMAL.value)
        with self._engine.begin() as connection:
            return frozenset(connection.scalars(query))

    def watched(self, site: Site, day: dt.date, rules: Rules) -> tuple[EarlyWarning, ...]:
        """What the lines of ``rules`` say of a site as of ``day`` by what is known without reading it."""
        unread = SiteFacts(site, day, Home(Visit(site.url, site.url, Fetch.OTHER)))
        with self._engine.begin() as connection:
            facts = completed(connection, "", unread)
            decided = reviews(connection)
        saved = Saved(facts, dt.datetime.now(dt.UTC), tuple(findings_of(rules, facts)))
        return early_warnings(site, saved, rules, decided)

    def record(self, target: str, warnings: Iterable[EarlyWarning]) -> None:
        """These were told, and replace what was told of the same sites and rules."""
        table = schema.notices
        with self._writer.begin() as connection:
            for one in warnings:
                which = (table.c.target == target, table.c.code == one.code, table.c.rule == one.rule)
                connection.execute(sa.delete(table).where(*which))
                row: dict[str, object] = {
                    "target": target,
                    "code": one.code,
                    "rule": one.rule,
                    "level": one.level.value,
                }
                row |= {"count": one.count, "as_of": one.as_of, "told": dt.datetime.now(dt.UTC)}
                connection.execute(sa.insert(table).values(row))
