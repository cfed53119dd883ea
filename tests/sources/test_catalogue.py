"""The shipped lists of sources are sound, and a wrong card is told and dropped alone."""

from __future__ import annotations

import importlib.resources
import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.app.settings import Settings
from pasvik.app.wiring import knowledge, read_rules, source_texts
from pasvik.sources.catalogue import Card, Expect, How, chosen, parse, span
from pasvik.sources.due import Health, Visits, after_failure, after_success, due, health
from pasvik.sources.tables.read import BY_PLACE, PARSERS

GOOD = 'id = "x"\nhow = "feed"\naddress = "https://a.test/f"\npublisher = "A"\n'
NOW = datetime(2026, 11, 2, tzinfo=UTC)


def one(more: str) -> tuple[tuple[Card, ...], str]:
    cards, faults = parse({"f.toml": f"[[source]]\n{GOOD}{more}\n"})
    return cards, " ".join(fault.what for fault in faults)


def test_the_shipped_lists_are_sound_and_off(tmp_path: object) -> None:
    house = Settings(importlib.resources.files("pasvik") / "nowhere")  # type: ignore[arg-type]
    cards, faults = parse(source_texts(house))
    assert not faults and len(cards) >= 50
    outlets = {outlet.name for outlet in read_rules(house).outlets}
    for card in cards:
        assert (card.kind == "authority" and card.group == "tables") or card.how is How.GDELT or card.publisher in outlets, card.publisher
        assert card.expect or card.how is How.PAGE, card.id
        assert not card.table or card.table in (*PARSERS, *BY_PLACE)
    assert {"NO", "FI", "EE", "LV", "LT", "PL", "RU", "BY"} <= {card.country for card in cards if card.kind == "authority"}


def test_a_user_corrects_a_shipped_card_and_adds_their_own(tmp_path: object) -> None:
    from pathlib import Path

    home = Path(str(tmp_path))
    (home / "sources").mkdir()
    (home / "sources" / "mine.toml").write_text('[[source]]\nid = "ee-err"\nhow = "feed"\naddress = "https://other.test/"\npublisher = "ERR"\n')
    cards, faults = parse(source_texts(Settings(home)))
    assert not faults and [card.address for card in cards if card.id == "ee-err"] == ["https://other.test/"]
    assert tomllib.loads(knowledge(Settings(home), "sources/fi.toml"))["group"] == "fi"


@pytest.mark.parametrize(("more", "why"), [
    ('kind = "friend"', "kind 'friend' is none of"), ('every = "often"', "no duration"), ('every = "0 hours"', "no duration"),
    ("budget = 0", "at least 1"), ("budget = true", "budget is not int"),
    ('links = "("', "no regular expression"), ('colour = "red"', "'colour' that nobody reads"),
    ('table = "us-cbp"', "only a table"), ('needs = "KEY"', "stands for {key}"), ('only = "border"', "not a list"), ('expect = "much"', "is not told as"),
    ('places = ["a"]', "places is not"), ('follow = "no"', "follow is not bool"), ("revisit = 3", "not a list"), ('every = "99999999999 weeks"', "too long")])
def test_a_wrong_card_is_told(more: str, why: str) -> None:
    cards, told = one(more)
    assert not cards and why in told


@pytest.mark.parametrize("wrong", ['how = "feed"', 'id = "A B"', 'how = "wish"', 'address = "ftp://a"', 'address = "nowhere"'])
def test_a_card_without_its_parts_is_told_and_the_others_stay(wrong: str) -> None:
    name = wrong.split(" ")[0]
    lines = [line for line in GOOD.splitlines() if not line.startswith(name)] + ([wrong] if wrong != 'how = "feed"' else [])
    lines = [line for line in lines if wrong != 'how = "feed"' or not line.startswith("id")]
    cards, faults = parse({"f.toml": "[[source]]\n" + "\n".join(lines) + f"\n[[source]]\n{GOOD.replace('x', 'y', 1)}", "g.toml": "not toml ["})
    assert [card.id for card in cards] == ["y"] and len(faults) == 2


def test_words_choose_cards() -> None:
    cards, _ = parse({"fi.toml": f'[defaults]\ncountry = "FI"\n[[source]]\n{GOOD}', "no.toml": f"[[source]]\n{GOOD.replace('x', 'y', 1)}"})
    assert [card.id for card in chosen(cards, ["FI"])[0]] == ["x"]
    assert [card.id for card in chosen(cards, ["all"])[0]] == ["x", "y"]
    assert chosen(cards, ["y", "fr"]) == ((cards[1],), ("fr",))


def test_durations_and_expectations() -> None:
    assert span("90 seconds") == timedelta(seconds=90) and span("1.5 hours") == timedelta(hours=1.5)
    assert one('expect = "2 in 3 days"')[0][0].expect == Expect(2, timedelta(days=3))


CARD = Card("x", How.FEED, "https://a.test", "A", every=timedelta(hours=1), expect=Expect(1, timedelta(days=1)))


@given(st.integers(1, 50), st.floats(0, 1))
def test_waiting_grows_with_failures_and_never_beyond_a_day_and_a_quarter(failures: int, dice: float) -> None:
    wait = after_failure(CARD, failures, NOW, dice) - NOW
    assert timedelta(minutes=45) <= wait <= timedelta(hours=30)
    assert after_failure(CARD, failures, NOW, dice, timedelta(days=3)) - NOW >= timedelta(days=3)
    assert timedelta(hours=1) <= after_success(CARD, NOW, dice) - NOW <= timedelta(hours=1.1)


def test_only_what_is_on_is_due_longest_waiting_first() -> None:
    cards = [Card(name, How.FEED, "https://a.test", "A") for name in "abcd"]
    visits = {"a": Visits(True, NOW, NOW - timedelta(hours=1)), "b": Visits(True, NOW, NOW - timedelta(hours=2)),
              "c": Visits(False, None, NOW - timedelta(days=9)), "d": Visits(True, NOW, NOW + timedelta(hours=1))}
    assert [card.id for card in due(cards, visits, NOW)] == ["b", "a"]


def test_health() -> None:
    well = Visits(True, NOW - timedelta(days=30), last_try=NOW, last_ok=NOW, last_item=NOW, found=(10,) * 9)
    assert health(CARD, well, NOW) is Health.WELL and health(CARD, Visits(), NOW) is Health.NEW
    assert health(CARD, Visits(True, NOW, last_try=NOW, failures=3), NOW) is Health.FAILING
    late = Visits(True, NOW - timedelta(days=30), last_try=NOW, last_ok=NOW, last_item=NOW - timedelta(days=4))
    assert health(CARD, late, NOW) is Health.SILENT
    drifts = Visits(True, NOW, last_try=NOW, last_ok=NOW, last_item=NOW, found=(10,) * 6 + (0, 1))
    assert health(CARD, drifts, NOW) is Health.DRIFTING
