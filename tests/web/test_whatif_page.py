"""The page on which one supposes: its ranges, what stands beside them, its address that gives the same numbers, and what it refuses."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from pasvik.app.wiring import House
from pasvik.web.whatif.chart import chart

pytestmark = pytest.mark.xdist_group("whatif")
ASKED = "/whatif?close=raja-jooseppi&from=2023-11-30&known=2023-11-27&days=4&futures=60"


def test_the_page_shows_what_must_stand_beside_every_range(client: TestClient, house: House) -> None:
    before = house.ledger.head()
    html = client.get(ASKED).text
    for words in ("Supposed, said by nobody", "Where a person can still apply for asylum", "nobody has said whether applications are taken",
                  "doing nothing", "How it did in the past", "Nobody moves", "All go to the next open crossing", "Last week&#39;s shares",
                  "Bounds only", "a trial, not a blind test", "Pasvik is not an official source.", "± 15 %", "Permanent address of this view"):
        assert words in html, words
    assert html.count("<svg class=\"bands\"") >= 1
    assert not re.search(r'<polyline class="middle', html), "bounds only: no middle line"
    assert " style=" not in html
    assert house.ledger.head() == before


def test_the_cited_address_gives_the_same_numbers_again(client: TestClient) -> None:
    html = client.get(ASKED).text
    cited = re.search(r'<a href="(/whatif\?[^"]+)">Permanent address', html)
    assert cited and "basis=" in cited[1]
    address = cited[1].replace("&amp;", "&")
    again = client.get(address).text
    numbers = [re.findall(r'points="([^"]+)"', told) for told in (html, again)]
    assert numbers[0] == numbers[1] and numbers[0]
    one, other = (client.get(address.replace("/whatif?", "/whatif.json?")).json() for _ in range(2))
    assert one == other
    assert one["manifest"]["basis"] == int(re.search(r"basis=(\d+)", address)[1])  # type: ignore[index]


def test_the_form_leads_to_an_address_without_empty_fields(client: TestClient) -> None:
    answer = client.get("/whatif?border=FI-RU&move=&move=close%3Asalla&move=&steering=&steering=salla%3Ablocked&from=2023-11-24&known=&lane=&demand=&days=3")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/whatif?close=salla&from=2023-11-24&steer=salla:blocked&days=3&futures=1000&seed=0"
    nothing = client.get("/whatif?border=EE-RU&move=&steering=&days=3")
    assert (nothing.status_code, nothing.headers["location"]) == (303, "/whatif?border=EE-RU")


def test_every_border_has_its_form(client: TestClient) -> None:
    html = client.get("/whatif").text
    borders = re.findall(r'href="/whatif\?border=([A-Z-]+)"', html)
    assert "FI-RU" in borders and "NO-RU" in borders and len(borders) >= 8
    for border in borders:
        assert 'name="move"' in client.get(f"/whatif?border={border}").text, border


def test_a_single_steering_narrows_the_range_to_it(client: TestClient) -> None:
    open_ones = "&reopen=vaalimaa&reopen=niirala&from=2023-12-14&known=2023-12-11&days=3&futures=60"
    every = client.get(f"/whatif.json?x=1{open_ones}").json()
    given_ = client.get(f"/whatif.json?steer=vaalimaa:blocked&steer=niirala:unsteered{open_ones}").json()
    assert len(every["steerings"]) == 4
    assert given_["steerings"] == ["vaalimaa blocked"]
    both = [{one["id"]: one["range"] for one in told["crossings"]}["niirala"] for told in (every, given_)]
    assert max(high for _, high in both[0]) >= max(high for _, high in both[1])


@pytest.mark.parametrize(("query", "status", "words"), [
    ("close=nowhere-at-all", 404, "is not in the gazetteer"), ("close=salla&from=yesterday", 400, "not a date"), ("close=salla&days=x", 400, "days"),
    ("close=salla&days=31", 400, "days"), ("close=salla&futures=1001", 400, "futures"), ("close=salla&futures=5", 400, "futures"),
    ("close=salla&seed=-1", 400, "seed"), ("close=salla&steer=salla", 404, "is not in the gazetteer"), ("close=salla&steer=salla:up", 400, "steering"),
    ("border=XX-YY", 400, "no border"), ("close=salla&known=2023-99-01", 400, "known"), ("close=salla&lanes=sledge", 400, "no lane"),
    ("close=" + "x" * 65, 400, "too many"), ("&".join(["close=salla"] * 61), 400, "too many"), ("close=salla&basis=1e9", 400, "basis"),
    ("move=explode:salla", 400, "no move"), ("close=salla&close=salla", 400, "moved twice")])
def test_what_cannot_be_is_said(client: TestClient, query: str, status: int, words: str) -> None:
    answer = client.get(f"/whatif?{query}")
    assert answer.status_code == status
    assert words in answer.text


def test_json_without_a_move_is_refused(client: TestClient) -> None:
    answer = client.get("/whatif.json?border=FI-RU")
    assert answer.status_code == 400
    assert "suppose something" in answer.json()["fault"]


WORDS = st.sampled_from(["", "salla", "SALLA", "vaalimaa@0.5", "salla:blocked", "2023-11-24", "0001-01-01", "9999-12-31", "٣", "\x00", "x@y@z", "@", ":", "-1",
                         "1e5", "NaN", "asylum", "all", "{{7*7}}", "<script>", "FI-RU", "close:salla@1", "close:"])
NAMES = st.sampled_from(["close", "reopen", "restrict", "hours", "move", "steer", "steering", "from", "until", "known", "basis", "lane", "lanes", "demand",
                         "days", "seed", "border"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, WORDS), max_size=5))
def test_no_address_breaks_it(client: TestClient, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={quote(value)}" for name, value in [*pairs, ("futures", "20")])
    answer = client.get(f"/whatif?{query}")
    assert answer.status_code in (200, 303, 400, 404), answer.text[:300]
    assert "<script>" not in answer.text


def test_a_drawing_keeps_its_points_inside() -> None:
    drawn = chart(["2023-11-24", "2023-11-25"], [(0.0, 5.0), (2.0, 900.0)], [(0.0, 1.0, 4.0), (0.0, 1.0, 4.0)], counted=[(1, 55)])
    points = [tuple(map(float, pair.split(","))) for pair in f"{drawn.wide} {drawn.still_high}".split()]
    assert all(0 <= x <= 520 and 0 <= y <= 150 for x, y in points)
    assert [mark.text for mark in drawn.days] == ["24.11.", "25.11."]
    assert drawn.ticks[0].text == "0"


def test_a_crossing_leads_to_supposing(client: TestClient) -> None:
    assert '<a href="/whatif?border=FI-RU">' in client.get("/crossing/salla?at=2023-11-25").text
    assert "/whatif?border=" not in client.get("/crossing/vainikkala?at=2023-11-25").text, "nothing can be supposed of rails"
