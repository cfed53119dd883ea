"""A real Chromium reads the pages as a newcomer would: by mouse, by keyboard, on a phone, in both themes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CHROMIUM_ARGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                 "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]

pytestmark = [
    pytest.mark.browser, pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install the package chromium")]
REPLAY = "at=2023-11-25&known=2023-11-25"
PATHS = (
    f"/?{REPLAY}", "/?at=now", f"/crossing/salla?{REPLAY}", "/crossing/vaalimaa?at=2023-12-12", "/sources", "/about", "/api", "/read",
    "/crossing/narwaa", f"/changes?since=2023-11-14&{REPLAY}", f"/follow?{REPLAY}", f"/claims?{REPLAY}", "/whatif",
    "/whatif?close=raja-jooseppi&from=2023-11-30&known=2023-11-27&days=4&futures=60")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Browser, server: str) -> Iterator[Page]:
    """A page that fails the test when it asks another host or breaks its policy."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    yield from watched(context, server)


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server, viewport={"width": 360, "height": 740}, has_touch=True)
    yield from watched(context, server)


def watched(context: BrowserContext, server: str) -> Iterator[Page]:
    page = context.new_page()
    elsewhere: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda asked: None if urlsplit(asked.url).netloc == urlsplit(server).netloc else elsewhere.append(asked.url))
    page.on("console", lambda told: complaints.append(told.text) if "404" not in told.text else None)
    page.on("pageerror", lambda broken: complaints.append(str(broken)))
    page.set_default_timeout(10_000)
    yield page
    context.close()
    assert elsewhere == []
    assert complaints == []


def row(page: Page, name: str) -> str:
    """A crossing's rows on the board as one line of text."""
    return " ".join(page.locator("tbody.place", has=page.locator(f'a.name[href^="/crossing/{name}?"]')).inner_text().split())


def test_the_board_opens_on_the_replay_and_the_clocks_move(tab: Page) -> None:
    tab.goto("/")
    expect(tab).to_have_url(f"{tab.url.split('/?')[0]}/?{REPLAY}")
    expect(tab.get_by_role("status")).to_contain_text("Replay: 25 Nov 2023")
    assert "Open" in row(tab, "storskog")
    assert "Closure considered" in row(tab, "storskog")
    assert "Open" in row(tab, "raja-jooseppi")
    assert "Closed" in row(tab, "salla")
    tab.get_by_role("link", name="One day on").click()
    expect(tab.get_by_label("Holds at")).to_have_value("2023-11-26")
    tab.get_by_label("Holds at").fill("2023-12-01")
    tab.get_by_label("Known by").fill("2023-12-01")
    tab.get_by_role("button", name="Move the clocks").click()
    expect(tab.get_by_role("status")).to_contain_text("Replay: 1 Dec 2023")
    assert "Closed" in row(tab, "raja-jooseppi")
    tab.get_by_role("link", name="15 Dec 2023").click()
    expect(tab.get_by_role("status")).to_contain_text("Replay: 15 Dec 2023")
    assert "Open" in row(tab, "vaalimaa")
    tab.get_by_role("link", name="Today", exact=True).click()
    expect(tab.get_by_role("status")).to_contain_text("The newest word behind this view was published on")


def test_filters_narrow_the_board_and_keep_the_clocks(tab: Page) -> None:
    tab.goto(f"/?{REPLAY}")
    for label, value in (("Border or country", "FI-RU"), ("For whom", "car"), ("State", "open")):
        tab.get_by_label(label, exact=True).select_option(value)
        expect(tab).to_have_url(re.compile(f"={value}"))        # a choice is shown at once, and stands in the address
    expect(tab.locator("a.name")).to_have_text(["Raja-Jooseppi – Lotta"])
    expect(tab.get_by_role("status")).to_contain_text("25 Nov 2023")
    tab.get_by_role("link", name="Clear the filters").click()
    expect(tab.get_by_label("State", exact=True)).to_have_value("")
    assert tab.locator("a.name").count() > 20


def test_from_the_board_to_the_words(tab: Page) -> None:
    tab.goto(f"/?{REPLAY}&border=NO-RU&lane=car")
    tab.get_by_role("link", name="Closure considered").last.click()
    expect(tab.locator("tr:target")).to_contain_text("closure considered")
    tab.locator("tr:target").get_by_role("link", name="Evidence").click()
    expect(tab.locator("mark").first).to_be_visible()
    expect(tab.get_by_text("These are our own words about a page")).to_be_visible()


def test_quoted_words_are_marked_in_their_place_and_nothing_in_a_text_runs(tab: Page, hostile_id: str) -> None:
    tab.goto(f"/evidence/{hostile_id}")
    assert "considering closing the Storskog border crossing" in " ".join(tab.locator("mark").all_inner_texts())
    assert "<script>window.harmed = 1</script>" in tab.locator(".document").inner_text()
    tab.locator(".claims a.ref").first.click()
    assert tab.evaluate("document.querySelector('.anchor:target + mark') !== null")
    assert tab.evaluate("window.harmed === undefined")
    tab.goto("/sources")
    assert tab.evaluate("window.harmed === undefined")


