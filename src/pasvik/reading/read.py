"""One page in, every claim it makes out: prepare the page, let each finder look, give each claim its words and its name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.finders import accusation, count, denial, movement, posture
from pasvik.reading.finders.draft import Draft
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.page.page import Page
from pasvik.reading.page.prepare import is_relevant, prepare
from pasvik.reading.status import find as status
from pasvik.reading.tongue.find import find as find_in
from pasvik.terms.capture import Document, Source, source_of
from pasvik.terms.claim import Denial, Zone
from pasvik.terms.statement import Evidence, Puzzle, Reading, Statement

FINDERS = (status.find, movement.find, count.find, accusation.find, denial.find, posture.find)
OURS = ("en", "und", "")                                        # a text too short to tell is read as English
SHOWN = 80                                                      # code points shown of a text that cannot be read


def read(document: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Reading:
    """The statements of a document in order of place, and the words that could not be resolved. Pure: same values in, same Reading out.

    A text in another language is read by the words of that language; where there are none, it is a puzzle that says so.
    """
    if document.language not in OURS:
        return _in_another_language(document, gazetteer, lexicon)
    if not is_relevant(document.text, gazetteer, lexicon):
        return Reading((), ())
    page = prepare(document, gazetteer, lexicon)
    if page is None:
        return Reading((), ())
    drafts = [draft for find in FINDERS for draft in find(page)]
    return Reading(state(page, drafts), page.puzzles)


def _in_another_language(document: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Reading:
    tongue = lexicon.tongues.get(document.language)
    if tongue is None:
        start = next((at for at, sign in enumerate(document.text) if not sign.isspace()), 0)
        words = document.text[start : start + SHOWN].partition("\n")[0].rstrip()
        why = f"this text is in a language ({document.language}) of which no words are known; docs/languages.md tells how to add them"
        return Reading((), (Puzzle(why, start, start + len(words), words),))
    found = find_in(document, gazetteer, tongue)
    return Reading(state(*found), found[0].puzzles) if found else Reading((), ())


def state(page: Page, drafts: Iterable[Draft]) -> tuple[Statement, ...]:
    """The statements of drafts in order of place, each once, denials tied to what they answer; the order of the drafts does not matter."""
    source = source_of(page.document)
    ordered = _in_order(drafts)
    made = [(draft, _statement(page, source, draft, ())) for draft in ordered if not draft.answers]
    by_span: dict[tuple[int, int], list[str]] = {}
    for told, statement in made:
        by_span.setdefault((told.start, told.end), []).append(statement.id)
    for draft in ordered:
        if draft.answers:
            ids = tuple(id for span in draft.answers for id in by_span.get(span, ()))
            made.append((draft, _statement(page, source, draft, ids)))
    made.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1].id))
    return tuple({statement.id: statement for _, statement in made}.values())


def _in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """By place and kind; what stands alike there, by all its words, which are spelled out only then."""
    placed = sorted(drafts, key=_place)
    return [draft for _, alike in groupby(placed, key=_place) for draft in _spelled(list(alike))]


def _place(draft: Draft) -> tuple[int, int, str]:
    return draft.start, draft.end, draft.claim.kind


def _spelled(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: repr(draft.claim)) if len(drafts) > 1 else drafts


def _statement(page: Page, source: Source, draft: Draft, answers: tuple[str, ...]) -> Statement:
    claim = draft.claim
    if isinstance(claim, Denial) and answers:
        claim = Denial(claim.denier, answers)
    sentence = page.sentence_at(draft.start)
    zone = sentence.zone if sentence else Zone.BODY
    words = Evidence(draft.start, draft.end, page.cut(draft.start, draft.end), zone)
    return Statement(claim, words, source, draft.speaker, draft.basis, draft.confidence, draft.found_by)
