"""One line of the ledger, as it is written down and as it is read back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pasvik.ledger.topics import Told, Topic, told_micros, told_of, topics_of
from pasvik.terms.capture import Document, Origin, Source, digest, source_of
from pasvik.terms.claim_json import claim_to_json
from pasvik.terms.interchange import document_to_json, source_from_json, source_to_json, statement_from_json, statement_to_json
from pasvik.terms.moment import moment
from pasvik.terms.statement import Puzzle, Statement, identity

Json = dict[str, Any]
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_UNTOLD = Told()
NOTES = ("verdict", "forecast", "load")                        # load: which version of the shipped record was appended


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be kept, before it has a position. `published`: microseconds (UTC), None = undated. topics: only of dated statements."""

    id: str
    kind: str                                                   # document statement puzzle repeat retraction verdict forecast
    body: str
    document: str | None = None
    target: str | None = None
    published: int | None = None
    origin: str = "read"
    topics: tuple[Topic, ...] = ()
    told: Told = _UNTOLD


def body_text(said: Mapping[str, Any]) -> str:
    """Canonical JSON: the same content is the same text. Lone surrogates, which no database takes, are escaped."""
    text = _CANONICAL.encode(said)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text


def document_entry(document: Document) -> Entry:
    """A document with its whole text."""
    said = document_to_json(document)
    del said["dated"]                                           # worked out again when asked for, never kept
    said |= {"text": document.text, "captions": document.captions, "headline": document.headline}
    return Entry(document.id, "document", body_text(said), published=told_micros(document.published), origin=str(document.origin))


def read_document(body: str) -> Document:
    """The document of an entry's body."""
    said = json.loads(body)
    headline = said["headline"]
    return Document(
        said["text"], said["title"], moment(said["published"], said["time_zone"] or "UTC") if said["published"] else None,
        said["publisher"], said["url"], said["language"], Origin(said["origin"]), said["capture"], said["media_type"],
        said["published_by"], tuple((start, end) for start, end in said["captions"]), (headline[0], headline[1]) if headline else None)


def statement_entries(source: Source, statements: Sequence[Statement]) -> list[Entry]:
    """The statements of one source, each with the source, so that it can be weighed without opening its document. Raises ValueError."""
    published, said = told_micros(source.published), source_to_json(source)
    entries = []
    for one in statements:
        claim = claim_to_json(one.claim)
        if one.id != identity(one, claim):
            raise ValueError(f"{one.id} is not the id of {one.evidence.quote[:60]!r}: an id is the hash of what is said")
        body = body_text({"source": said, "statement": statement_to_json(one, claim)})
        topics = () if published is None else tuple(topics_of(one))
        entries.append(Entry(one.id, "statement", body, source.document, None, published, str(source.origin), topics, told_of(one.claim)))
    return entries


def read_statement(body: str) -> Statement:
    """The statement of an entry's body."""
    said = json.loads(body)
    return statement_from_json(said["statement"], source_from_json(said["source"]))


def puzzle_entry(document: Document, puzzle: Puzzle) -> Entry:
    """Words of a document that could not be resolved."""
    said = {"document": document.id, "why": puzzle.why, "span": [puzzle.start, puzzle.end], "quote": puzzle.quote}
    return _hashed("p", "puzzle", said, document=document.id, published=told_micros(document.published), origin=str(document.origin))


def read_puzzle(body: str) -> Puzzle:
    """The puzzle of an entry's body."""
    said = json.loads(body)
    return Puzzle(said["why"], said["span"][0], said["span"][1], said["quote"])


def repeat_entry(document: Document, statement: str) -> Entry:
    """Another document holds a statement word for word (the same text at a second address): the second place is kept too."""
    said = {"document": document.id, "statement": statement}
    return _hashed(
        "r", "repeat", said, document=document.id, target=statement, published=told_micros(document.published),
        origin=str(document.origin))


def retraction_entry(target: str, reason: str) -> Entry:
    """A mistake of ours, named."""
    return _hashed("x", "retraction", {"target": target, "reason": reason}, target=target)


def note_entry(kind: str, said: Mapping[str, Any], about: str | None) -> Entry:
    """A verdict or a forecast. Raises ValueError for another kind, or where it is no plain JSON."""
    if kind not in NOTES:
        raise ValueError(f"a note is one of {', '.join(NOTES)}, not {kind!r}")
    try:
        return _hashed(kind[0], kind, {"about": about, "said": dict(said)}, target=about)
    except TypeError as bad:
        raise ValueError(f"a {kind} must be plain JSON: {bad}") from bad


def read_note(kind: str, body: str) -> Json:
    """What a verdict or forecast says; of a retraction, its reason."""
    said: Json = json.loads(body)
    return {"reason": said["reason"]} if kind == "retraction" else said["said"]


def entries_of(document: Document, statements: Sequence[Statement], puzzles: Sequence[Puzzle]) -> list[Entry]:
    """All entries of one reading, the document first. Raises ValueError for a statement that is not this document's."""
    source, text = source_of(document), document.text
    for statement in statements:
        words = statement.evidence
        if text[words.start:words.end] != words.quote:
            raise ValueError(f"no claim without its words: {words.quote[:60]!r} is not at {words.start}-{words.end} of {document.id}")
        if statement.source != source:
            raise ValueError(f"statement {statement.id} names another source than its document {document.id}")
    return [document_entry(document), *statement_entries(source, statements), *(puzzle_entry(document, one) for one in puzzles)]


def content_id(kind: str, body: str) -> str:
    """The id that an entry of this kind and body must have."""
    if kind == "document":
        return read_document(body).id
    if kind == "statement":
        return identity(read_statement(body))
    letter = {"puzzle": "p", "repeat": "r", "retraction": "x"}.get(kind, kind[0])
    return letter + digest(body.encode())[:24]


def _hashed(
    letter: str, kind: str, said: Json, *, document: str | None = None, target: str | None = None, published: int | None = None,
    origin: str = "read",
) -> Entry:
    body = body_text(said)
    return Entry(letter + digest(body.encode())[:24], kind, body, document, target, published, origin)
