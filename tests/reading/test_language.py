"""The language of a page: own sentences in tests/cases/languages.txt, five or more for each language, and short ones that tell nothing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.reading.language import UNKNOWN, Profiles, language_of, parse_profiles
from pasvik.terms.capture import Fault

ROOT = Path(__file__).parent.parent.parent
LINES = (ROOT / "tests/cases/languages.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|", 1)) for line in LINES if line and not line.startswith("#")]


def profiles() -> Profiles:
    parsed = parse_profiles((ROOT / "src/pasvik/knowledge/words/stopwords.toml").read_text(encoding="utf-8"))
    assert isinstance(parsed, Profiles), parsed
    return parsed


SHIPPED = profiles()


def test_every_language_has_five_sentences_or_more() -> None:
    counted = Counter(code for code, _ in CASES)
    assert all(counted[code] >= 5 for code in SHIPPED.scripts), counted


@pytest.mark.parametrize(("code", "sentence"), CASES)
def test_a_sentence_tells_its_language(code: str, sentence: str) -> None:
    assert language_of(sentence, SHIPPED) == code


def test_shouting_and_taken_apart_letters_change_nothing() -> None:
    for code, sentence in CASES:
        assert language_of(sentence.upper(), SHIPPED) == code
        assert language_of(unicodedata.normalize("NFD", sentence), SHIPPED) == code


def test_names_of_one_language_in_a_text_of_another_do_not_turn_it() -> None:
    text = "The Straż Graniczna and the Rajavartiolaitos said that the crossing at Kuźnica was not open, and that it would not be for long."
    assert language_of(text, SHIPPED) == "en"


@given(st.text(max_size=200))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_of(text, SHIPPED) in {*SHIPPED.scripts, UNKNOWN}


@pytest.mark.parametrize(("text", "why"), [
    ("[en", "this is not TOML"),
    ('[en]\nscript = "latin"\nwords = "a"', "[en] needs script, letters and words, each a text"),
    ("en = 1", "[en] needs script"),
])
def test_a_broken_table_is_a_fault(text: str, why: str) -> None:
    fault = parse_profiles(text)
    assert isinstance(fault, Fault)
    assert fault.what.startswith(why)
