"""A point that is shut every night is open by day, and its hours are opening hours."""

from __future__ import annotations

import pytest

from pasvik.reading.status.make import by_day
from pasvik.terms.claim import State


@pytest.mark.parametrize(("state", "hours", "wanted"), [
    (State.CLOSED, "23:00-07:00", (State.RESTRICTED, "07:00-23:00")),
    (State.CLOSED, "19:00-07:00", (State.RESTRICTED, "07:00-19:00")),
    (State.CLOSED, "10:00-14:00", (State.CLOSED, "10:00-14:00")),
    (State.CLOSED, None, (State.CLOSED, None)),
    (State.OPEN, "07:00-23:00", (State.OPEN, "07:00-23:00")),
])
def test_hours_of_a_night_closure(state: State, hours: str | None, wanted: tuple[State, str | None]) -> None:
    assert by_day(state, hours) == wanted
