"""Finds the words that a model says it read, letter by letter, and gives back where they really stand in the text."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.model.prompt import HIDDEN
from pasvik.reading.page.fold import fold

MARKS = " \n\"'.,;:!?"                                         # a model may wrap or end its quote with these


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with case, quotes, dashes and runs of space made alike and hidden signs gone. places[i]: where letter i stands in the text itself."""

    letters: str
    places: tuple[int, ...]


def lay_plain(text: str) -> Plain:
    """The plain letters of a text with the way back to their places (code points)."""
    letters: list[str] = []
    places: list[int] = []
    for place, (sign, low) in enumerate(zip(text, fold(text), strict=True)):
        if ord(sign) in HIDDEN:
            continue
        letter = " " if low.isspace() else low
        if letter == " " and letters and letters[-1] == " ":
            continue
        letters.append(letter)
        places.append(place)
    return Plain("".join(letters), tuple(places))


def find_quote(plain: Plain, quote: str, most: int = 50) -> list[tuple[int, int]]:
    """Every place start..end (code points of the text itself) where these very words stand, at word boundaries; at most `most`."""
    wanted = lay_plain(quote).letters.strip(MARKS)
    found: list[tuple[int, int]] = []
    at = plain.letters.find(wanted) if wanted else -1
    while at >= 0 and len(found) < most:
        end = at + len(wanted)
        if not _inside_word(plain.letters, at) and not _inside_word(plain.letters, end):
            found.append((plain.places[at], plain.places[end - 1] + 1))
        at = plain.letters.find(wanted, at + 1)
    return found


def _inside_word(letters: str, at: int) -> bool:
    """Whether a cut here would go through a word: "closed" does not stand in "disclosed"."""
    return 0 < at < len(letters) and letters[at - 1].isalnum() and letters[at].isalnum()
