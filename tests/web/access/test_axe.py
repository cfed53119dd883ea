"""axe finds nothing to complain of on any page, in both themes and on a phone; a reviewer needs no mouse and no script runs from elsewhere."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pasvik.app import collect
from pasvik.app.settings import Access, Settings
from pasvik.app.wiring import House, open_house
from pasvik.desk.people import Role
from pasvik.web.routes import create

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser, pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install the package chromium")]
WORD = "a long enough word"
REPLAY = "at=2023-11-25&known=2023-11-25"
TEXT = """The Finnish government said on Friday that the Vaalimaa border crossing is closed. <script>window.harmed = 1</script>
The Norwegian government is considering closing the Storskog border crossing."""
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PATHS = (
    f"/?{REPLAY}", f"/?at=now&lang=ru&border=FI-RU&{REPLAY}", f"/crossing/salla?{REPLAY}&lang=fi", "/sources", "/coverage?lang=nb", "/about", "/api",
    "/read", "/crossing/narwaa", f"/changes?since=2023-11-14&{REPLAY}", f"/follow?{REPLAY}", f"/claims?{REPLAY}", "/evidence/DOCUMENT", "/account",
    "/whatif", "/sign-in")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    opened = open_house(
        Settings(home=tmp_path_factory.mktemp("axe"), now="2026-11-25T10:00+00:00", access=Access(limit_sign_in="99/minute")), keep=True)
    for name, hour in (("Yle", 12), ("NRK", 14)):
        assert isinstance(collect.add(opened, f"{TEXT} {name}".encode(), "a.txt", f"2023-11-24T{hour}:00+02:00", name), collect.Added)
    return opened


@pytest.fixture(scope="module")
def document(house: House) -> str:
    return house.ledger.documents(1)[0].document.id


@pytest.fixture(scope="module")
def server(house: House) -> Iterator[str]:
    app = create(house, "")
    app.state.desk.add_person("desk-1", Role.REVIEWER, WORD, house.now())
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, server: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/sign-in?next=/about")
    page.get_by_label("Account name").fill("desk-1")
    page.get_by_label("Password").fill(WORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server}/about")
    page.close()
    yield context
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_in_either_theme(signed_in: BrowserContext, browser: Browser, server: str, document: str, path: str) -> None:
    context = browser.new_context(base_url=server) if path == "/sign-in" else signed_in
    page = context.new_page()
    for theme, rules in (("light", RULES), ("dark", {"runOnly": ["color-contrast"]})):  # only colours differ between themes
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.goto(path.replace("DOCUMENT", document))
        page.evaluate("document.querySelectorAll('details:not([data-map])').forEach(d => { if (!d.querySelector('pasvik-map')) d.open = true })")
        found = Axe().run(page, options=rules).response["violations"]
        told = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"][:3]]
        assert told == [], theme
    page.close()


@pytest.mark.parametrize("path", ["/evidence/DOCUMENT", "/coverage", "/account", "/read", "/sign-in", "/coverage?lang=ru", "/read?lang=fi"])
def test_the_newer_pages_fit_a_phone(signed_in: BrowserContext, document: str, path: str) -> None:
    page = signed_in.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path.replace("DOCUMENT", document))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    clipped = page.evaluate("""[...document.querySelectorAll('main td, main a, main dd, main label, main button, main input, main select, .foot a')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().right > 361).map(e => e.outerHTML.slice(0, 80))""")
    assert clipped == []
    page.close()


def test_pointing_at_a_claim_lights_its_words_and_the_other_way_round(signed_in: BrowserContext, document: str) -> None:
    page = signed_in.new_page()
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text))
    page.goto(f"/evidence/{document}")
    page.locator(".beside li .what").nth(1).hover()
    lit = page.locator("mark.lit")
    expect(lit.first).to_contain_text("considering closing the Storskog")
    page.locator("mark").first.hover()
    expect(page.locator(".beside li.lit")).to_contain_text("Vaalimaa")
    page.locator(".document a.ref").nth(1).focus()
    expect(page.locator(".beside li.lit").first).to_contain_text("Storskog")
    assert page.evaluate("window.harmed === undefined")
    assert complaints == []
    page.close()


def test_a_verdict_is_given_by_keyboard_alone(signed_in: BrowserContext, document: str) -> None:
    page = signed_in.new_page()
    page.goto(f"/evidence/{document}")
    page.locator("details.judge summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("it was another place")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Reject").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".beside li.aside")).to_contain_text("it was another place")
    expect(page.locator(".verdicts")).to_contain_text("desk-1")
    page.close()


def test_a_dropped_file_is_shown_and_kept_by_a_newcomer(signed_in: BrowserContext, tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("The Salla border crossing is closed, the Finnish Border Guard said.", encoding="utf-8")
    page = signed_in.new_page()
    page.goto("/read")
    page.get_by_label("Or a file").set_input_files(str(file))
    page.get_by_label("Published on").fill("2023-11-24")
    page.get_by_role("button", name="Show the claims").click()
    expect(page.get_by_text("Nothing was kept.")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("button", name="Keep it in the record").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/evidence/d" in page.url
    page.close()


def test_print_leaves_the_words_and_drops_the_forms(signed_in: BrowserContext, document: str) -> None:
    page = signed_in.new_page()
    page.goto(f"/evidence/{document}")
    page.emulate_media(media="print")
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("details.judge").first).to_be_hidden()
    expect(page.locator(".languages")).to_be_hidden()
    expect(page.get_by_text("Pasvik is not an official source.")).to_be_visible()
    page.close()


def test_the_language_is_changed_by_one_click(browser: Browser, server: str) -> None:
    page: Page = browser.new_page(base_url=server)
    page.goto(f"/crossing/salla?{REPLAY}")
    page.get_by_role("link", name="Suomi").click()
    expect(page.get_by_text("Pasvik ei ole virallinen lähde.")).to_be_visible()
    assert "at=2023-11-25" in page.url
    page.get_by_role("link", name="Taulu").click()
    expect(page.get_by_role("status").first).to_contain_text("Uusinta: 25.11.2023")
    page.close()
