"""What is kept of accounts: their inspections, every post that was seen, and what units hand in about them."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from govspider.accounts.cells import last_of_month
from govspider.accounts.matching import unlisted
from govspider.accounts.merging import identity, merged
from govspider.facts import (
    Account,
    AccountFacts,
    AccountMention,
    AccountResult,
    Part,
    Post,
    Review,
    SelfCheck,
    SignOf,
    SiteFacts,
    SourceRead,
    Statement,
    Subject,
    Trust,
)
from govspider.rules import Rule
from govspider.store import codec, rows, schema
from govspider.store.account_results import account_result
from govspider.store.engine import writing
from govspider.store.lazy import Lazy
from govspider.store.values import Round, SavedAccount

LEDGER = "ledger"
MOST_POSTS = 500  # of an account, that are looked up again
SPEAKS_FOR_DAYS = 100  # how long before the checkpoint a statement may end and still speak of the round
ABLE_FOR_DAYS = 31  # and of what the account can do: the month before is the last one that is over


class AccountLog:
    """The accounts' part of a store."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = writing(engine)

    def remember(self, connection: sa.Connection, facts: AccountFacts) -> None:
        """Adds the posts that were never seen before."""
        table = schema.account_posts
        at = facts.finished_at or dt.datetime.now(dt.UTC)
        known = set(connection.scalars(sa.select(table.c.post).where(table.c.code == facts.code)))
        fresh = {key: post for post in facts.posts if (key := post_key(post)) not in known}
        rows.insert(connection, table, [_post_row(facts.code, key, post, at) for key, post in fresh.items()])

    def latest(self, round_id: str, code: str = "") -> Iterator[SavedAccount]:
        """The latest inspection of each account of a round, or of one, one after the other in memory."""
        with self._engine.begin() as connection:
            for found in rows.inspections(connection, round_id, Subject.ACCOUNT, code).values():
                yield _load(connection, found[-1])

    def results(self, found: Round, rules: Sequence[Rule]) -> Sequence[AccountResult]:
        """Of every account of the round's register, loaded when it is come to."""
        with self._engine.begin() as connection:
            return account_results(self._engine, connection, found, rules, rows.reviews(connection))

    def hand_in(self, statements: Sequence[Statement]) -> int:
        """Adds what units handed in, all or nothing; how many were new."""
        table = schema.account_statements
        added = 0
        with self._writer.begin() as connection:
            for one in statements:
                data = codec.dump(codec.STATEMENT, one)
                digest = hashlib.sha256(data).hexdigest()
                same = sa.select(table.c.id).where(table.c.code == one.code, table.c.digest == digest)
                if connection.scalar(same) is None:
                    row = {"code": one.code, "kind": one.kind, "day": one.day, "file": codec.clean(one.file)}
                    row |= {"digest": digest, "at": dt.datetime.now(dt.UTC), "content": codec.compress(data)}
                    connection.execute(sa.insert(table).values(row))
                    added += 1
        return added


def self_checks(connection: sa.Connection, checkpoint: dt.date) -> tuple[SelfCheck, ...]:
    """What units reported in the months that the round looks at; of an account's month the last report."""
    table = schema.account_statements
    query = sa.select(table.c.content).where(table.c.kind == "selfcheck", _speaks(checkpoint)).order_by(table.c.id)
    found = [codec.unpack(codec.STATEMENT, content).selfcheck for content in connection.scalars(query)]
    return tuple({(one.code, one.month): one for one in found if one is not None}.values())


def _speaks(checkpoint: dt.date) -> sa.ColumnElement[bool]:
    """Of the time before the checkpoint. The month's own self-check ends with the month; an export may be of any time
    after it, since each of its posts has a day."""
    table = schema.account_statements
    since, until = checkpoint - dt.timedelta(days=SPEAKS_FOR_DAYS), last_of_month(checkpoint)
    return (table.c.day >= since) & ((table.c.day <= until) | (table.c.kind != "selfcheck"))


def complete_account(connection: sa.Connection, facts: AccountFacts) -> AccountFacts:
    """The facts with what earlier inspections saw and what units handed in."""
    for part in (_ledger(connection, facts), *_handed_in(connection, facts)):
        facts = merged(facts, part) if part.posts or part.signs or part.source.adapter != LEDGER else facts
    return facts


