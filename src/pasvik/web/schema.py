"""The shapes of the JSON answers as JSON Schema, for the description of the API; the tests hold every answer against them."""

from __future__ import annotations

from typing import Any

from pasvik.terms.claim import Basis, Commitment, State, Zone
from pasvik.terms.place import Lane

Schema = dict[str, Any]


def _of(**fields: Schema) -> Schema:
    """An object that has all of these fields and no others."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(words: Any, **more: Any) -> Schema:
    return {"type": "string", "enum": [str(word) for word in words], **more}


TEXT: Schema = {"type": "string"}
MAYBE = _or_null(TEXT)
FLAG: Schema = {"type": "boolean"}
WHEN = _or_null({"type": "string", "description": "ISO 8601, as finely as it was told: a year, a month, a day or a time with its offset"})
IDS = _list({"type": "string", "description": "id of a statement"})
DIRECTION: Schema = {"anyOf": [{"const": "both"}, _of(into=TEXT)], "description": "both, or the country entered"}
SPEAKER = _or_null(_of(name=TEXT, role=MAYBE, body=MAYBE, country=MAYBE))

PENDING = _of(**{
    "state": _one_of(State), "commitment": _one_of(Commitment), "from": WHEN, "speaker": SPEAKER, "statement": TEXT})
CELL = _of(**{
    "crossing": TEXT, "lane": _one_of(Lane), "direction": DIRECTION, "state": _one_of(State), "since": WHEN, "until": WHEN,
    "until_further_notice": FLAG, "hours": MAYBE, "decided_by": MAYBE, "by_word_of": MAYBE, "last_confirmed": WHEN, "inferred": FLAG,
    "exceptions": MAYBE, "pending": _list(PENDING), "for": IDS, "against": IDS, "unconfirmed": IDS, "because": _list(TEXT),
    "notes": _list(TEXT), "sides": {"type": "object", "additionalProperties": _one_of(State)}})
BOARD = _of(at=WHEN, known=WHEN, basis=_or_null({"type": "integer"}), cells=_list(CELL))

SOURCE = _of(document=TEXT, digest=TEXT, publisher=MAYBE, published=WHEN, time_zone=MAYBE, url=MAYBE, origin=_one_of(("read", "curated")))
KINDS = ("status", "movement", "count", "accusation", "denial", "posture", "watch", "objection", "background")
_SAID: Schema = {
    "id": TEXT, "kind": _one_of(KINDS), "span": {**_list({"type": "integer"}), "minItems": 2, "maxItems": 2}, "quote": TEXT,
    "zone": _one_of(Zone), "speaker": SPEAKER, "basis": _one_of(Basis), "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "found_by": TEXT}
# What else a statement holds depends on its kind (docs/statements.md), so other fields are allowed here.
STATEMENT: Schema = {"type": "object", "properties": _SAID, "required": list(_SAID)}
SOURCED: Schema = {"type": "object", "properties": {**_SAID, "source": SOURCE}, "required": [*_SAID, "source"]}

DEGREES = _or_null({"type": "number"})
PLACE = _of(
    id=TEXT, name=TEXT, border=TEXT, sides=_list(_of(country=TEXT, name=TEXT, local_name=TEXT)), lat=DEGREES, lon=DEGREES,
    lanes=_list(_one_of(Lane)), international=FLAG, zone=TEXT, road=TEXT, hours=TEXT, opened=TEXT, abolished=TEXT, aliases=_list(TEXT))
CROSSING = _of(crossing=PLACE, cells=_list(CELL), history=_list(SOURCED), counts=_list(SOURCED), said=_list(SOURCED))
WHY = _list(_of(**{
    "cell": CELL, "for": _list(SOURCED), "against": _list(SOURCED), "unconfirmed": _list(SOURCED), "pending": _list(SOURCED)}))
EVIDENCE: Schema = {
    "type": "object", "required": ["document", "statements", "puzzles"],
    "properties": {
        "document": {"type": "object", "required": ["id", "digest", "text", "published", "origin"],
                     "properties": {"id": TEXT, "digest": TEXT, "text": TEXT, "published": WHEN, "origin": _one_of(("read", "curated"))}},
        "statements": _list(STATEMENT), "puzzles": _list(_of(quote=TEXT, span=_SAID["span"], why=TEXT))}}
READING: Schema = {"type": "object", "required": ["document", "statements", "puzzles"],
                   "properties": {"statements": _list(STATEMENT), "puzzles": _list(_of(quote=TEXT, span=_SAID["span"], why=TEXT))}}
VERDICT = _of(id=TEXT, statement=TEXT, verdict=_one_of(("confirm", "reject", "correct")), by=TEXT, why=TEXT, recorded=TEXT, after=MAYBE,
              instead=MAYBE)
EVIDENCE["properties"] |= {"verdicts": _list(VERDICT), "set_aside": _list(STATEMENT)}
OUTLET = _of(name=MAYBE, documents={"type": "integer"}, first=MAYBE, last=MAYBE, languages=_list(TEXT), silent=FLAG, curated=FLAG)
SOURCE_SEEN = _of(id=TEXT, publisher=TEXT, country=TEXT, language=TEXT, health=TEXT, last_visit=MAYBE, last_item=MAYBE)
HEARD = _of(
    basis={"type": "integer"}, documents={"type": "integer"}, statements={"type": "integer"}, undated={"type": "integer"},
    puzzles={"type": "integer"}, outlets=_list(OUTLET), languages={"type": "object", "additionalProperties": {"type": "integer"}},
    borders=_list(_of(border=TEXT, crossings={"type": "integer"}, spoken={"type": "integer"}, last=MAYBE)), cut=FLAG,
    reader=_or_null(_of(core={"type": "number"}, exact={"type": "number"}, must_not={"type": "integer"})), sources=_list(SOURCE_SEEN))
KEPT = _of(document=TEXT, new={"type": "integer"}, known={"type": "integer"}, puzzles={"type": "integer"}, basis={"type": "integer"}, dated=FLAG)
MATCH = _of(announced=TEXT, observed=IDS, verdict=_one_of(("came_true", "differs", "did_not", "not_seen", "awaited")), words=TEXT, doubt=TEXT)
WHOLE: Schema = {"type": "integer"}
BALANCE = _of(**{
    "from": TEXT, "until": TEXT, "queue": _or_null(WHOLE), "crossed": WHOLE, "moved_on": WHOLE, "left": WHOLE, "accounted": WHOLE,
    "at_least": FLAG, "difference": _or_null(WHOLE), "statements": IDS, "words": TEXT, "doubt": TEXT})
SUM = _of(told=WHOLE, days=_or_null(WHOLE), tellers=_list(TEXT), statements=IDS, words=TEXT)
FOLLOW = _list(_of(crossing=TEXT, lane=_one_of(Lane), orders=_list(MATCH), people=_list(MATCH), balances=_list(BALANCE), sums=_list(SUM),
                   statements=_list(SOURCED)))
CHARGE = _of(accuser=TEXT, accused=TEXT, border=MAYBE, charges=_list(TEXT), first=WHEN, last=WHEN, statements=IDS, denials=IDS)
CLAIMS = _of(charges=_list(CHARGE), statements=_list(SOURCED))
STEP = _of(country=TEXT, border=MAYBE, stance=TEXT, told=WHEN, words=TEXT, statements=IDS)
MOVES = _of(country=TEXT, since=WHEN, steps=_list(STEP), statements=_list(SOURCED))
CHANGE = _of(crossing=TEXT, lane=_one_of(Lane), direction=TEXT, what=_list(TEXT), words=TEXT, before=_or_null(CELL), after=_or_null(CELL))
CHANGES = _of(since=TEXT, changes=_list(CHANGE), moves=MOVES)
EDGE = _list(_or_null({"type": "number"}))                       # low, middle (null where only bounds are given), high
_STEERED: Schema = {"type": "object", "properties": {"steering": TEXT}, "required": ["steering"]}
_GATE: Schema = {
    "type": "object", "required": ["id", "name", "km", "before", "after", "do_nothing", "range", "steerings"],
    "properties": {"id": TEXT, "name": TEXT, "km": _or_null(WHOLE), "before": _one_of(State), "after": _one_of(State), "do_nothing": _list(EDGE),
                   "range": _list(EDGE), "steerings": _list(_STEERED)}}
WHATIF: Schema = {
    "type": "object", "required": ["address", "manifest", "lane", "dates", "bounds_only", "why", "steerings", "demand", "crossings", "border",
                                   "asylum", "asylum_unknown", "unknown", "counted", "assumed", "backtest"],
    "properties": {"address": TEXT, "manifest": {"type": "object"}, "lane": _one_of(Lane), "dates": _list(TEXT), "bounds_only": FLAG, "why": TEXT,
                   "steerings": _list(TEXT), "demand": {"type": "object"}, "crossings": _list(_GATE), "border": {"type": "object"},
                   "asylum": _list({"type": "object"}), "asylum_unknown": WHOLE, "unknown": IDS, "counted": _list({"type": "object"}),
                   "assumed": _list({"type": "object"}), "backtest": {"type": "object"}}}
TIMELINE = _of(days=_list(_of(day=TEXT, told=WHOLE)))
FAULT = _of(fault=TEXT, similar=_list(TEXT))


REFUSALS = {
    400: "Something in the question cannot be; `fault` says what", 401: "It needs a key", 403: "The key does not give this right",
    404: "No such crossing, document or statement; `similar` lists ids that may be meant",
    409: "Somebody else was there meanwhile; look and decide again", 413: "More than is read here", 429: "Too many questions at once"}


def answers(schema: Schema, *more: int) -> dict[int | str, dict[str, Any]]:
    """The answers of a call for its description: what it gives (200; 201 too where named), and the ways in which it refuses."""
    def told(description: str, shape: Schema) -> dict[str, Any]:
        return {"description": description, "content": {"application/json": {"schema": shape}}}

    given: dict[int | str, dict[str, Any]] = {code: told("The answer", schema) for code in (200, *(code for code in more if code == 201))}
    return given | {code: told(REFUSALS[code], FAULT) for code in (400, 404, 429, *more) if code in REFUSALS}
