"""Laws of the reader: exact words, the same answer every time, no claim out of litter, never a crash, never slow."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pasvik.app.settings import settings_from
from pasvik.app.wiring import open_reader
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.page.prepare import prepare
from pasvik.reading.read import FINDERS, read, state
from pasvik.terms.capture import Document
from pasvik.terms.claim import Status
from pasvik.terms.moment import moment
from pasvik.terms.statement import Reading

HERE = Path(__file__).parent.parent
PUBLISHED = moment("2023-11-28T12:00+02:00")
SENTENCES = (
    "Finland has closed the Vaalimaa, Nuijamaa and Imatra border crossings.", "Salla remains open from 10 to 14.", "It may also be shut.",
    "The Kremlin denied this.", "Norway has no plans to close Storskog.",
    "All but one of its eight crossings are closed.",
    "The minister said the border with Russia would be closed from midnight on Friday.", "Asylum applications are received only at Vartius.",
    "Moscow was accused of sending migrants to the border.", "55 people were taken from Salla to Raja-Jooseppi.", "Both points reopen on 14 December.")
PIECES = st.one_of(
    st.sampled_from(SENTENCES), st.text(max_size=40), st.sampled_from(["\n", "\n\n", " ", '"', "\u200b", "\u202e", "31 February", "@", "(", "- "]))
STORY = (
    "Finland shuts four crossings\n\nThe Finnish government decided on Thursday to close the Vaalimaa, Nuijamaa, Imatra and Niirala border crossings. "
    "Salla and Vartius remain open.\n\nThe Border Guard said both accept asylum applications.")


@lru_cache(maxsize=1)
def knowledge() -> tuple[Gazetteer, Lexicon]:
    """What the reader is shipped with."""
    reader = open_reader(settings_from({}))
    return reader.gazetteer, reader.lexicon


def reading(text: str) -> Reading:
    gazetteer, lexicon = knowledge()
    return read(Document(text=text, published=PUBLISHED), gazetteer, lexicon)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_quote_is_exact_and_reading_twice_is_reading_once(text: str) -> None:
    told = reading(text)
    for statement in told.statements:
        words = statement.evidence
        assert text[words.start:words.end] == words.quote
    for puzzle in told.puzzles:
        assert text[puzzle.start:puzzle.end] == puzzle.quote
    assert reading(text) == told


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_finders_does_not_matter(dice: Random) -> None:
    gazetteer, lexicon = knowledge()
    page = prepare(Document(text=" ".join(SENTENCES), published=PUBLISHED), gazetteer, lexicon)
    assert page is not None
    drafts = [draft for find in FINDERS for draft in find(page)]
    shuffled = list(drafts)
    dice.shuffle(shuffled)
    assert len(drafts) > 5
    assert state(page, shuffled) == state(page, drafts)


@pytest.mark.parametrize("litter", [
    "READ MORE", "We use cookies to improve your experience on this site.", "Photo: archive", "Sign up for our newsletter",
    "Ten cosy saunas within an hour of Helsinki."])
def test_litter_between_paragraphs_changes_nothing(litter: str) -> None:
    head, story, rest = STORY.split("\n\n")
    plain, littered = reading(STORY), reading(f"{head}\n\n{story}\n\n{litter}\n\n{rest}")
    assert [(s.claim, s.speaker, s.evidence.quote) for s in littered.statements] == [(s.claim, s.speaker, s.evidence.quote) for s in plain.statements]


@pytest.mark.parametrize("odd", ["\u00a0", "\u2009"])
def test_odd_spaces_and_quotation_marks_change_no_claim(odd: str) -> None:
    plain, spaced = reading(STORY), reading(STORY.replace(" ", odd))
    assert [s.claim for s in spaced.statements] == [s.claim for s in plain.statements]


def test_a_text_of_capitals_still_names_its_crossings() -> None:
    told = [s.claim for s in reading("FINLAND CLOSES THE VAALIMAA AND NIIRALA BORDER CROSSINGS.").statements if isinstance(s.claim, Status)]
    assert [claim.crossings for claim in told] == [("niirala", "vaalimaa")]


def test_a_day_that_is_none_and_marks_that_cannot_be_seen_do_no_harm() -> None:
    told = [s.claim for s in reading("The Stor\u200bskog crossing was closed on 31 February\u202e. The Salla border crossing is open.").statements]
    assert any(isinstance(c, Status) and c.crossings == ("salla",) for c in told)


@pytest.mark.parametrize("text", [
    "border crossing Storskog " + "(" * 300_000, "border crossing Storskog " + '"' * 300_000, "The Storskog border crossing is closed and " * 8_000,
    "the border crossings " + "Vaalimaa, " * 30_000, "the border crossing\n" * 15_000, "border crossing " + "1 " * 150_000])
def test_no_text_takes_long(text: str) -> None:
    knowledge()
    begun = time.process_time()
    reading(text)
    assert time.process_time() - begun < 20                             # seconds of this processor; about 1 on an idle one
