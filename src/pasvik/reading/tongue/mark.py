"""Marks a text in another language: its sentences, its words of note, the crossings it names and the times it tells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pasvik.gazetteer.fold import fold as fold_name
from pasvik.gazetteer.names import NameHit, find_names
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.page.fold import fold, plain, words_of
from pasvik.reading.page.lines import read_lines, read_sentences
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.page.prepare import day_of, focus_of
from pasvik.reading.page.times import tell_times
from pasvik.reading.tongue.words import Tongue, plain_letters
from pasvik.reading.when.find import find
from pasvik.reading.when.told import Found
from pasvik.terms.capture import Document

Words = tuple[tuple[int, int, str], ...]
KINDS = {"deed": "act", "sense": "op"}                          # the tables of a words file -> kinds of bead, as the rest of the reader knows them
LOOKS_BACK = frozenset({"did"})
LOOKS_AHEAD = frozenset({"will", "to", "now"})


def mark(document: Document, gazetteer: Gazetteer, tongue: Tongue) -> Page | None:
    """The page of a document, or None where it speaks of no border crossing: names alone, without a word for a crossing, are towns."""
    text = document.text
    low = plain_letters(fold(text))
    words = tuple(words_of(low))
    hits = find_names(text, gazetteer)
    hits = sorted([*hits, *_bent(text, words, hits, gazetteer, tongue)], key=lambda hit: hit.start)
    founds = find(text, tongue.times) if tongue.times else ()
    beads = _beads(words, hits, founds, tongue)
    if not any(bead.kind == "point" for bead in beads) and not _crossings_alone(beads, hits, tongue):
        return None
    lines = read_lines(document, low, tongue.noise, tongue.credit)
    sentences = tuple(read_sentences(low, plain(text), lines, words, tongue.short))
    beads = _sure(beads, hits, sentences)
    focus = focus_of(document, gazetteer, tuple(bead for bead in beads if bead.kind != "crossing" or len(bead.ids) == 1)) or tongue.home
    beads = tell_times(low, beads, founds, sentences, document.published, focus, gazetteer, Ahead(beads, sentences))
    return Page(document, text, low, words, beads, sentences, (), (), focus, day_of(document), ())


def _bent(text: str, words: Words, hits: list[NameHit], gazetteer: Gazetteer, tongue: Tongue) -> list[NameHit]:
    """Names of other languages with an ending of this one: Finnish "Storskogin" is Storskog. Only names that are nothing else."""
    taken = {hit.start for hit in hits}
    found: list[NameHit] = []
    for start, end, word in words if tongue.endings else ():
        if start in taken or not text[start].isupper():
            continue
        for ending in tongue.endings:
            meant = gazetteer.names.meaning.get(fold_name(text[start : end - len(ending)])) if word.endswith(ending) else None
            if meant and len(meant.ids) == 1 and meant.needs != "crossing":
                found.append(NameHit(start, end, meant.ids, text[start:end], rail=meant.rail))
                break
    return found


def _crossings_alone(beads: tuple[Bead, ...], hits: list[NameHit], tongue: Tongue) -> bool:
    """Whether a text without a word for a crossing is about one all the same: a name that is no town's, or that holds such a word, and a deed."""
    if not any(bead.kind == "act" for bead in beads):
        return False
    names = [[word for _, _, word in words_of(plain_letters(fold(hit.name)))] for hit in hits if not hit.needs]
    clear = any(hit.ids and not hit.needs and not hit.also for hit in hits)
    return clear or any((term := tongue.at(name, at)) and term.kind == "point" for name in names for at in range(len(name)))


def _beads(words: Words, hits: list[NameHit], founds: tuple[Found, ...], tongue: Tongue) -> tuple[Bead, ...]:
    """Names first, then times, then the language's own words, and figures last; no two overlap."""
    starts = [start for start, _, _ in words]
    taken = bytearray(len(words))
    beads: list[Bead] = []
    for hit in hits:
        first, last = bisect_right(starts, hit.start) - 1, bisect_left(starts, hit.end)
        _take(beads, taken, Bead("crossing", hit.name, first, last, hit.start, hit.end, ids=hit.ids, rail=hit.rail, name=hit.name))
    said = [word for _, _, word in words]
    terms: list[Bead] = []
    index = 0
    while index < len(words):
        term = tongue.at(said, index)
        size = len(term.pieces) if term else 1
        if term and not any(taken[index : index + size]):
            kind = KINDS.get(term.kind, term.kind)
            terms.append(Bead(kind, term.value, index, index + size, words[index][0], words[index + size - 1][1], frozenset({term.form})))
        index += size
    for bead in terms:
        if bead.last - bead.first > 1 and bead.kind in ("skip", "op", "act"):
            _take(beads, taken, bead)                           # "со вчерашнего дня нет": a longer phrase goes before a time inside it
    for found in founds:
        first, last = bisect_right(starts, found.start) - 1, bisect_left(starts, found.end)
        _take(beads, taken, Bead("time", found.role, first, last, found.start, found.end))
    for bead in terms:
        _take(beads, taken, bead)
    for index, (start, end, word) in enumerate(words):
        if word.isascii() and word.isdigit() and len(word) < 9:
            _take(beads, taken, Bead("number", word, index, index + 1, start, end))
    return tuple(sorted(beads, key=lambda bead: bead.first))


def _take(beads: list[Bead], taken: bytearray, bead: Bead) -> None:
    if not any(taken[bead.first : bead.last]):
        taken[bead.first : bead.last] = b"\x01" * (bead.last - bead.first)
        beads.append(bead)


def _sure(beads: tuple[Bead, ...], hits: list[NameHit], sentences: tuple[Sentence, ...]) -> tuple[Bead, ...]:
    """Without the names of towns that need a word for a crossing beside them and have none in their sentence."""
    needy = {hit.start for hit in hits if hit.needs == "crossing"}
    if not needy:
        return beads
    spans = [(s.start, s.end) for s in sentences]
    starts = [start for start, _ in spans]
    pointed = {bisect_right(starts, bead.start) - 1 for bead in beads if bead.kind == "point"}
    return tuple(bead for bead in beads if bead.kind != "crossing" or bead.start not in needy or bisect_right(starts, bead.start) - 1 in pointed)


class Ahead:
    """Tells whether a time lies ahead or behind, by the form of the deed nearest to it in its sentence."""

    def __init__(self, beads: tuple[Bead, ...], sentences: tuple[Sentence, ...]) -> None:
        self.told = [bead for bead in beads if bead.kind in ("act", "op")]
        self.starts = [bead.start for bead in self.told]
        self.sentences = sentences
        self.begins = [s.start for s in sentences]

    def __call__(self, found: Found) -> bool | None:
        at = bisect_right(self.begins, found.start) - 1
        if at < 0:
            return None
        sentence = self.sentences[at]
        here = self.told[bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)]
        deeds = [bead for bead in here if bead.kind == "act"]
        near = min(deeds, key=lambda bead: abs(bead.start - found.start), default=None)
        senses = {bead.value for bead in here if bead.kind == "op"}
        if near is None:
            return True if found.role == "until" else None
        if near.forms & LOOKS_BACK or (near.forms & {"is", "noun"} and "past" in senses and not senses & {"future", "decide"}):
            return found.role == "until" or False
        if near.forms & LOOKS_AHEAD or senses & {"future", "decide", "plan", "may", "consider"}:
            return True
        return True if found.role == "until" else None


