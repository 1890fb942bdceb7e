"""The tables. ``migrations`` must lead to exactly these; a test compares both."""

import datetime as dt

import sqlalchemy as sa


class Instant(sa.types.TypeDecorator[dt.datetime]):
    """An instant in UTC, timezone-aware in Python on every database (SQLite itself knows no time zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite counts only an INTEGER key up by itself.
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _inspection() -> sa.Column[int]:
    key = sa.ForeignKey("inspections.id", ondelete="CASCADE")
    return sa.Column("inspection", SERIAL, key, nullable=False, index=True)


# ``sites`` and ``accounts`` are the registers as they were when the round began or was last taken up again.
rounds = sa.Table(
    "rounds",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("checkpoint", sa.Date, nullable=False),
    sa.Column("edition", sa.Text, nullable=False),
    sa.Column("overlay", sa.Text, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("sites", sa.LargeBinary, nullable=False),
    sa.Column("accounts", sa.LargeBinary),
)

# Rows are only ever added. ``digest`` is of the facts: the same item saved twice is one row.
inspections = sa.Table(
    "inspections",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("round", sa.Text, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("code", sa.Text, nullable=False, index=True),
    sa.Column("started", Instant, nullable=False),
    sa.Column("finished", Instant, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("crashed", sa.Boolean, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("facts", sa.LargeBinary, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, server_default="site"),  # or account
    sa.UniqueConstraint("round", "code", "digest"),
)

# Derived from the facts by the rules, replaced whenever they are derived again. ``number`` keeps their order.
findings = sa.Table(
    "findings",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    _inspection(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("key", sa.Text, nullable=False, index=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)

# What each inspection saw of each column, for comparison with later ones without opening the facts.
column_history = sa.Table(
    "column_history",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    _inspection(),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("fetch", sa.Text, nullable=False),
    sa.Column("newest", sa.Date),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("blank", sa.Boolean),
)

# A person's decisions. Rows are only ever added; the last one of a key counts.
reviews = sa.Table(
    "reviews",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, index=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

# One look at a home page each. Rows are only ever added; ``voided`` ones are kept and not counted. ``run`` is when the
# run of ``scrapy crawl uptime`` began, ``redirects`` the addresses on the way, one a line.
probes = sa.Table(
    "probes",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("run", Instant, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("ok", sa.Boolean, nullable=False),
    sa.Column("seconds", sa.Float),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("first_byte", sa.Float),
    sa.Column("looks", sa.Integer, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("final_url", sa.Text, nullable=False),
    sa.Column("redirects", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("voided", sa.Text, nullable=False),
    sa.Index("ix_probes_code_at", "code", "at"),
)

# 报备, as the outages register was when it was last read.
outages = sa.Table(
    "outages",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, index=True),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("approved_by", sa.Text, nullable=False),
)

# What each place that is notified was last told of a site and a rule. ``target`` is a digest: addresses hold secrets.
notices = sa.Table(
    "notices",
    METADATA,
    sa.Column("target", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("told", Instant, nullable=False),
)

# Every post that an inspection saw, as the first one saw it: lists forget, and what was deleted is still known.
account_posts = sa.Table(
    "account_posts",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, index=True),
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("seen", Instant, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.UniqueConstraint("code", "post"),
)

# What units hand in about an account: self-checks and exports of its back office. Rows are only ever added; ``day`` is
# the last day that it speaks of. ``code`` may be of no registered account: a new one.
account_statements = sa.Table(
    "account_statements",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("code", "digest"),
)

# What a look at the home page of a site brought that is registered as closed or as an exception. Rows are only ever added.
home_looks = sa.Table(
    "home_looks",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("round", sa.Text, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("facts", sa.LargeBinary, nullable=False),
    sa.Index("ix_home_looks_round_code", "round", "code"),
)

# What people answer where the machine cannot tell. Rows are only ever added; the last one of a code and rule counts, and
# ``withdrawn`` takes the earlier ones back.
answers = sa.Table(
    "answers",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("round", sa.Text, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("places", sa.Integer, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_answers_round_code", "round", "code"),
)

# The ledger of entries: each page that a list of the site led to, once. ``first`` and ``last`` are the inspections that
# saw it first and last, ``first_date`` and ``date`` what the list said then. ``text`` is the sketch of an article that
# was read. ``page`` is the digest of the address.
entries = sa.Table(
    "entries",
    METADATA,
    sa.Column("id", SERIAL, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("page", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("column_url", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("first_date", sa.Date),
    sa.Column("date", sa.Date),
    sa.Column("first", SERIAL, nullable=False),
    sa.Column("last", SERIAL, nullable=False),
    sa.Column("text", sa.Text),
    sa.UniqueConstraint("code", "page"),
)
