"""What every export says of itself, and how its text is kept free of signs that a format cannot carry."""

from __future__ import annotations

import re

NOT_OFFICIAL = "Pasvik is not an official source. Before you travel, ask the border authority."
CREDIT = "Coordinates © OpenStreetMap contributors, Open Database License 1.0."

# What XML 1.0 (section 2.2) cannot hold: control signs, half pairs, and the two non-characters.
_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with every sign that XML cannot carry shown as a replacement mark."""
    return _BARRED.sub("�", text)


def states_of(border: str) -> list[str]:
    """The two countries of a border, by ISO code."""
    return border.split("-")
