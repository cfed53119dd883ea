"""Several processes at one ledger: writers take turns, readers are not kept waiting, and a killed writer leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

import pytest

from pasvik.ledger.sql import SqlLedger, open_ledger
from pasvik.terms.place import Lane

NOW = datetime(2024, 2, 1, 8, tzinfo=UTC)
# Documents first to last, each of 20 statements; after each group that is safely kept its position is told.
WRITER = '''
import sys
from datetime import UTC, datetime
from pasvik.ledger.sql import open_ledger
from pasvik.terms.capture import Document, source_of
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import moment
from pasvik.terms.statement import Evidence, Statement

address, first, last, group = sys.argv[1], *map(int, sys.argv[2:])

def reading(number):
    document = Document(f"{number} salla closed", published=moment("2024-01-01"), publisher="yle")
    words = Evidence(0, len(document.text), document.text)
    return document, [Statement(Status((f"c{n}", "salla"), "FI-RU", State.CLOSED, Commitment.IN_EFFECT), words, source_of(document))
                      for n in range(20)]

ledger = open_ledger(address)
for start in range(first, last, group):
    done = ledger.append_many(map(reading, range(start, min(start + group, last))), recorded=datetime(2024, 2, 1, 8, tzinfo=UTC), batch=200)
    print(done.basis, flush=True)
'''


@pytest.fixture(params=["file", pytest.param("postgres", marks=pytest.mark.postgres)])
def shared(request: pytest.FixtureRequest) -> str:
    """The address of a ledger that several processes can open."""
    return str(request.getfixturevalue("new_address")(request.param))


def writer(address: str, *numbers: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WRITER, address, *map(str, numbers)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def whole_documents(ledger: SqlLedger) -> int:
    """How many documents there are; fails where one lacks any of its statements."""
    counts = ledger.counts().entries
    assert counts.get("statement", 0) == 20 * counts.get("document", 0)
    for one in ledger.documents(limit=5):
        assert len(ledger.statements_of(one.document.id)) == 20
    return counts.get("document", 0)


def test_two_make_the_same_ledger_and_write_at_once(shared: str) -> None:
    writers = [writer(shared, 0, 200, 10), writer(shared, 100, 300, 10)]    # a hundred documents come from both
    told = [int(line) for one in writers for line in _lines(one)]
    assert [one.wait(60) for one in writers] == [0, 0]
    ledger = open_ledger(shared)
    assert whole_documents(ledger) == 300
    assert ledger.basis() == max(told) == 300 * 21
    assert ledger.verify() == []
    ledger.close()


def test_a_reader_sees_only_whole_documents_while_another_writes(shared: str) -> None:
    open_ledger(shared).close()
    working = writer(shared, 0, 300, 10)
    ledger, seen = open_ledger(shared), [0]
    while working.poll() is None:
        basis = ledger.basis()
        held = ledger.cell("salla", Lane.CAR, "FI-RU", basis=basis)
        assert basis % 21 == 0
        assert len(held) == basis // 21 * 20
        seen.append(basis)
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert whole_documents(ledger) == 300
    ledger.close()


def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_half_written(shared: str) -> None:
    acknowledged = 0
    for attempt in range(4):
        working = writer(shared, 0, 100_000, 7)
        for line in _some(working, 2 + 3 * attempt):
            acknowledged = max(acknowledged, int(line))
        os.kill(working.pid, signal.SIGKILL)
        acknowledged = max([acknowledged, *(int(line) for line in _lines(working) if line.endswith("\n"))])
        working.wait(30)
        ledger = open_ledger(shared)
        assert whole_documents(ledger) * 21 == ledger.basis() >= acknowledged > 0
        assert ledger.verify() == []
        ledger.close()


def test_threads_may_share_one(ledger: SqlLedger) -> None:
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                ledger.note("forecast", {"thread": number, "turn": turn}, recorded=NOW)
                ledger.cell("salla", Lane.CAR, "FI-RU")
        except BaseException as bad:                            # noqa: BLE001 (a thread's failure must reach the test)
            failed.append(bad)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert len(ledger.notes("forecast")) == ledger.basis() == 40
    assert ledger.verify() == []


def _lines(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def _some(process: subprocess.Popen[str], number: int) -> Iterator[str]:
    lines = _lines(process)
    for _ in range(number):
        yield next(lines)
