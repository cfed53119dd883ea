"""The drawers of the desk: persons, keys and sessions. Unlike the ledger, these change."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text

SCHEMA = "0001"                                                 # the newest file in migrations/versions
VERSIONS = "desk_version"                                       # its own, for on PostgreSQL the ledger's tables stand beside

metadata = MetaData()
Whole = BigInteger().with_variant(Integer(), "sqlite")

# Moments are whole seconds since 1970 (UTC). `subject`: who it is at another house (issuer and subject of OpenID Connect).
person = Table(
    "desk_person", metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("hash", Text),
    Column("subject", Text, unique=True),
    Column("active", Boolean, nullable=False),
    Column("created", Whole, nullable=False),
)

# `seal`: SHA-256 of the whole key. A revoked key stays, so that what it did can be told.
token = Table(
    "desk_token", metadata,
    Column("prefix", Text, primary_key=True),
    Column("seal", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("created", Whole, nullable=False),
    Column("expires", Whole),
    Column("revoked", Boolean, nullable=False),
)
Index("desk_token_owner", token.c.owner)

session = Table(
    "desk_session", metadata,
    Column("seal", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("expires", Whole, nullable=False),
)
Index("desk_session_owner", session.c.owner)
