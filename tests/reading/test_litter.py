"""A line that announces an advertisement takes the link titles under it along, and never the paragraphs."""

from __future__ import annotations

import pytest

from pasvik.reading.page.lines import read_lines
from pasvik.terms.capture import Document

PARAGRAPH = "The guards shut the gate at Vartius on Friday evening, and the last bus of the day had to turn round on the bridge."


@pytest.mark.parametrize(
    ("under", "kinds"),
    [
        (PARAGRAPH, ["noise", "body"]),
        (f"More on trains\n{PARAGRAPH}\nA short end.", ["noise", "noise", "body", "body"]),
        ("More on trains\nTen things to see in Kajaani", ["noise", "noise", "noise"]),
    ],
)
def test_a_paragraph_under_an_advertisement_is_text(under: str, kinds: list[str]) -> None:
    text = f"Advertisement\n{under}"
    lines = read_lines(Document(text=text, published=None, publisher=None, url=None), text.lower(), ("advertisement",), ())
    assert [line.kind for line in lines] == kinds
