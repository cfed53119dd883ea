"""The shelves of the ledger: the entries themselves, and the postings by which they are found."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint

SCHEMA = "0001"                                                 # the newest file in migrations/versions

metadata = MetaData()
Whole = BigInteger().with_variant(Integer(), "sqlite")          # a STRICT SQLite table knows INTEGER, of the same 64 bits

# seq is the position, which the outside calls basis. Moments are whole microseconds since 1970 (UTC): they sort and compare
# alike in every database. `document`: the document that a statement, puzzle or repeat stands in. `target`: what a
# retraction, repeat, verdict or forecast is about.
entry = Table(
    "entry", metadata,
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("document", Text),
    Column("target", Text),
    Column("published", Whole),
    Column("recorded", Whole, nullable=False),
    Column("origin", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("chain", Text, nullable=False),
    UniqueConstraint("id", name="entry_id"),
    sqlite_strict=True,
)
Index("entry_kind", entry.c.kind, entry.c.seq)
Index("entry_document", entry.c.document, sqlite_where=entry.c.document.is_not(None), postgresql_where=entry.c.document.is_not(None))
Index("entry_target", entry.c.target, sqlite_where=entry.c.target.is_not(None), postgresql_where=entry.c.target.is_not(None))
_UNDATED = (entry.c.kind == "document") & entry.c.published.is_(None)
Index("entry_undated", entry.c.seq, sqlite_where=_UNDATED, postgresql_where=_UNDATED)

# What can be spoken of: a place (crossing id, border:FI-RU, or '' for everywhere), in a kind of statement, for a lane word
# ('all' stays 'all'; '' where no cell is meant), with a weight (decision, report or talk), read or curated. There are
# thousands of topics, not millions.
topic = Table(
    "topic", metadata,
    Column("id", Whole, primary_key=True, autoincrement=False),
    Column("place", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("weight", Text, nullable=False),
    Column("origin", Text, nullable=False),
    UniqueConstraint("place", "kind", "lane", "weight", "origin", name="topic_words"),
    sqlite_strict=True,
)

# One row for each dated statement under each of its topics, with what it takes to weigh it unread. starts/stops: the span
# told, in microseconds, NULL = open.
posting = Table(
    "posting", metadata,
    Column("topic", Whole, primary_key=True, autoincrement=False),
    Column("published", Whole, primary_key=True, autoincrement=False),
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("state", Text),
    Column("commitment", Text),
    Column("starts", Whole),
    Column("stops", Whole),
    sqlite_strict=True, sqlite_with_rowid=False,
)

# Which position was taken back by which later position. A retraction can itself be taken back.
revoked = Table(
    "revoked", metadata,
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("by_seq", Whole, primary_key=True, autoincrement=False),
    sqlite_strict=True, sqlite_with_rowid=False,
)
