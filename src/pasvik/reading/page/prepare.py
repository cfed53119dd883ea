"""Lays the layers of a page, one over the other: plain text, lines, sentences, words of note, crossings meant, voices."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise

from pasvik.gazetteer.names import NameHit, find_alike, find_names
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.office import Office
from pasvik.reading.page.beads import read_beads
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.fold import fold, plain, words_of
from pasvik.reading.page.lines import read_lines, read_sentences
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.page.talk.states import Setting, home_of, talk_of
from pasvik.reading.page.times import Tenses, tell_times
from pasvik.reading.page.voices import read_voices
from pasvik.reading.phrase.meaning import read_phrases
from pasvik.reading.when.find import find
from pasvik.terms.capture import Document
from pasvik.terms.statement import Puzzle

COVERED = ("NO", "FI", "EE", "LV", "LT", "PL")
LISTED = frozenset({"and", ",", "or", "/", "&", ", and"})
LISTS = frozenset({"and", ",", "or", "/", "-", "&", "("})
HEADED = frozenset({"country", "way", "move", "quant", "head", "hinge", "crossing"})  # of what a heading may speak
LEADERS = frozenset({"president", "prime minister"})  # of whom "Orpo said" is enough where their state is named
KNOWN_BY_SURNAME = frozenset({"president", "foreign minister", "spokesperson"})  # of a neighbour: "Peskov said", without a first name
HEADING = 8  # words that a heading may have
PASSING = ("lorr", "hauli", "customs", "barrier", "transit", "smuggl", "balloon", "checkpoint")
SHORT = 400  # a post of this length needs no such word where its names can mean nothing else


def is_relevant(text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """A cheap look: does the text speak of a border at all? False means no claim can be in it."""
    low = text.lower()
    return any(sign in low for sign in lexicon.list_of("signs")) or bool(find_names(text[:20_000], gazetteer))


def prepare(document: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Page | None:
    """The page of a document, or None where it names no crossing, border or neighbour worth reading on for."""
    text = document.text
    low = fold(text)
    words = tuple(words_of(low))
    hits = find_names(text, gazetteer)
    if not _speaks_of_border(low, hits, lexicon) or sum(f" {word}" in low for word in lexicon.fiction) >= 2:
        return None
    names = _sure_names(low, hits, lexicon)
    nouns = lexicon.list_of("nouns")
    odd = find_alike(text, names, gazetteer, lambda start, end: _is_place_of_name(low, start, end, nouns))
    names = sorted([*names, *odd], key=lambda hit: hit.start) if odd else names
    lines = read_lines(document, low, lexicon.noise, lexicon.credit)
    day = day_of(document)
    founds = find(text, lexicon.times) if lexicon.times else ()
    beads = _in_office(read_beads(words, names, founds, lexicon), text, document)
    focus = focus_of(document, gazetteer, beads)
    sentences = tuple(read_sentences(low, plain(text), lines, words, lexicon.set_of("short")))
    beads = tell_times(low, beads, founds, sentences, document.published, focus, gazetteer, Tenses(low, lexicon))
    cursor = Cursor(words, beads)
    foci = _foci(low, text, beads, sentences, focus)
    phrases = read_phrases(cursor, text, sentences, gazetteer, foci, day)
    talk = talk_of(cursor, sentences, Setting(foci, home_of(cursor, text, sentences, lexicon, document.publisher), _sides(gazetteer)))
    voices = read_voices(cursor, text, sentences, talk)
    puzzles = tuple(Puzzle(p.why, p.start, p.end, text[p.start : p.end]) for p in phrases if p.how == "unresolved" and p.why and p.border)
    return Page(document, text, low, words, beads, sentences, phrases, voices, focus, day, puzzles, talk, kept={"cursor": cursor})


@lru_cache(maxsize=4)                                           # every text asks, and a house has one gazetteer
def _sides(gazetteer: Gazetteer) -> dict[str, str]:
    """The state on this side of each crossing."""
    return {id: crossing.side_a.country for id, crossing in gazetteer.crossings.items()}


def _speaks_of_border(low: str, hits: list[NameHit], lexicon: Lexicon) -> bool:
    """Whether a text is about a border and not about a town: it says so, names a crossing as one, or is a post that names one."""
    if any(word in low for word in lexicon.list_of("strong")) or any(_beside_crossing(low, hit, lexicon) for hit in hits):
        return True
    for phrase in lexicon.list_of("unlike"):
        low = low.replace(phrase, " ")
    spoken = any(word in low for word in ("border", "crossing", "checkpoint"))
    if spoken and any(hit.ids and not hit.needs and not hit.also for hit in hits):
        return True
    known = [hit for hit in hits if hit.ids and hit.needs != "crossing"]
    sure = {hit.ids for hit in known if not hit.needs and not hit.also}
    passing = sum(word in low for word in PASSING)
    listed = [one for one, other in pairwise(known) if low[one.end : other.start].strip() in LISTS]
    if (len(sure) > 1 and passing) or (passing > 1 and listed):
        return True  # several crossings, and what passes or waits there
    if any(spoken or not one.needs for one in listed):
        return True
    return len(low) <= SHORT and any(spoken or not hit.needs for hit in known)


def _sure_names(low: str, hits: list[NameHit], lexicon: Lexicon) -> list[NameHit]:
    """Drop names of towns and people that need a crossing word beside them and have none."""
    sure = [bool(hit.ids) and (hit.needs != "crossing" or _beside_crossing(low, hit, lexicon)) for hit in hits]
    for one, other in (*pairwise(range(len(hits))), *pairwise(range(len(hits) - 1, -1, -1))):
        left, right = sorted((one, other))
        listed = low[hits[left].end : hits[right].start].strip() in LISTED
        sure[other] = sure[other] or (sure[one] and bool(hits[other].ids) and listed)  # "Brest and Kozlovichi"
    return [hit for hit, kept in zip(hits, sure, strict=True) if kept]


def _beside_crossing(low: str, hit: NameHit, lexicon: Lexicon) -> bool:
    nouns = lexicon.list_of("nouns")
    before, after = low[max(0, hit.start - 26) : hit.start].rstrip(), low[hit.end : hit.end + 24].lstrip()
    return before.endswith(nouns) or after.startswith(nouns)


def _is_place_of_name(low: str, start: int, end: int, nouns: tuple[str, ...]) -> bool:
    """Whether a word for a crossing stands beside these words, also over a small word ("the checkpoint at ...", "... border crossing")."""
    before, after = low[max(0, start - 30) : start].rstrip(" \"'"), low[end : end + 24].lstrip(" \"'")
    for small in (" at", " of", " in", ":", " -"):
        before = before.removesuffix(small)
    return before.endswith(nouns) or after.startswith(nouns)


def day_of(document: Document) -> date | None:
    """The day of publication as its own clocks had it; None = not known."""
    if document.published is None:
        return None
    return datetime.fromisoformat(document.published.iso()[:10].ljust(10)).date() if len(document.published.iso()) >= 10 else None


def _in_office(beads: tuple[Bead, ...], text: str, document: Document) -> tuple[Bead, ...]:
    """Names of people become offices held on the day, or nothing: nobody out of office speaks.

    A surname counts after its full name, right after a title ("Governor Chibis"), or where it is a neighbouring president's ("Putin").
    """
    at = document.published.start if document.published else None
    kept: list[Bead] = []
    seen = {office.name for bead in beads if bead.kind == "office" for office in bead.offices if office.held(at)}      # also of a surname in the headline
    states = {bead.value for bead in beads if bead.kind == "country"}
    for place, bead in enumerate(beads):
        if bead.kind not in ("office", "surname"):
            kept.append(bead)
            continue
        held = [office for office in bead.offices if office.held(at)]
        named = [office for office in held if office.name in seen]
        after = beads[place + 1] if place + 1 < len(beads) else None
        known = named or any(_known(office, kept[-1] if kept else None, bead, after, states) for office in held)
        if not held or not text[bead.start].isupper() or (bead.kind == "surname" and not known):
            continue
        office = (named or held)[-1]
        seen.add(office.name)
        kept.append(replace(bead, kind="office", value=office.country or "XX", offices=(office,)))
    return tuple(kept)


def _known(office: Office, before: Bead | None, bead: Bead, after: Bead | None, states: set[str]) -> bool:
    """Whether a surname means this office-holder: beside a title, after their state, a neighbour's, or a head of government's that speaks."""
    if office.role in KNOWN_BY_SURNAME and office.country not in COVERED:
        return True
    titled = before is not None and before.kind == "role" and before.last == bead.first
    named = after is not None and after.kind == "role" and 0 <= after.first - bead.last <= 2      # "said Rantanen, interior minister"
    owned = before is not None and before.kind == "country" and before.value == office.country and 0 <= bead.first - before.last <= 2
    spoken = any(b is not None and b.kind == "say" and (b.first == bead.last or b.last == bead.first) for b in (before, after))
    return titled or named or (owned and office.role in LEADERS) or (spoken and office.role in LEADERS and office.country in states)


def _foci(low: str, text: str, beads: tuple[Bead, ...], sentences: tuple[Sentence, ...], focus: str | None) -> tuple[str | None, ...]:
    """The state in focus sentence by sentence: that of the heading above ("FINLAND", "POLAND. ..."), else that of the whole text."""
    at, here = 0, focus
    found: list[str | None] = []
    for sentence in sentences:
        while at < len(beads) and beads[at].first < sentence.first:
            at += 1
        bead = beads[at] if at < len(beads) else None
        opens = bead is not None and bead.kind == "country" and bead.first == sentence.lead and bead.last >= sentence.last - 1
        begins = low[max(0, sentence.start - 1) : sentence.start].strip() == ""
        if opens and bead and "name" in bead.forms and bead.value in COVERED and begins:
            here = bead.value
        elif begins and (state := _headed_by(text, beads[at : at + HEADING], sentence)):
            here = state
        found.append(here)
    return tuple(found)


def _headed_by(text: str, beads: tuple[Bead, ...], sentence: Sentence) -> str | None:
    """The covered state that a line in capitals names first: "FROM FINLAND TO RUSSIA"."""
    words = text[sentence.start : sentence.end].strip()
    here = [b for b in beads if b.last <= sentence.last]
    if not words.isupper() or sentence.last - sentence.first > HEADING or any(b.kind not in HEADED for b in here):
        return None
    return next((b.value for b in beads if b.last <= sentence.last and b.kind == "country" and b.value in COVERED), None)


def focus_of(document: Document, gazetteer: Gazetteer, beads: tuple[Bead, ...]) -> str | None:
    """The covered state that a text is mostly about: by its crossings first, then by the states and bodies it names."""
    votes: Counter[str] = Counter()
    for bead in beads:
        if bead.kind == "crossing" and bead.ids[0] in gazetteer.crossings:
            votes[gazetteer.crossings[bead.ids[0]].side_a.country] += 2
        elif bead.kind in ("country", "body", "office") and bead.value in COVERED:
            votes[bead.value] += 1
    return min(votes, key=lambda code: (-votes[code], COVERED.index(code) if code in COVERED else 99)) if votes else None
