"""A crossing's page in a real browser: its small map, its chart, its citation, on a screen and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-live")]
VIEW = "/crossing/raja-jooseppi?at=2023-12-10&known=2023-12-10"


def test_the_page_moves_in_place_with_its_bars_and_its_mark(desk: Page) -> None:
    desk.goto("/crossing/vaalimaa?at=2023-12-13&known=2023-12-13")
    desk.wait_for_selector("pasvik-map[data-ready=yes]")
    assert desk.evaluate("document.querySelector('pasvik-map').shown().features[0].properties.state") == "closed"
    desk.get_by_role("slider", name="Day shown").press("ArrowRight")
    expect(desk.get_by_role("status")).to_contain_text("Replay: 14 Dec 2023")
    assert desk.evaluate("document.querySelector('pasvik-map').shown().features[0].properties.state") == "open"
    assert desk.locator("svg.bars rect.rest").count() >= 1


def test_the_chart_draws_and_names_what_it_draws(desk: Page) -> None:
    desk.goto(VIEW)
    chart = desk.locator("pasvik-chart")
    chart.scroll_into_view_if_needed()
    expect(chart.locator("canvas")).to_be_visible()
    assert "Counts of people and vehicles over time" in str(chart.get_attribute("aria-label"))
    expect(chart.locator(".key")).to_contain_text("●")
    inked = desk.evaluate("""(() => { const c = document.querySelector('pasvik-chart canvas');
      return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].filter((_, i) => i % 4 === 3).some((alpha) => alpha > 0); })()""")
    assert inked


def test_a_citation_is_copied(desk: Page) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(VIEW)
    desk.get_by_text("Cite this view").click()
    desk.get_by_role("button", name="Copy").click()
    expect(desk.get_by_role("button", name="Copied")).to_be_visible()
    assert desk.evaluate("navigator.clipboard.readText()").startswith("Pasvik. Raja-Jooseppi – Lotta: as of 10 Dec 2023")


def test_nothing_sticks_out_on_a_phone(phone: Page, pictures: Path | None) -> None:
    phone.goto(VIEW)
    phone.locator("#bars-title").scroll_into_view_if_needed()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    out = phone.evaluate("""[...document.querySelectorAll('svg.bars text')].map((one) => one.getBoundingClientRect())
        .filter((box) => box.left < 0 || box.right > 360).length""")
    assert out == 0
    if pictures:
        phone.screenshot(path=pictures / "phone-crossing.png")
