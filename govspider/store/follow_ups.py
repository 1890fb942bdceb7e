"""Who was called unqualified by the round before: they are followed up by this one."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from govspider.facts import (
    AccountResult,
    Decides,
    FollowUp,
    Outcome,
    Site,
    SiteKind,
    SiteResult,
    Subject,
    VerdictKind,
)
from govspider.rules import Rule
from govspider.store import schema


def round_before(connection: sa.Connection, round_id: str) -> str | None:
    """The round that was begun last before this one and inspected anything."""
    rounds, inspections = schema.rounds, schema.inspections
    begun = sa.select(rounds.c.created).where(rounds.c.id == round_id).scalar_subquery()
    inspected = sa.exists().where(inspections.c.round == rounds.c.id)
    query = sa.select(rounds.c.id).where(rounds.c.created < begun, inspected)
    return connection.scalar(query.order_by(rounds.c.created.desc(), rounds.c.id.desc()).limit(1))


def suspects(connection: sa.Connection, round_id: str, rules: Sequence[Rule]) -> frozenset[tuple[str, str]]:
    """(site or account, code) of all that may have been unqualified: only these need to be loaded."""
    found, inspections = schema.findings, schema.inspections
    serious = [rule.id for rule in rules if rule.decides in (Decides.VETO, Decides.CLUE)]
    query = sa.select(inspections.c.subject, inspections.c.code).join(found, found.c.inspection == inspections.c.id)
    query = query.where(inspections.c.round == round_id, found.c.outcome == Outcome.VIOLATION.value)
    return frozenset(
        (row.subject, row.code) for row in connection.execute(query.where(found.c.rule.in_(serious)).distinct())
    )


def suspect_site(site: Site, codes: frozenset[tuple[str, str]]) -> bool:
    """A portal may have been unqualified by its score alone."""
    return site.kind is SiteKind.PORTAL or (Subject.SITE, site.code) in codes


def follow_ups(results: Sequence[SiteResult] | Sequence[AccountResult]) -> Iterator[FollowUp]:
    for result in results:
        verdict = result.verdict
        if verdict.verdict is VerdictKind.UNQUALIFIED:
            yield FollowUp(verdict.subject, verdict.code, verdict.name, verdict.problems)
