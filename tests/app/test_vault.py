"""A stranger can check a cell, and a house can be made again from its backup; whatever was altered is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pasvik.app import collect, vault
from pasvik.app.clocks import question
from pasvik.app.prove import check_proof, prove
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.terms.capture import Fault, Trouble
from pasvik.terms.place import Lane
from pasvik.terms.question import Question

NOTE = b"Finland has closed the Salla border crossing, the Finnish Border Guard said."


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = open_house(Settings(tmp_path / "home", now="2026-11-25T12:00+02:00"), keep=True)
    added = collect.add(made, NOTE, "note.txt", "2023-11-26T12:00+02:00", "Example Wire")
    assert not isinstance(added, Fault)
    return made


def bundle(house: House) -> dict:  # type: ignore[type-arg]
    asked = question(house.now(), "2023-11-27", "2023-11-27")
    assert isinstance(asked, Question)
    made = prove(house, "Салла", Lane.CAR, asked)
    assert not isinstance(made, Fault)
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


def test_a_proof_holds_without_the_ledger(house: House) -> None:
    told = bundle(house)
    assert told["cell"]["state"] == "closed"
    assert check_proof(told, house.gazetteer, house.book) == []
    assert check_proof(told, house.gazetteer, house.book, told["signature"]["key"]) == []


def cell(told: dict) -> None:  # type: ignore[type-arg]
    told["cell"]["state"] = "open"


def word(told: dict) -> None:  # type: ignore[type-arg]
    entry = next(one for one in told["entries"] if one["id"] == told["statements"][0])
    entry["body"] = entry["body"].replace("closed", "open")


def drop(told: dict) -> None:  # type: ignore[type-arg]
    del told["entries"][5]


def statement(told: dict) -> None:  # type: ignore[type-arg]
    del told["statements"][-1]


def head(told: dict) -> None:  # type: ignore[type-arg]
    told["entries"] = told["entries"][:-1]


@pytest.mark.parametrize("alter", [cell, word, drop, statement, head])
def test_an_altered_proof_is_found_out(house: House, alter: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    told = bundle(house)
    alter(told)
    assert check_proof(told, house.gazetteer, house.book)


def test_a_forger_with_another_key_is_found_out(house: House, tmp_path: Path) -> None:
    other = bundle(open_house(Settings(tmp_path / "other", now="2026-11-25T12:00+02:00"), keep=True))
    assert check_proof(other, house.gazetteer, house.book) == []
    assert check_proof(other, house.gazetteer, house.book, bundle(house)["signature"]["key"])


@pytest.mark.parametrize("nonsense", [{}, {"signature": {}}, {"signature": {"key": "00", "value": "zz"}}, {"entries": 3, "signature": None}])
def test_what_is_no_proof_is_told(house: House, nonsense: dict) -> None:  # type: ignore[type-arg]
    assert check_proof(nonsense, house.gazetteer, house.book)


def test_a_house_comes_back_from_its_backup(house: House, tmp_path: Path) -> None:
    basis = vault.backup(house, tmp_path / "kept.tar.gz")
    assert basis == house.ledger.basis()
    assert vault.restore(tmp_path / "kept.tar.gz", tmp_path / "again") == []
    again = open_house(Settings(tmp_path / "again", now="2026-11-25T12:00+02:00"))
    assert again.ledger.head() == house.ledger.head()
    assert [again.archive.get(name) for name in again.archive.names()] == [NOTE]


def test_a_backup_is_never_written_over_nor_a_house(house: House, tmp_path: Path) -> None:
    vault.backup(house, tmp_path / "kept.tar.gz")
    with pytest.raises(Trouble, match="there already"):
        vault.backup(house, tmp_path / "kept.tar.gz")
    assert "not empty" in vault.restore(tmp_path / "kept.tar.gz", house.settings.home)[0].what


def test_a_cut_or_altered_backup_makes_no_house(house: House, tmp_path: Path) -> None:
    whole = tmp_path / "kept.tar.gz"
    vault.backup(house, whole)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert vault.restore(cut, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    with sqlite3.connect(house.settings.home / "ledger.sqlite") as raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute("UPDATE entry SET body = replace(body, 'closed', 'open') WHERE seq = 20 OR seq = 21")
    vault.backup(house, tmp_path / "altered.tar.gz")
    assert vault.restore(tmp_path / "altered.tar.gz", tmp_path / "new")
    assert not (tmp_path / "new").exists()
