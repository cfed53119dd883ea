"""The map: Kola is land, every crossing stands where it is, it says what the board says, and without WebGL it steps aside."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

STATIC = Path(__file__).parents[3] / "src" / "pasvik" / "web" / "static"
REPLAY = "at=2023-11-25&known=2023-11-25"
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-live")]
# What the map paints there, read from a picture of it. Each place is far from names, marks and coasts.
PLACES = """
    the Kola peninsula     37.0  67.8  land
    central Finland        27.3  63.9  land
    northern Sweden        19.0  65.6  land
    Karelia                34.5  63.0  land
    the White Sea          38.6  65.4  water
    the Barents Sea        38.0  71.2  water
    the Gulf of Bothnia    19.8  61.8  water
    the Baltic Sea         19.6  57.3  water
"""


def ready(page: Page) -> None:
    page.wait_for_selector("pasvik-map[data-ready=yes]")


def colours(page: Page, points: list[tuple[float, float]]) -> list[tuple[int, int, int]]:
    """The colours that the map paints at places given as longitude and latitude, read back from the drawn picture."""
    return [tuple(one) for one in page.evaluate("""(points) => new Promise((done) => {
      const map = document.querySelector('pasvik-map').map;
      map.once('render', () => {
        const canvas = map.getCanvas(), gl = canvas.getContext('webgl2'), ratio = canvas.width / canvas.clientWidth;
        done(points.map((point) => {
          const at = map.project(point), dot = new Uint8Array(4);
          gl.readPixels(Math.round(at.x * ratio), Math.round(canvas.height - at.y * ratio), 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, dot);
          return [dot[0], dot[1], dot[2]];
        }));
      });
      map.triggerRepaint();
    })""", points)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_kola_is_land_and_the_barents_sea_is_water(browser: Browser, record_server: str, scheme: str) -> None:
    page = browser.new_page(base_url=record_server, viewport={"width": 1440, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"/?{REPLAY}")
    ready(page)
    page.evaluate("document.querySelector('pasvik-map').map.jumpTo({center: [29, 64.5], zoom: 3.4})")
    page.wait_for_selector("pasvik-map[data-ready=yes]")
    page.wait_for_function("() => document.querySelector('pasvik-map').map.areTilesLoaded()")
    rows = [line.rsplit(maxsplit=3) for line in PLACES.strip().splitlines()]
    found = colours(page, [(float(lon), float(lat)) for _, lon, lat, _ in rows])
    painted = {kind: {found[i] for i, row in enumerate(rows) if row[3] == kind} for kind in ("land", "water")}
    page.close()
    assert len(painted["land"]) == 1, dict(zip([row[0] for row in rows], found, strict=True))
    assert len(painted["water"]) == 1, dict(zip([row[0] for row in rows], found, strict=True))
    assert painted["land"] != painted["water"]


def test_the_map_says_what_the_board_says(desk: Page) -> None:
    desk.goto(f"/?{REPLAY}&border=FI-RU")
    ready(desk)
    told = desk.evaluate("""Object.fromEntries(document.querySelector('pasvik-map').shown().features
        .map((one) => [one.properties.id, one.properties.state + ' ' + one.properties.left]))""")
    assert told["raja-jooseppi"] == "open open"
    assert told["salla"] == "closed closed"
    assert len(told) == desk.locator('[data-place][data-at*=","]').count()


def test_a_mark_shows_its_card_and_leads_to_the_crossing(desk: Page) -> None:
    desk.goto(f"/?{REPLAY}&border=NO-RU")
    ready(desk)
    desk.locator("pasvik-map").scroll_into_view_if_needed()
    at = desk.evaluate("document.querySelector('pasvik-map').map.project([30.2040, 69.6576])")
    canvas = desk.locator("pasvik-map canvas")
    canvas.hover(position=at)
    card = desk.locator(".map-card")
    expect(card).to_contain_text("Storskog – Borisoglebsky")
    expect(card).to_contain_text("Open")
    canvas.click(position=at)
    desk.wait_for_url(f"**/crossing/storskog?{REPLAY}")


def test_many_crossings_near_each_other_are_counted_and_opened(desk: Page) -> None:
    desk.goto(f"/?{REPLAY}")
    ready(desk)
    before = desk.evaluate("document.querySelector('pasvik-map').map.getZoom()")
    at = desk.evaluate("""(() => { const map = document.querySelector('pasvik-map').map;
      const one = map.queryRenderedFeatures({layers: ['marks']}).find((mark) => mark.properties.point_count);
      return map.project(one.geometry.coordinates); })()""")
    desk.locator("pasvik-map canvas").hover(position=at)
    expect(desk.locator(".map-card")).to_contain_text("crossings")
    desk.locator("pasvik-map canvas").click(position=at)
    desk.wait_for_function(f"() => document.querySelector('pasvik-map').map.getZoom() > {before} + 0.5")


def test_the_map_is_fetched_after_the_board_and_only_when_it_is_in_sight(phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda one: asked.append(one.url))
    phone.goto(f"/?{REPLAY}")
    expect(phone.locator("a.name").first).to_be_visible()
    phone.wait_for_load_state("networkidle")
    assert not any("maplibre" in url for url in asked)
    phone.get_by_text("Map of the crossings").click()
    phone.locator("pasvik-map").scroll_into_view_if_needed()
    ready(phone)
    assert any("maplibre" in url for url in asked)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_webgl_the_page_says_so_and_the_board_stands(driver: Playwright, chromium: str, record_server: str) -> None:
    blind = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-3d-apis", "--disable-background-networking"])
    page = blind.new_page(base_url=record_server, viewport={"width": 1440, "height": 900})
    page.goto(f"/?{REPLAY}")
    expect(page.locator("pasvik-map")).to_contain_text("it has no WebGL")
    expect(page.locator("a.name").first).to_be_visible()
    blind.close()


def test_our_own_javascript_stays_small() -> None:
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in (STATIC / "built").glob("*.js")}
    assert 0 < sum(sizes.values()) < 60_000, sizes


def test_a_map_that_was_folded_away_comes_when_it_is_unfolded(browser: Browser, record_server: str) -> None:
    page = browser.new_page(base_url=record_server, viewport={"width": 1280, "height": 800})
    page.goto(f"/?border=FI-RU&{REPLAY}")
    fold = page.locator("#map-box")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    ready(page)
    assert page.evaluate("document.querySelector('pasvik-map').map.getZoom()") > 2
    page.close()
