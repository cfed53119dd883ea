"""Is the table whole, who was on a border's roster on a day, and is every bad line named?"""

from __future__ import annotations

from datetime import date

import pytest

from pasvik.gazetteer.build import build_gazetteer, check
from pasvik.gazetteer.forms import case_forms
from pasvik.gazetteer.table import Gazetteer, borders, on_border, parse_crossings, roster

HEADING = "id,name,country_a,name_a,country_b,name_b,lanes,international,lat,lon,member_of,opened,abolished"
CROSSINGS = f"""# remark, with a comma
{HEADING}
up,Up – Upp,FI,Up,RU,Upp,car|truck,yes,66.1,29.2,,,
up,Up again,FI,Up,RU,Upp,car,yes,66.1,29.2,,,
far,Far,FI,Far,RU,Farr,car,yes,96.1,29.2,,,
half,Half,FI,Half,RU,Half,car,yes,66.1,,,,
odd,Odd,FI,Odd,XX,Odd,car,yes,,,,,
sled,Sled,FI,Sled,RU,Sled,sledge,yes,,,,,
,Nameless,FI,,RU,,car,yes,,,,,
short,Short,FI
down,Down – Daun,FI,Down,RU,Daun,car,yes,61.1,29.2,nowhere,2020-02-31,
gone,Gone – Gon,FI,Gone,RU,Gon,car,yes,60.1,29.2,,2020,2019-05
old,Old – Olt,FI,Old,RU,Olt,car,yes,59.1,29.2,,2001-03-04,2024-10
"""
NAMES = """name,crossing,rail,language,kind,also,needs
Up,up,,,official,,
Upp,up,,,official,,
Up,down,,,seen,,
Down,down,,,guessed,,
Daun,down,,,seen,,sometimes
Lake,lake,,,seen,,
Gone,,,,seen,,
Old,old,,fi,official,town,border
"""
SETS = """
[two]
border = "FI-RU"
kind = "all"
ids = ["up", "under"]
[backwards]
border = "NO-RU"
kind = "closed"
ids = ["up", "up"]
from = "2024-02-02"
until = "2024-01-01"
"""


def test_the_shipped_knowledge_has_no_fault(gazetteer: Gazetteer) -> None:
    assert check(gazetteer) == []


def test_the_shipped_table_is_whole(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.crossings) == 142
    assert len(gazetteer.sets) >= 43
    for crossing in gazetteer.crossings.values():
        assert crossing.sources, crossing.id
        assert crossing.confidence in ("high", "medium", "low"), crossing.id
        assert crossing.lat is None or (44 < crossing.lat < 72 and 14 < (crossing.lon or 0) < 32), crossing.id
    assert all(one.evidence for one in gazetteer.sets.values())


def test_a_row_says_both_sides(gazetteer: Gazetteer) -> None:
    storskog = gazetteer.crossings["storskog"]
    assert (storskog.border, storskog.countries, storskog.zone) == ("NO-RU", ("NO", "RU"), "Europe/Oslo")
    assert (storskog.side_b.name, storskog.side_b.local_name) == ("Borisoglebsk", "Борисоглебск")
    assert {str(lane) for lane in gazetteer.crossings["kukuryki"].lanes} == {"truck"}
    assert gazetteer.crossings["vainikkala"].is_rail
    assert gazetteer.crossings["vyborg-rail"].member_of == "vainikkala"


ROSTERS = """
FI-RU  road  2023-11-01  raja-jooseppi salla kuusamo vartius niirala imatra nuijamaa vaalimaa
FI-RU  any   2023-11-01  raja-jooseppi salla kuusamo vartius niirala imatra nuijamaa vainikkala vaalimaa
FI-RU  rail  2023-11-01  vainikkala
NO-RU  road  2023-11-01  storskog
EE-RU  road  2023-11-01  narva koidula luhamaa
BY-LT  road  2023-11-01  tverecius sumskas lavoriskes medininkai salcininkai raigardas
BY-LT  road  2020-01-01  medininkai salcininkai lavoriskes raigardas sumskas
PL-RU  road  2007-01-01  gronowo bezledy goldap
PL-RU  road  2023-11-01  gronowo grzechotki bezledy goldap
BY-PL  rail  2023-11-01  kuznica-rail zubki-rail siemianowka-rail czeremcha-rail terespol-rail
LT-RU  road  2023-11-01  kybartai panemune nida
"""


