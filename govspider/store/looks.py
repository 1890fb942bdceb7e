"""Looks at the home pages of sites that are registered as closed or as exceptions: they are no inspections."""

import datetime as dt

import sqlalchemy as sa

from govspider.facts import SiteFacts
from govspider.store import codec, schema
from govspider.store.engine import writing


class LookLog:
    """Use ``Store.looks``. Every method is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = writing(engine)

    def add(self, round_id: str, facts: SiteFacts) -> None:
        row = {"round": round_id, "code": facts.code, "at": facts.finished_at or dt.datetime.now(dt.UTC)}
        with self._writer.begin() as connection:
            connection.execute(sa.insert(schema.home_looks).values({**row, "facts": codec.pack(codec.FACTS, facts)}))

    def codes(self, round_id: str) -> set[str]:
        """The sites that were looked at in this round."""
        table = schema.home_looks
        with self._engine.begin() as connection:
            return set(connection.scalars(sa.select(table.c.code).where(table.c.round == round_id)))


def last_look(connection: sa.Connection, round_id: str, code: str) -> tuple[SiteFacts, dt.datetime] | None:
    """What the round's last look at a site's home page brought, and when."""
    table = schema.home_looks
    which = sa.select(table.c.facts, table.c.at).where(table.c.round == round_id, table.c.code == code)
    row = connection.execute(which.order_by(table.c.id.desc()).limit(1)).one_or_none()
    return (codec.unpack(codec.FACTS, row.facts), row.at) if row is not None else None
