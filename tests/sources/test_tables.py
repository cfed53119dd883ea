"""Waiting-time tables of our own writing, in the shapes their publishers use, with every trap we know of."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.sources.catalogue import Card, How
from pasvik.sources.tables import ca_cbsa, hk_immd, pl_granica, ua_dpsu, us_cbp, us_wsdot
from pasvik.sources.tables.read import PARSERS, questions
from pasvik.sources.tables.row import Row, Table
from pasvik.terms.claim import Number, State

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
CLOSED_LANE = {"operational_status": "Lanes Closed", "delay_minutes": "", "lanes_open": "0", "update_time": "At 3:00 am EST"}


def lane(status: str, delay: str = "", lanes: str = "", at: str = "At 10:00 am EST") -> dict[str, str]:
    return {"operational_status": status, "delay_minutes": delay, "lanes_open": lanes, "update_time": at}


def port(**more: Any) -> dict[str, Any]:
    none = lane("N/A")
    return {
        "port_number": "900001", "border": "Canadian Border", "port_name": "Riverton", "crossing_name": "Long Bridge", "hours": "24 hrs/day",
        "date": "11/2/2026", "time": "10:30", "port_status": "Open", "construction_notice": "",
        "passenger_vehicle_lanes": {"maximum_lanes": "10", "standard_lanes": none, "NEXUS_SENTRI_lanes": none, "ready_lanes": none},
        "commercial_vehicle_lanes": {"standard_lanes": none, "FAST_lanes": none}, "pedestrian_lanes": {"standard_lanes": none, "ready_lanes": none},
        **more}


def cars(told: dict[str, str], **more: Any) -> Table:
    return us_cbp.read(json.dumps([port(passenger_vehicle_lanes={"standard_lanes": told}, **more)]).encode(), "cbp", NOW)


def waits(table: Table) -> list[tuple[Number, str | None]]:
    return [wait for row in table.rows for wait in row.waits]


def test_cbp_tells_waits_lanes_and_times() -> None:
    told = cars(lane("delay", "35", "4"))
    (row,) = told.rows
    assert row.waits == ((Number(35), "minutes"),) and row.lanes == ("car",) and row.into == "US" and row.state is State.OPEN
    assert row.at is not None and row.at.iso() == "2026-11-02T10:00-05:00" and row.group is None
    assert row.words == "Riverton – Long Bridge, passenger vehicles: delay, delay_minutes 35, lanes_open 4, At 10:00 am EST"


@pytest.mark.parametrize("nothing", [lane("N/A", "N/A"), lane("Update Pending", "10"), lane("", ""), lane("N/A", "0", "0")])
def test_cbp_says_nothing_where_it_says_nothing(nothing: dict[str, str]) -> None:
    assert cars(nothing) == Table()


def test_cbp_no_delay_with_minutes_beside_it_is_a_range_and_not_zero() -> None:
    assert waits(cars(lane("no delay", "5", "2"))) == [(Number(None, 0, 5), "minutes")]
    assert waits(cars(lane("no delay", "0", "2"))) == [(Number(0), "minutes")]
    assert waits(cars(lane("no delay", "", "2"))) == [(Number(0), "minutes")]
    assert waits(cars(lane("delay", "", "2"))) == []
    assert waits(cars(lane("delay", "1 hrs 35 min", "2"))) == [(Number(95), "minutes")]


def test_cbp_closed_lanes_are_its_word_and_shut_by_night_is_not_closed() -> None:
    assert [row.state for row in cars(CLOSED_LANE).rows] == [State.CLOSED]
    by_day = cars(CLOSED_LANE, hours="6 am-10 pm").rows[0]
    assert by_day.state is None and by_day.hours == "6 am-10 pm" and "hours: 6 am-10 pm" in by_day.words
    nexus = us_cbp.read(json.dumps([port(passenger_vehicle_lanes={"NEXUS_SENTRI_lanes": CLOSED_LANE})]).encode(), "cbp", NOW).rows[0]
    assert nexus.group == "NEXUS and SENTRI lanes"              # a part of the lane, so the lane itself does not change


@pytest.mark.parametrize(("words", "iso"), [
    ("At Noon EST", "2026-11-02T12:00-05:00"), ("At Midnight CST", "2026-11-02T00:00-06:00"), ("At 12:30 am PST", "2026-11-02T00:30-08:00"),
    ("At 11:00 pm EST", "2026-11-01T23:00-05:00"), ("soon", None), ("At 25:00 am EST", None)])
def test_cbp_clocks(words: str, iso: str | None) -> None:
    at = cars(lane("delay", "5", "1", words)).rows[0].at
    assert (at.iso() if at else None) == iso


def test_cbp_as_xml_and_wrapped() -> None:
    xml = b"""<?xml version="1.0"?><border_wait_time><last_updated_date>2026-11-2</last_updated_date><port><port_number>900002</port_number>
      <port_name>Hill</port_name><hours>24 hrs/day</hours><date>11/2/2026</date><commercial_vehicle_lanes><maximum_lanes>3</maximum_lanes>
      <standard_lanes><update_time>At 9:00 am CST</update_time><operational_status>delay</operational_status><delay_minutes>20</delay_minutes>
      <lanes_open>2</lanes_open></standard_lanes></commercial_vehicle_lanes></port></border_wait_time>"""
    (row,) = us_cbp.read(xml, "cbp", NOW).rows
    assert row.lanes == ("truck",) and row.waits == ((Number(20), "minutes"),)
    wrapped = json.dumps({"port": [port(pedestrian_lanes={"standard_lanes": lane("delay", "7", "1")})]}).encode()
    assert us_cbp.read(wrapped, "cbp", NOW).rows[0].lanes == ("pedestrian",)
    assert us_cbp.read(b"<html>busy</html>", "cbp", NOW).faults and us_cbp.read(b"<a", "cbp", NOW).faults
    bomb = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'">]><border_wait_time><port><port_number>&x;</port_number></port></border_wait_time>'
    assert not us_cbp.read(bomb, "cbp", NOW).rows
    assert "not known" in cars(lane("Reduced", "5")).faults[0].what


HEAD = ("Customs Office;; Location;; Last updated;; Commercial Flow - Canada bound;; Commercial Flow - U.S. bound;; "
        "Travellers Flow - Canada bound;; Travellers Flow - U.S. bound;;")


def canada(*cells: str, stamp: str = "2026-11-02 13:54 AST") -> Table:
    return ca_cbsa.read(f"\ufeff{HEAD}\r\nHill;; Hill Bridge, NB;; {stamp};; {';; '.join(cells)};;\r\n".encode(), "cbsa", NOW)


def test_cbsa_tells_each_flow_apart() -> None:
    told = canada("12 minutes", "Not Applicable", "Closed", "No Delay")
    assert [(row.lanes, row.into, row.state, row.waits) for row in told.rows] == [
        (("truck",), "CA", None, ((Number(12), "minutes"),)), (("car",), "CA", State.CLOSED, ()), (("car",), "US", None, ((Number(0), "minutes"),))]
    assert not told.faults and {row.at.iso() for row in told.rows if row.at} == {"2026-11-02T13:54-04:00"}


def test_cbsa_dashes_are_none_and_strange_words_are_told() -> None:
    assert canada("--", "--", "", "Not Applicable") == Table((), (), "CA-US")
    assert "'Ask us'" in canada("Ask us", "--", "--", "--").faults[0].what
    assert waits(canada("1 minute", "--", "2 hours 5 minutes", "--")) == [(Number(1), "minutes"), (Number(125), "minutes")]
    assert canada("1 minute", "--", "--", "--", stamp="2026-11-02 13:54 CST").rows[0].at.iso() == "2026-11-02T13:54-06:00"  # type: ignore[union-attr]
    assert canada("1 minute", "--", "--", "--", stamp="yesterday").rows[0].at is None
    short = ca_cbsa.read(f"{HEAD}\nHill;; x;;\n".encode(), "cbsa", NOW)
    assert "2 cells under 7 headings" in short.faults[0].what
    for bad in (b"<html>", b"", b"\xff\xfe", b"a;; b"):
        assert ca_cbsa.read(bad, "cbsa", NOW).faults


def granica(body: str) -> Table:
    answer = ('<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><ns1:getCzasyWszystkoResponse '
              f'xmlns:ns1="granicaServiceOriginal"><dane_out_wszystko>{body}</dane_out_wszystko></ns1:getCzasyWszystkoResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>')
    return pl_granica.read(answer.encode(), "granica", NOW, "terespol")


def test_granica_hours_become_minutes_and_a_dash_is_none() -> None:
    told = granica("<czas_ciezarowe_wyjazd>12:30</czas_ciezarowe_wyjazd><czas_osobowe_wyjazd>0.5</czas_osobowe_wyjazd>"
                   "<czas_autokary_wyjazd>-</czas_autokary_wyjazd><czas_osobowe_wjazd>-</czas_osobowe_wjazd><data>2026-11-02</data><godzina>14:00</godzina>")
    assert [(row.lanes[0], row.waits[0][0].count, row.into) for row in told.rows] == [("car", 30, "out of PL"), ("truck", 750, "out of PL")]
    assert told.rows[0].at is not None and told.rows[0].at.iso() == "2026-11-02T14:00+01:00"
    assert waits(granica("<czas_osobowe_wyjazd>0</czas_osobowe_wyjazd>")) == [(Number(0), "minutes")]
    assert "is no time" in granica("<czas_osobowe_wyjazd>soon</czas_osobowe_wyjazd>").faults[0].what
    assert "blad" in pl_granica.read(b"blad", "granica", NOW, "x").faults[0].what
    assert pl_granica.read(b"<x/>", "granica", NOW, "x").faults and pl_granica.read(b"<x", "granica", NOW, "x").faults


def test_granica_is_asked_for_each_place() -> None:
    card = Card("pl", How.TABLE, "https://g.test", "KAS", table="pl-granica", places=(("a&b", "x"), ("terespol", "terespol")))
    asked = questions(card, NOW)
    assert [place for place, _ in asked] == ["a&b", "terespol"]
    assert b"<jednostka>a&amp;b</jednostka>" in asked[0][1] and b"<godzina>19</godzina>" in asked[0][1]   # the hour in Poland


def option(name: str, state: str = "відкритий", busy: str = "", country: str = "poland", kind: str = "car") -> str:
    return (f'<option data-country="{country}" data-type="{kind}" data-state="{state}" data-state_of_busy="{busy}" data-character="міжнародний" '
            f'data-created_at="2026-11-02 18:42:36" value="{name}">{name}</option>')


def ukraine(*options: str) -> Table:
    return ua_dpsu.read(f'<select id="by_name">{"".join(options)}</select>'.encode(), "dpsu", NOW)


def test_dpsu_states_and_queues() -> None:
    busy = "Кількість легкових авто перед ППр: 42&lt;br&gt;Швидкість оформлення легкових авто: 9 за годину&lt;br&gt;Кількість вантажних авто перед ППр: 310"
    told = ukraine(option("Ягодин - Дорогуськ", busy=busy))
    assert [(row.lanes, row.state, row.waits) for row in told.rows] == [
        (("car", "truck", "bus"), State.OPEN, ()), (("car",), None, ((Number(42), None),)), (("truck",), None, ((Number(310), None),))]
    assert {row.at.iso() for row in told.rows if row.at} == {"2026-11-02T18:42+02:00"} and told.rows[1].into == "PL"
    assert ukraine(option("Шегині", "зачинений", "Пропуск тимчасово не здійснюється")).rows[0].state is State.CLOSED
    assert ukraine(option("Шегині", "обмежений рух")).rows[0].state is State.RESTRICTED
    strange = ukraine(option("Шегині", "на ремонті"))
    assert not strange.rows and "'на ремонті' that is not known" in strange.faults[0].what    # never taken for closed
    assert not ukraine(option("Бориспіль", country="ukraina", kind="plane")).rows
    assert ua_dpsu.read(b"<html>403</html>", "dpsu", NOW).faults and ua_dpsu.read(b"", "dpsu", NOW).faults


def test_hong_kong_outside_hours_is_not_closed() -> None:
    told = hk_immd.read(b'{"HYW": {"arrQueue": 99, "depQueue": 99}, "LWS": {"arrQueue": 0, "depQueue": 2}, "LMC": {"arrQueue": 4, "depQueue": 7}}', "hk", NOW)
    assert {(row.code, row.state) for row in told.rows} == {("HYW", None), ("LWS", State.OPEN), ("LMC", None)}
    assert not any(row.waits for row in told.rows) and "code 7" in told.faults[0].what
    assert hk_immd.read(b"[]", "hk", NOW).faults and hk_immd.read(b"{}", "hk", NOW).faults and hk_immd.read(b'{"LWS": 5}', "hk", NOW) == Table((), (), "CN-HK")


def test_wsdot_negative_is_none() -> None:
    told = us_wsdot.read(json.dumps([
        {"CrossingName": "I5", "WaitTime": 20, "Time": "/Date(1793556000000-0800)/", "BorderCrossingLocation": {"Description": "I-5 General Purpose"}},
        {"CrossingName": "SR543Trucks", "WaitTime": -1, "Time": "", "BorderCrossingLocation": None},
        {"CrossingName": "I5Nexus", "WaitTime": 0, "Time": "bad", "BorderCrossingLocation": None}, {"WaitTime": 3}, 4,
        {"CrossingName": "x", "WaitTime": "N/A"}, {"CrossingName": "y", "WaitTime": None}]).encode(), "wsdot", NOW)
    assert [(row.code, row.waits[0][0].count, row.group) for row in told.rows] == [("I5", 20, None), ("I5Nexus", 0, "NEXUS lanes")]
    assert len(told.faults) == 3 and told.rows[0].at is not None


KEYS = ["port", "port_number", "passenger_vehicle_lanes", "standard_lanes", "LWS", "arrQueue", "CrossingName", "WaitTime", "operational_status"]


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | st.recursive(
    st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(KEYS), inner, max_size=4), max_leaves=12).map(lambda told: json.dumps(told).encode()))
def test_no_bytes_break_a_parser_or_become_a_number_of_nothing(data: bytes) -> None:
    for read in PARSERS.values():
        told = read(data, "x", NOW)
        assert all(isinstance(row, Row) and row.words for row in told.rows)
    pl_granica.read(data, "x", NOW, "p")
