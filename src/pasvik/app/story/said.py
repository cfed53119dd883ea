"""The statements of some kinds that count at the question's clocks, and the same by their id, so that every figure leads to words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pasvik.app.clocks import HOME_ZONE
from pasvik.app.wiring import House
from pasvik.situation.board import instant
from pasvik.terms.capture import Fault
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement

MOST = 20_000                                                   # the newest so many of a kind: a story is told by people, not by a scrape


def said(house: House, kinds: Sequence[str], asked: Question, border: str | None = None) -> list[Statement]:
    """Dated statements of these kinds, published by `known` and by `at`, held at `basis`; each once. border: only those filed under it."""
    cuts = [cut for cut in (instant(asked.known, HOME_ZONE), instant(asked.at, HOME_ZONE)) if cut]
    told = {
        held.statement.id: held.statement for kind in kinds
        for held in house.ledger.by_kind(
            kind, border, known=min(cuts, default=None), basis=asked.basis, curated=house.settings.record, limit=MOST)
        if held.statement.source.published}
    return list(told.values())


def by_id(statements: Iterable[Statement], ids: Iterable[str]) -> Mapping[str, Statement]:
    """The statements of these ids."""
    wanted = set(ids)
    return {statement.id: statement for statement in statements if statement.id in wanted}


def country_asked(house: House, words: str) -> str | Fault:
    """A country of the gazetteer by its ISO code; else a sentence with those there are."""
    known = sorted({country for crossing in house.gazetteer.crossings.values() for country in crossing.countries})
    code = words.strip().upper()
    return code if code in known else Fault(f"there is no country {words[:40]!r} in the gazetteer; there are {', '.join(known)}", "country")
