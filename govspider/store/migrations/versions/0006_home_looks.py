"""Looks at the home pages of sites that are not inspected."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "home_looks",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("round", sa.Text, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_home_looks_round_code", "home_looks", ["round", "code"])
