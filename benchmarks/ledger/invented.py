"""An invented record of any size: 150 crossings on 8 borders, ten years, mostly reports and now and then a decision."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pasvik.terms.capture import Document, Source, source_of
from pasvik.terms.claim import Accusation, Claim, Commitment, Count, Movement, Number, State, Status
from pasvik.terms.moment import Moment, Span
from pasvik.terms.place import ROAD_LANES, Crossing, Side
from pasvik.terms.statement import Evidence, Speaker, Statement

BORDERS = ("FI-RU", "NO-RU", "EE-RU", "LV-RU", "LT-RU", "PL-RU", "BY-PL", "BY-LT")
CROSSINGS = {f"crossing-{number:03}": BORDERS[number % 8] for number in range(150)}
START = datetime(2016, 1, 1, tzinfo=UTC)
MINUTES = 10 * 365 * 24 * 60
SAID = 5                                                        # statements in a document
OUTLETS = tuple(f"outlet-{number}.example" for number in range(400))
STATES = (State.CLOSED,) * 5 + (State.OPEN,) * 4 + (State.RESTRICTED,)
COMMITMENTS = (
    (Commitment.IN_EFFECT,) * 60 + (Commitment.ORDERED,) * 12 + (Commitment.PLANNED,) * 10 + (Commitment.CONSIDERING,) * 8
    + (Commitment.SIGNALLED, Commitment.CONDITIONAL, Commitment.RULED_OUT, Commitment.ENDED) * 2)
LANES = (("all",),) * 14 + (("car", "bus"), ("truck",), ("pedestrian",), ("asylum",), ("rail_freight",), ("bicycle",))
FILLING = "The announcement was carried by several outlets and repeated in the evening bulletin. " * 6


def places() -> dict[str, Crossing]:
    """The crossings as the board knows them, the covered country first."""
    found = {}
    for name, border in CROSSINGS.items():
        one, other = sorted(border.split("-"), key=lambda country: country in ("RU", "BY"))
        found[name] = Crossing(name, name, Side(one, name, name), Side(other, name, name), frozenset(ROAD_LANES))
    return found


def readings(first: int, last: int) -> Iterator[tuple[Document, list[Statement]]]:
    """Documents of these numbers with their statements; the same number is always the same document."""
    for number in range(first, last):
        dice = random.Random(number)
        published = Moment(START + timedelta(minutes=dice.randrange(MINUTES)))
        sentences = [f"Sentence {number}.{line} tells of a crossing." for line in range(SAID)]
        document = Document(
            " ".join((*sentences, FILLING)), published=published, publisher=dice.choice(OUTLETS), url=f"https://outlet.example/{number}",
            title=f"Article {number}")
        source, start, said = source_of(document), 0, []
        for sentence in sentences:
            said.append(_statement(dice, source, sentence, start))
            start += len(sentence) + 1
        yield document, said


def _statement(dice: random.Random, source: Source, sentence: str, start: int) -> Statement:
    speaker = Speaker("Ministry of the Interior", "ministry", None, "FI") if dice.random() < 0.6 else None
    return Statement(_claim(dice, source), Evidence(start, start + len(sentence), sentence), source, speaker)


def _claim(dice: random.Random, source: Source) -> Claim:
    crossing, border = dice.choice(list(CROSSINGS.items()))
    kind = dice.random()
    if kind < 0.08:
        return Count(Number(dice.randrange(900)), "arrivals", (crossing,), border)
    if kind < 0.12:
        return Movement(Number(dice.randrange(90)), crossing, None, "arrived")
    if kind < 0.15:
        return Accusation(("FI",), "RU", "directs people to the border", border)
    wide = dice.random()
    same = [name for name, other in CROSSINGS.items() if other == border]
    named = () if wide < 0.1 else tuple(sorted(dice.sample(same, 4))) if wide < 0.2 else (crossing,)
    until = source.published and Moment(source.published.start + timedelta(days=dice.randrange(5, 90)))
    return Status(named, border, dice.choice(STATES), dice.choice(COMMITMENTS), dice.choice(LANES), span=Span(source.published, until))
