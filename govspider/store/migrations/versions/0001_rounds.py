"""Rounds, inspections with their findings and columns, reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("checkpoint", sa.Date, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("overlay", sa.Text, nullable=False),
        sa.Column("created", INSTANT, nullable=False),
        sa.Column("sites", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "inspections",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("round", sa.Text, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("code", sa.Text, nullable=False, index=True),
        sa.Column("started", INSTANT, nullable=False),
        sa.Column("finished", INSTANT, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("crashed", sa.Boolean, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("round", "code", "digest"),
    )
    op.create_table(
        "findings",
        sa.Column("id", SERIAL, primary_key=True),
        _inspection(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False, index=True),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "column_history",
        sa.Column("id", SERIAL, primary_key=True),
        _inspection(),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("fetch", sa.Text, nullable=False),
        sa.Column("newest", sa.Date),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("blank", sa.Boolean),
    )
    op.create_table(
        "reviews",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, index=True),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )


def _inspection() -> sa.Column[int]:
    key = sa.ForeignKey("inspections.id", ondelete="CASCADE")
    return sa.Column("inspection", SERIAL, key, nullable=False, index=True)
