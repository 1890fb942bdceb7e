"""Rounds, inspections, findings and reviews in one database. Everything else that the outputs need is derived."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from govspider.facts import (
    EarlierColumn,
    Finding,
    Inspection,
    Outcome,
    Review,
    RoundResults,
    Site,
    SiteFacts,
    SiteResult,
)
from govspider.rules import Rule, finding_key
from govspider.store import codec, schema
from govspider.store.earlier import REMEMBERED, remembered
from govspider.store.engine import StoreError, connect, migrate, unopened, writing
from govspider.store.judging import findings_of
from govspider.store.lazy import LazySites
from govspider.store.marks import Mark, marks
from govspider.store.results import site_result
from govspider.store.values import ColumnSeen, Decision, Round, Saved, Seen

# A round names a folder.
ROUND_ID = re.compile(r"\w[\w.-]{0,39}")


class Store:
    """Use ``Store.open``. Every method is one transaction; all of them may be called from any thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = writing(engine)

    @classmethod
    def open(cls, url: str) -> Self:
        """``sqlite:///FILE`` or a PostgreSQL address. Brings the schema up to date; raises StoreError."""
        engine = connect(url)
        try:
            migrate(engine)
        except sa.exc.DBAPIError as error:
            engine.dispose()
            raise unopened(engine.url, error.orig or error) from error
        except StoreError:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------------------------------------------ rounds

    def start_round(
        self, round_id: str, checkpoint: dt.date, edition: str, overlay: str, sites: Sequence[Site]
    ) -> None:
        """Begins a round, or takes it up again: then only its register is replaced. ``sites`` is the whole register.

        The checkpoint stays that of the beginning, a re-inspection has its own in its facts. Raises StoreError when
        the round was begun with other rules.
        """
        if not ROUND_ID.fullmatch(round_id):
            raise StoreError(
                f"轮次名“{codec.clean(round_id)}”不能用：只能有文字、数字、点、横线和下划线，最长 40 个字。"
            )
        packed = codec.pack(codec.SITES, tuple(sites))
        with self._writer.begin() as connection:
            begun = _round(connection, round_id)
            if begun is None:
                now = dt.datetime.now(dt.UTC)
                row = {"id": round_id, "checkpoint": checkpoint, "edition": edition, "overlay": overlay}
                connection.execute(sa.insert(schema.rounds).values({**row, "created": now, "sites": packed}))
                return
            if (begun.edition, begun.overlay) != (edition, overlay):
                raise StoreError(
                    f"轮次 {round_id} 是按 {_rules_name(begun.edition, begun.overlay)} 开始的，不能改按"
                    f" {_rules_name(edition, overlay)} 检查。请另起一个轮次，或用 scrapy judge 换规则重新判定。"
                )
            which = schema.rounds.c.id == round_id
            connection.execute(sa.update(schema.rounds).where(which).values(sites=packed))

    def round(self, round_id: str) -> Round | None:
        with self._engine.begin() as connection:
            return _round(connection, round_id)

    def latest_round(self) -> str | None:
        """The round that was begun last."""
        newest = sa.select(schema.rounds.c.id).order_by(schema.rounds.c.created.desc(), schema.rounds.c.id.desc())
        with self._engine.begin() as connection:
            return connection.scalar(newest.limit(1))

    # ------------------------------------------------------------------------------------------------- inspections

    def save(self, inspection: Inspection) -> None:
        """Stores one site's facts and findings, whole or not at all. Saving the same facts again adds nothing."""
        facts = inspection.facts
        data = codec.dump(codec.FACTS, facts)
        digest = hashlib.sha256(data).hexdigest()
        finished = facts.finished_at or dt.datetime.now(dt.UTC)
        table = schema.inspections
        same = sa.select(table.c.id).where(
            table.c.round == inspection.round, table.c.code == facts.site.code, table.c.digest == digest
        )
        with self._writer.begin() as connection:
            if _round(connection, inspection.round) is None:
                raise StoreError(f"数据库里没有轮次 {inspection.round}。")
            saved = connection.scalar(same)
            if saved is None:
                row = {
                    "round": inspection.round,
                    "code": facts.site.code,
                    "started": facts.started_at or finished,
                    "finished": finished,
                    "complete": facts.complete,
                    "crashed": facts.crashed,
                    "digest": digest,
                    "facts": codec.compress(data),
                }
                saved = connection.scalars(sa.insert(table).values(row).returning(table.c.id)).one()
                _insert(connection, schema.column_history, _column_rows(saved, facts))
            _replace_findings(connection, saved, facts.site.code, inspection.findings)

    def finished(self, round_id: str) -> set[str]:
        """Codes of the sites that need no further look in this round: one inspection did not crash."""
        table = schema.inspections
        done = sa.select(table.c.code).where(table.c.round == round_id, sa.not_(table.c.crashed)).distinct()
        with self._engine.begin() as connection:
            return set(connection.scalars(done))

    def latest(self, round_id: str, code: str = "") -> Iterator[Saved]:
        """The latest inspection of each site of a round, or of one site, one after the other in memory."""
        with self._engine.begin() as connection:
            for found in _inspections(connection, round_id, code).values():
                yield _load(connection, found[-1])

    def facts(self, round_id: str, code: str = "") -> Iterator[SiteFacts]:
        return (saved.facts for saved in self.latest(round_id, code))

    def judge(self, round_id: str, rules: Sequence[Rule], edition: str, overlay: str) -> None:
        """Derives the findings of all the round's inspections again, all or none, and notes by which rules."""
        table = schema.inspections
        with self._writer.begin() as connection:
            which = schema.rounds.c.id == round_id
            connection.execute(sa.update(schema.rounds).where(which).values(edition=edition, overlay=overlay))
            for number in connection.scalars(sa.select(table.c.id).where(table.c.round == round_id)).all():
                facts = _facts(connection, number)
                _replace_findings(connection, number, facts.site.code, findings_of(rules, facts))

    def column_history(self, code: str, url: str) -> tuple[ColumnSeen, ...]:
        """What every inspection of every round saw of one column, oldest first."""
        columns, inspections = schema.column_history, schema.inspections
        fields = (columns.c.url, columns.c.name, columns.c.fetch, columns.c.newest, columns.c.entries, columns.c.blank)
        query = sa.select(inspections.c.finished, *fields).join(inspections, inspections.c.id == columns.c.inspection)
        query = query.where(inspections.c.code == code, columns.c.url == codec.clean(url)).order_by(columns.c.id)
        with self._engine.begin() as connection:
            return tuple(ColumnSeen(*row) for row in connection.execute(query))

    def earlier_columns(self, code: str) -> tuple[EarlierColumn, ...]:
        """The columns of which the site's last inspections, of whatever round, read entries; last seen last."""
        columns, inspections = schema.column_history, schema.inspections
        last = sa.select(inspections.c.id).where(inspections.c.code == code, sa.not_(inspections.c.crashed))
        last = last.order_by(inspections.c.id.desc()).limit(REMEMBERED)
        query = sa.select(columns.c.url, columns.c.name, columns.c.entries, inspections.c.finished, columns.c.newest)
        query = query.join(inspections, inspections.c.id == columns.c.inspection)
        query = query.where(columns.c.inspection.in_(last.scalar_subquery()), columns.c.entries > 0)
        with self._engine.begin() as connection:
            return remembered(tuple(row) for row in connection.execute(query.order_by(columns.c.id)))

    # ------------------------------------------------------------------------------------------- reviews and results

    def review(self, key: str, decision: Review, reviewer: str = "", note: str = "") -> None:
        """Adds a person's decision on a finding; earlier ones are kept, the last one counts."""
        row = {"key": key, "decision": decision.value, "at": dt.datetime.now(dt.UTC)}
        row |= {"reviewer": codec.clean(reviewer), "note": codec.clean(note)}
        with self._writer.begin() as connection:
            connection.execute(sa.insert(schema.reviews).values(row))

    def decisions(self, key: str) -> tuple[Decision, ...]:
        """All decisions on a finding, oldest first."""
        table = schema.reviews
        query = sa.select(table.c.key, table.c.decision, table.c.reviewer, table.c.note, table.c.at)
        with self._engine.begin() as connection:
            rows = connection.execute(query.where(table.c.key == key).order_by(table.c.id)).all()
        return tuple(Decision(row.key, Review(row.decision), row.reviewer, row.note, row.at) for row in rows)

    def marks(self, round_id: str) -> dict[str, Mark]:
        """Code → a mark of the site; while it stays the same, so does the site's part of the results."""
        with self._engine.begin() as connection:
            return marks(connection, round_id)

    def results(self, round_id: str, rules: Sequence[Rule], code: str = "") -> RoundResults:
        """Everything that the round's outputs are made of, or the part of one site. Raises StoreError for lack of a round.

        The sites are loaded while they are gone through, so the store must still be open then.
        """
        with self._engine.begin() as connection:
            found = _round(connection, round_id)
            if found is None:
                raise StoreError(f"数据库里没有轮次 {round_id}。")
            inspected = _inspections(connection, round_id, code)
            seen = _seen(connection, round_id, code)
            reviews = _reviews(connection)

        def load(site: Site) -> SiteResult:
            with self._engine.begin() as connection:
                saved = [_load(connection, number) for number in inspected.get(site.code, ())]
            return site_result(site, saved, rules, reviews, seen)

        sites = LazySites([site for site in found.sites if code in ("", site.code)], load)
        return RoundResults(round_id, found.checkpoint, found.edition, sites, dt.datetime.now(dt.UTC))


