"""A new language is one words file: the one in docs/languages.md is read from that page, and a sentence is read by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pasvik.app.settings import settings_from
from pasvik.app.wiring import Reader, knowledge, open_reader
from pasvik.reading.language import Profiles, language_of, parse_profiles
from pasvik.reading.lexicon import parse_lexicon
from pasvik.reading.read import read
from pasvik.terms.capture import Document
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import moment

DOCS = Path(__file__).parent.parent.parent / "docs" / "languages.md"
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
