"""A change is told once, after it has stood; what was told wrongly is put right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.telling.conftest import START, Desk

from pasvik.app.telling.channels import Channel, Channels
from pasvik.app.telling.tick import Ticked, step, tick
from pasvik.outbox.store import Seen, Told

CLOSED = "The Salla border crossing has been closed until further notice."
OPEN = "The Salla border crossing is open again."
DELAY = timedelta(minutes=15)
EVERYTHING = Channels(DELAY, (Channel("all", "command", run=("true",)), Channel("norway", "command", country="NO", run=("true",))))


def told(desk: Desk) -> list[dict[str, Any]]:
    return [one.body for one in desk.outbox.deliveries()]


def look(desk: Desk) -> Ticked:
    made = tick(desk.house, desk.outbox, EVERYTHING)
    assert isinstance(made, Ticked), made
    return made


def test_the_first_look_tells_nothing_and_a_change_is_told_once_after_the_delay(desk: Desk) -> None:
    assert look(desk).began
    desk.later(hours=1)
    desk.hear(CLOSED)
    desk.later(minutes=1)
    assert (look(desk).events, look(desk).events) == (0, 0)
    desk.later(minutes=14)
    assert look(desk).events == 0
    desk.later(minutes=1)
    assert look(desk).events == 1
    for _ in range(3):
        desk.later(hours=5)
        assert look(desk).events == 0
    assert [(one["crossings"], one["after"], one["kind"]) for one in told(desk)] == [(["salla"], "closed", "change")]
    assert {one.channel for one in desk.outbox.deliveries()} == {"all"}


def test_what_went_back_within_the_delay_is_never_told(desk: Desk) -> None:
    look(desk)
    document = desk.hear(CLOSED)
    desk.later(minutes=1)
    look(desk)
    desk.house.ledger.retract(document, "a page of ours was broken", recorded=desk.clock[0])
    desk.later(hours=1)
    assert look(desk).events == 0
    assert told(desk) == []


def test_a_change_and_its_opposite_are_two_pieces_of_news(desk: Desk) -> None:
    look(desk)
    for words in (CLOSED, OPEN):
        desk.later(hours=2)
        desk.hear(words)
        desk.later(minutes=1)
        look(desk)
        desk.later(minutes=20)
        assert look(desk).events >= 1
    assert [(one["after"], one["kind"]) for one in told(desk) if "car" in one["lanes"]] == [("closed", "change"), ("open", "change")]


def test_what_turns_out_never_to_have_held_is_corrected_on_the_same_channel(desk: Desk) -> None:
    look(desk)
    desk.later(hours=1)
    document = desk.hear(CLOSED)
    desk.later(minutes=1)
    look(desk)
    desk.later(minutes=20)
    look(desk)
    first = told(desk)[0]
    desk.house.ledger.retract(document, "the page was of another year", recorded=desk.clock[0])
    desk.later(minutes=1)
    look(desk)
    desk.later(minutes=20)
    assert look(desk).events == 1
    second = told(desk)[-1]
    assert (second["kind"], second["corrects"], second["after"]) == ("correction", first["id"], "unknown")
    assert second["title"].startswith("Correction: ")


def test_a_new_announced_end_is_news_and_the_same_end_is_not(desk: Desk) -> None:
    look(desk)
    for words in ("has decided to close the Salla border crossing until 1 December 2023", "said that the Salla border crossing is closed until 1 December 2023",
                  "has decided to extend the closure of the Salla border crossing until 15 December 2023"):
        desk.later(hours=3)
        desk.hear(f"The Finnish government {words}.", "Finnish Government")
        desk.later(minutes=1)
        look(desk)
        desk.later(minutes=20)
        look(desk)
    ends = [one["until"][:10] for one in told(desk) if "car" in one["lanes"]]
    assert ends == ["2023-12-01", "2023-12-15"]


def test_a_tick_killed_between_writing_and_noting_is_done_again_without_a_second_event(desk: Desk) -> None:
    event = ("n1", {"title": "x"}, ["all"])
    assert desk.outbox.keep({}, {}, [event], START) == 1
    assert desk.outbox.keep({}, {}, [event], START) == 0
    assert len(desk.outbox.deliveries()) == 1


HEADLINES = st.sampled_from([{"state": "open"}, {"state": "closed"}, {"state": "restricted"}])


@given(st.lists(st.tuples(HEADLINES, st.integers(1, 40)), min_size=1, max_size=30))
def test_what_is_told_is_what_stood_and_never_the_same_twice_running(told_by_minutes: list[tuple[dict[str, str], int]]) -> None:
    """Replays any run of headlines: told are exactly those that stood for the delay and differ from what was told before."""
    now: datetime = START
    told_now: dict[str, Told] = {"c": Told(told_by_minutes[0][0], None, now)}
    seen: dict[str, Seen] = {}
    said: list[dict[str, str]] = []
    for headline, minutes in told_by_minutes:
        for _ in range(minutes):
            made = step(told_now, seen, {"c": headline}, now, DELAY)
            seen = dict(made.seen)
            for key in made.ripe:
                said.append(headline)
                told_now[key] = Told(headline, "e", now)
            now += timedelta(minutes=1)
    stood: list[dict[str, str]] = []
    last, run, length = told_by_minutes[0][0], None, 0
    for headline, minutes in told_by_minutes:
        length = length + minutes if headline == run else minutes
        run = headline
        if headline != last and length > 15:
            stood.append(headline)
            last = headline
    assert said == stood
