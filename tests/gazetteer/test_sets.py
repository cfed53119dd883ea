"""Which crossings do "four of its eight" mean on a day, and when must we say that we cannot tell?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.gazetteer.region import in_region, north_to_south
from pasvik.gazetteer.sets import all_but, by_phrase, named_set, parse_sets, resolve
from pasvik.gazetteer.table import Gazetteer, borders, roster

EIGHT = "imatra kuusamo niirala nuijamaa raja-jooseppi salla vaalimaa vartius"
SEVEN = "imatra kuusamo niirala nuijamaa salla vaalimaa vartius"
SOUTHEAST = "imatra niirala nuijamaa vaalimaa"

# border, "count/of kind mode" (- = not said), day (- = undated) => ids in alphabetical order, or nothing where it must stay open
NUMBERS = f"""
FI-RU  8    -           -           => {EIGHT}
FI-RU  8    -           2024-04-15  => {EIGHT}
FI-RU  9    -           -           => {EIGHT.replace("vartius", "vainikkala vartius")}
FI-RU  -    all         2023-11-21  => {EIGHT}
FI-RU  4    closed      2023-11-17  => {SOUTHEAST}
FI-RU  4    closed      -           => {SOUTHEAST}
FI-RU  4    open        2023-11-19  => kuusamo raja-jooseppi salla vartius
FI-RU  4    -           2023-11-19  =>
FI-RU  4/8  -           2023-11-19  =>
FI-RU  4/8  closed      2023-11-19  => {SOUTHEAST}
FI-RU  3    -           2023-11-23  => kuusamo salla vartius
FI-RU  3    -           2024-02-01  =>
FI-RU  7/8  -           2023-11-25  => {SEVEN}
FI-RU  8/9  -           2023-11-25  => {SEVEN}
FI-RU  7    closed      -           => {SEVEN}
FI-RU  7/8  -           2023-12-05  =>
FI-RU  1    open        2023-11-25  => raja-jooseppi
FI-RU  -    open        2023-11-21  => kuusamo raja-jooseppi salla vartius
FI-RU  -    open        2023-11-25  => raja-jooseppi
FI-RU  -    open        2024-03-01  =>
FI-RU  2    reopened    2023-12-13  => niirala vaalimaa
FI-RU  2    -           -           =>
FI-RU  6    -           2023-12-14  => imatra kuusamo nuijamaa raja-jooseppi salla vartius
FI-RU  5    -           -           =>
NO-RU  1    all         -           => storskog
EE-RU  3    -           -           => koidula luhamaa narva
EE-RU  -    all         2023-11-23  => koidula luhamaa narva
LV-RU  4    -           -           => grebneva pededze terehova vientuli
LV-RU  7    -           -           =>
LV-RU  3    -           -           =>
LV-RU  2    closed      2023-10-16  => pededze vientuli
LV-RU  2    open        2024-01-01  => grebneva terehova
LV-RU  2    -           2024-01-01  =>
BY-LV  1/2  closed      2023-09-19  => silene
BY-LV  1    open        2024-09-19  => paternieki
LV     3    open        2025-10-14  => grebneva paternieki terehova
BY-LT  6    -           2023-08-01  => lavoriskes medininkai raigardas salcininkai sumskas tverecius
BY-LT  2/6  closed      2023-08-18  => sumskas tverecius
BY-LT  4    open        2023-09-01  => lavoriskes medininkai raigardas salcininkai
BY-LT  2    open        2024-03-02  => medininkai salcininkai
BY-LT  -    open        2025-10-27  => medininkai salcininkai
BY-LT  5    -           2025-11-12  =>
BY-LT  6    -           2019-10-30  =>
LT-RU  2    open        2025-09-29  => kybartai panemune
BY-PL  6    -           -           => bobrowniki kukuryki kuznica polowce slawatycze terespol
BY-PL  4/6  closed      2024-01-01  => bobrowniki kuznica polowce slawatycze
BY-PL  2/6  open        2024-01-01  => kukuryki terespol
BY-PL  2    reopened    2025-11-17  => bobrowniki kuznica
BY-PL  5    closed      2025-09-12  => kukuryki kuznica-rail siemianowka-rail terespol terespol-rail
PL-RU  4    -           2025-01-01  => bezledy goldap gronowo grzechotki
PL-RU  8    -           2007-06-01  =>
PL-RU  2    closed      2025-01-01  => goldap gronowo
PL-UA  8    -           -           => budomierz dolhobyczow dorohusk hrebenne korczowa kroscienko medyka zosin
FI-NO  6    -           -           => karigasniemi kilpisjarvi kivilompolo naatamo nuorgam utsjoki
"""
CASES = [[part.strip() for part in line.split("=>")] for line in NUMBERS.strip().splitlines()]


def day_of(word: str) -> date | None:
    return None if word == "-" else date.fromisoformat(word)


@pytest.mark.parametrize(("asked", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_a_number_of_crossings(asked: str, wanted: str, gazetteer: Gazetteer) -> None:
    border, number, kind, day = asked.split()
    count, _, of = number.partition("/")
    number_of = {"-": None} | {str(n): n for n in range(20)}
    found = resolve(gazetteer, border, number_of[count], day_of(day), kind=None if kind == "-" else kind, of=int(of) if of else None)
    assert " ".join(sorted(found.ids)) == wanted, found.why
    assert found.why
    assert bool(found) == bool(wanted)


def test_all_but_one_of_its_eight(gazetteer: Gazetteer) -> None:
    named = all_but(gazetteer, "FI-RU", 8, None, spared=("raja-jooseppi",))
    unnamed = all_but(gazetteer, "FI-RU", 8, None)
    of_nine = all_but(gazetteer, "FI-RU", 9, date(2023, 11, 24), spared=("raja-jooseppi",))
    uncounted = all_but(gazetteer, "FI-RU", None, date(2023, 11, 22))
    for found in (named, unnamed, of_nine, uncounted):
        assert " ".join(sorted(found.ids)) == SEVEN, found.why


@pytest.mark.parametrize(("of", "day", "spared"), [
    (8, date(2023, 12, 5), ()), (8, None, ("narva",)), (8, None, ("salla", "vartius")), (5, None, ("salla",)), (None, None, ("storskog",))])
def test_all_but_one_stays_open_where_the_text_and_the_record_disagree(
    of: int | None, day: date | None, spared: tuple[str, ...], gazetteer: Gazetteer) -> None:
    assert not all_but(gazetteer, "FI-RU", of, day, spared=spared)


@pytest.mark.parametrize(("words", "day", "wanted"), [
    ("Four south-eastern crossings", "-", ""), ("four southeastern crossings", "2024-05-01", "fi-ru-four-southeast"),
    ("all eight", "-", "fi-ru-eight"), ("remaining four", "2023-11-19", "fi-ru-four-north"), ("remaining four", "2024-01-01", ""),
    ("Haapasaari, Nuijamaa and Santio", "2024-04-12", ""), ("Haapasaari, Nuijamaa and Santio", "2024-04-20", "fi-ru-maritime"),
    ("last two", "2024-06-01", "lt-by-last-two"), ("yhdeksän rajanylityspaikkaa", "-", "fi-ru-nine"), ("a dozen crossings", "-", "")])
def test_phrases(words: str, day: str, wanted: str, gazetteer: Gazetteer) -> None:
    found = by_phrase(gazetteer, words, day_of(day))
    assert found.ids == (gazetteer.sets[wanted].ids if wanted else ()), found.why


@pytest.mark.parametrize(("border", "word", "wanted"), [
    ("FI-RU", "northernmost", "raja-jooseppi"), ("FI-RU", "southernmost", "vaalimaa"), ("FI-RU", "south-eastern", SOUTHEAST),
    ("FI-RU", "Northern", "kuusamo raja-jooseppi salla vartius"),
    ("EE-RU", "southeastern", "koidula luhamaa"),
    ("EE-RU", "northernmost", "narva"),
    ("EE-RU", "northern", ""), ("FI-RU", "western", ""), ("BY-LT", "southernmost", "raigardas")])
def test_regions(border: str, word: str, wanted: str, gazetteer: Gazetteer) -> None:
    assert " ".join(sorted(in_region(gazetteer, border, word).ids)) == wanted


def test_north_to_south(gazetteer: Gazetteer) -> None:
    mixed = ("vaalimaa", "haapasaari", "salla", "raja-jooseppi")
    assert north_to_south(mixed, gazetteer) == ("raja-jooseppi", "salla", "vaalimaa", "haapasaari")


@settings(deadline=None)
@given(count=st.integers(1, 14), day=st.dates(date(2015, 1, 1), date(2027, 1, 1)), pick=st.integers(0, 99))
def test_an_answer_has_as_many_crossings_as_were_counted(count: int, day: date, pick: int, gazetteer: Gazetteer) -> None:
    border = borders(gazetteer)[pick % len(borders(gazetteer))]
    found = resolve(gazetteer, border, count, day)
    assert len(found.ids) in (0, count)
    assert all(gazetteer.crossings[id].border == border for id in found.ids)


@settings(max_examples=30, deadline=None)
@given(day=st.dates(date(2015, 1, 1), date(2027, 1, 1)))
def test_an_undated_answer_never_contradicts_a_dated_one(day: date, gazetteer: Gazetteer) -> None:
    for border in borders(gazetteer):
        for count in range(1, 10):
            undated, dated = resolve(gazetteer, border, count), resolve(gazetteer, border, count, day)
            assert not undated or not dated or set(undated.ids) == set(dated.ids)


def test_its_n_crossings_are_the_roster(gazetteer: Gazetteer) -> None:
    for border in borders(gazetteer):
        whole = roster(border, gazetteer)
        assert named_set(gazetteer, border, len(whole)).ids == whole, border


BAD_SETS = """
[good]
border = "FI-RU"
kind = "open"
ids = ["salla"]
[no-kind]
border = "FI-RU"
ids = ["salla"]
[bad-kind]
border = "FI-RU"
kind = "ajar"
ids = ["salla"]
[bad-day]
border = "FI-RU"
kind = "open"
from = "2023-13-01"
ids = ["salla"]
"""


def test_a_bad_set_is_left_out_and_named() -> None:
    sets, faults = parse_sets(BAD_SETS)
    assert list(sets) == ["good"]
    assert [fault.where for fault in faults] == ["sets.toml [no-kind]", "sets.toml [bad-kind]", "sets.toml [bad-day]"]
    assert parse_sets("[half")[1][0].where == "sets.toml"
