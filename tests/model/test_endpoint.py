"""A model's server at its best and at its worst: every misbehaviour ends in one sentence, and the rules' reading stands."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from pasvik.app.second.endpoint import LARGEST_ANSWER, Endpoint, ask
from pasvik.app.second.read import Second, second_read
from pasvik.app.settings import Model, Settings, settings_from
from pasvik.app.wiring import open_reader
from pasvik.terms.capture import Document, Fault, Trouble
from pasvik.terms.moment import moment

from .conftest import Server, chat, reply

READER = open_reader(settings_from({}))
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
DOCUMENT = Document("The Salla border crossing is closed. The Vaalimaa border crossing is open.", published=moment("2023-11-25"), publisher="Example Wire")
SALLA = {"kind": "status", "sentence": 0, "quote": "The Salla border crossing is closed", "speaker": "publisher", "crossings": ["salla"],
         "state": "closed", "commitment": "in_effect", "lanes": ["all"]}


def set_up(home: Path, server: Server, **more: str) -> Settings:
    return Settings(home=home, model=Model(url=server.url, name="test", **more))


def read(told: Settings, document: Document = DOCUMENT, now: datetime = NOW) -> Second | Fault:
    return second_read(told, READER, document, now)


def fault(told: object) -> str:
    assert isinstance(told, Fault), told
    assert "\n" not in told.what
    return told.what


def good(told: Second | Fault) -> Second:
    assert isinstance(told, Second), told
    return told


def test_a_good_answer_is_kept_and_replayed_without_the_server(tmp_path: Path, server: Server) -> None:
    server.says_statements(SALLA)
    first = good(read(set_up(tmp_path, server, key="secret")))
    assert [one.evidence.quote for one in first.reading.statements] == [SALLA["quote"]]
    assert (first.asked, first.replayed) == (True, False)
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert server.asked[0]["response_format"]["type"] == "json_schema"
    server.says(lambda handler, _: reply(handler, 500, b""))
    again = good(read(set_up(tmp_path, server, key="another"), now=NOW.replace(year=2030)))
    assert len(server.asked) == 1
    assert again == replace(first, replayed=True)
    assert "secret" not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())


def test_another_text_another_model_and_other_words_are_other_questions(tmp_path: Path, server: Server) -> None:
    server.says_statements()
    told = set_up(tmp_path / "home", server)
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "model.toml").write_text('instructions = "Read."', encoding="utf-8")
    for one, document in ((told, DOCUMENT), (told, replace(DOCUMENT, text=DOCUMENT.text + " So be it.")), (told, replace(DOCUMENT, published=None)),
                          (replace(told, model=replace(told.model, name="other")), DOCUMENT), (replace(told, knowledge=tmp_path / "knowledge"), DOCUMENT)):
        assert not good(read(one, document)).replayed
        assert good(read(one, document)).replayed
    assert len(server.asked) == 5


BAD_CONTENT = """
I am sorry                     | not JSON
{"statements": [               | not JSON
{"claims": []}                 | holds no list of statements
[]                             | holds no list of statements
""".strip().splitlines()


@pytest.mark.parametrize("case", BAD_CONTENT, ids=lambda case: case.split("|")[0].strip())
def test_bad_content_is_told_and_kept_too(tmp_path: Path, server: Server, case: str) -> None:
    content, why = (part.strip() for part in case.split("|"))
    server.says(lambda handler, _: chat(handler, content))
    told = set_up(tmp_path, server)
    assert why in fault(read(told))
    assert fault(read(told)) == fault(read(told))
    assert len(server.asked) == 1, "the same bad answer is not bought twice"
    for note in (tmp_path / "model").glob("*.json"):
        note.unlink()
    server.says_statements(SALLA)
    assert len(good(read(told)).reading.statements) == 1


@pytest.mark.parametrize(("content", "finish", "why"), [(None, "stop", "gave no answer"), ('{"statements": [', "length", "cut off")])
def test_no_content_and_half_a_content(tmp_path: Path, server: Server, content: str | None, finish: str, why: str) -> None:
    server.says(lambda handler, _: chat(handler, content, finish))
    assert why in fault(read(set_up(tmp_path, server)))


NO_CHAT = [b"", b"<html>", b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{}]}', b'{"choices": [{"message": "x"}]}', b"\xff\xfe", b"[" * 200_000]


@pytest.mark.parametrize("body", NO_CHAT, ids=lambda body: repr(body[:30]))
def test_what_is_no_chat_answer_is_not_kept(tmp_path: Path, server: Server, body: bytes) -> None:
    server.says(lambda handler, _: reply(handler, 200, body))
    assert "not the answer of a chat endpoint" in fault(read(set_up(tmp_path, server)))
    assert not list((tmp_path / "model").glob("*.json"))
    assert not (tmp_path / "archive").exists()


def test_one_more_try_after_429_and_not_before_it_is_asked_for(server: Server) -> None:
    server.says(lambda handler, _: reply(handler, 429, b"", Retry_After="1"), lambda handler, _: chat(handler, "{}"))
    begun = time.monotonic()
    assert isinstance(ask(Endpoint(server.url, "test"), b"{}"), bytes)
    assert time.monotonic() - begun >= 1
    assert len(server.asked) == 2


@pytest.mark.parametrize("code", [429, 500, 503])
def test_two_refusals_are_enough_and_the_wait_is_capped(server: Server, code: int) -> None:
    message = json.dumps({"error": {"message": "too\nmany \x1b[31m" + "x" * 500}}).encode()
    server.says(lambda handler, _: reply(handler, code, message, Retry_After="86400"))
    begun = time.monotonic()
    told = ask(Endpoint(server.url, "test", longest_wait=0.1), b"{}")
    assert time.monotonic() - begun < 60
    assert isinstance(told, Fault)
    assert told.what.startswith(f"the model's server answered {code}: too many [31mxxx")
    assert len(told.what) < 250
    assert len(server.asked) == 2


@pytest.mark.parametrize("code", [400, 401, 404])
def test_a_plain_refusal_is_not_tried_again(server: Server, code: int) -> None:
    server.says(lambda handler, _: reply(handler, code, b"not json"))
    assert fault(ask(Endpoint(server.url, "test"), b"{}")).startswith(f"the model's server answered {code}")
    assert len(server.asked) == 1


def test_a_server_that_sends_us_elsewhere_is_not_followed(server: Server) -> None:
    server.says(lambda handler, _: reply(handler, 302, b"", Location=f"{server.url}/elsewhere"))
    assert "answered 302" in fault(ask(Endpoint(server.url, "test", key="secret"), b"{}"))
    assert len(server.asked) == 1


def _sleeps(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    time.sleep(8)


def _drips(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _piece in range(80):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def _closes(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.close_connection = True


def _halves(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    reply(handler, 200, b'{"choices": [', Content_Length="1000")
    handler.close_connection = True


def _babbles(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.wfile.write(b"no protocol that anybody knows\r\n\r\n")
    handler.close_connection = True


def _pours(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _piece in range(LARGEST_ANSWER // 50_000 + 20):
            handler.wfile.write(b" " * 50_000)
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize(("answer", "why"), [
    (_sleeps, "did not answer within 0.5 seconds"), (_drips, "did not answer within 0.5 seconds"), (_closes, "broke off"), (_halves, "broke off after"),
    (_babbles, "broke off"), (_pours, "larger than 2 MB")])
def test_a_server_that_fails_us_ends_in_a_sentence(server: Server, answer: Any, why: str) -> None:
    server.says(answer)
    begun = time.monotonic()
    assert why in fault(ask(Endpoint(server.url, "test", timeout=0.5), b"{}"))
    assert time.monotonic() - begun < 7


@pytest.mark.parametrize("url", ["ftp://example.org/v1", "file:///etc/passwd", "example.org", "http://", "http://127.0.0.1:1/v1", "http://[/v1", "http://127.0.0.1:99999/v1"])
def test_an_address_that_leads_nowhere(tmp_path: Path, url: str) -> None:
    assert fault(read(Settings(home=tmp_path, model=Model(url=url, name="test"))))


def test_the_days_budget_is_kept_in_documents_and_in_bytes(tmp_path: Path, server: Server) -> None:
    server.says_statements(SALLA)
    told = set_up(tmp_path, server, budget="2")
    texts = [replace(DOCUMENT, text=f"{DOCUMENT.text} Number {number}.") for number in range(4)]
    assert isinstance(read(told, texts[0]), Second)
    assert isinstance(read(told, texts[1]), Second)
    assert "budget for the model is spent: 2 of 2 documents" in fault(read(told, texts[2]))
    assert good(read(told, texts[0])).replayed, "what is held costs nothing"
    assert isinstance(read(told, texts[2], NOW.replace(day=26)), Second), "a new day"
    assert len(server.asked) == 3
    small = set_up(tmp_path, server, budget="100/1000")
    assert "of 1000 bytes" in fault(read(small, texts[3]))
    for bad in ("lots", "-1", "1/2/3", "5/", "1.5"):
        assert "PASVIK_MODEL_BUDGET" in fault(read(set_up(tmp_path, server, budget=bad), texts[3]))


def test_a_question_that_was_never_answered_costs_too(tmp_path: Path, server: Server) -> None:
    server.says(lambda handler, _: reply(handler, 400, b""))
    told = set_up(tmp_path, server, budget="1")
    assert "answered 400" in fault(read(told))
    assert "budget" in fault(read(told))


def test_what_is_spent_is_written_down_before_the_question_is_sent(tmp_path: Path, server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        written = (tmp_path / "model" / "spent" / "2026-11-25.txt").exists()
        chat(handler, json.dumps({"statements": [SALLA] if written else []}))

    server.says(answer)
    assert len(good(read(set_up(tmp_path, server))).reading.statements) == 1


def test_altered_bytes_are_trouble_and_a_broken_note_is_a_new_question(tmp_path: Path, server: Server) -> None:
    server.says_statements(SALLA)
    told = set_up(tmp_path, server)
    first = good(read(told))
    note = tmp_path / "model" / f"{first.key}.json"
    for broken in ("", "[]", "{", '{"answer": "../../etc/passwd"}', '{"answer": 7}', json.dumps({"answer": "0" * 64})):
        note.write_text(broken, encoding="utf-8")
        assert not good(read(told)).replayed
    (tmp_path / "archive" / first.answer[:2] / first.answer[2:]).write_bytes(b"another answer")
    with pytest.raises(Trouble, match="altered"):
        read(told)


MISSING = """
                                           | no model is set
url                                        | PASVIK_MODEL_NAME
url name key_file=/nowhere/at/all          | cannot be read
url name timeout=soon                      | PASVIK_MODEL_TIMEOUT
url name timeout=-1                        | PASVIK_MODEL_TIMEOUT
url name timeout=nan                       | PASVIK_MODEL_TIMEOUT
""".strip("\n").splitlines()


@pytest.mark.parametrize("case", MISSING, ids=lambda case: case.split("|")[0].strip() or "nothing")
def test_half_a_setting_is_told(tmp_path: Path, case: str) -> None:
    names, why = (part.strip() for part in case.split("|"))
    values = {"url": "http://127.0.0.1:1/v1", "name": "test"}
    given = {name.partition("=")[0]: name.partition("=")[2] or values[name] for name in names.split()}
    told = settings_from({f"PASVIK_MODEL_{name.upper()}": value for name, value in given.items()}, home=str(tmp_path))
    assert why in fault(read(told))


def test_the_key_is_read_from_its_file_and_never_shown(tmp_path: Path, server: Server) -> None:
    server.says_statements()
    (tmp_path / "key").write_text(" from-a-file\n", encoding="utf-8")
    told = set_up(tmp_path / "home", server, key_file=str(tmp_path / "key"))
    good(read(told))
    assert server.headers[0]["Authorization"] == "Bearer from-a-file"
    assert "hidden" not in repr(Model(key="hidden")) + repr(Endpoint("u", "n", key="hidden"))


def test_a_key_that_no_header_can_carry_is_not_shown(server: Server) -> None:
    for key in ("sec\nret", "gehe\u00efm", "\u043a\u043b\u044e\u0447"):
        why = fault(ask(Endpoint(server.url, "test", key), b"{}"))
        assert "no header can carry" in why
        assert key[-3:] not in why
    assert server.asked == []


def test_a_text_without_a_border_is_not_sent(tmp_path: Path, server: Server) -> None:
    told = good(read(set_up(tmp_path, server), Document("The bakery has new bread.")))
    assert (told.asked, told.reading.statements, server.asked) == (False, (), [])


def test_where_nothing_can_be_written_nothing_is_asked(tmp_path: Path, server: Server) -> None:
    server.says_statements(SALLA)
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(Trouble, match="cannot be"):
        read(set_up(tmp_path / "home", server))
    assert server.asked == []
