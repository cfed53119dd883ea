"""Every address answers as a page or as JSON, says what is wrong in a sentence, and never takes a text for HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pasvik.app.settings import Settings
from pasvik.app.wiring import open_house
from pasvik.web.armour import POLICY
from pasvik.web.routes import create
from pasvik.web.words import words_of

REPLAY = "at=2023-11-25&known=2023-11-25"
PAGES = ("/?" + REPLAY, "/?at=now", f"/crossing/storskog?{REPLAY}", "/sources", "/about", "/api", "/read")


def foreign_scripts(html: str) -> list[str]:
    """Script tags that are not ours: ours name a file of the static folder and hold nothing."""
    return re.sub(r'<script (type="module" )?src="/static/[\w./-]+"( defer| type="module")*></script>', "", html).split("<script")[1:]


def state(html: str, crossing: str) -> str:
    """The state in words on the first line of a crossing's row."""
    row = html.split(f'href="/crossing/{crossing}?', 1)[1].split("</tbody>", 1)[0]
    found = re.search(r'<span class="state \w+"><svg aria-hidden="true"><use href="#\w+"/></svg>([^<]+)</span>', row)
    assert found, row
    return found[1]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_guarded_and_says_it_is_not_official(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "Pasvik is not an official source." in answer.text
    assert 'href="https://raja.fi/"' in answer.text or "storskog" in path
    assert '<html lang="en">' in answer.text
    assert 'href="#content"' in answer.text
    assert " style=" not in answer.text, "the policy forbids styles in the page"
    assert not re.findall(r'(?:src|<link[^>]* href)="(?:https?:)?//', answer.text), "a page loads nothing from elsewhere"


def test_the_front_door_opens_on_the_replay_and_today_is_one_step_away(client: TestClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/?{REPLAY}")
    assert 'href="/?at=now"' in client.get(answer.headers["location"]).text
    assert "Today" in client.get("/?at=now").text
    assert client.get("/?border=FI-RU").headers["location"] == f"/?{REPLAY}&border=FI-RU"


@pytest.mark.parametrize(("day", "states"), [
    ("2023-11-20", {"raja-jooseppi": "Open", "vaalimaa": "Closed", "storskog": "Open"}),
    ("2023-11-25", {"raja-jooseppi": "Open", "vaalimaa": "Closed", "storskog": "Open"}),
    ("2023-12-01", {"raja-jooseppi": "Closed", "vaalimaa": "Closed", "storskog": "Open"}),
    ("2023-12-15", {"raja-jooseppi": "Closed", "vaalimaa": "Open", "storskog": "Open"}),
])
def test_the_board_moves_with_the_clocks(client: TestClient, day: str, states: dict[str, str]) -> None:
    html = client.get(f"/?at={day}&known={day}&lane=car").text
    assert {crossing: state(html, crossing) for crossing in states} == states
    assert "Replay" in html


def test_a_consideration_is_shown_as_pending_and_never_as_a_closure(client: TestClient) -> None:
    html = client.get(f"/?{REPLAY}&border=NO-RU&lane=car").text
    assert state(html, "storskog") == "Open"
    assert "Closure considered" in html


@pytest.mark.parametrize(("query", "present", "absent"), [
    ("border=NO-RU", ["/crossing/storskog?"], ["/crossing/salla?"]),
    ("border=ru-fi", ["/crossing/salla?"], ["/crossing/storskog?"]),
    ("border=FI", ["/crossing/salla?"], ["/crossing/storskog?"]),
    ("border=FI-RU&lane=car&state=open", ["/crossing/raja-jooseppi?"], ["/crossing/salla?"]),
    ("border=FI-RU&lane=car&state=closed", ["/crossing/salla?"], ["/crossing/raja-jooseppi?"]),
    ("border=FI-RU&lane=car&since=2023-11-23", ["/crossing/salla?"], ["/crossing/vaalimaa?"]),
    ("border=FI-RU&state=lapsed", ["No crossing fits these filters."], ["/crossing/salla?"]),
])
def test_filters(client: TestClient, query: str, present: list[str], absent: list[str]) -> None:
    html = client.get(f"/?{REPLAY}&{query}").text
    assert [words for words in present if words not in html] == []
    assert [words for words in absent if words in html] == []


@pytest.mark.parametrize(("path", "status", "sentence"), [
    ("/?at=abc", 400, "is not a date or time"),
    ("/?at=99999-01-01", 400, "is not a date or time"),
    ("/?at=0001-01-01", 400, "lies outside"),
    ("/?known=9999-12-31T23:59-12:00", 400, "lies outside"),
    ("/?at=9999-01-01", 400, "lies outside"),
    ("/?known=2023-02-30", 400, "is not a date or time"),
    ("/?at=2023", 400, "names no day"),
    ("/?basis=-1", 400, "is not a position in the ledger"),
    ("/?basis=1e9", 400, "is not a position in the ledger"),
    ("/?at=now&border=FI-XX", 400, "there is no border"),
    ("/?at=now&state=shut", 400, "there is no state"),
    ("/?at=now&lane=tank", 400, "there is no lane"),
    ("/?at=now&since=x", 400, "since:"),
    ("/?at=" + "2" * 5000, 400, "characters are too many"),
    ("/crossing/storskogg", 404, "did you mean"),
    ("/crossing/<script>alert(1)", 404, "is not in the gazetteer"),
    ("/crossing/salla?at=abc", 400, "is not a date or time"),
    ("/evidence/d000", 404, "no document"),
    ("/find?q=Storskogg", 404, "did you mean"),
    ("/nowhere", 404, "leads nowhere"),
    ("/static/nothing.css", 404, "leads nowhere"),
])
def test_what_cannot_be_answered_is_told_in_a_sentence(client: TestClient, path: str, status: int, sentence: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert sentence in answer.text
    assert "Pasvik is not an official source." in answer.text
    assert answer.headers["content-security-policy"] == POLICY
    assert "<script" not in answer.text
    if path.startswith(("/?", "/crossing", "/evidence")):
        place, _, query = path.partition("?")
        told = client.get(f"{place if place != '/' else '/board'}.json?{query}")
        assert told.status_code == status
        assert sentence.split()[0] in told.json()["fault"]


def test_another_spelling_leads_to_the_one_address(client: TestClient) -> None:
    for words in ("Narva", "narva", "Ивангород"):
        assert client.get("/find", params={"q": words, "at": "2023-11-25"}).headers["location"] == "/crossing/narva?at=2023-11-25"
    assert client.get("/crossing/Storskog?at=2023-11-25").headers["location"] == "/crossing/storskog?at=2023-11-25"
    assert client.get("/find?q=").headers["location"] == "/"
    assert 'href="/crossing/storskog"' in client.get("/crossing/storskogg").text


def test_a_post_where_none_is_taken(client: TestClient) -> None:
    answer = client.post("/about")
    assert answer.status_code == 405
    assert "Pasvik is not an official source." in answer.text


def test_json_stands_behind_every_page(client: TestClient, hostile_id: str) -> None:
    board = client.get(f"/board.json?{REPLAY}").json()
    assert (board["at"], board["known"], board["basis"]) == ("2023-11-25", "2023-11-25", None)
    car = {cell["crossing"]: cell["state"] for cell in board["cells"] if cell["lane"] == "car"}
    assert (car["salla"], car["raja-jooseppi"], car["storskog"]) == ("closed", "open", "open")
    salla = client.get(f"/crossing/salla.json?{REPLAY}").json()
    assert salla["crossing"]["sides"][1]["local_name"].startswith("Салла")
    assert salla["history"][0]["source"]["published"]
    why = client.get(f"/why/salla.json?lane=car&{REPLAY}").json()
    assert [one["cell"]["lane"] for one in why] == ["car"]
    assert {told["id"] for told in why[0]["for"]} == set(why[0]["cell"]["for"])
    assert client.get("/why/salla.json?lane=rail_freight").status_code == 400
    evidence = client.get(f"/evidence/{hostile_id}.json").json()
    for told in evidence["statements"]:
        assert evidence["document"]["text"][slice(*told["span"])] == told["quote"]


def test_the_api_is_described_without_another_host(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert {"/board.json", "/crossing/{id}.json", "/why/{id}.json", "/evidence/{id}.json"} <= set(described["paths"])
    listed = client.get("/api").text
    assert all(path in listed for path in described["paths"])
    assert client.get("/docs").status_code == 404


def test_a_crossing_page_leads_to_words_and_sources(client: TestClient) -> None:
    html = client.get(f"/crossing/salla?{REPLAY}").text
    assert "Салла" in html
    assert "How this was settled" in html
    assert re.search(r'<a href="/evidence/d[0-9a-f]+\?[^"]*#s[0-9a-f]+">Evidence</a> · <a href="https?://', html)
    assert "openstreetmap.org" in html
    published = re.findall(r'<td role="cell" class="r-published"[^>]*><time datetime="(\d{4}-\d\d-\d\d)', html)
    assert len(published) > 10
    assert max(published) <= "2023-11-25", "nothing published later is shown"


def test_every_statement_that_a_cell_names_stands_on_its_page(client: TestClient) -> None:
    for crossing in ("salla", "storskog", "narva"):
        cells = client.get(f"/crossing/{crossing}.json?{REPLAY}").json()["cells"]
        html = client.get(f"/crossing/{crossing}?{REPLAY}").text
        named = {id for cell in cells for id in (*cell["for"], *cell["against"], *(one["statement"] for one in cell["pending"]))}
        assert named
        assert [id for id in named if f'id="{id}"' not in html] == []


def test_the_days_around_are_drawn_from_the_same_words(client: TestClient) -> None:
    """On 12 December Finland ordered two points open from the 14th; nobody knew yet that they would shut on the 15th."""
    def days(query: str) -> list[str]:
        strip = client.get(f"/crossing/vaalimaa?{query}").text.split('<ol class="days">')[1].split("</ol>")[0]
        return re.findall(r"</svg>([^<]+)<", strip)
    then = days("at=2023-12-12&known=2023-12-13")
    assert then == ["Closed"] * 9 + ["Open"] * 6
    assert days("at=2023-12-12") == ["Closed"] * 9 + ["Open"] * 2 + ["Closed"] * 4


def test_curated_words_are_called_ours(client: TestClient) -> None:
    salla = client.get(f"/crossing/salla.json?{REPLAY}").json()
    ours = next(told for told in salla["history"] if told["source"]["origin"] == "curated")
    html = client.get(f"/evidence/{ours['source']['document']}").text
    assert "These are our own words about a page" in html
    assert ours["source"]["url"].replace("&", "&amp;") in html


def test_a_text_is_data_and_never_html(client: TestClient, hostile_id: str) -> None:
    html = client.get(f"/evidence/{hostile_id}").text
    assert "&lt;script&gt;window.harmed = 1&lt;/script&gt;" in html
    assert foreign_scripts(html) == []
    assert "<img" not in html
    assert "<b>Bold Post" not in html
    assert 'href="javascript:' not in html
    assert "<mark" in html
    listed = client.get("/sources").text
    assert "&lt;b&gt;Bold Post&lt;/b&gt;" in listed
    assert "<b>" not in listed


def test_a_pasted_text_shows_its_claims_and_is_not_kept(client: TestClient) -> None:
    before = client.get("/sources").text
    text = "The Storskog border crossing remains open, but the Norwegian government is considering closing it. <script>1</script>"
    answer = client.post("/read", data={"text": text, "published": "2023-11-25", "publisher": "", "url": ""})
    assert answer.status_code == 200
    assert "Nothing was kept." in answer.text
    assert "<mark" in answer.text
    assert "&lt;script&gt;" in answer.text
    assert foreign_scripts(answer.text) == []
    assert client.get("/sources").text == before


@pytest.mark.parametrize(("fields", "status", "sentence"), [
    ({"text": "  "}, 400, "There is no text to read"),
    ({}, 400, "There is no text to read"),
    ({"text": "Storskog is open.", "published": "31.12.2023"}, 400, "is not a date"),
    ({"text": "x" * 10_000_000}, 413, "too long"),
])
def test_a_paste_that_cannot_be_read(client: TestClient, fields: dict[str, str], status: int, sentence: str) -> None:
    answer = client.post("/read", data=fields)
    assert answer.status_code == status
    assert sentence in answer.text


def test_only_a_view_with_a_ledger_position_may_be_kept_for_ever(client: TestClient) -> None:
    fluid = client.get(f"/board.json?{REPLAY}")
    assert fluid.headers["cache-control"] == "no-cache"
    assert client.get(f"/board.json?{REPLAY}", headers={"if-none-match": fluid.headers["etag"]}).status_code == 304
    assert "immutable" in client.get(f"/board.json?{REPLAY}&basis=5").headers["cache-control"]
    assert client.get("/board.json?at=now&basis=5").headers["cache-control"] == "no-cache"
    assert client.get("/board.json?basis=5&at=2023-11-25&known=now").headers["cache-control"] == "no-cache"
    assert client.get("/board.json?basis=5&at=abc").headers.get("cache-control") == "no-cache"


def test_the_permanent_address_gives_the_same_board(client: TestClient) -> None:
    html = client.get(f"/?{REPLAY}&border=FI-RU").text
    found = re.search(r'href="(/\?[^"]*basis=\d+[^"]*)">Permanent address', html)
    assert found
    again = client.get(found[1].replace("&amp;", "&"))
    assert "immutable" in again.headers["cache-control"]
    rows = re.compile(r'<td role="cell" class="c-(?:status|when|word|confirmed)"[^>]*>.*?</td>', re.DOTALL)
    strip = re.compile(r'href="[^"]*"')
    assert [strip.sub("", row) for row in rows.findall(again.text)] == [strip.sub("", row) for row in rows.findall(html)] != []


def test_state_is_a_word_and_a_shape(client: TestClient) -> None:
    html = client.get("/?at=2023-11-25").text
    for said in ("open", "closed", "restricted", "lapsed", "unknown"):
        assert f'<symbol id="{said}"' in html
    signs = re.findall(r'<span class="state \w+"><svg aria-hidden="true"><use href="#\w+"/></svg>\w', html)
    assert len(signs) == html.count('<span class="state') > 100


def test_the_message_file_is_sound() -> None:
    table = words_of("en").table

    def leaves(part: dict[str, object], path: str) -> list[tuple[str, object]]:
        return [leaf for key, value in part.items()
                for leaf in (leaves(value, f"{path}.{key}") if isinstance(value, dict) else [(f"{path}.{key}", value)])]
    told = leaves(table, "")
    assert len(told) > 200
    assert [key for key, value in told if not isinstance(value, str | list) or not value] == []
    assert json.dumps(table)


def test_a_damaged_ledger_is_told_in_a_sentence(tmp_path: Path) -> None:
    opened = open_house(Settings(home=tmp_path), keep=True)
    with TestClient(create(opened, ""), raise_server_exceptions=False) as client:
        assert client.get("/?at=2023-11-25").status_code == 200
        for file in tmp_path.glob("ledger.sqlite*"):
            file.write_bytes(b"no ledger at all" * 4096)
        kinds = {"/?at=2023-11-25&known=2023-11-25": "text/html; charset=utf-8", "/board.json?at=2023-11-25": "application/json"}
        for path, kind in kinds.items():
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (503, kind)
            assert "ledger" in answer.text
            assert answer.headers["content-security-policy"] == POLICY
