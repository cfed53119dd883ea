"""Counts and movements: cases as text, and laws that hold for every number and every text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.app.settings import settings_from
from pasvik.app.wiring import open_reader
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.finders import count, movement
from pasvik.reading.finders.draft import Draft
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.page.page import Page
from pasvik.reading.page.prepare import prepare
from pasvik.terms.capture import Document
from pasvik.terms.claim import Count, Movement, Number
from pasvik.terms.moment import Moment, moment

HERE = Path(__file__).parent.parent
ZONE = "Europe/Helsinki"
Finder = Callable[[Page], list[Draft]]


@dataclass(frozen=True)
class Case:
    """A text with its day of publication and the lines it should be told as, in order of place."""

    day: str
    text: str
    told: tuple[str, ...]

    def __str__(self) -> str:
        return self.text[:70]


@lru_cache(maxsize=1)
def knowledge() -> tuple[Gazetteer, Lexicon]:
    """What the reader is shipped with."""
    reader = open_reader(settings_from({}))
    return reader.gazetteer, reader.lexicon


def cases(name: str) -> list[Case]:
    """The cases of a file: `| day | text`, then lines of `=> what is told`, or `=> nothing`."""
    found: list[Case] = []
    for line in (HERE / "cases" / "reading" / name).read_text("utf-8").splitlines():
        if line.startswith("|"):
            _, day, text = (part.strip() for part in line.split("|", 2))
            found.append(Case(day, text.replace("\\n", "\n"), ()))
        elif line.startswith("=>") and line != "=> nothing":
            found[-1] = Case(found[-1].day, found[-1].text, (*found[-1].told, line.removeprefix("=>").strip()))
    return found


def page_of(text: str, day: str) -> Page:
    """The page of a text published at nine in the morning of a day; the second line makes any text one about a border."""
    gazetteer, lexicon = knowledge()
    page = prepare(Document(text + "\n\nOur desk at the border.", published=moment(f"{day}T09:00+02:00", ZONE)), gazetteer, lexicon)
    assert page is not None
    return page


def told(find: Finder, text: str, day: str) -> tuple[str, ...]:
    """What a finder makes of a text, one line for each claim in order of place."""
    page = page_of(text, day)
    drafts = sorted(find(page), key=lambda draft: (draft.start, draft.end))
    return tuple(line(draft) for draft in drafts)


def line(draft: Draft) -> str:
    """A claim in one line: `41 arrivals salla 2023-11-21..2023-11-21 by duty officer`, `55 transferred salla > raja-jooseppi`."""
    claim, who = draft.claim, f" by {draft.speaker.name}" if draft.speaker else ""
    if isinstance(claim, Count):
        place = ",".join(claim.crossings) or claim.border or "somewhere"
        return f"{number(claim.people)}{' vehicles' if claim.vehicles else ''} {claim.what} {place}{days(claim.span.start, claim.span.until)}{who}"
    assert isinstance(claim, Movement)
    return f"{number(claim.people)} {claim.fate} {claim.origin or '?'} > {claim.destination or '?'}{days(claim.when.start, None)}{who}"


def number(people: Number) -> str:
    """300, ~300 (about), >300 (over), <300 (up to), 35-41, ~ (dozens), ? (not told)."""
    if people.count is None:
        return f"{people.min}-{people.max}" if people.min is not None else "~" if people.approx else "?"
    sign = ">" if people.min is not None else "<" if people.max is not None else "~" if people.approx else ""
    return f"{sign}{people.count}"


def days(start: Moment | None, until: Moment | None) -> str:
    """" 2023-11-20..2023-11-21", with nothing for what is not told."""
    if start is None:
        return ""
    return f" {start.iso()}..{until.iso()}" if until else f" {start.iso()}"


@pytest.mark.parametrize("case", cases("count.txt"), ids=str)
def test_a_text_counts(case: Case) -> None:
    assert told(count.find, case.text, case.day) == case.told


@pytest.mark.parametrize("case", cases("movement.txt"), ids=str)
def test_a_text_moves_people(case: Case) -> None:
    assert told(movement.find, case.text, case.day) == case.told


def test_there_are_cases_that_say_something_and_cases_that_say_nothing() -> None:
    for name in ("count.txt", "movement.txt"):
        assert sum(bool(case.told) for case in cases(name)) > 15
        assert sum(not case.told for case in cases(name)) > 10


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 99_999), st.booleans())
def test_any_number_of_people_is_counted_as_written(people: int, commas: bool) -> None:
    written = f"{people:,}" if commas else str(people)
    assert told(count.find, f"On Tuesday {written} asylum seekers arrived at the Salla crossing.", "2023-11-22") == (
        f"{people} arrivals salla 2023-11-21..2023-11-21",)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.sampled_from(["", " hundred", " thousand"]), st.integers(0, 99))
def test_numbers_in_words_are_counted(first: int, scale: str, rest: int) -> None:
    factor = {"": 0, " hundred": 100, " thousand": 1000}[scale]
    words = f"{ONES[first]}{scale} and {small(rest)}" if factor and rest else f"{ONES[first]}{scale}" if factor else small(rest + 2)
    value = first * factor + rest if factor else rest + 2
    assert told(count.find, f"{words.capitalize()} lorries were waiting at Narva.", "2023-11-22") == (f"{value} vehicles waiting narva",)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9_999), st.sampled_from(["kilometres", "euros", "per cent", "%", "hours", "officers", "years", "tonnes", "border guards"]))
def test_what_is_not_people_is_not_counted(number_of: int, unit: str) -> None:
    for text in (f"Some {number_of} {unit} were recorded at the Salla crossing.", f"The queue at Narva was {number_of} {unit} long."):
        assert told(count.find, text, "2023-11-22") == ()
        assert told(movement.find, text, "2023-11-22") == ()


WORDS = st.sampled_from([
    "300", "people", "asylum seekers", "from", "to", "Salla", "Narva", "were", "moved", "arrived", "none of", "them", ",", "and", "the", "border", "who",
    "dozens of", "lorries", "waiting", "at", ".", "\n", ":", "-", "of", "the number", "rose", "in January", "not", "back", "sent", "between", "41", "they",
    "Russia", "there", "after", "a hundred", "twenty", "1,100", "turned back", "did", "(", "more than", "no", "half a dozen", "left for", "Pskov", "St."])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_quotes_lie_in_the_text_and_nothing_breaks(text: str) -> None:
    page = page_of(text, "2023-11-22")
    for draft in (*count.find(page), *movement.find(page)):
        assert 0 <= draft.start < draft.end <= len(page.text)
        assert page.cut(draft.start, draft.end).strip() == page.cut(draft.start, draft.end)
        assert page.sentence_at(draft.start) == page.sentence_at(draft.end - 1)


@pytest.mark.parametrize("case", [case for case in cases("count.txt") if case.told][::6], ids=str)
def test_a_paragraph_of_noise_changes_no_count(case: Case) -> None:
    noisy = f"{case.text}\n\nA bakery in the town sold 300 buns to 40 people."
    assert told(count.find, noisy, case.day) == case.told


def small(value: int) -> str:
    """A number below 102 in words."""
    if value >= 100:
        return f"a hundred and {ONES[value - 100]}" if value > 100 else "a hundred"
    if value in ONES:
        return ONES[value]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"][value // 10 - 2]
    return f"{tens}-{ONES[value % 10]}" if value % 10 else tens


ONES = dict(enumerate([
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen"]))
