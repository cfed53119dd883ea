"""The first tables: entries, the topics and postings by which they are found, and what was taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("entry", "topic", "posting", "revoked")


def upgrade() -> None:
    """Make the tables, and have the database itself refuse to change or remove what is in them."""
    _entries()
    _index()
    for table in TABLES:
        _refuse(table)


def _entries() -> None:
    op.create_table(
        "entry",
        sa.Column("seq", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("document", sa.Text),
        sa.Column("target", sa.Text),
        sa.Column("published", WHOLE),
        sa.Column("recorded", WHOLE, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="entry_id"),
        sqlite_strict=True,
    )
    op.create_index("entry_kind", "entry", ["kind", "seq"])
    for column in ("document", "target"):
        told = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"entry_{column}", "entry", [column], sqlite_where=told, postgresql_where=told)
    undated = sa.text("kind = 'document' AND published IS NULL")
    op.create_index("entry_undated", "entry", ["seq"], sqlite_where=undated, postgresql_where=undated)


def _index() -> None:
    words = ("place", "kind", "lane", "weight", "origin")
    op.create_table(
        "topic",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=False),
        *(sa.Column(word, sa.Text, nullable=False) for word in words),
        sa.UniqueConstraint(*words, name="topic_words"),
        sqlite_strict=True,
    )
    op.create_table(
        "posting",
        *(sa.Column(name, WHOLE, primary_key=True, autoincrement=False) for name in ("topic", "published", "seq")),
        sa.Column("state", sa.Text),
        sa.Column("commitment", sa.Text),
        sa.Column("starts", WHOLE),
        sa.Column("stops", WHOLE),
        sqlite_strict=True, sqlite_with_rowid=False,
    )
    op.create_table(
        "revoked",
        *(sa.Column(name, WHOLE, primary_key=True, autoincrement=False) for name in ("seq", "by_seq")),
        sqlite_strict=True, sqlite_with_rowid=False,
    )


def _refuse(table: str) -> None:
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is never changed: retract instead'); END")
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION ledger_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is never changed: retract instead'; END $$")
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION ledger_never_changed()")
