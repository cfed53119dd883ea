"""A new language is one words file: the one in docs/languages.md is read from that page, and a sentence is read by it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.app.settings import settings_from
from pasvik.app.wiring import Reader, knowledge, open_reader
from pasvik.reading.language import Profiles, language_of, parse_profiles
from pasvik.reading.lexicon import parse_lexicon
from pasvik.reading.read import read
from pasvik.terms.capture import Document
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import moment

DOCS = Path(__file__).parent.parent.parent / "docs" / "languages.md"
CASES = Path(__file__).parent.parent / "cases" / "reading" / "tongues"
HOSTILE = {
    "no": ("Alle grenseoverganger er stengt\n", "grenseovergangen Salla er stengt og ", "Den åpnes igjen. "),
    "fi": ("neljä rajanylityspaikkaa suljetaan\n", "Sallan rajanylityspaikka on kiinni ja ", "Se avataan. "),
    "ru": ("четыре пункта пропуска закроют\n", "пункт пропуска Салла закрыт и ", "Он откроется. "),
}
PUBLISHED = moment("2024-05-07T12:00+03:00")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return open_reader(settings_from({}))


def test_the_example_of_the_docs_reads_its_sentence(reader: Reader) -> None:
    page = DOCS.read_text(encoding="utf-8")
    words, sentence = re.search(r"```toml\n(.*?)```", page, re.S), re.search(r"^> (.+)$", page, re.M)
    assert words and sentence
    shared = knowledge(settings_from({}), "words/when_shared.toml")
    lexicon = parse_lexicon({"eo.toml": words[1], "when_shared.toml": shared})
    tells = lexicon.tongues["eo"].tells
    assert tells
    profiles = parse_profiles(knowledge(settings_from({}), "words/stopwords.toml"), more={"eo": tells})
    assert isinstance(profiles, Profiles)
    assert language_of(sentence[1], profiles) == "eo"
    said = read(Document(text=sentence[1], published=PUBLISHED, language="eo"), reader.gazetteer, lexicon).statements
    assert [(one.claim.crossings, one.claim.state, one.claim.commitment) for one in said if isinstance(one.claim, Status)] == [
        (("narva",), State.CLOSED, Commitment.IN_EFFECT)]
    claim = said[0].claim
    assert isinstance(claim, Status) and claim.span.until and claim.span.until.iso() == "2024-05-10"
    assert said[0].speaker and said[0].speaker.country == "EE"


def test_a_text_without_words_for_its_language_is_a_puzzle_that_says_so(reader: Reader) -> None:
    text = "\n  Przejście graniczne Terespol jest zamknięte do odwołania.\nTak zdecydowano."
    told = read(Document(text=text, published=PUBLISHED, language="pl"), reader.gazetteer, reader.lexicon)
    assert told.statements == ()
    assert [(one.quote, text[one.start:one.end]) for one in told.puzzles] == [("Przejście graniczne Terespol jest zamknięte do odwołania.",) * 2]
    assert "(pl)" in told.puzzles[0].why and "docs/languages.md" in told.puzzles[0].why


def test_an_empty_text_without_words_for_its_language_says_nothing(reader: Reader) -> None:
    assert read(Document(text="  \n", language="pl"), reader.gazetteer, reader.lexicon).statements == ()


@pytest.mark.parametrize(("text", "why"), [
    ('language = "xx"\n[deed.shut]\nis = "a"', r"\[deed.shut\] is not known"),
    ('language = "xx"\n[deed.closed]\nare = "a"', "no form 'are'"),
    ('language = "xx"\n[dead.closed]\nis = "a"', r"\[dead\] is no kind of word"),
    ('language = "xx"\n[deed.closed]\nis = "a*"', "2 letters before"),
    ('language = "xx"\n[deed]\nclosed = "a"', "should hold form"),
    ('language = "xx"\n[when.grammar]\nDATE = "friday"', r"\[when\]"),
])
def test_a_words_file_that_nobody_can_read_says_where(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"words/xx.toml.*{why}"):
        parse_lexicon({"xx.toml": text, "when_shared.toml": knowledge(settings_from({}), "words/when_shared.toml")})


def words_of_cases(language: str) -> list[str]:
    return sorted({word for line in (CASES / f"{language}.txt").read_text(encoding="utf-8").splitlines() if line.startswith("|")
                   for word in line.split("|")[2].split()})


@pytest.mark.parametrize("language", sorted(HOSTILE))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_words_in_any_order_are_read_alike_twice_with_exact_quotes(reader: Reader, language: str, data: st.DataObject) -> None:
    words = st.sampled_from([*words_of_cases(language), "\n", ",", "(", "–", "\u200b", "\u202e", "31.2.2024", "«"])
    text = " ".join(data.draw(st.lists(words, max_size=60)))
    document = Document(text=text, published=PUBLISHED, language=language)
    told = read(document, reader.gazetteer, reader.lexicon)
    assert told == read(document, reader.gazetteer, reader.lexicon)
    for one in told.statements:
        assert one.evidence.quote and text[one.evidence.start:one.evidence.end] == one.evidence.quote
    for puzzle in told.puzzles:
        assert text[puzzle.start:puzzle.end] == puzzle.quote


def deeds(reader: Reader, language: str, text: str) -> int:
    """How many looks at beads a text costs: what grows with the text, on any machine."""
    looks = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal looks
        looks += event == "call" and frame.f_code.co_name in ("beads_in", "at", "resolve", "alive")

    sys.setprofile(count)
    try:
        read(Document(text=text, published=PUBLISHED, language=language), reader.gazetteer, reader.lexicon)
    finally:
        sys.setprofile(None)
    return looks


@pytest.mark.parametrize(("language", "unit"), [(language, unit) for language, units in HOSTILE.items() for unit in units])
def test_cost_grows_with_the_text_and_not_faster(reader: Reader, language: str, unit: str) -> None:
    opening = {"no": "Grensen. ", "fi": "Raja. ", "ru": "Граница. "}[language]
    small, large = (deeds(reader, language, opening + unit * times) for times in (100, 400))
    assert large < 6 * small
