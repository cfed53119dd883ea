"""What a worker does with one shard: read its pages, pass those that speak of a border, read them whole, and hand back what they say."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from pasvik.app.settings import Settings
from pasvik.app.wiring import Reader, open_reader, read_rules
from pasvik.reading.extract import extract
from pasvik.reading.page.prepare import is_relevant
from pasvik.reading.read import read
from pasvik.situation.authority import Rules, outlet_of
from pasvik.sources.leads.lead import canonical, sane
from pasvik.sources.warc import Counts, Response, Shard, responses
from pasvik.terms.capture import Document, Fault
from pasvik.terms.place import ZONES
from pasvik.terms.statement import Reading

PIECE, OVERLAP = 20_000, 200                                    # signs of plain text
# What libraries raise over a page that nobody foresaw: counted, and the shard goes on.
ODD = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError, SyntaxError)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that says something: its bytes, the document and the reading."""

    body: bytes
    document: Document
    reading: Reading


@dataclass(slots=True)
class Done:
    """A shard that was read. seconds: of processor time in all, in unpacking and parsing records, in the gate, in the full reader."""

    shard: Shard
    kept: list[Kept] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    pages: int = 0
    relevant: int = 0
    odd: int = 0
    seconds: float = 0.0
    gate_seconds: float = 0.0
    reader_seconds: float = 0.0


@lru_cache(maxsize=2)
def _opened(settings: Settings) -> tuple[Reader, Rules]:
    """Words and places, once for each worker."""
    return open_reader(settings), read_rules(settings)


def read_shard(shard: Shard, settings: Settings, gate_only: bool = False) -> Done:
    """The pages of a shard that make a statement. Pure but for the file: the same shard gives the same answer. Raises OSError."""
    reader, book = _opened(settings)
    begun = time.process_time()
    done = Done(shard)
    for page in responses(shard, done.counts):
        done.pages += 1
        try:
            _one(page, done, reader, book, gate_only)
        except ODD:
            done.odd += 1
    done.seconds = time.process_time() - begun
    return done


def _one(page: Response, done: Done, reader: Reader, book: Rules, gate_only: bool) -> None:
    at = time.process_time()
    passed = passes(page, reader)
    done.gate_seconds += time.process_time() - at
    if not passed:
        return
    done.relevant += 1
    if gate_only:
        return
    at = time.process_time()
    kept = read_response(page, reader, book)
    done.reader_seconds += time.process_time() - at
    if kept:
        done.kept.append(kept)


def passes(page: Response, reader: Reader) -> bool:
    """The gate: does the page's plain text speak of a border at all? Cheap, and never stricter than the reader."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    words = bytes_to_str(page.body, detect_encoding(page.body) or "utf-8")
    if not page.media_type.lower().startswith("text/plain"):
        words = extract_plain_text(words, preserve_formatting=False, alt_texts=False, list_bullets=False)
    # Piece by piece: the first look at a text goes no further than such a piece, and here the menus still stand before the story.
    return any(is_relevant(words[at:at + PIECE], reader.gazetteer, reader.lexicon) for at in range(0, max(len(words), 1), PIECE - OVERLAP))


def read_response(page: Response, reader: Reader, book: Rules) -> Kept | None:
    """A page read whole; None where it says nothing. Its own date is believed up to a day after it was fetched."""
    url = canonical(page.url)
    host = urlsplit(url or "").hostname or ""
    outlet = outlet_of(host, book)
    document = extract(page.body, page.url[:200], url=url, media_type=page.media_type, profiles=reader.profiles,
                       zone=ZONES.get(outlet.country) if outlet else None)
    if isinstance(document, Fault):
        return None
    document = replace(document, publisher=outlet.name if outlet else document.publisher or host or None)
    if document.published and not sane(document.published, page.at or datetime.now(UTC)):
        document = replace(document, published=None, published_by="")
    reading = read(document, reader.gazetteer, reader.lexicon)
    return Kept(page.body, document, reading) if reading.statements else None
