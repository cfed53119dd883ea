"""The text is cut at the edges of its quotes and nowhere else, and no letter is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.web.marks import Mark, pieces

MARKS = st.builds(Mark, st.integers(-3, 40), st.integers(-3, 45), st.sampled_from("abcdef"))


def drawn(text: str, marks: list[Mark]) -> str:
    """The pieces as text: [names|words] where marked."""
    return "".join(f"[{'+'.join(piece.names)}|{piece.text}]" if piece.names else piece.text for piece in pieces(text, marks))


@pytest.mark.parametrize(("marks", "expected"), [
    ([], "Salla is shut"),
    ([(0, 5, "a")], "[a|Salla] is shut"),
    ([(0, 13, "a"), (9, 13, "b")], "[a|Salla is ][a+b|shut]"),
    ([(0, 8, "a"), (6, 13, "b")], "[a|Salla ][a+b|is][b| shut]"),
    ([(0, 5, "a"), (0, 5, "b")], "[a+b|Salla] is shut"),
    ([(9, 99, "a")], "Salla is [a|shut]"),
    ([(5, 5, "a"), (50, 60, "b"), (-1, 4, "c")], "Salla is shut"),
])
def test_cutting(marks: list[tuple[int, int, str]], expected: str) -> None:
    assert drawn("Salla is shut", [Mark(*mark) for mark in marks]) == expected


@given(st.text(max_size=40), st.lists(MARKS, max_size=8))
def test_nothing_is_lost_and_every_mark_covers_its_own_words(text: str, marks: list[Mark]) -> None:
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    for mark in (m for m in marks if 0 <= m.start < min(m.end, len(text)) and [x.name for x in marks].count(m.name) == 1):
        assert "".join(piece.text for piece in cut if mark.name in piece.names) == text[mark.start:mark.end]
        assert sum(mark.name in piece.opens for piece in cut) == sum(mark.name in piece.closes for piece in cut) == 1
