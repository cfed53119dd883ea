"""What a model may choose from: the sentences, crossings, borders, states and speakers that the text itself names; nothing else can be answered."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.page.actor import NEWSROOM, find_actors
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Page, Sentence
from pasvik.reading.page.prepare import is_relevant, prepare
from pasvik.terms.capture import Document
from pasvik.terms.statement import Speaker

LARGEST = 40_000                                                # code points of one document that are shown to a model
MOST_SPEAKERS = 80
PUBLISHER = "publisher"                                         # the answer for the publisher's own voice


@dataclass(frozen=True, slots=True)
class Offer:
    """A page and the choices it leaves. sentences: those shown, in order; left_out: how many stand beyond the largest size.

    crossings: ids named or meant by the text; borders: "FI-RU"; countries: ISO codes; speakers: offices, bodies and office-holders by the name
    that the text gives them. All in alphabetical order.
    """

    page: Page
    sentences: tuple[Sentence, ...]
    left_out: int
    crossings: tuple[str, ...]
    borders: tuple[str, ...]
    countries: tuple[str, ...]
    speakers: tuple[tuple[str, Speaker], ...]


def offer(document: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Offer | None:
    """What a model may be asked of this document; None where the text speaks of no crossing and no border, so that nobody need be asked."""
    if not is_relevant(document.text, gazetteer, lexicon):
        return None
    page = prepare(document, gazetteer, lexicon)
    if page is None:
        return None
    shown = tuple(s for s in page.sentences if s.end <= LARGEST)
    crossings = {id for phrase in page.phrases for id in phrase.ids if id in gazetteer.crossings}
    crossings |= {id for bead in page.beads if bead.kind == "crossing" for id in bead.ids if id in gazetteer.crossings}
    borders = {phrase.border for phrase in page.phrases if phrase.border} | {gazetteer.crossings[id].border for id in crossings}
    if not shown or not (crossings or borders):
        return None
    countries = {code for border in borders for code in border.split("-")}
    return Offer(page, shown, len(page.sentences) - len(shown), tuple(sorted(crossings)), tuple(sorted(borders)), tuple(sorted(countries)),
                 _speakers(page))


def _speakers(page: Page) -> tuple[tuple[str, Speaker], ...]:
    """Everybody in the text who could speak in office, one for a name; the first reader's rules see to it that no private person is among them."""
    cursor = Cursor(page.words, page.beads)
    found: dict[str, Speaker] = {}
    for _, _, speaker in page.voices:
        found.setdefault(speaker.name, speaker)
    for sentence in page.sentences:
        for actor in find_actors(cursor, page.text, sentence, page.talk_at(sentence)):
            if actor.speaker.role != NEWSROOM:
                found.setdefault(actor.speaker.name, actor.speaker)
    named = [(name, who) for name, who in found.items() if name and name != PUBLISHER]
    return tuple(sorted(named[:MOST_SPEAKERS], key=lambda pair: pair[0]))