def test_the_keyboard_is_enough(tab: Page) -> None:
    tab.goto(f"/?{REPLAY}")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(tab.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    tab.goto(f"/?{REPLAY}&border=FI-RU")
    seen: list[str] = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        outline, name = tab.evaluate("""(() => { const e = document.activeElement;
            return [getComputedStyle(e).outlineStyle, (e.textContent.trim() || e.outerHTML).slice(0, 40)] })()""")
        assert outline != "none", f"no one sees where the focus is: {name}"
        seen.append(name)
        if name.startswith("Salla"):
            break
    assert seen[-1].startswith("Salla")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Salla (Kelloselkä) – Salla")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_scrolls_sideways_on_a_phone(phone: Page, path: str) -> None:
    phone.goto(path)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    clipped = phone.evaluate("""[...document.querySelectorAll('main td, main th, main a, main dd, .top a, .notice p')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().right > 361).map(e => e.textContent.trim().slice(0, 40))""")
    assert clipped == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(tab: Page, path: str, theme: str) -> None:
    """WCAG AA: 4.5 to 1, or 3 to 1 for large text."""
    tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    tab.goto(path)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate(CONTRAST) == []


@pytest.mark.parametrize("path", PATHS)
def test_headings_labels_and_landmarks_are_in_order(tab: Page, path: str) -> None:
    tab.goto(path)
    assert tab.evaluate(STRUCTURE) == []


def test_print_leaves_the_board_and_drops_the_controls(tab: Page) -> None:
    tab.goto(f"/?{REPLAY}")
    tab.emulate_media(media="print")
    expect(tab.get_by_label("Holds at")).to_be_hidden()
    expect(tab.locator("a.name").first).to_be_visible()
    expect(tab.get_by_text("Pasvik is not an official source.")).to_be_visible()


def test_pictures_for_the_documentation(browser: Browser, record_server: str, pictures: Path | None) -> None:
    """The record alone, as a newcomer sees it; kept only when PASVIK_PICTURES names a folder."""
    shots = (("crossing", 1280, 1000, f"/crossing/raja-jooseppi?{REPLAY}"),
             ("phone", 360, 740, f"/?{REPLAY}&border=FI-RU"))
    for name, width, height, path in shots:
        page = browser.new_page(base_url=record_server, viewport={"width": width, "height": height})
        page.goto(path)
        expect(page.get_by_role("status")).to_contain_text("Replay: 25 Nov 2023")
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=pictures / f"{name}.png")
        page.close()


CONTRAST = """(() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const lum = c => { const f = c.slice(0, 3).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; }
    return [255, 255, 255, 1]; };
  const bad = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, words = walk.currentNode.textContent.trim();
    if (!words || !e.getClientRects().length || e.closest('svg, option')) continue;
    const s = getComputedStyle(e), a = lum(parse(s.color)), b = lum(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(s.fontSize);
    const large = size >= 24 || (size >= 18.66 && s.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) bad.add(words.slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return [...bad];
})()"""

STRUCTURE = """(() => {
  const bad = [];
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  new Set(ids).size === ids.length || bad.push('ids twice: ' + ids.filter((id, n) => ids.indexOf(id) !== n).slice(0, 5));
  let level = 0;
  for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
    const n = +h.tagName[1]; if (n > level + 1) bad.push('heading jumps to ' + h.textContent); level = n; }
  document.querySelectorAll('h1').length === 1 || bad.push('not one h1');
  for (const tag of ['main', 'header.top', 'footer', 'nav']) document.querySelector(tag) || bad.push('no ' + tag);
  for (const f of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    f.labels.length || bad.push('no label: ' + f.name);
  for (const a of document.querySelectorAll('a, button, summary'))
    (a.textContent.trim() || a.getAttribute('aria-label')) || bad.push('no name: ' + a.outerHTML);
  for (const t of document.querySelectorAll('table')) {
    t.querySelector('th[scope]') || bad.push('table without scoped headers');
    t.caption || t.getAttribute('aria-label') || t.getAttribute('aria-labelledby') || bad.push('table without a name'); }
  for (const e of document.querySelectorAll('[aria-labelledby], [aria-describedby]'))
    for (const id of (e.getAttribute('aria-labelledby') || e.getAttribute('aria-describedby')).split(' '))
      document.getElementById(id) || bad.push('names a missing ' + id);
  for (const e of document.querySelectorAll('a[href^="#"]'))
    document.getElementById(decodeURIComponent(e.getAttribute('href').slice(1))) || bad.push('leads nowhere: ' + e.getAttribute('href'));
  return bad;
})()"""