def _rules_name(edition: str, overlay: str) -> str:
    return f"{edition} 版指标（{overlay}）" if overlay else f"{edition} 版指标"


def _round(connection: sa.Connection, round_id: str) -> Round | None:
    row = connection.execute(sa.select(schema.rounds).where(schema.rounds.c.id == round_id)).one_or_none()
    if row is None:
        return None
    sites = codec.unpack(codec.SITES, row.sites)
    return Round(row.id, row.checkpoint, row.edition, row.overlay, row.created, sites)


def _inspections(connection: sa.Connection, round_id: str, code: str = "") -> dict[str, list[int]]:
    """Code → ids, oldest first. One that crashed says nothing and counts only where a site has no other."""
    table = schema.inspections
    query = sa.select(table.c.id, table.c.code, table.c.crashed).where(table.c.round == round_id).order_by(table.c.id)
    if code:
        query = query.where(table.c.code == code)
    sound: dict[str, list[int]] = {}
    crashed: dict[str, list[int]] = {}
    for row in connection.execute(query):
        (crashed if row.crashed else sound).setdefault(row.code, []).append(row.id)
    return {code: ids[-1:] for code, ids in crashed.items()} | sound


def _facts(connection: sa.Connection, number: int) -> SiteFacts:
    table = schema.inspections
    data = connection.scalars(sa.select(table.c.facts).where(table.c.id == number)).one()
    facts: SiteFacts = codec.unpack(codec.FACTS, data)
    return facts


