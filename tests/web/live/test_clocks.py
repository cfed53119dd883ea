"""The timeline: the clocks slide and play, the board and the map move together, and every view is a plain address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-live")]
REPLAY = "at=2023-11-25&known=2023-11-25"
SEEN = """() => Object.fromEntries(document.querySelector('pasvik-map').shown().features.map((one) => [one.properties.id, one.properties.state]))"""


def says(page: Page) -> str:
    return page.locator(".says").inner_text()


def state_of(page: Page, crossing: str) -> str:
    return str(page.locator(f'tbody[data-place="{crossing}"] tr').first.get_attribute("data-state"))


def test_sliding_moves_the_board_the_map_and_the_address_together(desk: Page) -> None:
    desk.goto(f"/?{REPLAY}")
    desk.wait_for_selector("pasvik-map[data-ready=yes]")
    assert state_of(desk, "raja-jooseppi") == "open"
    slider = desk.get_by_role("slider", name="Day shown")
    slider.focus()
    for _ in range(5):
        desk.keyboard.press("ArrowRight")
    expect(desk).to_have_url(re.compile(r"at=2023-11-30&known=2023-11-30"))
    expect(desk.get_by_role("status")).to_contain_text("Replay: 30 Nov 2023")
    assert state_of(desk, "raja-jooseppi") == "closed"
    assert desk.evaluate(SEEN)["raja-jooseppi"] == "closed"
    assert says(desk) == "30 Nov 2023, as it was known that day"
    expect(slider).to_be_focused()                              # the board was swapped under the hand; the hand stays where it is
    moved = desk.locator(".view").inner_text()
    desk.reload()
    assert desk.locator(".view").inner_text() == moved
    desk.go_back()
    expect(desk.get_by_role("status")).to_contain_text("Replay: 25 Nov 2023")


def test_a_newcomer_asks_what_was_expected_then(desk: Page) -> None:
    desk.goto("/?at=2023-12-20&known=2023-12-20&border=FI-RU")
    assert state_of(desk, "salla") == "closed"
    desk.get_by_label("What was known on another day").check()
    desk.get_by_role("slider", name="Published until").fill(str(19676))  # 15 Nov 2023, as days since 1970
    expect(desk).to_have_url(re.compile("known=2023-11-15"))
    expect(desk.locator(".says")).to_have_text("20 Dec 2023, as expected on 15 Nov 2023")
    desk.get_by_label("Everything published since").check()
    expect(desk).not_to_have_url(re.compile("known="))
    expect(desk.get_by_role("status")).to_contain_text("Looking back: 20 Dec 2023")


def test_the_autumn_plays_day_by_day_and_stops(desk: Page) -> None:
    desk.goto("/?at=2023-11-14&known=2023-11-14&border=FI-RU")
    desk.get_by_role("button", name="Play").click()
    desk.wait_for_url(re.compile("at=2023-11-1[6-9]"))          # two days on, whatever time that takes
    desk.get_by_role("button", name="Stop").click()
    expect(desk.get_by_role("button", name="Play")).to_be_visible()
    expect(desk.get_by_role("status")).to_contain_text(f"Replay: {says(desk).split(',')[0]}")
    stood = desk.url
    desk.wait_for_timeout(1500)                                 # longer than a day lasts
    assert desk.url == stood


def test_a_lost_connection_while_playing_is_told_and_nothing_is_lost(desk: Page) -> None:
    desk.goto("/?at=2023-11-14&known=2023-11-14&border=FI-RU")
    before = desk.locator(".view").inner_text()
    desk.route("**/?at=*", lambda route: route.abort())
    desk.evaluate("window.addEventListener('unhandledrejection', () => { throw new Error('unhandled') })")
    desk.get_by_role("button", name="Play").click()
    expect(desk.get_by_role("alert")).to_contain_text("The connection is lost. What you see is still 14 Nov 2023")
    expect(desk.get_by_role("button", name="Play")).to_be_visible()
    assert desk.locator(".view").inner_text() == before
    desk.unroute("**/?at=*")
    desk.evaluate("dispatchEvent(new Event('online'))")
    expect(desk.get_by_role("status")).to_contain_text("Replay: 15 Nov 2023")
    expect(desk.get_by_role("alert")).to_have_count(0)


def test_going_back_from_a_place_on_the_page_leaves_the_page_alone(desk: Page) -> None:
    desk.goto(f"/?{REPLAY}")
    desk.evaluate("document.querySelector('.view').dataset.kept = 'yes'")
    desk.locator("nav.borders a").nth(1).click()
    expect(desk).to_have_url(re.compile("#"))
    desk.go_back()
    desk.wait_for_load_state("networkidle")
    assert desk.locator(".view").get_attribute("data-kept") == "yes"


def test_a_view_that_leads_to_the_sign_in_is_left_to_the_browser(desk: Page) -> None:
    desk.goto(f"/?{REPLAY}")
    expect(desk.get_by_role("slider", name="Day shown")).to_be_visible()
    there = desk.url.split("/?")[0]
    desk.route("**/?at=2023-11-26*", lambda route: route.fulfill(status=302, headers={"location": f"{there}/about"}))
    desk.get_by_role("slider", name="Day shown").press("ArrowRight")
    desk.wait_for_url("**/about")


def test_a_script_is_asked_for_again_after_an_upgrade(client: TestClient) -> None:
    first = client.get("/static/built/board.js")
    assert first.headers["cache-control"] == "no-cache"
    assert client.get("/static/built/board.js", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    part = client.get("/static/map/base.pmtiles", headers={"range": "bytes=0-6"})
    assert (part.status_code, part.content) == (206, b"PMTiles")


def test_the_phone_folds_the_timeline_and_opens_it(phone: Page) -> None:
    phone.goto(f"/?{REPLAY}")
    expect(phone.get_by_role("slider", name="Day shown")).to_be_hidden()
    phone.get_by_text("Timeline of the two clocks").click()
    expect(phone.get_by_role("slider", name="Day shown")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_days_told_are_the_days_of_the_record(client: TestClient) -> None:
    days = {one["day"]: one["told"] for one in client.get("/timeline.json?border=FI-RU").json()["days"]}
    assert list(days) == sorted(days)
    assert days["2023-11-16"] > 0
    assert set(days) < {one["day"] for one in client.get("/timeline.json").json()["days"]}
    assert client.get("/timeline.json?basis=0").json()["days"] == []


def test_pictures_for_the_documentation(desk: Page, pictures: Path | None) -> None:
    desk.goto(f"/?{REPLAY}")
    desk.wait_for_selector("pasvik-map[data-ready=yes]")
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        desk.screenshot(path=pictures / "board.png")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 1440
