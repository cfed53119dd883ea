"""Every question that the ledger puts to its database, in one text for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, func, insert, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from pasvik.ledger.tables import entry, posting, revoked, topic

HELD = (entry.c.seq, entry.c.body, entry.c.recorded)
Asked = Select[*tuple[Any, ...]]                               # a question whose answer has any number of columns
_BACK = revoked.alias("back")


@cache
def adding(table: Table, dialect: str) -> str:
    """The text that adds whole rows, values in the order of the columns, for the driver's own use: that is where bulk is fast."""
    dialects: dict[str, Any] = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}
    style = dialects[dialect](paramstyle="qmark" if dialect == "sqlite" else "format")
    return str(insert(table).compile(dialect=style))


def take_turn(key: int) -> Asked:
    """PostgreSQL only: wait for the other writers. Numbers are given out in the order in which they become visible."""
    return select(func.pg_advisory_xact_lock(key))


def head() -> Asked:
    """Position and link of the last entry."""
    return select(entry.c.seq, entry.c.chain).order_by(entry.c.seq.desc()).limit(1)


def known_ids(ids: Sequence[str]) -> Asked:
    """Which of these are held: id, position, kind, document, and the position of the standing retraction."""
    return select(entry.c.id, entry.c.seq, entry.c.kind, entry.c.document, _revoked_by(None)).where(entry.c.id.in_(ids))


def topics_after(id: int) -> Asked:
    """Topics put down since the topic of this number."""
    return select(topic).where(topic.c.id > id).order_by(topic.c.id)


def ids_of_document(document: str) -> Asked:
    """Id and position of each statement that a document makes, by itself or word for word like another."""
    said = select(entry.c.target).where(entry.c.document == document, entry.c.kind == "repeat")
    return (
        select(entry.c.id, entry.c.seq)
        .where(entry.c.kind == "statement", or_(entry.c.document == document, entry.c.id.in_(said)))
        .order_by(entry.c.seq))


def _revocations(seq: ColumnElement[int], basis: int | None) -> list[ColumnElement[bool]]:
    """Rows of `revoked` that take back this position, seen from a basis, and were not themselves taken back by then."""
    back = exists().where(_BACK.c.seq == revoked.c.by_seq, _until(_BACK.c.by_seq, basis)).correlate(revoked)
    return [revoked.c.seq == seq, _until(revoked.c.by_seq, basis), ~back]


def _stands(seq: ColumnElement[int], basis: int | None) -> ColumnElement[bool]:
    return ~exists().where(*_revocations(seq, basis)).correlate_except(revoked)


def _revoked_by(basis: int | None) -> ColumnElement[int | None]:
    return select(func.min(revoked.c.by_seq)).where(*_revocations(entry.c.seq, basis)).correlate(entry).scalar_subquery().label("retracted")


def _until(column: ColumnElement[int], limit: int | None) -> ColumnElement[bool]:
    return literal(True) if limit is None else column <= limit


def _in_view(known: int | None, basis: int | None, since: int | None = None) -> list[ColumnElement[bool]]:
    """The clocks, as conditions on a posting."""
    asked = [posting.c.topic == topic.c.id, _stands(posting.c.seq, basis)]
    if known is not None:
        asked.append(posting.c.published <= known)
    if since is not None:
        asked.append(posting.c.published >= since)
    if basis is not None:
        asked.append(posting.c.seq <= basis)
    return asked


def spoken_of(
    places: Sequence[str], lanes: Sequence[str], known: int | None, basis: int | None, curated: bool, most: int | None,
) -> Asked:
    """Place, lane word, weight, origin, publication and position of every status statement filed there.

    `most`: under each topic only those published at or after the newest-but-so-many. The scalar subquery is worked out
    once a topic, and the index answers it, so that the cost is that of the answer, not of the ledger.
    """
    asked = [topic.c.kind == "status", topic.c.place.in_(places), topic.c.lane.in_(lanes), *_in_view(known, basis)]
    if not curated:
        asked.append(topic.c.origin == "read")
    if most is not None:
        newer = posting.alias("newer")
        first = select(newer.c.published).where(newer.c.topic == topic.c.id, _stands(newer.c.seq, basis))
        if known is not None:
            first = first.where(newer.c.published <= known)
        if basis is not None:
            first = first.where(newer.c.seq <= basis)
        first = first.order_by(newer.c.published.desc(), newer.c.seq.desc()).limit(1).offset(most - 1)
        asked.append(posting.c.published >= func.coalesce(first.correlate(topic).scalar_subquery(), -(2**62)))
    filed = (topic.c.place, topic.c.lane, topic.c.weight, topic.c.origin, posting.c.published, posting.c.seq)
    return select(*filed).select_from(topic).join(posting, posting.c.topic == topic.c.id).where(*asked)


