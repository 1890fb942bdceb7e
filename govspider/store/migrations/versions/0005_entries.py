"""The ledger of entries."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "entries",
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
