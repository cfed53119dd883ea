"""The first drawers: persons, keys and sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "desk_person",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("hash", sa.Text),
        sa.Column("subject", sa.Text, unique=True),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created", WHOLE, nullable=False),
    )
    op.create_table(
        "desk_token",
        sa.Column("prefix", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("seal", "owner", "scopes", "label")),
        sa.Column("created", WHOLE, nullable=False),
        sa.Column("expires", WHOLE),
        sa.Column("revoked", sa.Boolean, nullable=False),
    )
    op.create_index("desk_token_owner", "desk_token", ["owner"])
    op.create_table(
        "desk_session",
        sa.Column("seal", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("expires", WHOLE, nullable=False),
    )
    op.create_index("desk_session_owner", "desk_session", ["owner"])
