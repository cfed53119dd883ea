"""A newer Pasvik ships a changed record: lines go, lines come back, and nothing is ever removed."""

from __future__ import annotations

from datetime import UTC, datetime

from pasvik.app.wiring import load_record
from pasvik.ledger.sql import open_ledger
from pasvik.sources.curated import parse

LINE = ('{"source": {"url": "https://example.org/%s", "published": "2023-11-2%d", "publisher": "Example", "words": "Salla is %s."}, '
        '"time_zone": "Europe/Helsinki", "statement": {"kind": "status", "crossings": ["salla"], "border": "FI-RU", "state": "%s", '
        '"commitment": "in_effect"}}')
OPEN, CLOSED = LINE % ("a", 1, "open", "open"), LINE % ("b", 4, "closed", "closed")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def standing(ledger, text: str) -> set[str]:  # type: ignore[no-untyped-def]
    said, faults = parse(text, "status.jsonl")
    assert not faults
    load_record(ledger, said, NOW)
    return {one.statement.evidence.quote for one in ledger.history("salla")}


def test_lines_go_and_come_back_and_the_ledger_only_grows() -> None:
    ledger = open_ledger("sqlite://")
    assert standing(ledger, f"{OPEN}\n{CLOSED}") == {"Salla is open.", "Salla is closed."}
    first = ledger.basis()
    assert standing(ledger, f"{OPEN}\n{CLOSED}") == {"Salla is open.", "Salla is closed."}
    assert ledger.basis() == first, "the same record is loaded once"
    assert standing(ledger, CLOSED) == {"Salla is closed."}
    assert standing(ledger, f"{CLOSED}\n{OPEN}") == {"Salla is open.", "Salla is closed."}
    again = ledger.basis()
    assert standing(ledger, f"{OPEN}\n{CLOSED}") == {"Salla is open.", "Salla is closed."}
    assert ledger.basis() == again, "the order of lines is no change"
    assert again > first
    assert ledger.verify() == []
