"""A border of three gates in a row, as text: what is assumed is the shipped text, the rest is said in each test."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pasvik.scenario.border.assume import Assumed, parse_assumed
from pasvik.scenario.border.flow import Setting

TEXT = (importlib.resources.files("pasvik") / "knowledge" / "whatif.toml").read_text(encoding="utf-8")
KM = [[0.0, 100.0, 900.0], [100.0, 0.0, 800.0], [900.0, 800.0, 0.0]]


@pytest.fixture(scope="session")
def assumed() -> Assumed:
    return parse_assumed(TEXT)


@pytest.fixture
def gates() -> Callable[..., Setting]:
    """Gates of three crossings, one line a day, one letter a crossing: `#` shut, `o` open, `/` open half the day."""
    def made(days: str, level: tuple[float, float, float] = (40.0, 0.0, 10.0), steering: tuple[int, ...] = (0, 0, 0), **more: Any) -> Setting:
        share = np.array([[{"#": 0.0, "o": 1.0, "/": 0.5}[gate] for gate in day] for day in days.split()])
        hours = np.where(share > 0, 12.0, 12.0)
        return Setting(np.array(KM), np.array([200.0, 300.0, 900.0]), np.array(level), share, hours, np.zeros(share.shape, bool),
                       np.zeros((3, 3), bool), steering, **more)
    return made
