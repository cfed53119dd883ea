"""Who comes in, who is turned away, and with which sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from pasvik.app.settings import Access, access_from
from pasvik.desk.people import Role, Scope
from pasvik.terms.capture import Fault, Trouble
from pasvik.web.access.account import inside
from pasvik.web.armour import POLICY

Door = Callable[..., TestClient]
WORD = "a long enough word"


@pytest.mark.parametrize(("read", "address", "path", "status"), [
    (None, "127.0.0.1", "/?at=now", 200), (None, "::1", "/board.json", 200), (None, "203.0.113.9", "/?at=now", 303),
    (None, "203.0.113.9", "/board.json", 401), (None, "2001:db8::1", "/sources", 303), ("open", "203.0.113.9", "/board.json", 200),
    ("closed", "127.0.0.1", "/?at=now", 303), ("closed", "127.0.0.1", "/openapi.json", 401),
    (None, "203.0.113.9", "/feed.atom", 401), ("closed", "127.0.0.1", "/ogc", 401), ("closed", "203.0.113.9", "/sign-in", 200),
    ("closed", "203.0.113.9", "/static/pasvik.css", 200), ("closed", "203.0.113.9", "/sign-in/../sources", 303),
])
def test_reading_is_open_on_this_machine_and_elsewhere_as_the_house_says(
    door: Door, read: str | None, address: str, path: str, status: int,
) -> None:
    answer = door(address=address, access=Access(read=read)).get(path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == POLICY
    if status == 303:
        assert answer.headers["location"].startswith("/sign-in?next=/")


def test_signing_in_leads_back_and_the_page_is_kept_by_nobody(door: Door) -> None:
    browser = door("anna", address="203.0.113.9", access=Access(read="closed", limit_sign_in="99/minute"))
    answer = browser.get("/board.json?at=2023-11-25&known=2023-11-25&basis=1")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache")
    assert "Cookie" in answer.headers["vary"]
    assert "anna" in browser.get("/account").text
    browser.post("/sign-out")
    assert browser.get("/board.json").status_code == 401


def test_the_cookie_is_no_scripts_and_no_strangers(door: Door) -> None:
    browser = door("anna")
    answer = browser.post("/sign-in", data={"name": "anna", "password": WORD, "next": "/sources"})
    assert answer.headers["location"] == "/sources"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie
    secure = door(access=Access(limit_sign_in="99/minute"))
    secure.base_url = "https://localhost"
    assert "secure" in secure.post("/sign-in", data={"name": "anna", "password": WORD}).headers["set-cookie"].lower()


def test_what_is_wrong_in_signing_in_is_not_told_apart(door: Door) -> None:
    browser = door("anna")
    told = {browser.post("/sign-in", data={"name": name, "password": password}).text.split('role="alert">')[1].split("</p>")[0]
            for name, password in (("anna", "wrong"), ("nobody", WORD), ("", ""))}
    assert len(told) == 1
    hostile = browser.post("/sign-in", data={"name": '"><script>1</script>', "password": "x", "next": "//evil.example"})
    assert (hostile.status_code, "<script" in hostile.text, 'value="/"' in hostile.text) == (401, False, True)


@pytest.mark.parametrize(("target", "goes"), [
    ("/sources", "/sources"), ("/?at=now&lane=car", "/?at=now&lane=car"), ("//evil.example", "/"), ("https://evil.example", "/"),
    ("/\\evil.example", "/"), ("/a\\b", "/"), ("javascript:1", "/"), ("", "/"), ("/\r\nset-cookie: a=b", "/"), ("/\t/evil.example", "/"),
])
def test_nobody_is_sent_to_another_host(target: str, goes: str) -> None:
    assert inside(target) == goes


@pytest.mark.parametrize(("headers", "status"), [
    ({"sec-fetch-site": "same-origin"}, 303), ({"sec-fetch-site": "none"}, 303), ({}, 303), ({"origin": "http://localhost:8000"}, 303),
    ({"sec-fetch-site": "cross-site"}, 403), ({"sec-fetch-site": "same-site"}, 403), ({"origin": "http://evil.example"}, 403),
    ({"origin": "null"}, 403), ({"origin": "http://localhost:9000"}, 403), ({"origin": "http://[::1"}, 403),
    ({"sec-fetch-site": "cross-site", "origin": "http://localhost:8000"}, 403),
])
def test_a_form_of_another_site_does_nothing(door: Door, headers: dict[str, str], status: int) -> None:
    browser = door("anna")
    answer = browser.post("/account/tokens/revoke", data={"prefix": "x"}, headers=headers)
    assert answer.status_code == status
    assert status != 403 or "another site" in answer.text


def test_keys_are_made_shown_once_used_and_revoked(door: Door) -> None:
    browser = door("anna")
    made = browser.post("/account/tokens", data={"scope": ["read", "write"], "label": "<b>night</b>", "days": "30"})
    key = made.text.split("<code>pasvik_")[1].split("</code>")[0]
    key = f"pasvik_{key}"
    assert "&lt;b&gt;night&lt;/b&gt;" in made.text
    listed = browser.get("/account").text
    assert key not in listed and key.split("_")[1] in listed
    program = door(address="203.0.113.9", access=Access(read="closed"))
    bearer = {"authorization": f"Bearer {key}"}
    assert program.get("/board.json", headers=bearer).status_code == 200
    assert program.post("/account/tokens", data={"scope": "read"}, headers=bearer).status_code == 403, "a key makes no further keys"
    assert browser.post("/account/tokens/revoke", data={"prefix": key.split("_")[1]}).status_code == 303
    assert program.get("/board.json", headers=bearer).status_code == 401
    assert program.get("/board.json", headers={"authorization": "Bearer " + "x" * 9000}).status_code == 401
    assert browser.post("/account/tokens", data={"scope": "admin"}).status_code == 400
    assert door(None).post("/account/tokens", data={"scope": "read"}).headers["location"].startswith("/sign-in")


def test_too_many_questions_are_refused_with_a_sentence_but_not_to_this_machine(door: Door) -> None:
    few = Access(read="open", limit_read="3/minute", limit_write="2/minute", limit_sign_in="2/minute")
    far = door(address="203.0.113.9", access=few)
    assert [far.get("/about").status_code for _ in range(4)] == [200, 200, 200, 429]
    late = far.get("/about")
    assert "wait a minute" in late.text and late.headers["retry-after"] == "60"
    assert [far.post("/read", data={"text": "x"}).status_code for _ in range(3)] == [200, 200, 429]
    here = door(access=few)
    assert {here.get("/about").status_code for _ in range(9)} == {200}
    assert [here.post("/sign-in", data={"name": f"a{n}", "password": "x"}).status_code for n in range(3)] == [401, 401, 429]


def test_one_account_is_not_tried_from_many_places(door: Door) -> None:
    browser = door(address="2001:db8::1", access=Access(read="open", limit_sign_in="3/minute"))
    codes = []
    for n in range(5):
        browser._transport.client = (f"2001:db8:{n}::1", 1)  # type: ignore[attr-defined]
        codes.append(browser.post("/sign-in", data={"name": "anna", "password": "x"}).status_code)
    assert codes == [401, 401, 401, 429, 429]


def test_the_environment_says_who_may_come_in() -> None:
    assert access_from({}).read is None
    assert access_from({"PASVIK_ACCESS": "Open", "PASVIK_LIMIT_READ": "5/second"}) == Access(read="open", limit_read="5/second")
    with pytest.raises(Trouble, match="open or closed"):
        access_from({"PASVIK_ACCESS": "ajar"})


def test_a_reader_may_not_write_and_a_word_of_ours_says_so(door: Door) -> None:
    reader = door("rita", Role.READER)
    made = reader.app.state.desk.add_token("rita", frozenset({Scope.WRITE}), "", reader.app.state.house.now())  # type: ignore[attr-defined]
    assert isinstance(made, Fault)
