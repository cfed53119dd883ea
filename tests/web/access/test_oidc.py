"""Through another house and back: a real provider on this machine that speaks OpenID Connect, and all the ways in which its word must not hold."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.common.encoding import urlsafe_b64encode
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from pasvik.app.settings import Access
from pasvik.app.wiring import House
from pasvik.desk.people import Role

Door = Callable[..., TestClient]
NOW = datetime.fromisoformat("2026-11-25T10:00+00:00").timestamp()
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": name}) for name in ("one", "two"))


@dataclass
class Provider:
    """The other house: what it says of whoever comes, and with which key it signs."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    challenge: str = ""
    nonce: str = ""
    broken: bool = False
    issuer: str = ""

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.broken:
            return 500, {"error": "server_error"}
        if path.startswith("/.well-known"):
            return 200, {"issuer": self.issuer or self.address, "authorization_endpoint": f"{self.address}/authorize",
                         "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys"}
        if path == "/keys":
            return 200, {"keys": [KEY.as_dict(private=False)]}
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).decode()
        if path != "/token" or form.get("code") != "good" or proof != self.challenge:
            return 400, {"error": "invalid_grant"}
        told = {"iss": self.address, "aud": "pasvik", "sub": "7", "exp": NOW + 300, "iat": NOW, "nonce": self.nonce, "preferred_username": "Anna@x.example",
                **self.claims}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": jwt.encode({"alg": "RS256", "kid": "one"}, told, self.key)}


@pytest.fixture
def provider() -> Iterator[Provider]:
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self.reply({name: values[0] for name, values in parse_qs(body).items()})

        def reply(self, form: dict[str, str]) -> None:
            status, said = told.answer(self.path, form)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser(door: Door, provider: Provider) -> TestClient:
    return door(access=Access(read="closed", oidc_issuer=provider.address, oidc_client="pasvik", oidc_secret="s", oidc_label="The ministry",
                              public_url="http://localhost:8000"))


def go_there(browser: TestClient, provider: Provider) -> dict[str, str]:
    """Begin a sign-in; gives back what the other house is asked, and lets it know as a browser would."""
    answer = browser.get("/oidc/start?next=/sources")
    assert answer.status_code == 303, answer.text
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    provider.challenge, provider.nonce = asked["code_challenge"], asked["nonce"]
    return asked


def test_a_person_of_another_house_reads_here_until_shut_out(browser: TestClient, provider: Provider, house: House) -> None:
    assert "Sign in through The ministry" in browser.get("/sign-in").text
    asked = go_there(browser, provider)
    assert (asked["redirect_uri"], asked["code_challenge_method"]) == ("http://localhost:8000/oidc/back", "S256")
    back = browser.get("/oidc/back", params={"code": "good", "state": asked["state"]})
    assert (back.status_code, back.headers["location"]) == (303, "/sources")
    assert "anna, reader" in browser.get("/account").text
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    assert [(one.name, one.role, one.has_password) for one in desk.people()] == [("anna", Role.READER, False)]
    assert browser.get("/oidc/back", params={"code": "good", "state": asked["state"]}).status_code == 403, "a way back is used once"
    desk.change("anna", role=Role.REVIEWER)
    again = go_there(browser, provider)
    browser.get("/oidc/back", params={"code": "good", "state": again["state"]})
    assert "anna, reviewer" in browser.get("/account").text, "the same person is the same account"
    desk.change("anna", is_active=False)
    last = go_there(browser, provider)
    assert browser.get("/oidc/back", params={"code": "good", "state": last["state"]}).status_code == 403
    assert browser.get("/board.json").status_code == 401


def test_nobody_gets_an_account_that_was_opened_here(browser: TestClient, provider: Provider, house: House) -> None:
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    desk.add_person("anna", Role.ADMIN, "a long enough word", house.now())
    asked = go_there(browser, provider)
    assert browser.get("/oidc/back", params={"code": "good", "state": asked["state"]}).status_code == 303
    assert {one.name.partition("-")[0]: one.role for one in desk.people()} == {"anna": Role.ADMIN, "guest": Role.READER}


@pytest.mark.parametrize("wrong", [
    {"claims": {"aud": "another"}}, {"claims": {"aud": ["pasvik", "another"]}}, {"claims": {"iss": "https://evil.example"}},
    {"claims": {"exp": NOW - 999}}, {"claims": {"iat": NOW + 999}}, {"claims": {"nonce": "x"}}, {"claims": {"sub": ""}}, {"claims": {"exp": "soon"}},
    {"key": OTHER_KEY}, {"broken": True}, {"issuer": "https://evil.example"}, {"challenge": "x"}])
def test_a_word_that_does_not_hold_lets_nobody_in(browser: TestClient, provider: Provider, wrong: dict[str, Any]) -> None:
    asked = go_there(browser, provider)
    for name, value in wrong.items():
        setattr(provider, name, value)
    answer = browser.get("/oidc/back", params={"code": "good", "state": asked["state"]})
    assert answer.status_code == 403
    assert browser.get("/board.json").status_code == 401
    assert browser.app.state.desk.people() == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("params", [{}, {"code": "good"}, {"code": "good", "state": "x"}, {"error": "access_denied"}])
def test_a_way_back_that_was_not_begun_here(browser: TestClient, provider: Provider, params: dict[str, str]) -> None:
    assert browser.get("/oidc/back", params=params).status_code == 403
    go_there(browser, provider)
    assert browser.get("/oidc/back", params=params).status_code == 403
    browser.cookies.set("pasvik_oidc", "%%%", path="/oidc/")
    assert browser.get("/oidc/back", params=params).status_code == 403


def test_a_house_that_is_down_and_settings_that_cannot_be_are_told(door: Door, provider: Provider) -> None:
    provider.broken = True
    down = door(access=Access(oidc_issuer=provider.address, oidc_client="pasvik", public_url="http://localhost:8000"))
    assert down.get("/oidc/start").status_code == 502
    assert door(access=Access()).get("/oidc/start").status_code == 404
    for access in (Access(oidc_issuer="http://far.example", oidc_client="x", public_url="http://localhost"), Access(oidc_issuer="https://a.example")):
        answer = door(access=access).get("/oidc/start")
        assert answer.status_code == 503 and "PASVIK_" in answer.text
