"""Rows that inspections of sites and of accounts share: which there are, their findings, when those were seen."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from govspider.facts import AccountFacts, Finding, Outcome, Review, SiteFacts, Subject
from govspider.rules import finding_key
from govspider.store import codec, schema
from govspider.store.values import Seen


def inspections(connection: sa.Connection, round_id: str, subject: str, code: str = "") -> dict[str, list[int]]:
    """Code → ids, oldest first. One that crashed says nothing and counts only where there is no other."""
    table = schema.inspections
    query = sa.select(table.c.id, table.c.code, table.c.crashed).order_by(table.c.id)
    query = query.where(table.c.round == round_id, table.c.subject == subject)
    if code:
        query = query.where(table.c.code == code)
    sound: dict[str, list[int]] = {}
    crashed: dict[str, list[int]] = {}
    for row in connection.execute(query):
        (crashed if row.crashed else sound).setdefault(row.code, []).append(row.id)
    return {code: ids[-1:] for code, ids in crashed.items()} | sound


def add_inspection(connection: sa.Connection, round_id: str, facts: SiteFacts | AccountFacts) -> tuple[int, bool]:
    """The number of the inspection with these facts, and whether it was added now."""
    data = codec.dump(codec.FACTS if isinstance(facts, SiteFacts) else codec.ACCOUNT_FACTS, facts)
    digest = hashlib.sha256(data).hexdigest()
    table = schema.inspections
    same = sa.select(table.c.id).where(
        table.c.round == round_id,
        table.c.subject == facts.subject,
        table.c.code == facts.code,
        table.c.digest == digest,
    )
    if (known := connection.scalar(same)) is not None:
        return known, False
    finished = facts.finished_at or dt.datetime.now(dt.UTC)
    row = {
        "round": round_id,
        "subject": facts.subject,
        "code": codec.clean(facts.code),
        "started": facts.started_at or finished,
        "finished": finished,
        "complete": facts.complete,
        "crashed": facts.crashed,
        "digest": digest,
        "facts": codec.compress(data),
    }
    return connection.scalars(sa.insert(table).values(row).returning(table.c.id)).one(), True


def stored_facts(connection: sa.Connection, round_id: str, code: str) -> Iterator[tuple[int, Any]]:
    """Every inspection of one site or account in the round: its number and its facts as the walk left them."""
    table = schema.inspections
    query = sa.select(table.c.id, table.c.subject, table.c.facts).where(table.c.round == round_id, table.c.code == code)
    for row in connection.execute(query.order_by(table.c.id)).all():
        adapter = codec.FACTS if row.subject == Subject.SITE else codec.ACCOUNT_FACTS
        yield row.id, codec.unpack(adapter, row.facts)


def findings(connection: sa.Connection, number: int) -> tuple[Finding, ...]:
    """Those of one inspection, in their order."""
    table = schema.findings
    rows = sa.select(table.c.content).where(table.c.inspection == number).order_by(table.c.number)
    return tuple(codec.FINDING.validate_json(content) for content in connection.scalars(rows))


def replace_findings(connection: sa.Connection, number: int, code: str, found: Sequence[Finding]) -> None:
    connection.execute(sa.delete(schema.findings).where(schema.findings.c.inspection == number))
    rows: list[dict[str, object]] = [
        {
            "inspection": number,
            "number": position,
            "key": finding_key(code, finding.rule, codec.clean(finding.subject)),
            "rule": finding.rule,
            "outcome": finding.outcome.value,
            "content": codec.dump(codec.FINDING, finding).decode(),
        }
        for position, finding in enumerate(found)
    ]
    insert(connection, schema.findings, rows)


def insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def seen(connection: sa.Connection, round_id: str, code: str) -> dict[str, Seen]:
    """Key → when, for the violations of what a round inspected (or of one of them), over all rounds."""
    found, inspected = schema.findings, schema.inspections
    codes = sa.select(inspected.c.code).where(inspected.c.round == round_id)
    if code:
        codes = codes.where(inspected.c.code == code)
    query = (
        sa.select(found.c.key, sa.func.min(inspected.c.finished), sa.func.max(inspected.c.finished))
        .join(inspected, inspected.c.id == found.c.inspection)
        .where(found.c.outcome == Outcome.VIOLATION.value, inspected.c.code.in_(codes))
        .group_by(found.c.key)
    )
    return {key: Seen(first, last) for key, first, last in connection.execute(query)}


def reviews(connection: sa.Connection) -> dict[str, Review]:
    query = sa.select(schema.reviews.c.key, schema.reviews.c.decision).order_by(schema.reviews.c.id)
    return {key: Review(decision) for key, decision in connection.execute(query)}


def reviews_before(connection: sa.Connection, round_id: str) -> dict[str, Review]:
    """What people had decided when a round was begun, and the false alarms that they have found since: a round that was
    told accuses of nothing that was confirmed later, nor of what is known to be wrong."""
    begun = sa.select(schema.rounds.c.created).where(schema.rounds.c.id == round_id).scalar_subquery()
    table = schema.reviews
    query = sa.select(table.c.key, table.c.decision).where(table.c.at < begun).order_by(table.c.id)
    decided = {key: Review(decision) for key, decision in connection.execute(query)}
    rejected = {key: one for key, one in reviews(connection).items() if one is Review.REJECTED}
    return decided | rejected
