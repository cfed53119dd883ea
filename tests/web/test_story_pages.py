"""What changed, what came true and who accuses whom, as pages and as JSON, from the shipped record."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

REPLAY = "at=2023-11-30&known=2023-11-30"
PAGES = (f"/changes?since=2023-11-20&{REPLAY}", f"/follow?border=FI-RU&{REPLAY}", f"/claims?border=FI-RU&{REPLAY}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_its_json_stands_behind_it(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    assert "Pasvik is not an official source." in answer.text
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    behind = path.replace("?", ".json?")
    assert f'href="{path.split("?")[0]}.json?' in answer.text
    assert client.get(behind).headers["content-type"] == "application/json"


def test_the_founding_story_adds_up_with_its_doubts(client: TestClient) -> None:
    html = client.get(f"/follow?border=FI-RU&{REPLAY}").text
    assert "55 people announced for raja-jooseppi on 24 Nov 2023; 55 counted there on 25 Nov 2023" in html
    assert "61 from 24 Nov 2023 to 26 Nov 2023, told by Andrei Chibis and Daily Finland; the days add up to it" in html
    assert "58 crossed + 55 moved on + 200 left or stayed = 313" in html
    assert "about 300 were said to wait on 21 Nov 2023: 13 more" in html
    assert "Doubt:" in html
    told = {one["crossing"]: one for one in client.get(f"/follow.json?border=FI-RU&{REPLAY}").json()}
    (balance,) = told["salla"]["balances"]
    assert (balance["crossed"], balance["moved_on"], balance["left"], balance["accounted"]) == (58, 55, 200, 313)
    assert {one["verdict"] for one in told["raja-jooseppi"]["people"]} == {"came_true"}
    ids = {one["id"] for one in told["salla"]["statements"]}
    assert set(balance["statements"]) <= ids, "every figure leads to its words"


def test_what_was_announced_for_later_is_awaited(client: TestClient) -> None:
    told = {one["crossing"]: one for one in client.get("/follow.json?border=FI-RU&at=2023-11-29&known=2023-11-29").json()}
    assert told["raja-jooseppi"]["orders"][-1]["verdict"] == "awaited"
    assert "Still to come" in client.get("/follow?border=FI-RU&at=2023-11-29&known=2023-11-29").text


def test_accusations_have_owners_and_denials_and_no_verdict(client: TestClient) -> None:
    html = client.get(f"/claims?border=FI-RU&{REPLAY}").text
    assert "Finland accuses Russia" in html
    assert "Pasvik does not judge them true or false." in html
    charges = client.get(f"/claims.json?border=FI-RU&{REPLAY}").json()["charges"]
    pairs = {(one["accuser"], one["accused"]): one for one in charges}
    assert pairs["FI", "RU"]["denials"]
    assert pairs["RU", "FI"]["statements"]
    assert client.get(f"/claims.json?border=LT-RU&{REPLAY}").json()["charges"] == []
    assert client.get("/claims.json?at=2020-01-01&known=2020-01-01").json()["charges"] == []


def test_changes_since_a_day_tell_then_and_now_and_the_moves_of_governments(client: TestClient) -> None:
    told = client.get(f"/changes.json?since=2023-11-20&border=FI-RU&lane=car&{REPLAY}").json()
    changed = {one["crossing"]: (one["before"]["state"], one["after"]["state"]) for one in told["changes"] if one["direction"] == "both"}
    assert changed["salla"] == ("open", "closed")
    assert changed["raja-jooseppi"] == ("open", "closed")
    assert changed["vaalimaa"] == ("closed", "closed"), "its announced end moved"
    assert {step["stance"] for step in told["moves"]["steps"]} >= {"all_but_one", "closed"}
    assert all(step["country"] in ("FI", "RU") for step in told["moves"]["steps"])
    html = client.get(f"/changes?since=2023-11-20&border=FI-RU&lane=car&{REPLAY}").text
    assert "What changed since 20 Nov 2023" in html
    assert "Finland has closed all but one" in html
    assert "The board says the same as on that day." in client.get(f"/changes?since=2023-11-30&border=NO-RU&{REPLAY}").text
    assert client.get(f"/changes.json?{REPLAY}").json()["since"] == "2023-11-23", "a week back where no day is given"


@pytest.mark.parametrize(("path", "sentence"), [
    ("/changes?since=soon", "since:"), ("/follow?at=abc", "is not a date or time"), ("/claims?border=XX-YY", "there is no border"),
    ("/follow?border=XX-YY", "there is no border"), ("/changes?since=0001-01-01", "since")])
def test_what_cannot_be_answered_is_told_in_a_sentence(client: TestClient, path: str, sentence: str) -> None:
    for asked in (path, path.replace("?", ".json?")):
        answer = client.get(asked)
        assert answer.status_code == 400, asked
        assert sentence in answer.text


def test_the_clocks_and_filters_stay_when_a_clock_moves(client: TestClient) -> None:
    html = client.get(f"/changes?since=2023-11-20&border=FI-RU&{REPLAY}").text
    assert "since=2023-11-20" in html.split('class="jumps"')[1].split("</div>")[0]
    assert 'name="border" value="FI-RU"' in html