def filed_under(
    places: Sequence[str], kinds: Sequence[str] | None, since: int | None, known: int | None, basis: int | None, curated: bool,
    limit: int | None,
) -> Asked:
    """Positions of all statements under these places, newest publication first, each once."""
    asked = [topic.c.place.in_(places), *_in_view(known, basis, since)]
    if kinds is not None:
        asked.append(topic.c.kind.in_(kinds))
    if not curated:
        asked.append(topic.c.origin == "read")
    found = (
        select(posting.c.published, posting.c.seq).distinct().select_from(topic).join(posting, posting.c.topic == topic.c.id)
        .where(*asked).order_by(posting.c.published.desc(), posting.c.seq.desc()))
    return found if limit is None else found.limit(limit)


def statements_at(seqs: Sequence[int]) -> Asked:
    """Position, body and recording of the entries at these positions."""
    return select(*HELD).where(entry.c.seq.in_(seqs))


def with_ids(ids: Sequence[str], kind: str) -> Asked:
    """Entries of these ids, with their standing retraction."""
    return select(*HELD, _revoked_by(None)).where(entry.c.id.in_(ids), entry.c.kind == kind).order_by(entry.c.seq)


def documents(limit: int, before: int | None) -> Asked:
    """A page of documents, last recorded first."""
    found = select(*HELD, _revoked_by(None)).where(entry.c.kind == "document")
    if before is not None:
        found = found.where(entry.c.seq < before)
    return found.order_by(entry.c.seq.desc()).limit(limit)


def undated() -> Asked:
    """Documents without a date of publication."""
    return select(*HELD, _revoked_by(None)).where(entry.c.kind == "document", entry.c.published.is_(None)).order_by(entry.c.seq)


def in_document(document: str, kind: str) -> Asked:
    """Entries of a kind that stand in a document."""
    return select(*HELD).where(entry.c.document == document, entry.c.kind == kind).order_by(entry.c.seq)


def notes(kind: str, about: str | None, basis: int | None) -> Asked:
    """Verdicts, forecasts or retractions that stand."""
    found = select(entry.c.seq, entry.c.id, entry.c.kind, entry.c.target, entry.c.body, entry.c.recorded).where(
        entry.c.kind == kind, _until(entry.c.seq, basis), _stands(entry.c.seq, basis))
    return (found if about is None else found.where(entry.c.target == about)).order_by(entry.c.seq)


def recorded_at(basis: int) -> Asked:
    """When the entry at a position was recorded."""
    return select(entry.c.recorded).where(entry.c.seq == basis)


def kinds() -> Asked:
    """How many entries of each kind."""
    return select(entry.c.kind, func.count().label("number")).group_by(entry.c.kind).order_by(entry.c.kind)


def undated_count() -> Asked:
    """How many documents have no date of publication."""
    return select(func.count().label("number")).select_from(entry).where(entry.c.kind == "document", entry.c.published.is_(None))


def tallies(curated: bool) -> Asked:
    """Place, kind, number of statements, first and last publication."""
    asked = [topic.c.place != "", *_in_view(None, None)]
    if not curated:
        asked.append(topic.c.origin == "read")
    when = posting.c.published
    return (
        select(
            topic.c.place, topic.c.kind, func.count(posting.c.seq.distinct()).label("number"), func.min(when).label("first"),
            func.max(when).label("last"))
        .select_from(topic).join(posting, posting.c.topic == topic.c.id).where(*asked)
        .group_by(topic.c.place, topic.c.kind).order_by(topic.c.place, topic.c.kind))


def rows_after(seq: int, limit: int) -> Asked:
    """Whole entries behind a position, in order."""
    return select(entry).where(entry.c.seq > seq).order_by(entry.c.seq).limit(limit)


def postings_of(topic_id: int) -> Asked:
    """Published, position, state, commitment, start and stop of every posting under a topic."""
    return select(*(column for column in posting.c if column.name != "topic")).where(posting.c.topic == topic_id)


def strays() -> Asked:
    """How many postings stand under no topic."""
    return select(func.count()).select_from(posting).where(posting.c.topic.not_in(select(topic.c.id)))


def all_revoked() -> Asked:
    """Every pair of a position and what took it back."""
    return select(revoked.c.seq, revoked.c.by_seq)
