"""Rounds, inspections, findings and reviews in one database. Everything else that the outputs need is derived."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from govspider.facts import (
    Account,
    AccountFacts,
    EarlierClue,
    EarlierColumn,
    EarlierLink,
    FollowUp,
    GivenAnswer,
    Inspection,
    Past,
    Review,
    RoundResults,
    Site,
    SiteFacts,
    SiteResult,
    SiteStatus,
    Subject,
)
from govspider.rules import Rule, Rules
from govspider.store import codec, ledger, rows, schema
from govspider.store.accounts import AccountLog, account_results, self_checks, stored_accounts
from govspider.store.answers import add_answers, given_answers
from govspider.store.earlier import REMEMBERED, clue_places, dead_links, remembered
from govspider.store.engine import StoreError, connect, migrate, unopened, writing
from govspider.store.follow_ups import follow_ups, round_before, suspect_site, suspects
from govspider.store.judging import Facts, bare, completed, findings_of, with_fresh
from govspider.store.lazy import Lazy
from govspider.store.looks import LookLog, last_look
from govspider.store.marks import Mark, marks
from govspider.store.notices import NoticeLog
from govspider.store.probes import ProbeLog
from govspider.store.results import outside_result, site_result
from govspider.store.values import ColumnSeen, Decision, Round, Saved

# A round names a folder.
ROUND_ID = re.compile(r"\w[\w.-]{0,39}")


class Store:
    """Use ``Store.open``. Every method is one transaction; all of them may be called from any thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = writing(engine)
        self.probes = ProbeLog(engine)
        self.notices = NoticeLog(engine)
        self.accounts = AccountLog(engine)
        self.looks = LookLog(engine)

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
        self,
        round_id: str,
        checkpoint: dt.date,
        edition: str,
        overlay: str,
        sites: Sequence[Site] | None = None,
        accounts: Sequence[Account] | None = None,
    ) -> None:
        """Begins a round, or takes it up again: then only a register that is given is replaced, as a whole.

        The checkpoint stays that of the beginning, a re-inspection has its own in its facts. Raises StoreError when
        the round was begun with other rules.
        """
        if not ROUND_ID.fullmatch(round_id):
            raise StoreError(
                f"轮次名“{codec.clean(round_id)}”不能用：只能有文字、数字、点、横线和下划线，最长 40 个字。"
            )
        registers: dict[str, bytes] = {}
        if sites is not None:
            registers["sites"] = codec.pack(codec.SITES, tuple(sites))
        if accounts is not None:
            registers["accounts"] = codec.pack(codec.ACCOUNTS, tuple(accounts))
        with self._writer.begin() as connection:
            begun = _round(connection, round_id)
            if begun is None:
                now = dt.datetime.now(dt.UTC)
                row = {"id": round_id, "checkpoint": checkpoint, "edition": edition, "overlay": overlay}
                none = {"sites": codec.pack(codec.SITES, ())}
                connection.execute(sa.insert(schema.rounds).values({**row, "created": now, **none, **registers}))
                return
            if (begun.edition, begun.overlay) != (edition, overlay):
                raise StoreError(
                    f"轮次 {round_id} 是按 {_rules_name(begun.edition, begun.overlay)} 开始的，不能改按"
                    f" {_rules_name(edition, overlay)} 检查。请另起一个轮次，或用 scrapy judge 换规则重新判定。"
                )
            if registers:
                which = schema.rounds.c.id == round_id
                connection.execute(sa.update(schema.rounds).where(which).values(registers))

    def round(self, round_id: str) -> Round | None:
        with self._engine.begin() as connection:
            return _round(connection, round_id)

    def latest_round(self) -> str | None:
        """The round that was begun last."""
        return next(iter(self.rounds()), None)

    def rounds(self) -> tuple[str, ...]:
        """The names of all rounds, what was begun last first."""
        newest = sa.select(schema.rounds.c.id).order_by(schema.rounds.c.created.desc(), schema.rounds.c.id.desc())
        with self._engine.begin() as connection:
            return tuple(connection.scalars(newest))

    # ------------------------------------------------------------------------------------------------- inspections

    def save(self, inspection: Inspection) -> None:
        """Stores the facts and findings of one site or account, whole or not at all. The same facts again add nothing."""
        facts = bare(inspection.facts)
        with self._writer.begin() as connection:
            if _round(connection, inspection.round) is None:
                raise StoreError(f"数据库里没有轮次 {inspection.round}。")
            number, added = rows.add_inspection(connection, inspection.round, facts)
            if added and isinstance(facts, SiteFacts):
                rows.insert(connection, schema.column_history, _column_rows(number, facts))
                if not facts.crashed:
                    ledger.record(connection, number, facts)
            elif added and isinstance(facts, AccountFacts):
                self.accounts.remember(connection, facts)
            rows.replace_findings(connection, number, facts.code, inspection.findings)

    def finished(self, round_id: str, subject: Subject = Subject.SITE) -> set[str]:
        """Codes of those that need no further look in this round: one inspection did not crash."""
        table = schema.inspections
        done = sa.select(table.c.code).where(table.c.round == round_id, sa.not_(table.c.crashed))
        done = done.where(table.c.subject == subject).distinct()
        with self._engine.begin() as connection:
            return set(connection.scalars(done))

    def latest(self, round_id: str, code: str = "") -> Iterator[Saved]:
        """The latest inspection of each site of a round, or of one site, one after the other in memory."""
        with self._engine.begin() as connection:
            for found in rows.inspections(connection, round_id, Subject.SITE, code).values():
                yield _load(connection, round_id, found[-1])

    def facts(self, round_id: str, code: str = "") -> Iterator[SiteFacts]:
        return (saved.facts for saved in self.latest(round_id, code))

    def judge(self, round_id: str, rules: Rules, edition: str, overlay: str) -> None:
        """Derives the findings of all the round's inspections again, all or none, and notes by which rules."""
        table = schema.inspections
        with self._writer.begin() as connection:
            which = schema.rounds.c.id == round_id
            connection.execute(sa.update(schema.rounds).where(which).values(edition=edition, overlay=overlay))
            sites = sa.select(table.c.id).where(table.c.round == round_id, table.c.subject == Subject.SITE)
            for number in connection.scalars(sites).all():
                facts = completed(connection, round_id, _facts(connection, number))
                rows.replace_findings(connection, number, facts.code, findings_of(rules, facts))
            for number, looked in stored_accounts(connection, round_id):
                account = completed(connection, round_id, looked)
                rows.replace_findings(connection, number, account.code, findings_of(rules, account))

    def judge_again(self, round_id: str, some: Sequence[Rule]) -> None:
        """Derives again what ``some`` rules say of the round's sites: they go by what was not there when those were judged."""
        table = schema.inspections
        sites = sa.select(table.c.id).where(table.c.round == round_id, table.c.subject == Subject.SITE)
        with self._writer.begin() as connection:
            for number in connection.scalars(sites).all():
                facts = completed(connection, round_id, _facts(connection, number))
                found = with_fresh(rows.findings(connection, number), findings_of(some, facts))
                rows.replace_findings(connection, number, facts.code, found)

    def completed(self, round_id: str, facts: Facts) -> Facts:
        """A walk's facts with what else the rules go by: probes, announced outages."""
        with self._engine.begin() as connection:
            return completed(connection, round_id, facts)

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
        last = last.where(inspections.c.subject == Subject.SITE)
        last = last.order_by(inspections.c.id.desc()).limit(REMEMBERED)
        query = sa.select(columns.c.url, columns.c.name, columns.c.entries, inspections.c.finished, columns.c.newest)
        query = query.join(inspections, inspections.c.id == columns.c.inspection)
        query = query.where(columns.c.inspection.in_(last.scalar_subquery()), columns.c.entries > 0)
        with self._engine.begin() as connection:
            return remembered(tuple(row) for row in connection.execute(query.order_by(columns.c.id)))

    def past(self, code: str, round_id: str) -> Past:
        """What earlier inspections of a site saw of its lists, texts and templates, for its next walk in this round."""
        with self._engine.begin() as connection:
            return ledger.past(connection, code, round_id)

    def earlier_links(self, code: str) -> tuple[EarlierLink, ...]:
        """The links that the site's last inspection, of whatever round, found dead or left open."""
        last = self._last_facts(code)
        return dead_links(last) if last is not None else ()

    def earlier_clues(self, code: str) -> tuple[EarlierClue, ...]:
        """Where the site's last inspection, of whatever round, found what must not be there."""
        last = self._last_facts(code)
        return clue_places(last) if last is not None else ()

    def _last_facts(self, code: str) -> SiteFacts | None:
        table = schema.inspections
        last = sa.select(table.c.id).where(table.c.code == code, sa.not_(table.c.crashed))
        last = last.where(table.c.subject == Subject.SITE).order_by(table.c.id.desc()).limit(1)
        with self._engine.begin() as connection:
            number = connection.scalar(last)
            return _facts(connection, number) if number is not None else None

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

    def marks(self, round_id: str, subject: Subject = Subject.SITE) -> dict[str, Mark]:
        """Code → a mark of the site or account; while it stays the same, so does its part of the results."""
        with self._engine.begin() as connection:
            return marks(connection, round_id, subject)

    def answer(self, round_id: str, given: Sequence[GivenAnswer], rules: Rules) -> None:
        """Adds answers of people, all or none, and derives again what the answered rules say. Raises StoreError."""
        by_code: dict[str, set[str]] = {}
        for one in given:
            by_code.setdefault(one.code, set()).add(one.rule)
        with self._writer.begin() as connection:
            if _round(connection, round_id) is None:
                raise StoreError(f"数据库里没有轮次 {round_id}。")
            add_answers(connection, round_id, given)
            for code, asked in by_code.items():
                here = [rule for rule in rules if rule.id in asked]
                for number, facts in rows.stored_facts(connection, round_id, code):
                    fresh = findings_of(here, completed(connection, round_id, facts))
                    found = with_fresh(rows.findings(connection, number), fresh)
                    rows.replace_findings(connection, number, code, found)

    def answers(self, round_id: str, code: str = "") -> tuple[GivenAnswer, ...]:
        """Every answer of the round, or those about one site or account, oldest first."""
        with self._engine.begin() as connection:
            return given_answers(connection, round_id, code)

    def results(self, round_id: str, rules: Rules, code: str = "") -> RoundResults:
        """Everything that the round's outputs are made of, or the part of one site. Raises StoreError for lack of a round.

        The sites are loaded while they are gone through, so the store must still be open then.
        """
        with self._engine.begin() as connection:
            found = _round(connection, round_id)
            if found is None:
                raise StoreError(f"数据库里没有轮次 {round_id}。")
            reviews = rows.reviews(connection)
            sites = self._sites(connection, found, rules, reviews, code)
            accounts = account_results(self._engine, connection, found, rules, reviews) if not code else ()
            checked = self_checks(connection, found.checkpoint) if not code else ()
            before = round_before(connection, round_id) if not code else None
        made = dt.datetime.now(dt.UTC)
        results = RoundResults(round_id, found.checkpoint, found.edition, sites, made, accounts, self_checks=checked)
        return (
            replace(results, earlier_round=before, followups=self._follow_ups(before, round_id, rules))
            if before
            else results
        )

    def _sites(
        self, connection: sa.Connection, found: Round, rules: Rules, reviews: Mapping[str, Review], code: str = ""
    ) -> Sequence[SiteResult]:
        """Of every site of the round's register, or of one, loaded when it is come to."""
        inspected = rows.inspections(connection, found.id, Subject.SITE, code)
        seen = rows.seen(connection, found.id, code)

        def load(site: Site) -> SiteResult:
            with self._engine.begin() as loading:
                if site.status is not SiteStatus.NORMAL:
                    return outside_result(site, last_look(loading, found.id, site.code), rules, reviews)
                saved = [_load(loading, found.id, number) for number in inspected.get(site.code, ())]
            return site_result(site, saved, rules, reviews, seen)

        return Lazy([site for site in found.sites if code in ("", site.code)], load)

    def _follow_ups(self, before: str, round_id: str, rules: Rules) -> tuple[FollowUp, ...]:
        """Of the round ``before`` this one, as it was when this one was begun."""
        with self._engine.begin() as connection:
            found = _round(connection, before)
            if found is None:
                return ()
            codes = suspects(connection, before, rules)
            sites = tuple(site for site in found.sites if suspect_site(site, codes))
            accounts = tuple(account for account in found.accounts if (Subject.ACCOUNT, account.code) in codes)
            found, reviews = replace(found, sites=sites, accounts=accounts), rows.reviews_before(connection, round_id)
            of_sites = self._sites(connection, found, rules, reviews)
            of_accounts = account_results(self._engine, connection, found, rules, reviews)
        return (*follow_ups(of_sites), *follow_ups(of_accounts))


def _rules_name(edition: str, overlay: str) -> str:
    return f"{edition} 版指标（{overlay}）" if overlay else f"{edition} 版指标"


def _round(connection: sa.Connection, round_id: str) -> Round | None:
    row = connection.execute(sa.select(schema.rounds).where(schema.rounds.c.id == round_id)).one_or_none()
    if row is None:
        return None
    sites = codec.unpack(codec.SITES, row.sites)
    accounts = codec.unpack(codec.ACCOUNTS, row.accounts) if row.accounts else ()
    return Round(row.id, row.checkpoint, row.edition, row.overlay, row.created, sites, accounts)


def _facts(connection: sa.Connection, number: int) -> SiteFacts:
    table = schema.inspections
    data = connection.scalars(sa.select(table.c.facts).where(table.c.id == number)).one()
    facts: SiteFacts = codec.unpack(codec.FACTS, data)
    return facts


def _load(connection: sa.Connection, round_id: str, number: int) -> Saved:
    table = schema.inspections
    finished = connection.scalars(sa.select(table.c.finished).where(table.c.id == number)).one()
    facts = completed(connection, round_id, _facts(connection, number))
    return Saved(facts, finished, rows.findings(connection, number))


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
