"""What the results of a round's sites depend on, told without opening any facts."""

import sqlalchemy as sa

from govspider.facts import Subject
from govspider.store import schema

Mark = tuple[int, ...]


def marks(connection: sa.Connection, round_id: str, subject: Subject = Subject.SITE) -> dict[str, Mark]:
    """Code → a mark that changes when an inspection, the findings, a review or an answer of the site (or account) do."""
    inspected, found, reviewed = schema.inspections, schema.findings, schema.reviews
    of_round = sa.and_(inspected.c.round == round_id, inspected.c.subject == subject)
    # SQLite gives the numbers of deleted rows again, so the findings' length counts too.
    state = (
        sa.select(
            inspected.c.code,
            sa.func.max(inspected.c.id),
            sa.func.max(found.c.id),
            sa.func.count(found.c.id),
            sa.func.sum(sa.func.length(found.c.content)),
        )
        .outerjoin(found, found.c.inspection == inspected.c.id)
        .where(of_round)
        .group_by(inspected.c.code)
    )
    decided = (
        sa.select(inspected.c.code, sa.func.max(reviewed.c.id).label("last"))
        .join(found, found.c.inspection == inspected.c.id)
        .join(reviewed, reviewed.c.key == found.c.key)
        .where(of_round)
        .group_by(inspected.c.code)
    )
    last = {row.code: row.last for row in connection.execute(decided)}
    answered = schema.answers
    said = sa.select(answered.c.code, sa.func.max(answered.c.id).label("last")).where(answered.c.round == round_id)
    answers = {row.code: row.last for row in connection.execute(said.group_by(answered.c.code))}
    rows = connection.execute(state)
    inspected_ones = {
        code: (*(int(part or 0) for part in parts), last.get(code, 0), answers.get(code, 0)) for code, *parts in rows
    }
    return (_looked_at(connection, round_id) if subject is Subject.SITE else {}) | inspected_ones


def _looked_at(connection: sa.Connection, round_id: str) -> dict[str, Mark]:
    """Sites whose home page alone was looked at have no stored findings: any new decision may be about them."""
    looks = schema.home_looks
    decided = connection.scalar(sa.select(sa.func.max(schema.reviews.c.id))) or 0
    newest = sa.select(looks.c.code, sa.func.max(looks.c.id)).where(looks.c.round == round_id).group_by(looks.c.code)
    return {code: (number, decided) for code, number in connection.execute(newest)}
