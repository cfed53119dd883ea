"""The coverage page: whom the ledger heard, who went silent, what is not spoken of, and the shipped figures of the reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
from starlette.testclient import TestClient

from pasvik.app import collect
from pasvik.app.gather.lookout import open_state, read_cards
from pasvik.app.story.heard import heard
from pasvik.app.wiring import House
from pasvik.web import schema

Door = Callable[..., TestClient]
SHIPPED = Path(__file__).parents[3] / "src" / "pasvik" / "knowledge" / "measured.json"


def test_who_was_heard_and_who_is_silent(house: House, door: Door) -> None:
    text = "Pogranicznicy: the Salla border crossing is closed, the Finnish Border Guard said."
    collect.add(house, text.encode(), "a.txt", "2026-11-20", "<b>Fresh</b> & Co")
    collect.add(house, b"Nothing here bears a date or a claim.", "b.txt")
    told = door().get("/coverage.json").json()
    jsonschema.validate(told, schema.HEARD)
    outlets = {one["name"]: one for one in told["outlets"]}
    assert (outlets["Yle"]["silent"], outlets["<b>Fresh</b> & Co"]["silent"]) == (True, False)
    assert outlets["Yle"]["last"].startswith("2023-11-24")
    assert told["undated"] == 1 and told["documents"] == 3
    spoken = {one["border"]: (one["spoken"], one["crossings"] > 3) for one in told["borders"]}
    assert spoken["FI-RU"] == (2, True) and spoken["EE-RU"][0] == 0
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert told["reader"] == {name: shipped[name] for name in ("core", "exact", "must_not")}    # of English; other languages stand beside
    html = door().get("/coverage").text
    assert "&lt;b&gt;Fresh&lt;/b&gt; &amp; Co" in html and "<b>Fresh" not in html
    assert "3 years old" in html


def test_a_new_entry_is_seen_at_once(house: House, door: Door) -> None:
    browser = door()
    before = browser.get("/coverage.json").json()["documents"]
    collect.add(house, b"The Salla border crossing is open, the Finnish Border Guard said.", "c.txt", "2026-11-21", "NRK")
    assert browser.get("/coverage.json").json()["documents"] == before + 1


def test_watched_sources_stand_with_how_they_do(house: House, door: Door) -> None:
    browser = door()
    assert "No source is turned on" in browser.get("/coverage").text
    state = open_state(house.settings)
    card = read_cards(house.settings)[0][0]
    state.switch([card.id], True, house.now())
    state.close()
    assert [one["id"] for one in browser.get("/coverage.json").json()["sources"]] == [card.id]
    assert card.id in browser.get("/coverage").text


def test_broken_figures_of_ones_own_are_left_out(tmp_path: Path, house: House, door: Door) -> None:
    (tmp_path / "measured.json").write_text("[1]", encoding="utf-8")
    assert heard(replace(house, settings=replace(house.settings, knowledge=tmp_path))).measured is None
