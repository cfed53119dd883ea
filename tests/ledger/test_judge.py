"""A verdict with all it brings about is one turn: the same in every database, seen from where it stands, undone by a later one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pasvik.ledger.contract import NotHeld
from pasvik.ledger.sql import SqlLedger
from pasvik.terms.capture import Document
from pasvik.terms.claim import State
from pasvik.terms.place import Lane
from pasvik.terms.statement import Statement

Read = Callable[[str], tuple[Document, Statement]]
NOW = datetime(2024, 2, 1, 8, tzinfo=UTC)
# who gives which verdict after which, and which statements stand then: r(ead), c(orrected)
STORY = """
  confirm  -  ->  r
  reject   -  ->
  confirm  -  ->  r
  correct  c  ->  c
  reject   -  ->
  correct  c  ->  c
  correct  d  ->  d
  confirm  -  ->  r
"""


def test_each_verdict_undoes_the_one_before(ledger: SqlLedger, read: Read) -> None:
    document, statement = read("yle 2023-11-20T09:00+02:00 FI-RU salla closed in_effect all")
    ledger.append(document, [statement], recorded=NOW)
    others = {letter: replace(statement, claim=replace(statement.claim, state=state), id="", found_by="reviewer: anna")  # type: ignore[type-var]
              for letter, state in (("c", State.OPEN), ("d", State.RESTRICTED))}
    letters = {statement.id: "r", **{one.id: letter for letter, one in others.items()}}
    seen: list[tuple[int, list[str]]] = []
    for number, line in enumerate(STORY.strip().splitlines()):
        told, _, stand = line.partition("->")
        verdict, which = told.split()
        pair = (document, others[which]) if which != "-" else None
        ledger.judge(statement.id, {"verdict": verdict, "by": "anna", "after": number}, recorded=NOW, instead=pair)
        found = [letters[one.statement.id] for one in ledger.cell("salla", Lane.CAR, "FI-RU")]
        assert found == stand.split(), line
        seen.append((ledger.basis(), found))
    for basis, found in seen:
        assert [letters[one.statement.id] for one in ledger.cell("salla", Lane.CAR, "FI-RU", basis=basis)] == found
    assert ledger.verify() == []
    assert len(ledger.notes("verdict", statement.id)) == 8


def test_a_verdict_leaves_other_retractions_alone(ledger: SqlLedger, read: Read) -> None:
    document, statement = read("yle 2023-11-20T09:00+02:00 FI-RU salla closed in_effect all")
    ledger.append(document, [statement], recorded=NOW)
    ledger.retract(document.id, "the page was a hoax", recorded=NOW)
    ledger.judge(statement.id, {"verdict": "confirm", "by": "anna"}, recorded=NOW)
    assert ledger.cell("salla", Lane.CAR, "FI-RU") == []
    before = ledger.basis()
    for id in ("s000", document.id):
        with pytest.raises(NotHeld):
            ledger.judge(id, {"verdict": "reject", "by": "anna"}, recorded=NOW)
    assert ledger.basis() == before
    assert ledger.verify() == []
