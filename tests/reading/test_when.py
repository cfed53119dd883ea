"""Time words mean what a newcomer would say they mean, exactly quoted, on any text, in linear time."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.reading.when.find import find
from pasvik.reading.when.settle import Anchor, cover, end_of, find_times, on_day, resolve
from pasvik.reading.when.told import Duration, TimeHit
from pasvik.reading.when.words import parse_words
from pasvik.terms.moment import Moment, Span, moment
from pasvik.terms.place import ZONES

ROOT = Path(__file__).parent.parent.parent
WORDS = parse_words((ROOT / "src/pasvik/knowledge/words/when_en.toml").read_text(encoding="utf-8"))
CASES = [line for line in (ROOT / "tests/cases/when.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
TENSES = {"past": False, "ahead": True, "?": None}
SNIPPETS = st.sampled_from([
    "from ", "until ", "midnight ", "on ", "Friday", "Monday", " and ", " to ", "18 ", "31 ", "February ", "May ", "2024", "20.00",
    "24:00", " GMT", "the night between ", "for two weeks", "next ", "last ", "the end of ", "year", "tomorrow", ", ", "–", "a.m.",
    "11/12/2023", "\n", ". ",
    "9999-12-31", "0001-01-01", "six days later", "of that year", "hours", "open ", "10", "2 p.m."])


def brief(hit: TimeHit) -> str:
    start, until = hit.span.start, hit.span.until
    parts = [hit.role, start.iso() if start else "-", until.iso() if until else "-", hit.hours or "-"]
    flags = {"daily": hit.daily, "open": hit.until_further_notice, "bare": hit.bare, "puzzle": bool(hit.puzzle)}
    parts += [name for name, on in flags.items() if on]
    if hit.duration:
        parts.append(f"{hit.duration.months}/{hit.duration.days}/{hit.duration.minutes}")
    return " ".join(parts)


@pytest.mark.parametrize("case", CASES)
def test_words_mean(case: str) -> None:
    head, _, rest = case.partition(" | ")
    words, _, want = rest.partition(" => ")
    published, country, tense = head.split()
    zone = ZONES[country]
    hits = find_times(words, None if published == "none" else moment(published, zone), zone, TENSES[tense], words=WORDS)
    assert " ; ".join(brief(hit) for hit in hits) or "nothing", case
    assert (" ; ".join(brief(hit) for hit in hits) or "nothing") == want


def check(text: str, published: Moment | None, future: bool | None) -> None:
    hits = find_times(text, published, "Europe/Helsinki", future, words=WORDS)
    for hit in hits:
        assert text[hit.start:hit.end] == hit.quote
        if hit.span.start and hit.span.until:
            assert hit.span.start.start < hit.span.until.end
        assert hit.role != "until" or hit.span.start is None
        assert hit.span != Span() or hit.puzzle or hit.role in ("hours", "duration", "open_end")
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    assert all(one.end <= two.start for one, two in pairwise(hits))


MOMENTS = st.none() | st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)).map(lambda at: Moment(at.replace(tzinfo=UTC)))


@given(st.text(), MOMENTS, st.sampled_from([True, False, None]))
def test_any_text_can_be_read(text: str, published: Moment | None, future: bool | None) -> None:
    check(text, published, future)


@given(st.lists(SNIPPETS, max_size=14).map("".join), MOMENTS, st.sampled_from([True, False, None]))
def test_any_jumble_of_time_words_can_be_read(text: str, published: Moment | None, future: bool | None) -> None:
    check(text, published, future)


@given(st.lists(SNIPPETS, max_size=8).map("".join))
def test_a_paragraph_before_moves_every_hit_and_loses_none(text: str) -> None:
    noise = "Nothing is told here.\n\n"
    alone, after = find(text, WORDS), find(noise + text, WORDS)
    assert [(hit.start + len(noise), hit.quote, hit.role) for hit in alone] == [(hit.start, hit.quote, hit.role) for hit in after]


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.sampled_from(["Europe/Helsinki", "Europe/Oslo", "Europe/Moscow"]))
def test_a_full_date_means_itself_however_it_is_written(day: date, zone: str) -> None:
    for text in (f"on {day:%d %B %Y}", f"on {day:%B %d, %Y}", f"on {day:%A, %d %B %Y}", f"on {day.isoformat()}", f"on {day:%d.%m.%Y}"):
        (hit,) = find_times(text, None, zone, words=WORDS)
        assert hit.span.start is not None
        assert (hit.span.start.iso(), hit.puzzle) == (day.isoformat(), None), text


def both_tenses(words: str, day: date) -> list[int]:
    """How many days from publication the words lie, told back and told ahead."""
    anchor = Anchor(moment(day.isoformat(), "Europe/Warsaw"), "Europe/Warsaw")
    (hit,) = find_times(words, anchor.published, anchor.zone, words=WORDS)
    starts = [resolve(hit, future, anchor).span.start for future in (False, True)]
    return [(start.local.date() - day).days for start in starts if start]


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["on Friday", "on Sunday", "on the 18th", "on the 28th"]))
def test_a_weekday_told_back_is_not_ahead_and_told_ahead_not_behind(day: date, words: str) -> None:
    behind, ahead = both_tenses(words, day)
    assert -31 <= behind <= 0 <= ahead <= 31


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["on 14 January", "on 29 June", "on 31 December"]))
def test_a_date_without_a_year_lies_on_the_side_of_the_tense_or_around_the_corner(day: date, words: str) -> None:
    behind, ahead = both_tenses(words, day)
    assert -366 <= behind <= 1
    assert -31 <= ahead <= 366


@pytest.mark.parametrize("junk", [
    "1" * 1_000_000, "[" * 1_000_000, "(" * 1_000_000, " " * 1_000_000, "1 " * 200_000, "12:" * 100_000, "." * 1_000_000, "-" * 1_000_000,
    "from " * 100_000, "on Friday " * 30_000, "18 November " * 25_000, "1.1." * 100_000, "the night between " * 20_000, "a" * 1_000_000,
], ids=lambda junk: junk[:12])
def test_a_megabyte_of_anything_is_read_in_linear_time(junk: str) -> None:
    begun = time.process_time()
    find_times(junk[:len(junk) // 8], None, "Europe/Helsinki", words=WORDS)
    part = time.process_time() - begun
    begun = time.process_time()
    find_times(junk, None, "Europe/Helsinki", words=WORDS)
    assert time.process_time() - begun < max(5.0, 20 * part)  # 5 s for a megabyte is the fault; one measured part alone is too small to trust


def test_a_hit_can_be_read_again_in_another_tense_and_from_another_stamp() -> None:
    anchor = Anchor(moment("2023-11-22T09:00+02:00"), "Europe/Helsinki")
    (hit,) = find_times("on Friday", anchor.published, anchor.zone, words=WORDS)
    assert [brief(resolve(hit, future, anchor)) for future in (False, True)] == ["point 2023-11-17 - -", "point 2023-11-24 - -"]
    (clock,) = find_times("as of 22:15", anchor.published, anchor.zone, words=WORDS)
    entry = Anchor(moment("2023-11-19T22:19+02:00"), anchor.zone)
    assert brief(resolve(clock, None, entry)) == "from 2023-11-19T22:15+02:00 - - bare"
    assert brief(on_day(clock, date(2023, 12, 14), anchor)) == "from 2023-12-14T22:15+02:00 - -"


def test_one_moment_covers_the_whole_of_what_it_names() -> None:
    told = cover(Span(moment("2024-02", "Europe/Helsinki")))
    assert told.start is not None
    assert told.until is not None
    assert (told.start.iso(), told.until.iso()) == ("2024-02-01", "2024-02-29")


def test_two_weeks_end_on_the_same_weekday_or_the_day_before() -> None:
    start = moment("2023-11-30", "Europe/Helsinki")
    assert end_of(start, Duration(days=14)).iso() == "2023-12-14"
    assert end_of(start, Duration(days=14), inclusive=True).iso() == "2023-12-13"
    assert end_of(moment("2024-01-31", "Europe/Helsinki"), Duration(months=1)).iso() == "2024-02-29"
    assert end_of(moment("2023-11-30T00:00+02:00", "Europe/Helsinki"), Duration(minutes=90)).iso() == "2023-11-30T01:30+02:00"


def test_an_outlet_that_writes_months_first_is_believed() -> None:
    (hit,) = find_times("on 11/12/2023", None, "Europe/Oslo", words=WORDS, order="mdy")
    assert brief(hit) == "point 2023-11-12 - -"


FINNISH = """
[WEEKDAY]
field = "weekday"
[WEEKDAY.words]
perjantaina = 4
perjantaista = { weekday = 4, role = "from" }
torstain = 3
perjantain = 4
[MONTH]
field = "month"
[MONTH.words]
marraskuuta = 11
joulukuuta = 12
[KLO.words]
klo = {}
kello = {}
[grammar]
DATE = ["DAY . MONTH", "DAY . MONTH YEAR", "WEEKDAY", "WEEKDAY DAY . MONTH", "DAYMONTH .", "CALDATE"]
TIME = ["CLOCK", "KLO CLOCK", "KLO HOUR"]
DURATION = []
[join]
day_clock = ["", ","]
clock_day = ["", ","]
[[role]]
role = "between"
words = []
[[role_behind]]
role = "from"
bias = "ahead"
words = ["alkaen", "lähtien"]
[[role_behind]]
role = "until"
bias = "future"
words = ["saakka", "asti"]
[range]
to = ["-"]
and = ["ja"]
dash = ["-"]
[night]
between = []
into = []
to = ["ja"]
[said]
open_end = ["toistaiseksi"]
daily = ["päivittäin"]
at_once = []
"""


@pytest.mark.parametrize(("text", "want"), [
    ("18. marraskuuta alkaen", "from 2023-11-18 - -"),
    ("13. joulukuuta 2023 saakka", "until - 2023-12-13 -"),
    ("suljetaan perjantaista toistaiseksi", "from 2023-11-24 - - ; open_end - - - open"),
    ("avataan perjantaina 24. marraskuuta klo 14.00 taas", "point 2023-11-24T14:00+02:00 - -"),
    ("avoinna klo 10-14 päivittäin", "hours - - 10:00-14:00 daily bare"),
    ("13.12. asti", "until - 2023-12-13 -"),
])
def test_a_language_is_a_text_file(text: str, want: str) -> None:
    hits = find_times(text, moment("2023-11-22T09:00+02:00"), "Europe/Helsinki", words=parse_words(FINNISH))
    assert " ; ".join(brief(hit) for hit in hits) == want


def test_a_language_that_names_an_unknown_pattern_is_refused_in_words() -> None:
    text = (ROOT / "src/pasvik/knowledge/words/when_en.toml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="NOSUCH"):
        parse_words(text.replace('"CAL", "LEAD",', '"CAL", "NOSUCH",'))
