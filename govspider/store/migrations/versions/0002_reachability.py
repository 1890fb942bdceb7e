"""Probes of home pages, announced outages, and the warnings that were told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "probes",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("run", INSTANT, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
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
    )
    op.create_index("ix_probes_code_at", "probes", ["code", "at"])
    op.create_table(
        "outages",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, index=True),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("told", INSTANT, nullable=False),
    )
