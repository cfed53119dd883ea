"""Documents and statements as one JSON object: what `pasvik read --json` prints and `pasvik board -` takes in."""

from __future__ import annotations

from typing import Any

from pasvik.terms.capture import Dated, Document, Origin, Source
from pasvik.terms.claim import Basis, Zone
from pasvik.terms.claim_json import claim_from_json, claim_to_json
from pasvik.terms.moment import moment
from pasvik.terms.statement import Evidence, Puzzle, Reading, Speaker, Statement

Json = dict[str, Any]


def document_to_json(document: Document, dated: Dated | None = None) -> Json:
    """What is known of the document itself; `dated` where it had to be dated from its own claims."""
    window = {"from": dated.start.iso(), "until": dated.until.iso(), "because": list(dated.because)} if dated else None
    return {
        "id": document.id, "digest": document.digest, "title": document.title,
        "published": document.published.iso() if document.published else None, "published_by": document.published_by,
        "time_zone": document.published.zone if document.published else None, "publisher": document.publisher,
        "url": document.url, "language": document.language, "origin": str(document.origin), "capture": document.capture,
        "media_type": document.media_type, "dated": window}


def statement_to_json(statement: Statement, claim: Json | None = None) -> Json:
    """One statement: id, what is said, the words, who says it. `claim`: as JSON, where the caller has it."""
    claim = dict(claim) if claim else claim_to_json(statement.claim)
    speaker = statement.speaker
    return {
        "id": statement.id, "kind": claim.pop("kind"), "span": [statement.evidence.start, statement.evidence.end],
        "quote": statement.evidence.quote, "zone": str(statement.evidence.zone),
        "speaker": {"name": speaker.name, "role": speaker.role, "body": speaker.body, "country": speaker.country} if speaker else None,
        "basis": str(statement.basis), "confidence": statement.confidence, **claim, "found_by": statement.found_by,
        "doubt": statement.doubt}


def reading_to_json(document: Document, reading: Reading, dated: Dated | None = None) -> Json:
    """The whole answer of `pasvik read`."""
    return {
        "document": document_to_json(document, dated),
        "statements": [statement_to_json(statement) for statement in reading.statements],
        "puzzles": [{"quote": p.quote, "span": [p.start, p.end], "why": p.why} for p in reading.puzzles]}


def source_to_json(source: Source) -> Json:
    """Where and when a statement was published."""
    return {
        "document": source.document, "digest": source.digest, "publisher": source.publisher,
        "published": source.published.iso() if source.published else None,
        "time_zone": source.published.zone if source.published else None, "url": source.url, "origin": str(source.origin)}


def source_from_json(said: Json) -> Source:
    """The source again; takes the `document` object of a reading too (its `id` is the document)."""
    zone = said.get("time_zone") or "UTC"
    return Source(
        said.get("document") or said.get("id") or "", said.get("digest") or "", said.get("publisher"),
        moment(said["published"], zone) if said.get("published") else None, said.get("url"), Origin(said.get("origin") or "read"))


def statement_from_json(said: Json, source: Source) -> Statement:
    """The statement again. Raises ValueError with a plain sentence where the JSON cannot be one."""
    try:
        start, end = said["span"]
        evidence = Evidence(int(start), int(end), said["quote"], Zone(said.get("zone") or "body"))
        who = said.get("speaker")
        speaker = Speaker(who["name"], who.get("role"), who.get("body"), who.get("country")) if who else None
    except (KeyError, TypeError) as bad:
        raise ValueError(f"a statement without a proper {bad}") from bad
    return Statement(
        claim_from_json(said), evidence, source, speaker, Basis(said.get("basis") or "stated"),
        float(said.get("confidence") or 0.0), said.get("found_by") or "", said.get("id") or "", said.get("doubt"))


def reading_from_json(said: Json) -> tuple[Source, Reading]:
    """Source, statements and puzzles of what `pasvik read --json` printed; raises ValueError with a plain sentence."""
    if not isinstance(said, dict) or not isinstance(said.get("statements"), list):
        raise ValueError("this is not what `pasvik read --json` prints: no list of statements")
    source = source_from_json(said.get("document") or {})
    statements = tuple(statement_from_json(one, source) for one in said["statements"])
    puzzles = tuple(Puzzle(one["why"], one["span"][0], one["span"][1], one["quote"]) for one in said.get("puzzles") or ())
    return source, Reading(statements, puzzles)
