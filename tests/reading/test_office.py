"""Office-holders: the shipped list holds together, and a name on a day gives the country for which it speaks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pasvik.reading.office import COLUMNS, holders, parse_offices, plain, spellings, surnames
from pasvik.terms.moment import utc

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "src/pasvik/knowledge/offices.csv").read_text(encoding="utf-8")
OFFICES, FAULTS = parse_offices(TEXT)
HEAD = ",".join(COLUMNS)
NOV_2023 = utc(2023, 11, 24, 12)


def test_the_shipped_list_has_no_fault() -> None:
    assert not FAULTS
    assert len(OFFICES) > 400
    assert {office.country for office in OFFICES} >= {"NO", "FI", "EE", "LV", "LT", "PL", "RU", "BY", "UA", None}
    assert all(office.source.startswith("public record") for office in OFFICES)


@pytest.mark.parametrize(("name", "at", "told"), [
    ("Mari Rantanen", NOV_2023, "FI interior minister"),
    ("Jonas Gahr Store", NOV_2023, "NO prime minister"),
    ("Jonas Gahr Støre", NOV_2023, "NO prime minister"),
    ("JONAS GAHR STOERE", NOV_2023, "NO prime minister"),
    ("Emilie Enger Mehl", NOV_2023, "NO justice minister"),
    ("Andrei Chibis", NOV_2023, "RU governor"),
    ("Андрей Чибис", NOV_2023, "RU governor"),
    ("Andrei Chibis", utc(2018, 5, 1), ""),
    ("Lauri Laanemets", NOV_2023, "EE interior minister"),
    ("Egert Belitsev", NOV_2023, "EE director general"),
    ("Rihards Kozlovskis", NOV_2023, "LV interior minister"),
    ("Rihards Kozlovskis", utc(2021, 8, 10), ""),
    ("Agne Bilotaite", NOV_2023, "LT interior minister"),
    ("Mariusz Kaminski", NOV_2023, "PL interior minister"),
    ("Alyaksandr Lukashenka", NOV_2023, "BY president"),
    ("Kaja Kallas", NOV_2023, "EE prime minister"),
    ("Kaja Kallas", utc(2025, 3, 1), "None high representative"),
    ("Donald Tusk", utc(2016, 3, 1), "None president"),
    ("Donald Tusk", utc(2024, 5, 30), "PL prime minister"),
    ("Alexander Stubb", utc(2026, 5, 24), "FI president"),
    ("A Private Person", NOV_2023, ""),
])
def test_a_name_on_a_day_speaks_for_a_country(name: str, at: datetime, told: str) -> None:
    assert "; ".join(f"{office.country} {office.role}" for office in holders(OFFICES, name, at)) == told


@pytest.mark.parametrize(("country", "office", "role"), [
    ("FI", "Government", "prime minister"), ("NO", "Ministry of Justice and Public Security", "justice minister"),
    ("EE", "Ministry of the Interior", "interior minister"), ("LT", "Ministry of the Interior", "interior minister"),
    ("PL", "Ministry of the Interior", "interior minister"), ("RU", "Murmansk Region", "governor"),
    ("LV", "Cabinet of Ministers", "prime minister"), ("BY", "Ministry of Foreign Affairs", "foreign minister"),
])
def test_one_person_at_a_time_holds_a_high_office(country: str, office: str, role: str) -> None:
    terms = [held for held in OFFICES if (held.country, held.office, held.role) == (country, office, role)]
    for year in range(2016, 2026):
        # Interim holders are not listed, so there may be nobody, but never two.
        names = {held.name for held in terms if held.held(utc(year, 3, 1))}
        assert len(names) <= 1, (year, names)
    assert {held.name for held in terms if held.held(NOV_2023)}


def test_no_line_stands_twice() -> None:
    keys = [(office.country, office.office, office.role, office.name, office.start) for office in OFFICES]
    assert len(keys) == len(set(keys))


def test_spellings_come_with_and_without_diacritics_and_surnames_apart() -> None:
    line = "NO,Government,prime minister,Jonas Gahr Støre,Jonas Gahr Stoere|Støre,2021-10-14,,public record,high"
    offices, faults = parse_offices(f"{HEAD}\n{line}\n")
    assert not faults
    assert spellings(offices[0]) == ("Jonas Gahr Stoere", "Jonas Gahr Store", "Jonas Gahr Støre")
    assert surnames(offices[0]) == ("Stoere", "Store", "Støre")


def test_plain_takes_marks_from_latin_letters_and_leaves_cyrillic_ones() -> None:
    assert [plain(name) for name in ("Siliņa", "Łukaszenka", "Sęk", "Häkkänen", "Mæland", "Андрей")] == [
        "Silina", "Lukaszenka", "Sek", "Hakkanen", "Maeland", "Андрей"]


@pytest.mark.parametrize(("line", "why"), [
    ("XX,Government,prime minister,Some Body,,,,,high", "country 'XX' is not one of"),
    ("FI,,prime minister,Some Body,,,,,high", "the office is empty"),
    ("FI,Government,prime minister,Somebody,,,,,high", "'Somebody' is not a full name"),
    ("FI,Government,prime minister,Some Body,,,,,sure", "confidence 'sure' is not high, medium or low"),
    ("FI,Government,prime minister,Some Body,,2023-02-31,,,high", "'2023-02-31' is not a date or time"),
    ("FI,Government,prime minister,Some Body,,2023-06,2022,,high", "the term of Some Body ends (2022) before it starts (2023-06)"),
    ("FI,Government,prime minister", "the name is empty"),
])
def test_a_bad_line_is_told_by_its_number_and_the_others_are_kept(line: str, why: str) -> None:
    good = "FI,Government,prime minister,Good Person,,2023,,public record,high"
    offices, faults = parse_offices(f"{HEAD}\n{good}\n{line}\n{good}\n")
    assert [office.name for office in offices] == ["Good Person", "Good Person"]
    assert len(faults) == 1
    assert faults[0].what.startswith(why)
    assert faults[0].where == "offices.csv line 3"


def test_a_list_without_its_columns_is_one_fault() -> None:
    offices, faults = parse_offices("country,name\nFI,Some Body\n")
    assert (offices, len(faults), faults[0].where) == ((), 1, "offices.csv line 1")
