"""The probes of home pages and the outages that sites announced."""

import datetime as dt
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from govspider.facts import BEIJING, Outage, Period, Probe, SiteFacts, Subject
from govspider.store import codec, schema
from govspider.store.engine import writing

LOADED_DAYS = 62  # more than any rule looks back


class ProbeLog:
    """Use ``Store.probes``. Every method is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = writing(engine)

    def add(self, run: dt.datetime, probes: Iterable[tuple[str, Probe]]) -> None:
        """The probes of one run by site code, all or none."""
        rows = [{"run": run, "code": code, **_row(probe)} for code, probe in probes]
        if rows:
            with self._writer.begin() as connection:
                connection.execute(sa.insert(schema.probes), rows)

    def of(self, code: str) -> tuple[Probe, ...]:
        """All probes of a site, oldest first."""
        with self._engine.begin() as connection:
            return _probes(connection, schema.probes.c.code == code)

    def last(self, before: dt.datetime) -> Mapping[str, Probe]:
        """By site code, the newest probe that counts."""
        table = schema.probes
        which = sa.and_(
            table.c.at >= before - dt.timedelta(days=LOADED_DAYS), table.c.at < before, table.c.voided == ""
        )
        newest = sa.select(sa.func.max(table.c.id)).where(which).group_by(table.c.code)
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(table).where(table.c.id.in_(newest)))
            return {row.code: _probe(row) for row in rows}

    def declare(self, outages: Iterable[Outage]) -> None:
        """The outages register as it is now replaces what was known of it."""
        rows = [{field: codec.clean(getattr(one, field)) for field in Outage.__slots__} for one in outages]
        with self._writer.begin() as connection:
            connection.execute(sa.delete(schema.outages))
            if rows:
                connection.execute(sa.insert(schema.outages), rows)


def probes_until(connection: sa.Connection, facts: SiteFacts) -> tuple[Probe, ...]:
    """A site's probes of the weeks up to the checkpoint, whose last day ends in Beijing."""
    end = dt.datetime.combine(facts.checkpoint, dt.time(), BEIJING) + dt.timedelta(days=1)
    table = schema.probes
    since = end - dt.timedelta(days=LOADED_DAYS)
    return _probes(connection, sa.and_(table.c.code == facts.site.code, table.c.at >= since, table.c.at < end))


def outages_of(connection: sa.Connection, code: str) -> tuple[Outage, ...]:
    table = schema.outages
    rows = connection.execute(sa.select(table).where(table.c.code == code).order_by(table.c.since, table.c.id))
    return tuple(Outage(row.code, row.since, row.until, row.reason, row.approved_by) for row in rows)


def own_visits(connection: sa.Connection, facts: SiteFacts) -> tuple[Period, ...]:
    """When inspections of any round read the site, also the one whose facts these are and that is not stored yet."""
    table = schema.inspections
    mine = sa.and_(table.c.code == facts.site.code, table.c.subject == Subject.SITE)
    rows = connection.execute(sa.select(table.c.started, table.c.finished).where(mine))
    found = {Period(row.started, row.finished) for row in rows}
    if facts.started_at and facts.finished_at:
        found.add(Period(facts.started_at, facts.finished_at))
    return tuple(sorted(found, key=lambda period: (period.since, period.until)))


def _probes(connection: sa.Connection, which: sa.ColumnElement[bool]) -> tuple[Probe, ...]:
    table = schema.probes
    rows = connection.execute(sa.select(table).where(which).order_by(table.c.at, table.c.id))
    return tuple(_probe(row) for row in rows)


def _row(probe: Probe) -> dict[str, object]:
    row = {field: codec.clean(getattr(probe, field)) for field in Probe.__slots__}
    return row | {"redirects": "\n".join(row["redirects"])}


def _probe(row: sa.Row[tuple[object, ...]]) -> Probe:
    values = {field: getattr(row, field) for field in Probe.__slots__}
    return Probe(**values | {"redirects": tuple(values["redirects"].splitlines())})
