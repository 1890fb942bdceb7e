"""What people answer where the machine cannot tell: kept for ever, the last answer to a rule counts."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from govspider.facts import AccountFacts, GivenAnswer, ItemAnswer, Outcome, SiteFacts
from govspider.store import codec, schema

WITHDRAWN = "withdrawn"


def add_answers(connection: sa.Connection, round_id: str, given: Sequence[GivenAnswer]) -> None:
    """Adds them to those of the round."""
    now = dt.datetime.now(dt.UTC)
    rows = [
        {
            "round": round_id,
            "code": codec.clean(one.code),
            "rule": one.rule,
            "value": one.value.value if one.value else WITHDRAWN,
            "places": one.places,
            "note": codec.clean(one.note),
            "who": codec.clean(one.who),
            "at": now,
        }
        for one in given
    ]
    if rows:
        connection.execute(sa.insert(schema.answers), rows)


def answers_of(connection: sa.Connection, round_id: str, facts: SiteFacts | AccountFacts) -> tuple[ItemAnswer, ...]:
    """The answers that count for one inspection. What was answered after the next one began is about that one."""
    table = schema.inspections
    later = sa.select(sa.func.min(table.c.started)).where(table.c.round == round_id, table.c.code == facts.code)
    later = later.where(table.c.subject == facts.subject, sa.not_(table.c.crashed))
    until = connection.scalar(later.where(table.c.started > facts.started_at)) if facts.started_at else None
    given = given_answers(connection, round_id, facts.code)
    by_rule = {one.rule: one for one in given if until is None or one.at is None or one.at < until}
    return tuple(
        ItemAnswer(one.rule, one.value, one.places, one.note, one.who, one.at)
        for one in by_rule.values()
        if one.value is not None
    )


def given_answers(connection: sa.Connection, round_id: str, code: str = "") -> tuple[GivenAnswer, ...]:
    """Every answer of the round, or those about one site or account, oldest first."""
    table = schema.answers
    fields = (table.c.code, table.c.rule, table.c.value, table.c.places, table.c.note, table.c.who, table.c.at)
    query = sa.select(*fields).where(table.c.round == round_id).order_by(table.c.id)
    if code:
        query = query.where(table.c.code == codec.clean(code))
    return tuple(
        GivenAnswer(
            row.code,
            row.rule,
            None if row.value == WITHDRAWN else Outcome(row.value),
            row.places,
            row.note,
            row.who,
            row.at,
        )
        for row in connection.execute(query)
    )
