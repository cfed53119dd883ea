"""A real Chromium with a picture-drawing engine of its own, so that the map can be looked at on any machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
DRAWS = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PATIENCE_MS = 30_000                                            # a machine that does many things at once draws maps slowly
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> str:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; install the package chromium")
    return CHROMIUM


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(driver: Playwright, chromium: str) -> Iterator[Browser]:
    opened = driver.chromium.launch(executable_path=chromium, args=[*QUIET, *DRAWS])
    yield opened
    opened.close()


@pytest.fixture
def desk(browser: Browser, record_server: str) -> Iterator[Page]:
    """A wide screen with the shipped record."""
    yield from watched(browser, record_server, 1440, 900)


@pytest.fixture
def phone(browser: Browser, record_server: str) -> Iterator[Page]:
    """A phone with the shipped record."""
    yield from watched(browser, record_server, 360, 740)


def watched(browser: Browser, server: str, wide: int, tall: int) -> Iterator[Page]:
    """A page that fails the test when it asks another host, breaks its policy or throws."""
    context = browser.new_context(base_url=server, viewport={"width": wide, "height": tall}, has_touch=wide < 500)
    page = context.new_page()
    elsewhere: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda asked: elsewhere.append(asked.url) if foreign(asked.url, server) else None)
    page.on("console", lambda told: complaints.append(told.text) if complains(told) else None)
    page.on("pageerror", lambda broken: complaints.append(str(broken)))
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()
    assert elsewhere == []
    assert complaints == []


def complains(told: ConsoleMessage) -> bool:
    """Whether the browser reports an error; a connection that a test itself cuts is none."""
    return told.type == "error" and "ERR_FAILED" not in told.text


def foreign(url: str, server: str) -> bool:
    """Whether an address leads to another host (the page's own blobs and data lead nowhere)."""
    return urlsplit(url).scheme not in ("blob", "data") and urlsplit(url).netloc != urlsplit(server).netloc
