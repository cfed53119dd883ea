"""Reads a page that was fetched, and each later version of it: what is new in an edited article is dated by its edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from pasvik.app.collect import keep
from pasvik.app.gather.lookout import Lookout
from pasvik.reading.extract import extract
from pasvik.reading.read import read
from pasvik.situation.authority import outlet_of
from pasvik.sources.catalogue import Card, How
from pasvik.sources.leads.lead import canonical, minute, sane
from pasvik.sources.state import Seen
from pasvik.terms.capture import Document, Fault, source_of
from pasvik.terms.claim_json import claim_to_json
from pasvik.terms.moment import Moment, moment
from pasvik.terms.place import ZONES
from pasvik.terms.statement import Reading, Statement

EDITED = "edited: first seen"
FIRST_SEEN = "first seen"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page: the note of it, statements new to the ledger, and in words what an edit changed ("" = none)."""

    seen: Seen
    new: int = 0
    kept: bool = False
    edit: str = ""
    fault: Fault | None = None


def take(lookout: Lookout, card: Card, seen: Seen, data: bytes, url: str | None, media_type: str, now: datetime) -> Taken:
    """Read a page and keep what is new in it. The same words again, or under a second address of the same source, are kept once."""
    reader = lookout.house.reader
    document = extract(data, url or card.id, media_type=media_type, profiles=reader.profiles, zone=ZONES.get(card.country))
    if isinstance(document, Fault):
        return Taken(seen, fault=Fault(f"{url or card.id}: {document.what}", card.id))
    if document.digest == seen.words:
        return Taken(seen)
    twin = lookout.state.twin(seen, document.digest) if url else None
    if twin is not None:
        return Taken(replace(seen, words=document.digest, document=twin.document, next_visit=None))
    dated = _dated(_named(document, card, lookout, url), seen, now)
    reading = read(dated, reader.gazetteer, reader.lexicon)
    if seen.words:
        return _edited(lookout, card, seen, data, dated, reading, now)
    added = keep(lookout.house, data, dated, reading)
    return Taken(replace(seen, words=document.digest, document=dated.id), added.new, True)


def _named(document: Document, card: Card, lookout: Lookout, url: str | None) -> Document:
    """The document with its publisher (an aggregator's pages have their own) and one address: the page's own word for it, on its host."""
    own = canonical(document.url) if document.url else None
    same = bool(own and url and urlsplit(own).netloc.removeprefix("www.") == urlsplit(url).netloc.removeprefix("www."))
    publisher: str | None = card.publisher
    if card.kind == "aggregator" or card.how in (How.FOLDER, How.WARC):
        outlet = outlet_of(urlsplit(url or own or "").hostname, lookout.house.book)
        publisher = outlet.name if outlet else document.publisher or urlsplit(url or own or "").hostname
    return replace(document, url=own if same else url or own, publisher=publisher)


def _dated(document: Document, seen: Seen, now: datetime) -> Document:
    """The page's own date, else its source's, else none; never one that lies ahead or before the web."""
    if sane(document.published, now):
        return document
    told: Moment | None = moment(seen.published) if seen.published else None
    if not sane(told, now):
        return replace(document, published=None, published_by="")
    return replace(document, published=told, published_by=FIRST_SEEN if told == minute(seen.first_seen) else "source")


def _edited(lookout: Lookout, card: Card, seen: Seen, data: bytes, document: Document, reading: Reading, now: datetime) -> Taken:
    """A later version. What it says anew was public from now on at the latest, and not from when the article first appeared."""
    earlier = [held.statement for id in seen.document.split() for held in lookout.house.ledger.statements_of(id)]
    said, says = {_content(one) for one in earlier}, {_content(one) for one in reading.statements}
    fresh = [one for one in reading.statements if _content(one) not in said]
    gone = len({one for one in said if one not in says})
    seen = replace(seen, words=document.digest)
    if card.how is How.PAGE and not fresh and not gone:
        return Taken(seen)                                      # a clock or a counter on the page, and nothing said anew
    dated = replace(document, published=minute(now), published_by=EDITED)
    moved = tuple(replace(one, source=source_of(dated), id="") for one in fresh)
    added = keep(lookout.house, data, dated, Reading(moved, reading.puzzles))
    words = f"{dated.url or card.address} was edited; statements new in it: {len(fresh)}, no longer in it: {gone}"
    return Taken(replace(seen, document=f"{seen.document} {dated.id}".strip()), added.new, True, words)


def _content(statement: Statement) -> str:
    """What is said in which words, without where it stands and when it was published."""
    who = statement.speaker.name if statement.speaker else ""
    return f"{sorted(claim_to_json(statement.claim).items(), key=lambda pair: pair[0])}\x1f{who}\x1f{statement.evidence.quote}"
