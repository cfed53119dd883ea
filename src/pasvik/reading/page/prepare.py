"""Lays the layers of a page, one over the other: plain text, lines, sentences, words of note, crossings meant, voices."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from pasvik.gazetteer.names import NameHit, find_names
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.page.beads import read_beads
from pasvik.reading.page.fold import fold, words_of
from pasvik.reading.page.lines import read_lines, read_sentences
from pasvik.reading.page.meaning import read_phrases
from pasvik.reading.page.noun_phrase import Cursor
from pasvik.reading.page.page import Bead, Page
from pasvik.reading.page.voices import read_voices
from pasvik.reading.when.told import TimeHit
from pasvik.terms.capture import Document
from pasvik.terms.moment import zone_info
from pasvik.terms.place import ZONES
from pasvik.terms.statement import Puzzle

COVERED = ("NO", "FI", "EE", "LV", "LT", "PL")
# Words without which no text speaks of a border crossing; looked for before anything else is done.
SIGNS = ("border", "frontier", "checkpoint", "check point", "crossing")
STRONG = ("border", "frontier", "checkpoint", "check point", "check-point", "crossing point")


def is_relevant(text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """A cheap look: does the text speak of a border at all? False means no claim can be in it."""
    low = text.lower()
    return any(sign in low for sign in SIGNS) or bool(find_names(text[:20_000], gazetteer))


def prepare(document: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Page | None:
    """The page of a document, or None where it names no crossing, border or neighbour worth reading on for."""
    text = document.text
    low = fold(text)
    words = tuple(words_of(low))
    names = _sure_names(low, find_names(text, gazetteer))
    lines = read_lines(document, low, lexicon.noise, lexicon.credit)
    day = _day(document)
    beads = _in_office(read_beads(words, names, _times(document, low, names, gazetteer), lexicon), text, document)
    focus = _focus(document, gazetteer, beads)
    sentences = tuple(read_sentences(low, lines, words))
    cursor = Cursor(words, beads)
    phrases = read_phrases(cursor, sentences, gazetteer, focus, day)
    voices = read_voices(cursor, text, sentences, focus)
    puzzles = tuple(Puzzle(p.why, p.start, p.end, text[p.start:p.end]) for p in phrases if p.how == "unresolved" and p.why and p.border)
    return Page(document, text, low, words, beads, sentences, phrases, voices, focus, day, puzzles)


def _sure_names(low: str, hits: list[NameHit]) -> list[NameHit]:
    """Drop names of towns and people where nothing near them speaks of a border."""
    strong = any(word in low for word in STRONG)
    return [hit for hit in hits if hit.ids and (not hit.needs or (hit.needs == "border" and strong) or _beside_crossing(low, hit))]


def _beside_crossing(low: str, hit: NameHit) -> bool:
    around = low[max(0, hit.start - 30):hit.start] + " " + low[hit.end:hit.end + 30]
    return any(word in around for word in ("crossing", "checkpoint", "border", "check point", "post"))


def _day(document: Document) -> date | None:
    if document.published is None:
        return None
    return datetime.fromisoformat(document.published.iso()[:10].ljust(10)).date() if len(document.published.iso()) >= 10 else None


def _times(document: Document, low: str, names: list[NameHit], gazetteer: Gazetteer) -> list[TimeHit]:
    return []


def _in_office(beads: tuple[Bead, ...], text: str, document: Document) -> tuple[Bead, ...]:
    """Names of people become offices held on the day, or nothing: nobody out of office speaks.

    A surname counts after its full name, or right after a title ("Governor Chibis").
    """
    at = document.published.start if document.published else None
    kept: list[Bead] = []
    seen: set[str] = set()
    for bead in beads:
        if bead.kind not in ("office", "surname"):
            kept.append(bead)
            continue
        held = [office for office in bead.offices if office.held(at)]
        titled = bool(kept) and kept[-1].kind == "role" and kept[-1].last == bead.first
        named = [office for office in held if office.name in seen]
        if not held or not text[bead.start].isupper() or (bead.kind == "surname" and not titled and not named):
            continue
        office = (named or held)[-1]
        seen.add(office.name)
        kept.append(replace(bead, kind="office", value=office.country or "XX", offices=(office,)))
    return tuple(kept)


def _focus(document: Document, gazetteer: Gazetteer, beads: tuple[Bead, ...]) -> str | None:
    """The covered state that a text is mostly about: by its crossings first, then by the states and bodies it names."""
    votes: Counter[str] = Counter()
    for bead in beads:
        if bead.kind == "crossing" and bead.ids[0] in gazetteer.crossings:
            votes[gazetteer.crossings[bead.ids[0]].side_a.country] += 2
        elif bead.kind in ("country", "body", "office") and bead.value in COVERED:
            votes[bead.value] += 1
    return min(votes, key=lambda code: (-votes[code], COVERED.index(code) if code in COVERED else 99)) if votes else None
