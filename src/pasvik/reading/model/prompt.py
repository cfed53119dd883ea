"""What a model is asked: our instructions, the document as numbered sentences inside JSON, and the only shape an answer may have."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import Any

from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.model.offer import PUBLISHER, Offer
from pasvik.reading.page.fold import fold
from pasvik.terms.claim import Commitment, State
from pasvik.terms.place import ALL, Lane

Json = dict[str, Any]

KINDS = ("status", "count", "movement")                         # accusations and denials stay with the rules: a wrong owner does harm
STATES = (State.OPEN, State.CLOSED, State.RESTRICTED)
WHATS = ("arrivals", "asylum_applications", "crossings", "waiting", "turned_back")
FATES = ("planned_transfer", "transferred", "arrived", "turned_back", "waiting", "staying", "returned", "left_for")
NO_LIST: Json = {"type": "array", "items": {"type": "string"}, "maxItems": 0}
ANSWER_TOKENS = 8_000                                           # the longest answer that is asked for
# Signs that a person does not see: they go, so that what the model reads is what a person reads.
HIDDEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Wording:
    """instructions: what a model is told. addressed: folded phrases by which a text speaks to a machine instead of to a reader."""

    instructions: str
    addressed: tuple[str, ...] = ()


def parse_wording(text: str) -> Wording:
    """knowledge/model.toml as a value. Raises ValueError with a plain sentence for text of another shape."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as bad:
        raise ValueError(f"model.toml: {bad}") from bad
    instructions, addressed = told.get("instructions"), told.get("addressed", "")
    if not isinstance(instructions, str) or not instructions.strip() or not isinstance(addressed, str):
        raise ValueError("model.toml: `instructions` and `addressed` should be texts, and the instructions not empty")
    phrases = (fold(" ".join(phrase.split())) for phrase in addressed.split(","))
    return Wording(instructions.strip(), tuple(phrase for phrase in phrases if phrase))


def request(offered: Offer, gazetteer: Gazetteer, wording: Wording, model: str) -> bytes:
    """The body of the question to a chat endpoint, in UTF-8. The same document, words, schema and model always give the same bytes."""
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": wording.instructions},
            {"role": "user", "content": json.dumps(_material(offered, gazetteer), ensure_ascii=False)}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "statements", "strict": True, "schema": schema(offered)}},
        "temperature": 0, "max_tokens": ANSWER_TOKENS}
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")   # unsorted: models answer in the order of the schema


def _material(offered: Offer, gazetteer: Gazetteer) -> Json:
    """The document as data: inside JSON strings no text can end its own frame."""
    document, crossings = offered.page.document, gazetteer.crossings
    return {
        "about": {"published": document.published.iso() if document.published else None, "publisher": document.publisher},
        "sentences": [{"number": s.number, "text": document.text[s.start:s.end].translate(HIDDEN).strip()} for s in offered.sentences],
        "crossings": [{"id": id, "name": crossings[id].name, "border": crossings[id].border} for id in offered.crossings],
        "borders": list(offered.borders), "speakers": [PUBLISHER, *(name for name, _ in offered.speakers)]}


def schema(offered: Offer) -> Json:
    """The JSON schema of an answer. Every field is required (null where it does not apply): the strict mode of the protocol asks it."""
    fields = {
        "kind": _choice(KINDS), "sentence": {"type": "integer"}, "quote": {"type": "string"},
        "speaker": _choice((PUBLISHER, *(name for name, _ in offered.speakers))),
        "crossings": {"type": "array", "items": _choice(offered.crossings)} if offered.crossings else NO_LIST,
        "border": _choice(offered.borders, empty=True), "state": _choice(STATES, empty=True), "commitment": _choice(tuple(Commitment), empty=True),
        "lanes": {"type": "array", "items": _choice((ALL, *Lane))}, "into": _choice(offered.countries, empty=True),
        "from": {"type": ["string", "null"]}, "until": {"type": ["string", "null"]}, "until_further_notice": {"type": "boolean"},
        "count": {"type": ["integer", "null"]}, "approx": {"type": "boolean"}, "vehicles": {"type": "boolean"},
        "what": _choice(WHATS, empty=True), "fate": _choice(FATES, empty=True),
        "origin": _choice(offered.crossings, empty=True), "destination": _choice(offered.crossings, empty=True)}
    return _object({"statements": {"type": "array", "items": _object(fields)}})


def _choice(words: tuple[str, ...], empty: bool = False) -> Json:
    """One of these words; `empty`: or null."""
    listed: list[str | None] = [str(word) for word in words]
    return {"type": ["string", "null"] if empty else "string", "enum": [*listed, None] if empty else listed}


def _object(fields: Json) -> Json:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
