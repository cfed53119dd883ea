"""The shelves of the outbox: the last thing told of each cell, the events, and one row per event and channel."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

metadata = MetaData()
Whole = BigInteger().with_variant(Integer(), "sqlite")

# key: crossing|lane. headline: JSON. event: the event that told it, or NULL for what was so before we began. Moments: microseconds UTC.
told = Table(
    "outbox_told", metadata,
    Column("key", Text, primary_key=True), Column("headline", Text, nullable=False), Column("event", Text), Column("at", Whole, nullable=False))
# A headline that differs from what was told, waiting out the settling delay.
seen = Table(
    "outbox_seen", metadata,
    Column("key", Text, primary_key=True), Column("headline", Text, nullable=False), Column("first", Whole, nullable=False))
event = Table(
    "outbox_event", metadata,
    Column("seq", Whole, primary_key=True, autoincrement=True), Column("id", Text, nullable=False, unique=True),
    Column("made", Whole, nullable=False), Column("body", Text, nullable=False), sqlite_autoincrement=True)
# state: waiting, delivered or dead. due: not before then. error: the last sentence of what went wrong.
delivery = Table(
    "outbox_delivery", metadata,
    Column("event", Text, primary_key=True), Column("channel", Text, primary_key=True), Column("state", Text, nullable=False),
    Column("attempts", Whole, nullable=False), Column("due", Whole, nullable=False), Column("error", Text), Column("done", Whole))
Index("outbox_delivery_due", delivery.c.state, delivery.c.due)
lease = Table(
    "outbox_lease", metadata, Column("name", Text, primary_key=True), Column("holder", Text, nullable=False), Column("until", Whole, nullable=False))
