"""Rows that are wrong or odd beside what is said of them: file, line, words. Nothing is guessed in silence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pasvik.scenario.flee.folder import parse_folder
from pasvik.scenario.flee.lint import lint
from pasvik.scenario.flee.plan import Mode, make_model

L = "#name,region,country,lat,lon,type,conflict_date,pop\nAsh,r,Home,0,0,conflict_zone,0,1000\nBirch,r,Home,0,0,town,,\nCamp,r,Away,0,0,camp,,0\n"
R = "Ash,Birch,100,\nBirch,Camp,50,\n"
C = "#t,a,b,s,e\n"

CASES = [
    # file, text, level, where, words
    ("locations.csv", L + "Ash,r,Home,0,0,town,,\n", "error", "locations.csv:5", "'Ash' is already on line 2"),
    ("locations.csv", L + "Dell,r,Home,0,0,tonw,,\n", "error", "locations.csv:5", "did you mean 'town'?"),
    ("locations.csv", L + "Dell,r,Home,0,0,town,,-5\n", "error", "locations.csv:5", "-5 is negative"),
    ("locations.csv", L + "Dell,r,Home,0,0,town,,9999999999999\n", "error", "locations.csv:5", "beyond"),
    ("locations.csv", L + "Dell,r,Home,0,0,town,,many\n", "error", "locations.csv:5", "'many' is no number"),
    ("locations.csv", L + "Dell,r,Home,0,0,town,,\n", "warning", "locations.csv:5", "Dell has no road"),
    ("locations.csv", "", "error", "locations.csv", "holds no place"),
    ("routes.csv", R + "Ash,Brich,10,\n", "error", "routes.csv:3", "did you mean 'Birch'?"),
    ("routes.csv", R + "Ash,Camp,0,\n", "error", "routes.csv:3", "must be above zero"),
    ("routes.csv", R + "Ash,Camp,-3,\n", "error", "routes.csv:3", "must be above zero"),
    ("routes.csv", R + "Ash,Camp,nan,\n", "error", "routes.csv:3", "must be above zero"),
    ("routes.csv", R + "Ash,Camp,10,7\n", "error", "routes.csv:3", "must be 0, 1 or 2"),
    ("routes.csv", R + "Ash,Camp,10,2\n", "warning", "routes.csv:3", "forced redirection 2"),
    ("routes.csv", R + "Ash,Ash,10,\n", "error", "routes.csv:3", "from a place to itself"),
    ("closures.csv", C + "link,Ash,Brich,0,5\n", "error", "closures.csv:2", "did you mean 'Birch'?"),
    ("closures.csv", C + "country,Home,Awey,0,5\n", "error", "closures.csv:2", "did you mean 'Away'?"),
    ("closures.csv", C + "bridge,Ash,Birch,0,5\n", "error", "closures.csv:2", "closure type 'bridge' is unknown"),
    ("closures.csv", C + "link,Ash,Birch,soon,5\n", "error", "closures.csv:2", "must be whole numbers"),
    ("closures.csv", C + "link,Ash,Birch,5,2\n", "warning", "closures.csv:2", "before it begins"),
    ("closures.csv", C + "link,Ash,Birch,2,2\n", "warning", "closures.csv:2", "ends on the day it begins"),
    ("closures.csv", C + "link,Ash,Birch,50,60\n", "warning", "closures.csv:2", "after the run"),
    ("closures.csv", C + "link,Ash,Birch,2,3\n", "warning", "closures.csv:2", "a link closure"),
    ("closures.csv", C + "location,Ash,Birch,0,3\n", "warning", "closures.csv:2", "names a neighbouring place"),
    ("closures.csv", C + "location,Ash,,0,3\n", "warning", "closures.csv:2", "shuts in the conflict place Ash from day 0 to day 3"),
    ("closures.csv", C + "location,Camp,Away,0,3\n", "warning", "closures.csv:2", "'Away' is not used"),
    ("conflicts.csv", "#Day,Ash\n0,1\n1,1\n", "error", "conflicts.csv", "ends with day 1; the run needs day 5"),
    ("conflicts.csv", "#Day,Ash\n0,1\n2,1\n", "error", "conflicts.csv:3", "day '2' stands where day 1 should"),
    ("conflicts.csv", "#Day,Ash,Oak\n" + "".join(f"{day},1,0\n" for day in range(6)), "warning", "conflicts.csv:1", "'Oak' names no place"),
    ("sim_period.csv", "StartDate,2024-13-01\nLength,6\n", "error", "sim_period.csv:1", "cannot be read"),
    ("sim_period.csv", "StartDate,2024-01-01\nLength,0\n", "error", "sim_period.csv", "between 1 and"),
    ("simsetting.yml", "move_rules:\n  max_move_sped: 10\n", "warning", "simsetting.yml:2", "did you mean 'max_move_speed'?"),
    ("simsetting.yml", "move_rules:\n  max_move_speed: fast\n", "error", "simsetting.yml:2", "is not of the kind"),
    ("simsetting.yml", "move_rule:\n  softening: 1\n", "warning", "simsetting.yml:1", "did you mean 'move_rules'?"),
    ("simsetting.yml", "move_rules: [\n", "error", "simsetting.yml:2", "is not YAML"),
    ("simsetting.yml", "optimisations:\n  hasten: 2.5\n", "error", "simsetting.yml:2", "whole number"),
    ("simsetting.yml", "optimisations:\n  hasten: 0\n", "error", "simsetting.yml:2", "at least 1"),
    ("simsetting.yml", "move_rules:\n  two_system_decision_making: true\n", "error", "simsetting.yml:2", "not carried here"),
    ("simsetting.yml", "move_rules:\n  max_move_speed: 0\n", "error", "simsetting.yml:2", "must be"),
    ("simsetting.yml", "move_rules:\n  default_movechance: 1.5\n", "error", "simsetting.yml:2", "must be"),
    ("source_data/data_layout.csv", "total,all.csv\nCamp,cmp.csv\n", "error", "source_data/data_layout.csv:2", "cmp.csv is missing"),
    ("source_data/data_layout.csv", "total,all.csv\nCmap,camp.csv\n", "warning", "source_data/data_layout.csv", "did you mean 'Camp'?"),
    ("source_data/camp.csv", "2024-01-01,0\n2024-02-31,5\n", "error", "source_data/camp.csv:2", "is no date"),
    ("source_data/camp.csv", "2024-01-01,-4\n", "error", "source_data/camp.csv:1", "is no count of people"),
    ("source_data/camp.csv", "2024-01-05,4\n2024-01-03,9\n", "warning", "source_data/camp.csv:2", "after a later date"),
    ("registration_corrections.csv", "Cmap,2024-01-03\n", "error", "registration_corrections.csv:1", "did you mean 'Camp'?"),
    ("demographics_religion.csv", "religion,Default\nx,1\n", "warning", "demographics_religion.csv", "describes persons and is not read"),
]


def said(folder, **files: str) -> list[tuple[str, str, str]]:
    texts = folder() | files
    instance, found = parse_folder(texts)
    return [(one.level, one.where, one.what) for one in (*found, *(lint(instance, texts) if instance.places else []))]


@pytest.mark.parametrize(("file", "text", "level", "where", "words"), CASES)
def test_what_is_said_of_a_row(folder, file: str, text: str, level: str, where: str, words: str) -> None:
    found = said(folder, **{file: text})
    assert any(one[0] == level and one[1] == where and words in one[2] for one in found), found


def test_a_sound_folder_is_passed_in_silence(folder) -> None:
    assert [one for one in said(folder) if "capacity 0" not in one[2]] == []


def test_a_network_in_pieces_is_told_and_runs(folder, ran) -> None:
    apart = {"locations__csv": L + "Dell,r,Home,0,0,town,,\nElm,r,Home,0,0,town,,\n", "routes__csv": R + "Dell,Elm,10,\n"}
    assert any("in 2 pieces" in one[2] for one in said(folder, **{name.replace("__", "."): text for name, text in apart.items()}))
    outcome, at = ran(**apart)
    assert int(outcome.people[:, at["Dell"]].sum()) == 0


def test_a_thousand_million_people(ran) -> None:
    outcome, _ = ran(people=10**9)
    assert int(outcome.people[-1].sum() + outcome.travelling[-1]) == 10**9


def test_where_nobody_can_be_placed_they_are_counted_as_such(ran) -> None:
    outcome, _ = ran(conflicts__csv="#Day,Ash\n" + "".join(f"{day},0\n" for day in range(6)), locations__csv=L.replace("conflict_zone", "town"))
    assert int(outcome.spawned.sum()) == 0
    assert int(outcome.unplaced.sum()) == 600


TEXT = st.text(alphabet=st.sampled_from("Ash,Birch0123456789-.#\n\"'é "), max_size=120)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.sampled_from(("locations.csv", "routes.csv", "closures.csv", "conflicts.csv", "sim_period.csv", "source_data/camp.csv",
                             "source_data/data_layout.csv", "registration_corrections.csv", "location_changes.csv", "simsetting.yml")), text=TEXT)
def test_no_text_breaks_the_reader(folder, name: str, text: str) -> None:
    texts = folder() | {name: text}
    instance, found = parse_folder(texts)
    if instance.places:
        found += lint(instance, texts)
    if not [one for one in found if one.level == "error"]:
        make_model(instance, Mode())
