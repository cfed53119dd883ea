"""What happened over time, as cases in text: changes between boards, spells, dating, announcements and people, accusations, ladders."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pasvik.situation.authority import Rules, parse_authorities, parse_outlets, rules
from pasvik.situation.board import board
from pasvik.situation.policy import parse_policy
from pasvik.situation.settle import hear
from pasvik.situation.story.changes import diff, spells
from pasvik.situation.story.dating import date_text
from pasvik.terms.capture import Source
from pasvik.terms.claim import Claim, Commitment, Movement, Number, State, Status
from pasvik.terms.moment import Span, moment
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, Side
from pasvik.terms.question import Question
from pasvik.terms.statement import Evidence, Speaker, Statement

KNOWLEDGE = Path(__file__).parents[2] / "src" / "pasvik" / "knowledge"
ZONE = "Europe/Helsinki"
EIGHT = ("imatra", "kuusamo", "niirala", "nuijamaa", "raja-jooseppi", "salla", "vaalimaa", "vartius")
CROSSINGS = {
    name: Crossing(name, name.title(), Side("FI", name, name), Side("RU", name, name), frozenset(ROAD_LANES)) for name in EIGHT}
GOVERNMENT = Speaker("Finnish Government", country="FI")


@pytest.fixture(scope="module")
def book() -> Rules:
    policy, authorities = ((KNOWLEDGE / name).read_text(encoding="utf-8") for name in ("policy.toml", "authorities.csv"))
    return rules(parse_policy(policy), parse_authorities(authorities), parse_outlets("name,country,kind\nYle,FI,press\n"))


def say(claim: Claim, published: str | None, speaker: Speaker | None = None, document: str = "") -> Statement:
    words = f"{claim} {published}"[:60]
    told = moment(published, ZONE) if published else None
    return Statement(claim, Evidence(0, len(words), words), Source(document or words, "", "Yle", told), speaker)


def status(names: str, state: str, commitment: str = "in_effect", start: str | None = None, until: str | None = None) -> Status:
    span = Span(moment(start, ZONE) if start else None, moment(until, ZONE) if until else None)
    return Status(tuple(sorted(names.split())), "FI-RU", State(state), Commitment(commitment), span=span)


SEVEN = "imatra kuusamo niirala nuijamaa salla vaalimaa vartius"
RECORD = [
    say(status(" ".join(EIGHT), "open"), "2023-11-15"),
    say(status("imatra niirala nuijamaa vaalimaa", "closed", "ordered", "2023-11-18", "2024-02-18"), "2023-11-16", GOVERNMENT),
    say(status(SEVEN, "closed", "ordered", "2023-11-24", "2023-12-23"), "2023-11-22", GOVERNMENT),
    say(Movement(Number(55), "salla", "raja-jooseppi", "planned_transfer"), "2023-11-24"),
    say(status(" ".join(EIGHT), "closed", "ordered", "2023-11-30", "2023-12-13"), "2023-11-28", GOVERNMENT),
    say(status("niirala vaalimaa", "open", "ordered", "2023-12-14", "2024-01-14"), "2023-12-12", GOVERNMENT),
]


def test_a_change_is_told_in_words(book: Rules) -> None:
    before = board(CROSSINGS.values(), RECORD, Question(moment("2023-11-20T12:00", ZONE), crossing="salla", lane=Lane.CAR), book)
    after = board(CROSSINGS.values(), RECORD, Question(moment("2023-11-25T12:00", ZONE), crossing="salla", lane=Lane.CAR), book)
    (change,) = diff(before, after)
    assert (change.crossing, change.lane, change.what[0]) == ("salla", Lane.CAR, "state")
    assert change.words.startswith("open -> closed; announced end none -> 2023-12-13; decided by none -> FI")
    assert diff(after, after) == ()


def test_a_crossing_on_one_board_only_is_told_so(book: Rules) -> None:
    small = board([CROSSINGS["salla"]], RECORD, Question(moment("2023-11-20T12:00", ZONE), lane=Lane.CAR), book)
    large = board(CROSSINGS.values(), RECORD, Question(moment("2023-11-20T12:00", ZONE), lane=Lane.CAR), book)
    assert [change.words for change in diff(large, small)] == [
        f"{'closed' if name in ('imatra', 'niirala', 'nuijamaa', 'vaalimaa') else 'open'} (only on the first board)"
        for name in EIGHT if name != "salla"]


def test_spells_follow_a_lane_through_time(book: Rules) -> None:
    heard = hear(CROSSINGS["vaalimaa"], RECORD, moment("2024-02-01", ZONE).start, book)
    found = spells(heard, Lane.CAR, moment("2023-11-15T00:00", ZONE).start, moment("2024-02-01T00:00", ZONE).start, book)
    told = [(str(spell.state), (spell.begins + timedelta(hours=2)).strftime("%m-%d %H:%M")) for spell in found]
    assert told == [("open", "11-15 00:00"), ("closed", "11-18 00:00"), ("open", "12-14 00:00"), ("lapsed", "01-15 00:00")]


STORY = [
    say(status(SEVEN, "closed"), None, document="story"),
    say(status("raja-jooseppi", "open"), None, document="story"),
    say(status("raja-jooseppi", "closed", "signalled"), None, GOVERNMENT, document="story"),
    say(Movement(Number(55), "salla", "raja-jooseppi", "planned_transfer"), None, document="story"),
]


def test_a_story_without_a_date_is_dated_by_the_record(book: Rules) -> None:
    dated = date_text(STORY, RECORD, CROSSINGS, book)
    assert dated
    assert (dated.start.iso(), dated.until.iso()) == ("2023-11-24", "2023-11-28")
    assert len(dated.because) >= 9
    assert any("55 people planned transfer to raja-jooseppi" in why for why in dated.because)


def test_nothing_is_dated_from_nothing(book: Rules) -> None:
    assert date_text(STORY, [], CROSSINGS, book) is None
    assert date_text([], RECORD, CROSSINGS, book) is None
    assert date_text(STORY[1:2], RECORD, CROSSINGS, book) is None


def test_a_text_that_the_record_contradicts_is_not_dated(book: Rules) -> None:
    odd = [say(status("raja-jooseppi", "closed"), None), say(status("salla", "open"), None)]
    assert date_text(odd, RECORD[:-1], CROSSINGS, book) is None
