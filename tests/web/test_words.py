"""How moments, ages, borders, kinds of traffic and claims read on a page."""

from __future__ import annotations

import pytest

from pasvik.terms import claim as c
from pasvik.terms.moment import Span, moment
from pasvik.terms.place import ROAD_LANES, Lane
from pasvik.terms.statement import Speaker
from pasvik.web.claims import claim_text, speaker_text
from pasvik.web.dates import moment_text, utc_clock, utc_text, zone_text
from pasvik.web.words import age, border_name, lanes_text, official_of, words_of

EN = words_of("en")
FI = "Europe/Helsinki"


@pytest.mark.parametrize(("told", "zone", "text", "clock", "utc"), [
    ("2023", FI, "2023", "", FI),
    ("2023-11", FI, "Nov 2023", "", FI),
    ("2023-11-24", FI, "24 Nov 2023", "", FI),
    ("2023-11-24T00:00+02:00", FI, "24 Nov 2023, 00:00", "EET", "23 Nov 2023, 22:00 UTC (Europe/Helsinki)"),
    ("2023-11-24T00:00+02:00", "Europe/Oslo", "23 Nov 2023, 23:00", "CET", "23 Nov 2023, 22:00 UTC (Europe/Helsinki)"),
    ("2024-04-15T00:00+03:00", FI, "15 Apr 2024, 00:00", "EEST", "14 Apr 2024, 21:00 UTC (Europe/Helsinki)"),
])
def test_moments(told: str, zone: str, text: str, clock: str, utc: str) -> None:
    when = moment(told, FI)
    assert (moment_text(EN, when, zone), zone_text(when, zone), utc_text(EN, when)) == (text, clock, utc)


@pytest.mark.parametrize(("told", "zone", "beside"), [
    ("2023-11-24T14:00+02:00", FI, "12:00 UTC"), ("2023-11-24T00:00+02:00", FI, "23 Nov 2023, 22:00 UTC"), ("2023-11-24", FI, ""),
    ("2023-11-24T08:00+00:00", None, ""), ("2023-11-24T14:00+02:00", "Europe/Oslo", "12:00 UTC")])
def test_utc_stands_beside_a_time_of_day(told: str, zone: str | None, beside: str) -> None:
    assert utc_clock(EN, moment(told, FI), zone) == beside


@pytest.mark.parametrize(("days", "text"), [
    (None, "later word"), (0, "same day"), (1, "1 day old"), (59, "59 days old"), (61, "2 months old"), (729, "24 months old"),
    (730, "2 years old"), (3653, "10 years old")])
def test_ages(days: int | None, text: str) -> None:
    assert age(EN, days) == text


@pytest.mark.parametrize(("border", "name"), [
    ("FI-RU", "Finland – Russia"), ("BY-LV", "Latvia – Belarus"), ("FI-NO", "Finland – Norway"), ("RU-XX", "XX – Russia"),
    ("FI", "Finland")])
def test_borders(border: str, name: str) -> None:
    assert border_name(EN, border) == name


@pytest.mark.parametrize(("lanes", "served", "text"), [
    (["all"], ROAD_LANES, "all road traffic"),
    (ROAD_LANES, ROAD_LANES, "All road traffic"),
    (["car", "bus"], ["car", "bus"], "All road traffic"),
    (["car", "bus"], ROAD_LANES, "Cars, buses"),
    (["rail_passenger", "rail_freight", "asylum"], ["rail_passenger", "rail_freight"], "All rail traffic, asylum applications"),
    (["car"], ["car"], "Cars")])
def test_kinds_of_traffic(lanes: list[str], served: list[str], text: str) -> None:
    assert lanes_text(EN, lanes, frozenset(Lane(lane) for lane in served)) == text


SPAN = Span(moment("2023-11-24T00:00+02:00", FI), moment("2023-12-23", FI))
SALLA, RAJA = ("salla",), ("raja-jooseppi",)


@pytest.mark.parametrize(("claim", "text"), [
    (c.Status(SALLA, "FI-RU", c.State.CLOSED, c.Commitment.ORDERED, span=SPAN, changes=c.Change.REPLACES),
     "closure ordered · all road traffic · from 24 Nov 2023, 00:00 until 23 Dec 2023 · replaces an earlier decision"),
    (c.Status(SALLA, "FI-RU", c.State.CLOSED, c.Commitment.CONSIDERING), "closure considered · all road traffic"),
    (c.Status(SALLA, "FI-RU", c.State.OPEN, c.Commitment.IN_EFFECT, ("car",), "FI", hours="10:00-14:00"),
     "open · cars · into Finland · hours 10:00-14:00"),
    (c.Movement(c.Number(55), "salla", "raja-jooseppi", "planned_transfer"), "55 people to be moved · from SALLA to RAJA-JOOSEPPI"),
    (c.Count(c.Number(300, approx=True), "waiting", SALLA), "about 300 people, waiting · at SALLA"),
    (c.Count(c.Number(min=10, max=20), "crossings", border="FI-RU", vehicles=True),
     "10 to 20 vehicles, crossings · at the Finland – Russia border"),
    (c.Accusation(("FI",), "RU", "steering people"), "Finland accuses Russia: steering people"),
    (c.Accusation((), "FI", "unlawful closure"), "Finland is accused: unlawful closure"),
    (c.Denial("RU"), "Russia denies it"),
    (c.Posture("NO", "ready_to_close", "NO-RU"), "Norway is ready to close"),
    (c.Watch("NO", ("FI", "EE")), "Norway watches Finland, Estonia"),
    (c.Objection("UNHCR", None, "right to asylum"), "UNHCR objects: right to asylum"),
    (c.Background("motives_of_travel"), "motives of travel")])
def test_claims(claim: c.Claim, text: str) -> None:
    assert claim_text(EN, claim, str.upper) == text


def test_no_plan_reads_as_an_event() -> None:
    for state in ("open", "closed", "restricted"):
        phrases = EN.table["act"][state]
        assert set(phrases) == {str(one) for one in c.Commitment}
        assert [key for key, text in phrases.items() if text == state] == ["in_effect"]


def test_speakers_and_officials() -> None:
    assert speaker_text(EN, None) == ""
    assert speaker_text(EN, Speaker("Jonas Gahr Støre", "prime minister", None, "NO")) == "Jonas Gahr Støre, prime minister (Norway)"
    assert speaker_text(EN, Speaker("Kremlin", None, "Kremlin", "RU")) == "Kremlin (Russia)"
    assert [one["host"] for one in official_of(EN, ("RU", "FI", "NO", "FI"))] == ["raja.fi", "politiet.no"]
