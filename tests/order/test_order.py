"""The order desk: what is wrong is told, what is right is published, and only the authority's own key speaks for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import icalendar
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.app import answer, collect
from pasvik.app.clocks import question
from pasvik.app.order.bundle import is_order
from pasvik.app.order.order import Order, doubts, load_order, parse_order
from pasvik.app.order.publish import publish
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, knowledge, open_house
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.place import Lane
from pasvik.terms.question import Question

NOW = "2026-11-25T10:00+00:00"
SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "public" / "cap-1.2.xsd")
GOOD: dict[str, Any] = {
    "authority": "Finnish Government", "country": "FI", "number": "SM/2026/41", "decided": "2026-11-24", "published": "2026-11-24T18:00+02:00",
    "crossings": ["salla", "Kuusamo", "Вартиус"], "state": "closed", "from": "2026-11-26T00:00", "until": "2026-12-23",
    "basis": "Border Guard Act, section 16", "asylum": {"accepted_at": ["raja-jooseppi"]}}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_house(Settings(tmp_path_factory.mktemp("desk"), record=False, now=NOW), keep=True)


@pytest.fixture(scope="module")
def published(desk: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    publish(desk, made(desk, {}), GOOD, folder, "desk@example.org")
    return folder


@pytest.fixture
def reader(desk: House, published: Path, tmp_path: Path) -> House:
    """Another house, which has the desk's key in its authorities.csv."""
    own = tmp_path / "knowledge"
    own.mkdir()
    key = json.loads((published / "order.pasvik.json").read_text())["signature"]["key"]
    rows = knowledge(desk.settings, "authorities.csv").splitlines()
    (own / "authorities.csv").write_text("\n".join(row + f",{key}" if row.startswith("FI,Finnish Government,") else row for row in rows))
    return open_house(Settings(tmp_path / "home", record=False, now=NOW, knowledge=own), keep=True)


def made(house: House, changes: dict[str, Any]) -> Order:
    found = parse_order({**GOOD, **changes}, house.gazetteer, house.book)
    assert isinstance(found, Order), found
    return found


def state(house: House, crossing: str, lane: Lane, at: str) -> State:
    asked = question(house.now(), at, crossing=crossing, lane=lane)
    assert isinstance(asked, Question)
    board = answer.board(house, asked)
    assert not isinstance(board, Fault)
    return board.cells[0].state


def test_the_order_settles_the_board_of_whoever_knows_the_key(reader: House, published: Path) -> None:
    data = (published / "order.pasvik.json").read_bytes()
    assert is_order(data)
    assert isinstance(collect.add(reader, data, "order.pasvik.json"), collect.Added)
    assert [state(reader, one, Lane.CAR, "2026-11-27") for one in ("salla", "kuusamo", "vartius")] == [State.CLOSED] * 3
    assert state(reader, "raja-jooseppi", Lane.ASYLUM, "2026-11-27") is State.OPEN
    assert state(reader, "salla", Lane.ASYLUM, "2026-11-27") is State.CLOSED
    assert state(reader, "salla", Lane.CAR, "2026-11-25") is not State.CLOSED           # ordered is not yet closed
    assert state(reader, "salla", Lane.CAR, "2026-12-24") is State.LAPSED
    assert state(reader, "raja-jooseppi", Lane.CAR, "2026-11-27") is State.UNKNOWN
    again = collect.add(reader, data, "order.pasvik.json")
    assert isinstance(again, collect.Added) and again.new == 0


def test_whoever_does_not_know_the_key_is_told_so_and_nothing_is_kept(desk: House, published: Path) -> None:
    before = desk.ledger.basis()
    told = collect.add(desk, (published / "order.pasvik.json").read_bytes(), "order.pasvik.json")
    assert isinstance(told, Fault) and "not among the keys of Finnish Government" in told.what
    assert desk.ledger.basis() == before


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["number", "published", "from", "until", "basis", "state", "crossings", "authority"]), st.text(min_size=1, max_size=8))
def test_an_altered_order_is_refused(field: str, words: str) -> None:
    house, bundle = ALTERED["house"], json.loads(ALTERED["data"])
    value = [words] if field == "crossings" else words
    if bundle["order"][field] == value:
        return
    bundle["order"][field] = value
    told = collect.add(house, json.dumps(bundle).encode(), "order.pasvik.json")
    assert isinstance(told, Fault) and "altered" in told.what


ALTERED: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def altered(desk: House, published: Path) -> None:
    ALTERED.update(house=desk, data=(published / "order.pasvik.json").read_text())


@pytest.mark.parametrize("data", [
    b'{"format": "pasvik-order-1"}', b'{"format": "pasvik-order-1", "order": [], "signature": 3}', b'{"format": "pasvik-order-1", ' + b"[" * 5000,
    b'{"format": "pasvik-order-1", "order": {}, "signature": {"key": "zz", "value": "zz"}}'])
