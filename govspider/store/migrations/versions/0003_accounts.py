"""New-media accounts beside the sites: their register, their inspections, and what units hand in about them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("rounds", sa.Column("accounts", sa.LargeBinary))
    op.add_column("inspections", sa.Column("subject", sa.Text, nullable=False, server_default="site"))
    op.create_table(
        "account_posts",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, index=True),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("seen", INSTANT, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.UniqueConstraint("code", "post"),
    )
    op.create_table(
        "account_statements",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("code", "digest"),
    )
