"""States and orders of a crossing over time, counts as points, and citations that open again to the same view."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from pasvik.app import answer
from pasvik.app.answer import CrossingPage
from pasvik.app.story.film import Film, film
from pasvik.app.wiring import House
from pasvik.terms.moment import moment
from pasvik.terms.place import Lane
from pasvik.terms.question import Question
from pasvik.web.place.bars import picture
from pasvik.web.place.counts import series_of

ZONE = "Europe/Helsinki"
# The orders on Vaalimaa as they stood on 20 Feb 2024: state, start, announced end, true end, what ended it. Source: the shipped record.
CHAIN = """
    closed  18 Nov 2023  18 Feb 2024  23 Nov 2023        curtailed
    closed  24 Nov 2023  23 Dec 2023  29 Nov 2023        curtailed
    closed  30 Nov 2023  13 Dec 2023  13 Dec 2023        lifted
    open    14 Dec 2023  14 Jan 2024  15 Dec 2023 20:00  replaced
    closed  15 Dec 2023  14 Jan 2024  14 Jan 2024        extended
    closed  15 Jan 2024  11 Feb 2024  11 Feb 2024        extended
    closed  12 Feb 2024  14 Apr 2024  -                  runs
"""


def film_of(house: House, words: str, at: str, known: str | None = None) -> tuple[CrossingPage, Film]:
    asked = Question(at=moment(at, ZONE), known=moment(known, ZONE) if known else None)
    found = answer.crossing_page(house, words, asked)
    assert isinstance(found, CrossingPage)
    return found, film(house, found, Lane.CAR, asked)


def test_each_order_has_its_announced_and_its_true_end(house: House) -> None:
    _, made = film_of(house, "vaalimaa", "2024-02-20", "2024-02-20")
    told = []
    for one in picture(made, ZONE).orders[-7:]:
        ended = "-" if one.ended is None else f"{one.ended.local:%-d %b %Y}" + (f" {one.ended.local:%H:%M}" if one.ended.grain == "minute" else "")
        announced = f"{one.announced.local:%-d %b %Y}" if one.announced else "-"
        told.append(f"{one.link.decision.state} {one.begins.local:%-d %b %Y} {announced} {ended} {one.link.effect}")
    assert told == [" ".join(line.split()) for line in CHAIN.strip().splitlines()]


def test_an_order_that_ran_out_in_silence_says_so(house: House) -> None:
    _, made = film_of(house, "vaalimaa", "2024-03-20", "2024-02-01")
    last = made.links[-1]
    assert (last.effect, last.by) == ("ran_out", None)
    assert [str(spell.state) for spell in made.spells][-1] == "lapsed"


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["vaalimaa", "storskog", "narva", "medininkai", "salla", "terespol"]), st.dates(min_value=moment("2016-01-01").local.date(),
                                                                                           max_value=moment("2026-11-01").local.date()))
def test_every_bar_lies_on_the_picture_and_the_states_leave_no_gap(house: House, words: str, day: object) -> None:
    found, made = film_of(house, words, str(day))
    drawn = picture(made, found.crossing.zone)
    assert made.begins < made.at < made.ends
    assert all(a.ends == b.begins for a, b in zip(made.spells, made.spells[1:], strict=False))
    for bar in (*drawn.states, *(one.real for one in drawn.orders), *(one.rest for one in drawn.orders if one.rest)):
        assert 0 <= bar.left <= 100 and 0 < bar.wide <= 100.5
    for link in made.links:
        assert link.ended is None or link.ended >= link.decision.begins
        assert link.announced is None or link.ended is None or link.ended <= link.announced + timedelta(seconds=1)
    assert len(drawn.months) <= 5


def test_points_are_published_totals_of_this_crossing(house: House) -> None:
    found, _ = film_of(house, "raja-jooseppi", "2023-12-01")
    drawn = {one.word: dict(one.points) for one in series_of(found.counts, "raja-jooseppi")}
    assert drawn, "the record holds counts at Raja-Jooseppi"
    assert max(n for points in drawn.values() for n in points.values()) < 5_000     # no total of a year or of the whole border
    other, _ = film_of(house, "narva", "2023-12-01")
    assert series_of(other.counts, "nowhere") == ()


@pytest.mark.parametrize("path", ["/crossing/vaalimaa?at=2024-02-20&known=2024-02-20", "/crossing/parikkala?at=2023-11-25", "/crossing/storskog"])
def test_the_page_stands_without_a_script_or_a_style_in_it(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert " style=" not in page.text
    ours = r'<script (type="module" src="/static/[a-z/]+\.js"></script>|type="application/ld\+json">[^<]*</script>)'
    foreign = re.sub(ours, "", page.text)
    assert "<script" not in foreign


def test_the_page_shows_sides_orders_and_outcomes(client: TestClient) -> None:
    html = client.get("/crossing/vaalimaa?at=2024-02-20&known=2024-02-20").text
    assert "Each side" in html
    assert "announced until" in html
    assert "replaced early by no. 3" in html
    assert "Came true" in html
    assert "/calendar.ics?" in html


def test_a_citation_opens_again_to_the_same_view(client: TestClient) -> None:
    path = "/crossing/vaalimaa?at=2023-11-25&known=2023-11-25"
    told = client.get("/cite.txt?crossing=Vaalimaa&at=2023-11-25&known=2023-11-25").text
    assert told.startswith("Pasvik. Vaalimaa – Torfyanovka: as of 25 Nov 2023, as known on 25 Nov 2023. Ledger position ")
    address = re.search(r"https?://\S+", told)
    assert address
    again = client.get(address[0])
    assert again.status_code == 200
    assert "immutable" in again.headers["cache-control"]

    def body(html: str) -> str:
        return html[html.index('id="status-title"'):html.index('id="days-title"')].replace(str(address and address[0]), "")

    assert re.sub(r'href="[^"]*"', "", body(again.text)) == re.sub(r'href="[^"]*"', "", body(client.get(path).text))


def test_bibtex_and_csl_say_the_same(client: TestClient) -> None:
    query = "crossing=salla&at=2023-11-25&known=2023-11-25"
    csl = client.get(f"/cite.json?{query}")
    entry = csl.json()[0]
    assert entry["type"] == "dataset"
    assert entry["issued"] == {"date-parts": [[2023, 11, 25]]}
    bib = client.get(f"/cite.bib?{query}").text
    assert bib.startswith("@misc{pasvik-salla-2023-11-25-")
    assert bib.count("{") == bib.count("}")
    assert entry["URL"].split("?")[0] in bib
    assert f"Ledger position {entry['version']}" in bib
    assert json.loads(client.get("/cite.json").text)[0]["title"].startswith("Which crossings are open")


@pytest.mark.parametrize(("path", "status"), [
    ("/cite.txt?crossing=Storskogg", 404), ("/cite.bib?at=abc", 400), ("/cite.json?crossing=%3Cscript%3E", 404), ("/cite.pdf", 404)])
def test_what_cannot_be_cited_is_told(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "<script>" not in answer.text or answer.headers["content-type"] == "application/json"
