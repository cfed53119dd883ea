"""What happened over time, as cases in text: changes between boards, spells, dating, announcements and people, accusations, ladders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pasvik.situation.authority import Rules, parse_authorities, parse_outlets, rules
from pasvik.situation.board import board
from pasvik.situation.policy import parse_policy
from pasvik.situation.settle import hear
from pasvik.situation.story.accusations import matrix
from pasvik.situation.story.changes import diff, spells
from pasvik.situation.story.dating import date_text
from pasvik.situation.story.people import balance, balances, sums
from pasvik.situation.story.posture import ladder, moves
from pasvik.situation.story.reconcile import follow_orders, follow_people
from pasvik.terms.capture import Source
from pasvik.terms.claim import Accusation, Claim, Commitment, Count, Denial, Movement, Number, Posture, State, Status, Watch
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
    assert change.words == "open -> closed; announced end none -> 13 Dec 2023"
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
    assert any("55 people to be moved to raja-jooseppi" in why for why in dated.because)


def test_the_reasons_tell_a_day_as_the_day_it_was_where_it_was_told(book: Rules) -> None:
    """A page of 24 November in Moscow is a page of 24 November, though its day begins at 23:00 of the 23rd in Helsinki."""
    words = "to be moved"
    moved = Statement(
        Movement(Number(55), "salla", "raja-jooseppi", "planned_transfer"), Evidence(0, len(words), words),
        Source("moscow", "", "Yle", moment("2023-11-24", "Europe/Moscow")))
    closing = Statement(
        status(SEVEN, "closed", "ordered", "2023-11-24", "2023-12-23"), Evidence(0, len(words), words),
        Source("moscow two", "", "Yle", moment("2023-11-22", "Europe/Moscow")), GOVERNMENT)
    record = [*RECORD[:2], closing, moved, *RECORD[4:]]
    dated = date_text(STORY, record, CROSSINGS, book)
    assert dated
    assert any("told in the record on 24 Nov 2023 [" in why for why in dated.because)
    assert not any("23:00" in why for why in dated.because), dated.because


def test_an_order_with_its_dates_is_news_from_its_telling_to_its_day(book: Rules) -> None:
    text = [say(status("salla vartius", "closed", "ordered", "2023-11-24", "2023-12-23"), None)]
    dated = date_text(text, RECORD, CROSSINGS, book)
    assert dated
    assert (dated.start.iso(), dated.until.iso()) == ("2023-11-22", "2023-11-24")
    assert "order made public on 22 Nov 2023" in dated.because[0]


def test_a_text_that_contradicts_itself_is_not_dated_by_what_it_disputes(book: Rules) -> None:
    disputed = [*STORY, say(status("salla", "open"), None, document="story")]
    dated = date_text(disputed, RECORD, CROSSINGS, book)
    assert dated
    assert not any(why.startswith("Salla") for why in dated.because)


def test_nothing_is_dated_from_nothing(book: Rules) -> None:
    assert date_text(STORY, [], CROSSINGS, book) is None
    assert date_text([], RECORD, CROSSINGS, book) is None
    assert date_text(STORY[1:2], RECORD, CROSSINGS, book) is None


def test_a_text_that_the_record_contradicts_is_not_dated(book: Rules) -> None:
    odd = [say(status("raja-jooseppi", "closed"), None), say(status("salla", "open"), None)]
    assert date_text(odd, RECORD[:-1], CROSSINGS, book) is None


def count(people: int, what: str, names: str, start: str, until: str | None = None) -> Count:
    return Count(Number(people), what, tuple(names.split()), "FI-RU", span=Span(moment(start, ZONE), moment(until or start, ZONE)))


PEOPLE = [
    say(count(300, "waiting", "salla", "2023-11-22"), "2023-11-23"),
    say(count(58, "arrivals", "salla", "2023-11-23"), "2023-11-23"),
    say(Movement(Number(55), "salla", "raja-jooseppi", "planned_transfer"), "2023-11-24",
        Speaker("Andrei Chibis", "governor", country="RU")),
    say(Movement(Number(200), "salla", "St Petersburg", "left_for"), "2023-11-24"),
    say(Movement(Number(200), "salla", "St Petersburg", "left_for"), "2023-11-25"),
    say(count(3, "arrivals", "raja-jooseppi", "2023-11-24"), "2023-11-27"),
    say(count(55, "arrivals", "raja-jooseppi", "2023-11-25"), "2023-11-27"),
    say(count(3, "arrivals", "raja-jooseppi", "2023-11-26"), "2023-11-27"),
    say(count(61, "arrivals", "raja-jooseppi", "2023-11-24", "2023-11-26"), "2023-11-27"),
]


def test_fifty_five_were_announced_and_fifty_five_came() -> None:
    (match,) = follow_people(PEOPLE, CROSSINGS["salla"])
    assert (match.verdict, match.doubt) == ("came_true", "")
    assert match.words == "55 people announced for raja-jooseppi on 24 Nov 2023; 55 counted there on 25 Nov 2023"
    assert match.observed == (PEOPLE[6].id,)


def test_what_nobody_saw_is_not_called_untrue() -> None:
    (match,) = follow_people(PEOPLE[:5], CROSSINGS["salla"])
    assert (match.verdict, match.observed) == ("not_seen", ())


def test_people_add_up_or_it_is_said_by_how_much_they_do_not() -> None:
    at_salla = balance("salla", PEOPLE, moment("2023-11-22", ZONE).start, moment("2023-11-26", ZONE).start)
    assert at_salla.words == "58 crossed + 55 moved on + 200 left or stayed = 313; 300 were said to wait on 22 Nov 2023: 13 more"
    assert (at_salla.difference, at_salla.queue) == (13, 300)
    at_last = balance("raja-jooseppi", PEOPLE, moment("2023-11-24", ZONE).start, moment("2023-11-27", ZONE).start)
    assert (at_last.crossed, at_last.difference) == (61, None)  # three days counted once, though their sum was told too


def test_a_balance_is_drawn_after_each_queue_and_compares_every_figure_with_its_doubt() -> None:
    before = replace(say(count(400, "waiting", "salla", "2023-11-21"), "2023-11-22"), doubt="reporters saw nobody")
    lorries = say(Count(Number(90), "waiting", ("salla",), vehicles=True, span=Span(moment("2023-12-20", ZONE))), "2023-12-20")
    nobody_counted = say(Movement(Number(), "salla", "St Petersburg", "left_for"), "2023-11-24")
    (drawn,) = balances("salla", [*PEOPLE, before, lorries, nobody_counted], ZONE)
    assert (drawn.accounted, drawn.queue, drawn.at_least) == (313, 300, False)
    assert drawn.words.endswith("300 were said to wait on 22 Nov 2023: 13 more; 400 were said to wait on 21 Nov 2023: 87 fewer")
    assert drawn.doubt == "400: reporters saw nobody"
    (without,) = balances("salla", [*PEOPLE[:3], nobody_counted], ZONE)
    assert (without.accounted, without.at_least) == (113, True)
    (arrived,) = balances("raja-jooseppi", PEOPLE, ZONE)
    assert (arrived.crossed, arrived.queue) == (61, None)


def test_a_sum_told_by_two_sides_is_laid_beside_its_days() -> None:
    theirs = say(count(61, "crossings", "raja-jooseppi", "2023-11-24", "2023-11-26"), "2023-11-27", Speaker("Andrei Chibis", country="RU"))
    (found,) = sums("raja-jooseppi", [*PEOPLE, theirs])
    assert (found.told, found.days, set(found.tellers)) == (61, 61, {"Yle", "Andrei Chibis"})
    assert found.words.endswith("; the days add up to it")
    (short,) = sums("raja-jooseppi", [s for s in PEOPLE if s is not PEOPLE[5]])
    assert short.days is None, "a day is missing, so the days tell nothing of the sum"


def test_announced_closures_are_followed(book: Rules) -> None:
    heard = hear(CROSSINGS["salla"], RECORD, moment("2024-02-01", ZONE).start, book)
    assert [(m.verdict, m.words[:45]) for m in follow_orders(heard, Lane.CAR, book)] == [
        ("came_true", "closed announced for 24 Nov 2023; closed then"), ("came_true", "closed announced for 30 Nov 2023; closed then")]
    planned = [say(status("salla", "open"), "2023-11-20"),
               say(status("salla", "closed", "planned", "2023-11-22"), "2023-11-21", GOVERNMENT)]
    heard = hear(CROSSINGS["salla"], planned, moment("2023-12-01", ZONE).start, book)
    assert [m.verdict for m in follow_orders(heard, Lane.CAR, book)] == ["did_not"]


def test_accusations_keep_their_owners_and_their_denials(book: Rules) -> None:
    said = [
        say(Accusation(("FI", "EE"), "Russia", "sending people", "FI-RU"), "2023-11-22"),
        say(Accusation(("FI",), "RU", "sending people", "FI-RU"), "2023-11-23"),
        say(Accusation((), "RU", "funnelling people"), "2023-11-23"),
        say(Denial("Kremlin"), "2023-11-24"),
        say(Denial("Kremlin"), "2024-11-24"),
    ]
    rows = matrix(said, book)
    assert [(row.accuser, row.accused, len(row.statements), len(row.denials)) for row in rows] == [
        ("FI", "RU", 2, 1), ("EE", "RU", 1, 1), ("not said", "RU", 1, 1)]
    named = [said[0], say(Denial("Kremlin", (said[0].id,)), "2024-11-24"), say(Denial("Kremlin", ("another",)), "2023-11-23")]
    assert [row.denials for row in matrix(named, book)] == [(named[1].id,), (named[1].id,)]
    assert matrix(said, book, "LV-RU") == matrix([said[2], *said[3:]], book)


def test_a_government_climbs_its_ladder(book: Rules) -> None:
    said = [
        say(Watch("FI", ("NO",)), "2023-11-10"),
        say(status("vaalimaa", "closed", "considering"), "2023-11-14", GOVERNMENT),
        *RECORD,
        say(Posture("FI", "partly_closed", "FI-RU"), "2023-11-23"),     # says less than the order of the day before
        say(Posture("FI", "ready_to_close", "FI-RU"), "2023-11-27"),
        say(status("salla", "closed", "ordered", "2023-11-11", "2023-11-12"), "2023-11-10", GOVERNMENT),     # a weekend at one point
        say(status("salla", "open", "ruled_out"), "2023-12-01", GOVERNMENT),
    ]
    steps = ladder("FI", said, CROSSINGS, book)
    assert [step.stance for step in steps] == ["watching", "considering", "partly_closed", "all_but_one", "ready_to_close", "closed"]
    assert ladder("RU", said, CROSSINGS, book) == ()
    digest = moves("RU", said, CROSSINGS, book, moment("2023-11-20", ZONE).start)
    assert [step.stance for step in digest] == ["all_but_one", "ready_to_close", "closed"]
