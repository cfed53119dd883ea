"""The page of what nobody took: for administrators only, and a button that makes it wait again."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.web.access.conftest import Door

from pasvik.app.telling.pending import open_outbox
from pasvik.app.wiring import House
from pasvik.desk.people import Role

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


def given_up(house: House) -> None:
    outbox = open_outbox(house)
    outbox.keep({}, {}, [("n1", {"title": "Salla: <b>open</b> → closed"}, ["newsroom"])], NOW)
    outbox.tried(outbox.due(NOW)[0], "dead", NOW, "answered 500", NOW)
    outbox.close()


def test_an_administrator_sees_why_and_tries_again(house: House, door: Door) -> None:
    given_up(house)
    browser = door("anna", Role.ADMIN)
    told = browser.get("/deliveries")
    assert told.status_code == 200
    assert "answered 500" in told.text and "&lt;b&gt;open&lt;/b&gt;" in told.text and "given up" in told.text
    assert browser.get("/deliveries.json").json()["deliveries"][0]["state"] == "dead"
    assert browser.post("/deliveries", data={"event": "n1"}, headers={"sec-fetch-site": "same-origin"}).status_code == 303
    assert browser.get("/deliveries.json").json()["deliveries"][0]["state"] == "waiting"


def test_nobody_else_sees_it(house: House, door: Door) -> None:
    given_up(house)
    assert door().get("/deliveries").headers["location"].startswith("/sign-in")
    assert door().get("/deliveries.json").status_code == 401
    assert door("rolf", Role.REVIEWER).get("/deliveries").status_code == 403
    assert door().post("/deliveries", data={"event": "n1"}).status_code in (303, 401, 403)
    outbox = open_outbox(house)
    assert outbox.deliveries()[0].state == "dead"
    outbox.close()


def test_an_empty_page_says_so(door: Door) -> None:
    assert "nothing was given up" in door("anna", Role.ADMIN).get("/deliveries").text