@pytest.mark.parametrize("case", ROSTERS.strip().splitlines())
def test_roster(case: str, gazetteer: Gazetteer) -> None:
    border, mode, day, *ids = case.split()
    assert roster(border, gazetteer, date.fromisoformat(day), mode) == tuple(ids)


def test_temporary_points_are_never_on_the_roster(gazetteer: Gazetteer) -> None:
    for day in (None, date(2019, 1, 1), date(2023, 11, 1), date(2025, 1, 1)):
        assert not {"parikkala", "inari-lieksa", "haapasaari", "santio"} & set(roster("FI-RU", gazetteer, day, "any"))


def test_on_border_takes_a_border_or_a_country(gazetteer: Gazetteer) -> None:
    assert {crossing.border for crossing in on_border("LV", gazetteer)} == {"LV-RU", "BY-LV"}
    assert "FI-RU" in borders(gazetteer)
    assert {crossing.id for crossing in on_border("NO-RU", gazetteer)} == {"storskog"}


def test_every_bad_row_is_left_out_and_named_by_its_line() -> None:
    crossings, faults = parse_crossings(CROSSINGS)
    assert list(crossings) == ["up", "down", "gone", "old"]
    told = {fault.where.removeprefix("crossings.csv line "): fault.what for fault in faults}
    assert list(told) == ["10", "4", "5", "6", "7", "8", "9"]
    assert "second time" in told["4"]
    assert "96.1" in told["5"]
    assert "together" in told["6"]
    assert "XX" in told["7"]
    assert "sledge" in told["8"]
    assert told["9"] == "no id"
    assert told["10"] == "3 cells where the heading has 13"


def test_opened_and_abolished_bound_the_roster() -> None:
    gazetteer, _ = build_gazetteer(CROSSINGS, NAMES, "")
    days = (date(2001, 3, 3), date(2001, 3, 4), date(2024, 9, 30), date(2024, 10, 1))
    assert ["old" in roster("FI-RU", gazetteer, day) for day in days] == [False, True, True, False]


def test_what_does_not_fit_together_is_told() -> None:
    gazetteer, faults = build_gazetteer(CROSSINGS, NAMES, SETS)
    assert [fault.where for fault in faults if "names" in fault.where] == ["names.csv line 5", "names.csv line 6", "names.csv line 8"]
    assert sorted(f"{fault.where}: {fault.what}" for fault in check(gazetteer)) == [
        "crossings.csv down: '2020-02-31' is not a year, month or day",
        "crossings.csv down: member of unknown crossing 'nowhere'",
        "crossings.csv gone: abolished before it was opened",
        "crossings.csv gone: no spelling in names.csv",
        "names.csv 'Lake': unknown crossing 'lake'",
        "names.csv 'Up': means up and down in two rows; say it in one",
        "sets.toml [backwards]: a set has crossings, each once",
        "sets.toml [backwards]: ends before it begins",
        "sets.toml [backwards]: up is not on NO-RU",
        "sets.toml [backwards]: up is not on NO-RU",
        "sets.toml [two]: unknown crossing 'under'",
    ]


FORMS = """
fi  Vaalimaa       Vaalimaan Vaalimaalla Vaalimaahan
fi  Raja-Jooseppi  Raja-Joosepin Raja-Joosepissa
fi  Vartius        Vartiuksen Vartiukselle
fi  Kelloselkä     Kelloselän Kelloselässä
fi  Lotta          Lotan
fi  Haapasaari     Haapasaaren
et  Luhamaa        Luhamaal Luhamaale
ru  Нарва          Нарвы Нарве Нарву Нарвой
ru  Светогорск     Светогорска Светогорске
ru  Брусничное     Брусничного Брусничном
ru  Бурачки        Бурачках Бурачков
pl  Terespol       Terespolu Terespolem
pl  Kuźnica        Kuźnicy Kuźnicą
pl  Bobrowniki     Bobrownikach
lt  Medininkai     Medininkų Medininkuose
lt  Raigardas      Raigardo Raigarde
lt  Panemunė       Panemunės Panemunėje
lv  Terehova       Terehovas Terehovā
lv  Pāternieki     Pāternieku Pāterniekos
"""


@pytest.mark.parametrize("case", FORMS.strip().splitlines())
def test_names_bend(case: str) -> None:
    language, name, *forms = case.split()
    assert set(forms) <= set(case_forms(name, language))
    assert name not in case_forms(name, language)


def test_a_name_without_a_rule_does_not_bend() -> None:
    assert case_forms("Куусамо", "ru") == case_forms("Ваалимаа", "ru") == case_forms("Narva", "no") == ()
