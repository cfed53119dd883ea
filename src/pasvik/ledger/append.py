"""Writing: entries get their position, their seal and their headings, in one turn and all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from pasvik.ledger import queries, tables
from pasvik.ledger.chain import START, link
from pasvik.ledger.contract import Appended, NotHeld
from pasvik.ledger.entries import Entry, entries_of, note_entry, read_note, repeat_entry, retraction_entry
from pasvik.ledger.topics import Topic
from pasvik.terms.capture import Document, digest
from pasvik.terms.statement import Puzzle, Statement

MANY = 5000                                                     # bound parameters in one question; both databases take more
GONE = "its document was retracted"
JUDGED = "a reviewer's verdict"                                 # how the reason of a retraction begins that a verdict brought about
Reading = tuple[Document, Sequence[Statement], Sequence[Puzzle]]


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that is held: its position, kind, the document it stands in, and the position of its standing retraction."""

    seq: int
    kind: str
    document: str | None
    retracted: int | None


@dataclass(slots=True)
class Turn:
    """One writer's turn: what is held already, and the rows to put down when it ends.

    `topics` are the numbers of the topics put down by finished turns; those of this turn are kept apart until it is over,
    for a turn can fail.
    """

    connection: Connection
    recorded: int
    topics: dict[Topic, int]
    seq: int = 0
    chain: str = START
    known: dict[str, Known] = field(default_factory=dict)
    new_topics: dict[Topic, int] = field(default_factory=dict)
    entries: list[tuple[Any, ...]] = field(default_factory=list)    # rows: values in the order of the columns
    postings: list[tuple[Any, ...]] = field(default_factory=list)
    revoked: list[tuple[int, int]] = field(default_factory=list)

    def look_up(self, ids: Sequence[str]) -> None:
        """Learn which of these ids are held."""
        for part in parts(ids):
            found = self.connection.execute(queries.known_ids(part))
            self.known.update((id, Known(seq, kind, document, retracted)) for id, seq, kind, document, retracted in found)

    def add(self, new: Entry) -> bool:
        """Give an entry the next position, unless its id is held (look it up first). True where it was new."""
        if new.id in self.known:
            return False
        self.seq += 1
        row = (self.seq, new.id, new.kind, new.document, new.target, new.published, self.recorded, new.origin, new.body)
        self.chain = link(self.chain, *row[:-1], digest(new.body.encode()))
        self.entries.append((*row, self.chain))
        self.known[new.id] = Known(self.seq, new.kind, new.document, None)
        self.postings += [(self._number(topic), new.published, self.seq, *new.told) for topic in new.topics]
        return True

    def revoke(self, target: str, reason: str) -> bool:
        """Put down that an entry which is held was a mistake. True where that was new."""
        new = retraction_entry(target, reason)
        if not self.add(new):
            return False
        self.revoked.append((self.known[target].seq, self.seq))
        return True

    def end(self) -> Turn:
        """Hand all rows to the database; the caller commits."""
        topics = [(id, *topic) for topic, id in self.new_topics.items()]
        # Rows that lie side by side in the index are put down one after the other: a large index does not fit into memory.
        self.postings.sort(key=itemgetter(0, 1, 2))
        put: tuple[tuple[Table, list[Any]], ...] = (
            (tables.topic, topics), (tables.entry, self.entries), (tables.posting, self.postings), (tables.revoked, self.revoked))
        for table, rows in put:
            if rows:
                self.connection.exec_driver_sql(queries.adding(table, self.connection.dialect.name), rows)
        return self

    def _number(self, topic: Topic) -> int:
        number = self.topics.get(topic) or self.new_topics.get(topic)
        if number is None:
            number = self.new_topics[topic] = len(self.topics) + len(self.new_topics) + 1
        return number


def begin(connection: Connection, recorded: int, topics: dict[Topic, int]) -> Turn:
    """Start a turn; the caller holds the lock. Learns the topics that other writers have put down since."""
    for id, *words in connection.execute(queries.topics_after(len(topics))):
        topics[Topic(*words)] = id
    last = connection.execute(queries.head()).one_or_none()
    return Turn(connection, recorded, topics, *(last or ()))


def add_readings(turn: Turn, readings: Sequence[Reading]) -> Appended:
    """Documents with their statements and puzzles. Raises ValueError before anything is put down."""
    made = [entries_of(*reading) for reading in readings]
    turn.look_up([one.id for entries in made for one in entries])
    repeats = [
        repeat_entry(document, statement.id) for document, statements, _ in readings for statement in statements
        if (held := turn.known.get(statement.id)) and held.document != statement.source.document]
    turn.look_up([one.id for one in repeats])
    documents, new, known = 0, 0, 0
    for (document, _, _), entries in zip(readings, made, strict=True):
        for one in entries:
            added = turn.add(one)
            documents += added and one.kind == "document"
            if one.kind == "statement":
                new, known = new + added, known + (not added)
                _second_place(turn, document, one, added)
    turn.end()
    return Appended(new, known, turn.seq, documents > 0)


