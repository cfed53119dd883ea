"""One utterance, many tellings: what is grouped, what is kept apart, and how far the words drifted. Cases as text."""

from __future__ import annotations

import pytest

from pasvik.situation.authority import Authority, Outlet, rules
from pasvik.situation.policy import Policy
from pasvik.situation.utterance import utterances
from pasvik.terms.capture import Source
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import Span, moment
from pasvik.terms.place import ROAD_LANES, Crossing, Side
from pasvik.terms.statement import Evidence, Speaker, Statement

ZONE = "Europe/Oslo"
STORSKOG = Crossing("storskog", "Storskog", Side("NO", "Storskog", "Storskog"), Side("RU", "Borisoglebsk", ""), frozenset(ROAD_LANES))
BOOK = rules(Policy(), [Authority("NO", "Norwegian Government", "government", "all")], [Outlet("NRK", "NO", "press")])

# hour of the month | outlet | speaker | state commitment from | words          => tellings of each utterance: drift
CASES = {
    "a warning hardens from mouth to mouth": ("""
        0 | NRK | Norwegian Government | closed conditional | shut it if necessary
        5 | Gazette | Norwegian Government | closed signalled | could shut
        9 | Lantern | Norwegian Government | closed planned | is to shut
        """, ["3: conditional signalled planned"]),
    "the same words in the own voice of another paper are a copy": ("""
        0 | Gazette | - | closed in_effect | The gate at Storskog is shut tonight
        2 | Lantern | - | closed in_effect | the gate, at Storskog, is SHUT tonight
        """, ["2: in_effect"]),
    "two papers in their own words are two": ("""
        0 | Gazette | - | closed in_effect | The gate is shut tonight
        2 | Lantern | - | closed in_effect | Nobody passes any more
        """, ["1: in_effect", "1: in_effect"]),
    "four days later it is said anew": ("""
        0 | NRK | Norwegian Government | closed signalled | could shut
        96 | NRK | Norwegian Government | closed signalled | could shut
        """, ["1: signalled", "1: signalled"]),
    "another day, another order": ("""
        0 | NRK | Norwegian Government | closed ordered 2023-11-24 | shuts Friday
        1 | NRK | Norwegian Government | closed ordered 2023-11-27 | shuts Monday
        2 | Gazette | Norwegian Government | closed ordered 2023-11-24 | Friday it is
        """, ["2: ordered", "1: ordered"]),
    "a decision is no echo of a plan": ("""
        0 | NRK | Norwegian Government | closed planned | will shut
        1 | NRK | Norwegian Government | closed ordered | has shut
        """, ["1: planned", "1: ordered"]),
    "ten thousand retellings are one": ("""
        0 | NRK | Norwegian Government | closed planned | will shut
        """ + "1 | Gazette | Norwegian Government | closed planned | will shut\n" * 9999, ["10000: planned"]),
}


def told(line: str, number: int) -> Statement:
    hour, outlet, speaker, what, words = (part.strip() for part in line.split("|"))
    state, commitment, *start = what.split()
    day = moment(f"2023-11-{1 + int(hour) // 24:02}T{int(hour) % 24:02}:00", ZONE)
    return Statement(
        Status(("storskog",), "NO-RU", State(state), Commitment(commitment), span=Span(moment(start[0], ZONE) if start else None)),
        Evidence(0, len(words), words), Source(f"d{number}", "", outlet, day),
        None if speaker == "-" else Speaker(speaker, country="NO"), id=f"s{number:06}")


@pytest.mark.parametrize("name", CASES)
def test_utterances(name: str) -> None:
    text, expected = CASES[name]
    statements = [told(line, number) for number, line in enumerate(text.strip().splitlines())]
    found = utterances(STORSKOG, statements, BOOK)
    assert [f"{len(u.tellings)}: {' '.join(u.drift)}" for u in found] == expected
    assert found[0].statement.source.publisher == statements[0].source.publisher
