"""The shipped gazetteer, read once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from pasvik.gazetteer.build import build_gazetteer
from pasvik.gazetteer.table import Gazetteer

KNOWLEDGE = Path(__file__).parents[2] / "src" / "pasvik" / "knowledge"


@pytest.fixture(scope="session")
def texts() -> tuple[str, str, str]:
    crossings, names, sets = ((KNOWLEDGE / file).read_text(encoding="utf-8") for file in ("crossings.csv", "names.csv", "sets.toml"))
    return crossings, names, sets


@pytest.fixture(scope="session")
def gazetteer(texts: tuple[str, str, str]) -> Gazetteer:
    found, faults = build_gazetteer(*texts)
    assert not faults
    return found
