"""Who speaks: cases as text, and laws that hold for every text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.app.settings import settings_from
from pasvik.app.wiring import open_reader
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.page.page import Page
from pasvik.reading.page.prepare import prepare
from pasvik.terms.capture import Document
from pasvik.terms.moment import moment

CASES = Path(__file__).parent.parent / "cases" / "reading" / "speaker.txt"
DAY = "2023-11-28T09:00+02:00"


@dataclass(frozen=True)
class Case:
    """A text, and whose some of its words are."""

    text: str
    told: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def knowledge() -> tuple[Gazetteer, Lexicon]:
    """What the reader is shipped with."""
    reader = open_reader(settings_from({}))
    return reader.gazetteer, reader.lexicon


def page_of(text: str) -> Page:
    """The page of a text; its last line makes any text one about a border."""
    page = prepare(Document(text + "\n\nOur desk at the border.", published=moment(DAY, "Europe/Helsinki")), *knowledge())
    assert page is not None
    return page


def cases() -> list[Case]:
    """The cases of speaker.txt."""
    found: list[Case] = []
    for line in CASES.read_text("utf-8").splitlines():
        if line.startswith("|"):
            found.append(Case(line.removeprefix("|").strip().replace("\\n", "\n"), ()))
        elif line.startswith("=>"):
            words, _, who = line.removeprefix("=>").partition("||")
            found[-1] = Case(found[-1].text, (*found[-1].told, (words.strip(), who.strip())))
    return found


def speaker(page: Page, words: str) -> str:
    """Whose these words are: `name, state`, or nobody's."""
    start = page.text.index(words)
    who = page.speaker_at(start, start + len(words))
    return f"{who.name}, {who.country or '-'}" if who else "nobody"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text[:60])
def test_words_have_their_speaker(case: Case) -> None:
    page = page_of(case.text)
    assert [(words, speaker(page, words)) for words, _ in case.told] == list(case.told)


PIECES = st.sampled_from([
    '"', "Salla is closed", "the interior minister", "said", ",", ".", "\n", "MINISTER:", "he", "continued", "Norway", "in", "police", "according to",
    "Is Salla open?", "the governor", ":", "Andrei Chibis", "Pskov", "told reporters", "-", "Border Guard", "His", "Foreign Ministry", "denies it", ";"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_voices_lie_in_the_text_in_order(text: str) -> None:
    page = page_of(text)
    assert list(page.voices) == sorted(page.voices, key=lambda voice: voice[:2])
    assert all(0 <= start < end <= len(page.text) for start, end, _ in page.voices)
    assert all(who.name for _, _, who in page.voices)
    assert len(page.talk) == len(page.sentences)