def test_a_broken_bundle_is_one_sentence(desk: House, data: bytes) -> None:
    told = collect.add(desk, data, "order.pasvik.json")
    assert isinstance(told, Fault) and told.what


@pytest.mark.parametrize(("changes", "said"), [
    ({"crossings": ["salla", "Atlantis"]}, "Atlantis"), ({"crossings": "salla"}, "a list of crossings"), ({"crossings": ["storskog"]}, "FI decides nothing"),
    ({"crossings": ["salla", "salla"]}, "twice"), ({"authority": "Ministry of Magic"}, "not in authorities.csv"), ({"country": "NO"}, "not in authorities.csv"),
    ({"until": "2026-11-20"}, "ends before it begins"), ({"until_further_notice": True}, "at once"), ({"from": "31 February"}, "not a date"),
    ({"published": "2026"}, "names no day"), ({"lanes": ["broom"]}, "broom"), ({"lanes": ["rail_freight"]}, "serves no rail_freight"),
    ({"state": "shut"}, "shut"), ({"changes": "undoes"}, "undoes"), ({"asylum": {"accepted_at": ["salla"]}}, "which this very order closes"),
    ({"asylum": "no"}, "a table"), ({"colour": "red"}, "no such field"), ({"state": ""}, "missing"), ({"basis": "x" * 500}, "longer than")])
def test_what_must_be_mended_is_told_with_its_field(desk: House, changes: dict[str, Any], said: str) -> None:
    found = parse_order({**GOOD, **changes}, desk.gazetteer, desk.book)
    assert isinstance(found, tuple), found
    assert any(said in fault.what for fault in found), found


def test_every_fault_is_told_at_once(desk: House) -> None:
    found = parse_order({**GOOD, "crossings": ["Atlantis"], "state": "shut", "lanes": ["broom"]}, desk.gazetteer, desk.book)
    assert isinstance(found, tuple)
    assert {fault.where for fault in found} == {"crossings", "state", "lanes"}


def test_an_authority_without_a_say_is_told_so(desk: House) -> None:
    governor = next(one for one in desk.book.authorities if one.may_decide == "nothing" and one.country == "RU")
    found = parse_order({**GOOD, "authority": governor.body, "country": "RU"}, desk.gazetteer, desk.book)
    assert isinstance(found, tuple) and "decides on no crossing" in found[0].what


def test_a_careful_desk_is_reminded(desk: House) -> None:
    everything = sorted(one.id for one in desk.gazetteer.crossings.values() if one.border == "NO-RU" and one.lanes - {Lane.RAIL_FREIGHT, Lane.RAIL_PASSENGER})
    last = made(desk, {"authority": "Norwegian Government", "country": "NO", "crossings": everything, "until": None, "basis": "",
                       "asylum": {"accepted_at": []}})
    told = " ".join(doubts(last, desk.gazetteer))
    assert "no end is given" in told and "no legal basis" in told and "no place is left where a person may apply" in told
    assert any("where may a person apply" in one for one in doubts(made(desk, {"asylum": None}), desk.gazetteer))
    assert doubts(made(desk, {}), desk.gazetteer) == ()


def test_the_forms_fit_their_standards(published: Path) -> None:
    SCHEMA.validate((published / "order.cap.xml").read_text())
    assert "<status>Draft</status>" in (published / "order.cap.xml").read_text()
    events = list(icalendar.Calendar.from_ical((published / "order.ics").read_bytes()).walk("VEVENT"))
    assert [str(one.decoded("dtstart"))[:10] for one in events] == ["2026-11-25", "2026-12-23"]       # midnight in Helsinki is 22:00 UTC
    layer = json.loads((published / "order.geojson").read_text())
    assert [one["id"] for one in layer["features"]] == ["salla", "kuusamo", "vartius"]
    assert json.loads((published / "order.jsonld").read_text())["@type"] == "SpecialAnnouncement"


def test_the_notice_says_the_same_in_four_languages(published: Path) -> None:
    notices = {language: (published / f"notice.{language}.txt").read_text() for language in ("en", "no", "fi", "ru")}
    assert len({len(words.splitlines()) for words in notices.values()}) == 1
    for language, word in (("en", "closed"), ("no", "stengt"), ("fi", "suljettu"), ("ru", "закрыто")):
        assert f": {word}" in notices[language] and "Raja-Jooseppi" in notices[language] and "Border Guard Act, section 16" in notices[language]


def test_toml_and_json_are_the_same_order(desk: House) -> None:
    toml = '''authority = "Finnish Government"
country = "FI"
published = 2026-11-24T18:00:00+02:00
crossings = ["salla"]
state = "restricted"
hours = "10:00-14:00"
from = 2026-11-26
'''
    held = load_order(toml)
    assert isinstance(held, dict)
    one = parse_order(held, desk.gazetteer, desk.book)
    other = parse_order(json.loads(json.dumps(held, default=lambda value: value.isoformat())), desk.gazetteer, desk.book)
    assert isinstance(one, Order) and one == other
