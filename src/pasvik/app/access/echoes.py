"""Who else published the same thing: the other tellings of what a document says, so that twenty papers are seen to be one voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from pasvik.app.wiring import House
from pasvik.situation.utterance import speaks_for, utterances
from pasvik.terms.claim import Status
from pasvik.terms.place import Crossing
from pasvik.terms.statement import Statement

REACH = timedelta(days=14)                                      # before and after: retellings are looked for so far
MOST_PLACES = 12                                                # crossings looked at for one document


def echoes_of(house: House, statements: Iterable[Statement]) -> Mapping[str, tuple[Statement, ...]]:
    """For each status statement that is retold elsewhere: the other tellings of its utterance, oldest first."""
    found: dict[str, dict[str, Statement]] = {}
    dated = [one for one in statements if isinstance(one.claim, Status) and one.source.published]
    for crossing in _places(house, dated):
        mine = [one for one in dated if isinstance(one.claim, Status) and speaks_for(one.claim, crossing)]
        moments = [one.source.published.start for one in mine if one.source.published]
        held = house.ledger.by_kind(
            "status", crossing.border, crossings=(crossing.id,), since=min(moments) - REACH, known=max(moments) + REACH,
            curated=house.settings.record)
        for said in utterances(crossing, (one.statement for one in held), house.book):
            ids = {telling.id for telling in said.tellings}
            for one in mine:
                if one.id in ids and len(ids) > 1:
                    found.setdefault(one.id, {}).update((told.id, told) for told in said.tellings if told.id != one.id)
    return {id: tuple(sorted(told.values(), key=_when)) for id, told in found.items()}


def _places(house: House, statements: list[Statement]) -> list[Crossing]:
    """The crossings spoken of; of a whole border, its northernmost speaks for all."""
    chosen: dict[str, Crossing] = {}
    for one in statements:
        assert isinstance(one.claim, Status)
        claim = one.claim
        spoken = [crossing for crossing in house.gazetteer.crossings.values() if speaks_for(claim, crossing)]
        for crossing in (spoken if claim.crossings else spoken[:1]):
            chosen[crossing.id] = crossing
    return list(chosen.values())[:MOST_PLACES]


def _when(statement: Statement) -> tuple[float, str]:
    return statement.source.published.start.timestamp() if statement.source.published else 0.0, statement.id
