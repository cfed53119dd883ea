"""A page fetched because a reviewer named its address: only where allowed, only for reviewers, never from a private network."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from starlette.testclient import TestClient

from pasvik.app.settings import Access
from pasvik.app.wiring import House
from pasvik.desk.people import Role

Door = Callable[..., TestClient]
ALLOWED = Access(fetch=True, limit_sign_in="99/minute")
PAGE = b"<html><head><title>Notice</title></head><body><p>The Salla border crossing is closed, the Finnish Border Guard said.</p></body></html>"


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"" if self.path == "/robots.txt" else PAGE
            self.send_response(404 if self.path in ("/robots.txt", "/gone") else 200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_reviewer_has_a_page_fetched_where_the_house_allows_it(
    door: Door, house: House, site: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PASVIK_COLLECT_LOOPBACK", "test")
    browser = door("anna", access=ALLOWED)
    before = house.ledger.basis()
    shown = browser.post("/read", data={"address": f"{site}/notice", "published": "2023-11-24"})
    assert shown.status_code == 200, shown.text
    assert "<mark" in shown.text and f'name="url" value="{site}/notice"' in shown.text
    assert house.ledger.basis() == before


@pytest.mark.parametrize("address", [
    "SITE/notice", "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest", "http://0x7f.1/", "file:///etc/passwd",
    "ftp://a.example", "javascript:1", "//x", "http://", "https://user:word@10.0.0.1/"])
def test_no_private_network_and_no_other_kind_of_address(door: Door, house: House, site: str, address: str) -> None:
    answer = door("anna", access=ALLOWED).post("/read", data={"address": address.replace("SITE", site)})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text and "<mark" not in answer.text and "root:" not in answer.text


def test_nobody_else_has_anything_fetched(door: Door, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASVIK_COLLECT_LOOPBACK", "test")
    for browser in (door(access=ALLOWED), door("rita", Role.READER, access=ALLOWED), door("anna")):
        answer = browser.post("/read", data={"address": f"{site}/notice"})
        assert answer.status_code == 400
        assert "not fetched here for you" in answer.text
        assert 'name="address"' not in browser.get("/read").text
    assert 'name="address"' in door("anna", access=ALLOWED).get("/read").text
