"""The board as a map layer and as OGC API Features, held against the rules of both."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from pasvik.app.public.features import feature
from pasvik.app.public.sentences import CLOSED, OPERATIONAL, PARTIAL, UNKNOWN, cobap_code, iom_status
from pasvik.app.wiring import House
from pasvik.terms.claim import State
from pasvik.terms.place import ROAD_LANES, Lane
from pasvik.terms.status import Cell

CLOCKS = "at=2023-11-25&known=2023-11-25"
POSITION = {"type": "array", "prefixItems": [{"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -90, "maximum": 90}],
            "minItems": 2, "maxItems": 2}
POINT = {"type": "object", "properties": {"type": {"const": "Point"}, "coordinates": POSITION}, "required": ["type", "coordinates"]}
FEATURE = {"type": "object", "properties": {"type": {"const": "Feature"}, "geometry": {"anyOf": [POINT, {"type": "null"}]}, "properties": {"type": "object"}},
           "required": ["type", "geometry", "properties"]}
COLLECTION = {"type": "object", "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": FEATURE}},
              "required": ["type", "features"], "not": {"required": ["coordinates"]}}


def test_the_layer_is_geojson_with_every_crossing(client: TestClient, house: House) -> None:
    told = client.get(f"/board.geojson?{CLOCKS}")
    assert told.headers["content-type"] == "application/geo+json"
    layer = told.json()
    jsonschema.validate(layer, COLLECTION)
    assert len(layer["features"]) == len(house.gazetteer.crossings)
    salla = next(one for one in layer["features"] if one["id"] == "salla")
    assert salla["properties"]["lanes"]["car"] == "closed"
    assert 25 < salla["geometry"]["coordinates"][0] < 32
    assert "OpenStreetMap" in layer["attribution"] and "not an official source" in layer["notice"]


def test_pages_of_features_cover_each_crossing_once(client: TestClient, house: House) -> None:
    address, seen = "/ogc/collections/crossings/items?limit=50&datetime=2023-11-25&known=2023-11-25&bbox=-180,-90,180,90", []
    while address:
        page = client.get(address).json()
        jsonschema.validate(page, COLLECTION)
        assert page["numberReturned"] == len(page["features"]) <= 50
        seen += [one["id"] for one in page["features"]]
        address = next((one["href"] for one in page["links"] if one["rel"] == "next"), "")
    assert len(seen) == len(set(seen)) == page["numberMatched"] == sum(one.lat is not None for one in house.gazetteer.crossings.values())


def test_datetime_is_the_clock_of_the_pages(client: TestClient) -> None:
    def state(query: str) -> Any:
        return client.get(f"/ogc/collections/crossings/items/salla?known=2023-11-25&{query}").json()["properties"]["lanes"]["car"]

    assert state("datetime=2023-11-23T12:00:00Z") == "open"
    assert state("datetime=2023-11-25") == "closed"
    assert state("datetime=2023-11-01/2023-11-25") == "closed"


def test_every_link_of_the_service_answers(client: TestClient) -> None:
    todo, done = ["http://board.example/ogc"], set()
    while todo:
        address = todo.pop()
        if address in done:
            continue
        done.add(address)
        told = client.get(address)
        assert told.status_code == 200, address
        if len(done) < 12:
            todo += [one["href"] for part in (told.json(), *told.json().get("collections", [])) for one in part.get("links", [])]
    assert len(done) >= 6


@pytest.mark.parametrize("query", [
    "limit=0", "limit=x", "offset=-1", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=0,10,1,5", "datetime=yesterday", "datetime=9999-99-99"])
def test_a_senseless_question_is_refused_in_a_sentence(client: TestClient, query: str) -> None:
    told = client.get(f"/ogc/collections/crossings/items?{query}")
    assert told.status_code == 400
    assert query.split("=")[0] in told.json()["fault"]


STATES = st.sampled_from((State.OPEN, State.CLOSED, State.RESTRICTED, State.LAPSED, State.UNKNOWN))
ROADS = st.lists(STATES, min_size=1, max_size=5)


@given(ROADS)
def test_unknown_never_means_open(states: list[State]) -> None:
    cells = [Cell("x", lane, state) for lane, state in zip(ROAD_LANES, states, strict=False)]
    told = iom_status(cells)
    assert (told == OPERATIONAL) == (set(states) == {State.OPEN})
    assert (told == CLOSED) == (set(states) == {State.CLOSED})
    if not set(states) & {State.OPEN, State.RESTRICTED}:
        assert told in (CLOSED, UNKNOWN)
    else:
        assert told in (OPERATIONAL, PARTIAL)


@given(ROADS, st.sampled_from(("FI", "RU", None)))
def test_a_closure_counts_for_the_country_that_decided_it(states: list[State], decider: str | None) -> None:
    cells = [Cell("x", lane, state, decided_by=decider) for lane, state in zip(ROAD_LANES, states, strict=False)]
    told = cobap_code("FI", cells)
    assert told["policy_type"] != "COMPLETE"                    # air and sea are not ours to know
    assert (told["land"] == 1) == (decider == "FI" and State.CLOSED in states)


def test_a_crossing_without_a_place_keeps_a_null_geometry(house: House) -> None:
    lost = replace(house.gazetteer.crossings["salla"], lat=None, lon=None)
    assert feature(lost, [Cell(lost.id, Lane.CAR, State.UNKNOWN)])["geometry"] is None


def test_a_crossing_page_carries_linked_data_that_nothing_can_break_out_of(client: TestClient) -> None:
    page = client.get(f"/crossing/salla?{CLOCKS}").text
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    told = json.loads(block)
    assert told["@type"] == "CivicStructure" and "closed for" in told["description"] and "not an official source" in told["disambiguatingDescription"]
    assert "<" not in block
