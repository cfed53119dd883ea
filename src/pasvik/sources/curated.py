"""Reads the record that people keep by hand: one line for each thing said, with the page it stands on and our words about it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from pasvik.terms.capture import Document, Fault, Origin, source_of
from pasvik.terms.claim import Basis
from pasvik.terms.claim_json import claim_from_json, claim_to_json
from pasvik.terms.moment import moment, zone_info
from pasvik.terms.statement import Evidence, Speaker, Statement

Json = dict[str, Any]
LINE = {"source", "time_zone", "statement", "confidence", "doubt"}
SOURCE = {"url", "published", "publisher", "words"}
BESIDE = {"speaker", "basis"}                                      # fields of a statement that its claim does not print itself
PEOPLE = {"count", "min", "max", "approx"}
SPEAKER = {"name", "role", "body", "country"}
LISTS = ("crossings", "lanes", "accusers", "denies", "watched")  # every other field of a statement is text, but for these
OTHERS: dict[str, tuple[type, ...]] = {
    "people": (dict,), "vehicles": (dict,), "speaker": (dict,), "direction": (str, dict), "until_further_notice": (bool,)}


class BadLine(ValueError):
    """A line of the record that cannot be read, in one sentence; parse() turns it into a Fault."""


def parse(text: str, where: str) -> tuple[list[tuple[Document, Statement]], list[Fault]]:
    """Every line of a record file (JSON Lines; blank lines and lines of `#` are skipped) as a document and its statement.

    A line is {"source": {"url", "published", "publisher", "words"}, "time_zone", "statement", "confidence", "doubt"}: `published`
    the day the fact became public, `words` our own about the page, `time_zone` (IANA) that of every bare date in the line,
    `statement` the fields of a statement's JSON without id, span and quote, `doubt` what speaks against it (may be absent).
    A bad line becomes a Fault told by its number, and the others are kept. The evidence of a curated statement is the whole
    of our words, and its document says so (Origin.CURATED).
    """
    kept: list[tuple[Document, Statement]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        place = f"{where} line {number}"
        try:
            kept.append(_read(json.loads(line), place))
        except json.JSONDecodeError as bad:
            faults.append(Fault(f"{place}: this is not JSON: {bad.msg} at column {bad.colno}", place))
        except ValueError as bad:
            faults.append(Fault(f"{place}: {bad}", place))
    return kept, faults


def _read(line: Json, place: str) -> tuple[Document, Statement]:
    _known(line, LINE, "the line")
    source, said = _part(line, "source"), _part(line, "statement")
    zone = _zone(line.get("time_zone"))
    document = _document(source, zone)
    _shapes(said)
    claim = claim_from_json({**said, "time_zone": zone})
    _known(said, set(claim_to_json(claim)) - {"time_zone"} | BESIDE, "statement")
    doubt, sure = line.get("doubt"), line.get("confidence", 0.9)
    if not isinstance(sure, int | float) or not 0 <= sure <= 1:
        raise BadLine(f"confidence {sure!r} is not a number from 0 to 1")
    if not isinstance(doubt, str | None):
        raise BadLine("doubt is not text")
    return document, Statement(
        claim, Evidence(0, len(document.text), document.text), source_of(document), _speaker(said.get("speaker")),
        Basis(said.get("basis") or "stated"), float(sure), f"curated: {place}", doubt=doubt or None)


def _zone(name: Any) -> str:
    if not isinstance(name, str):
        raise BadLine("the line has no time_zone, such as Europe/Helsinki")
    try:
        return zone_info(name).key
    except (KeyError, ValueError, IsADirectoryError) as bad:         # "Europe" alone is a folder of zones
        raise BadLine(f"time_zone {name!r} is not a zone such as Europe/Helsinki") from bad


def _document(source: Json, zone: str) -> Document:
    _known(source, SOURCE, "source")
    for need in ("url", "published", "publisher", "words"):
        if not isinstance(source.get(need), str) or not source[need].strip():
            raise BadLine(f"source without {need}")
    address = urlsplit(source["url"])
    if address.scheme not in ("http", "https") or not address.netloc:
        raise BadLine(f"source address {source['url']!r} is not an http or https address")
    return Document(
        text=source["words"], published=moment(source["published"], zone), publisher=source["publisher"], url=source["url"],
        origin=Origin.CURATED, published_by="curated")


def _shapes(said: Json) -> None:
    """Every field is of the kind of value it should be: a bare word for a list would be read letter by letter."""
    for field, value in said.items():
        if field in LISTS:
            good = isinstance(value, list) and all(isinstance(each, str) for each in value)
        else:
            good = isinstance(value, OTHERS.get(field, (str,)))
        if value is not None and not good:
            wanted = "a list of texts in brackets" if field in LISTS else "what it should be"
            raise BadLine(f"statement: {field} is not {wanted}: {value!r}")
    way = said.get("direction") or "both"
    if way != "both" and not (isinstance(way, dict) and isinstance(way.get("into"), str)):
        raise BadLine('statement: direction is neither "both" nor {"into": "FI"}')
    for field in ("people", "vehicles"):
        number = said.get(field) or {}
        _known(number, PEOPLE, field)
        if any(type(each) is not (bool if name == "approx" else int) for name, each in number.items() if each is not None):
            raise BadLine(f"statement: {field} is not a number of heads: {number!r}")


def _speaker(who: Json | None) -> Speaker | None:
    if who is None:
        return None
    _known(who, SPEAKER, "speaker")
    if not who.get("name") or not all(isinstance(each, str | None) for each in who.values()):
        raise BadLine("speaker without a name, or with something that is not text")
    return Speaker(who["name"], who.get("role"), who.get("body"), who.get("country"))


def _part(line: Json, name: str) -> Json:
    part = line.get(name)
    if not isinstance(part, dict):
        raise BadLine(f"the line has no {name}")
    return part


def _known(said: Json, fields: set[str], what: str) -> None:
    """A misspelt field must not be dropped in silence: it could be the end of a closure."""
    if not isinstance(said, dict):
        raise BadLine(f"{what} is not an object in braces")
    if strange := sorted(set(said) - fields):
        raise BadLine(f"{what} has a field {strange[0]!r} that nobody reads; fields: {', '.join(sorted(fields))}")