def unlisted_of(connection: sa.Connection, round_id: str, facts: SiteFacts) -> tuple[AccountMention, ...] | None:
    """The accounts that a site shows and the round's register lacks; None where the round has no accounts."""
    packed = connection.scalar(sa.select(schema.rounds.c.accounts).where(schema.rounds.c.id == round_id))
    if not packed:
        return None
    if not facts.mentions:
        return ()
    return unlisted(facts.mentions, codec.unpack(codec.ACCOUNTS, packed), facts.site.sponsor)


def account_results(
    engine: sa.Engine, connection: sa.Connection, found: Round, rules: Sequence[Rule], reviews: Mapping[str, Review]
) -> Sequence[AccountResult]:
    """Of every account of the round's register, loaded when it is come to."""
    inspected = rows.inspections(connection, found.id, Subject.ACCOUNT)
    seen = rows.seen(connection, found.id, "")

    def load(account: Account) -> AccountResult:
        with engine.begin() as loading:
            saved = [_load(loading, number) for number in inspected.get(account.code, ())]
        return account_result(account, saved, rules, reviews, seen)

    return Lazy(found.accounts, load)


def stored_accounts(connection: sa.Connection, round_id: str) -> Iterator[tuple[int, AccountFacts]]:
    """Every inspection of an account in the round: its number and its facts as the walk left them."""
    table = schema.inspections
    query = sa.select(table.c.id).where(table.c.round == round_id, table.c.subject == Subject.ACCOUNT)
    for number in connection.scalars(query).all():
        yield number, _facts(connection, number)


def post_key(post: Post) -> str:
    return hashlib.sha256("\n".join(identity(post)).encode("utf-8", "replace")).hexdigest()[:24]


def _post_row(code: str, key: str, post: Post, at: dt.datetime) -> dict[str, object]:
    content = codec.dump(codec.POST, post).decode()
    return {"code": code, "post": key, "published": post.published, "seen": at, "content": content}


def _ledger(connection: sa.Connection, facts: AccountFacts) -> Part:
    """What inspections before this one saw."""
    table = schema.account_posts
    query = sa.select(table.c.content).where(table.c.code == facts.code)
    if facts.started_at is not None:
        query = query.where(table.c.seen < facts.started_at)
    query = query.order_by(table.c.published.desc().nulls_last(), table.c.id).limit(MOST_POSTS)
    posts = tuple(replace(codec.POST.validate_json(content), trust=Trust.SEEN) for content in connection.scalars(query))
    newest = max((post.published for post in posts if post.published), default=None)
    return Part(SourceRead(LEDGER, Trust.SEEN, "", posts=len(posts), newest=newest), posts)


def _handed_in(connection: sa.Connection, facts: AccountFacts) -> tuple[Part, ...]:
    """What speaks of the time before the checkpoint; of a self-check that was handed in again, the last one."""
    table = schema.account_statements
    query = sa.select(table.c.content).where(table.c.code == facts.code, _speaks(facts.checkpoint))
    found = [codec.unpack(codec.STATEMENT, content) for content in connection.scalars(query.order_by(table.c.id))]
    last = {(one.kind, one.day, one.file if one.kind == "export" else ""): one for one in found}
    days = [one.day for one in last.values() if one.kind == "selfcheck"]
    latest = max((day for day in days if day >= facts.checkpoint - dt.timedelta(days=ABLE_FOR_DAYS)), default=None)
    return tuple(_of_its_time(one, one.part, latest) for one in last.values() if one.part is not None)


def _of_its_time(statement: Statement, part: Part, latest: dt.date | None) -> Part:
    """What an account can do is told by the ``latest`` self-check alone; what became of it, by every one."""
    if statement.kind != "selfcheck" or statement.day == latest:
        return part
    return replace(part, signs=tuple(sign for sign in part.signs if sign.of is SignOf.LISTED))


def _facts(connection: sa.Connection, number: int) -> AccountFacts:
    table = schema.inspections
    data = connection.scalars(sa.select(table.c.facts).where(table.c.id == number)).one()
    facts: AccountFacts = codec.unpack(codec.ACCOUNT_FACTS, data)
    return facts


def _load(connection: sa.Connection, number: int) -> SavedAccount:
    table = schema.inspections
    finished = connection.scalars(sa.select(table.c.finished).where(table.c.id == number)).one()
    facts = complete_account(connection, _facts(connection, number))
    return SavedAccount(facts, finished, rows.findings(connection, number))