def _load(connection: sa.Connection, number: int) -> Saved:
    table, findings = schema.inspections, schema.findings
    finished = connection.scalars(sa.select(table.c.finished).where(table.c.id == number)).one()
    rows = sa.select(findings.c.content).where(findings.c.inspection == number).order_by(findings.c.number)
    found = tuple(codec.FINDING.validate_json(content) for content in connection.scalars(rows))
    return Saved(_facts(connection, number), finished, found)


def _replace_findings(connection: sa.Connection, number: int, code: str, found: Sequence[Finding]) -> None:
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
    _insert(connection, schema.findings, rows)


def _column_rows(number: int, facts: SiteFacts) -> list[dict[str, object]]:
    return [
        {
            "inspection": number,
            "url": codec.clean(column.url),
            "name": codec.clean(column.name),
            "fetch": column.visit.fetch.value if column.visit else "",
            "newest": column.newest,
            "entries": column.entry_count,
            "blank": column.blank,
        }
        for column in facts.columns
    ]


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def _seen(connection: sa.Connection, round_id: str, code: str) -> dict[str, Seen]:
    """Key → when, for the violations of the sites of a round (or of one of them), over all rounds."""
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


def _reviews(connection: sa.Connection) -> dict[str, Review]:
    query = sa.select(schema.reviews.c.key, schema.reviews.c.decision).order_by(schema.reviews.c.id)
    return {key: Review(decision) for key, decision in connection.execute(query)}