def _second_place(turn: Turn, document: Document, one: Entry, added: bool) -> None:
    """A statement held from another document is noted as standing in this one too; one of a retracted document is no news."""
    if not added and turn.known[one.id].document != one.document:
        turn.add(repeat_entry(document, one.id))
    if added and one.document and turn.known[one.document].retracted is not None:
        turn.revoke(one.id, GONE)


def retract(turn: Turn, id: str, reason: str) -> Appended:
    """Take back an entry, and with a document all that it says. Raises NotHeld."""
    turn.look_up([id])
    if id not in turn.known:
        raise NotHeld(f"the ledger holds no {id!r}, so it cannot be retracted")
    said = [one.id for one in turn.connection.execute(queries.ids_of_document(id))] if turn.known[id].kind == "document" else []
    because = f"{GONE}: {reason}"
    turn.look_up([*said, retraction_entry(id, reason).id, *(retraction_entry(one, because).id for one in said)])
    new = turn.revoke(id, reason)
    for one in said:
        if turn.known[one].retracted is None:
            turn.revoke(one, because)
    turn.end()
    return Appended(int(new), int(not new), turn.seq)


def note(turn: Turn, kind: str, said: Mapping[str, Any], about: str | None) -> Appended:
    """A verdict or a forecast. Raises NotHeld where it is about nothing we hold, ValueError where it is no plain JSON."""
    one = note_entry(kind, said, about)
    turn.look_up([one.id, *([about] if about else [])])
    if about and about not in turn.known:
        raise NotHeld(f"the ledger holds no {about!r}, so there is no {kind} about it")
    new = turn.add(one)
    turn.end()
    return Appended(int(new), int(not new), turn.seq)


def judge(turn: Turn, said: Mapping[str, Any], about: str, instead: tuple[Document, Statement] | None) -> Appended:
    """A reviewer's verdict on a statement, with what it brings about. Raises NotHeld; ValueError where it is no plain JSON.

    `reject` takes the statement back, `correct` takes it back and puts `instead` in its place, `confirm` undoes what earlier verdicts did.
    """
    made = instead[1].id if instead else None
    earlier = [read_note("verdict", row.body) for row in turn.connection.execute(queries.notes("verdict", about, None))]
    made_before = {told["instead"] for told in earlier if told.get("made")}
    turn.look_up([about, *made_before, *([made] if made else [])])
    if about not in turn.known or turn.known[about].kind != "statement":
        raise NotHeld(f"the ledger holds no statement {about!r}, so there is no verdict on it")
    is_ours = made is not None and (made not in turn.known or made in made_before)
    one = note_entry("verdict", {**said, "instead": made, "made": is_ours}, about)
    turn.look_up([one.id])
    new = turn.add(one)
    if new:
        because = f"{JUDGED} ({one.id})"
        if instead and made not in turn.known:
            _put(turn, *instead)
        _stand(turn, about, said.get("verdict") == "confirm", because)
        for id in sorted(made_before | ({made} if made and is_ours else set())):
            _stand(turn, id, id == made, because)
    turn.end()
    return Appended(int(new), int(not new), turn.seq)


def _put(turn: Turn, document: Document, statement: Statement) -> None:
    made = [one for one in entries_of(document, [statement], ()) if one.kind == "statement"]
    for one in made:
        turn.add(one)


def _stand(turn: Turn, id: str, stands: bool, because: str) -> None:
    """See to it that a statement stands, or does not, as far as verdicts have a say: other retractions are left alone."""
    standing = [row.id for row in turn.connection.execute(queries.notes("retraction", id, None))
                if str(read_note("retraction", row.body)["reason"]).startswith(JUDGED)]
    turn.look_up([*standing, *(retraction_entry(one, because).id for one in (id, *standing))])
    if stands:
        for one in standing:
            turn.revoke(one, because)
    elif not standing:
        turn.revoke(id, because)


def parts(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Lists short enough for one question."""
    for start in range(0, len(ids), MANY):
        yield ids[start:start + MANY]


def batches(readings: Iterable[tuple[Document, Sequence[Statement]]], batch: int) -> Iterator[list[Reading]]:
    """Readings in groups of about `batch` statements; a document is never split."""
    group: list[Reading] = []
    weight = 0
    for document, statements in readings:
        group.append((document, statements, ()))
        weight += 1 + len(statements)
        if weight >= batch:
            yield group
            group, weight = [], 0
    if group:
        yield group
