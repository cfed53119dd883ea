"""A text is cut into words, numbers and signs, each with its place; a number that is a date or a clock stays in one piece."""

from __future__ import annotations

import re
from typing import NamedTuple

# Every branch is decided by its first few characters, so that a megabyte of digits or brackets is cut in one pass.
TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)"
    r"|(?P<dmy>[0-9]{1,2}([./])[0-9]{1,2}\4(?:[0-9]{4}|[0-9]{2})(?![0-9]))"
    r"|(?P<clock>[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?![0-9]|[.:/][0-9]))"
    r"|(?P<number>[0-9]{1,4}(?![0-9]|,[0-9]{3}(?![0-9])))"
    r"|(?P<figure>[0-9][0-9,]*)"
    r"|(?P<line>\n)"
    r"|(?P<sign>[-,./:()'])(?![-,./:()'])"
    r"|(?P<other>[^\w\s]+|_+)")
ALIKE = {"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "ʼ": "'"}
ODD = re.compile("[" + "".join(ALIKE) + "]")
LONG_LINE = 60                                                  # a shorter line that breaks off has ended on purpose
SHORT = 6                                                       # no line is meant to end in "on", "until" or "from"


class Token(NamedTuple):
    """text[start:end], its kind (the branch names of TOKEN) and the word in small letters; "\\n" stands for a hard line end."""

    kind: str
    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The tokens in order. Dashes and apostrophes of all shapes count as the plain ones; a wrapped line's end is passed over."""
    found: list[Token] = []
    line = 0
    plain = ODD.sub(lambda odd: ALIKE[odd[0]], text)
    small = plain.lower()
    even = len(small) == len(plain)                             # some letters have a longer small letter; then each word by itself
    for hit in TOKEN.finditer(plain):
        kind = hit.lastgroup or "other"
        start, end = hit.span()
        if kind == "line":
            soft = start - line >= LONG_LINE and _runs_on(text[start - SHORT:start], text[end:end + 1])
            line = end
            if soft:
                continue
        word = small[start:end] if even else hit.group().lower()
        found.append(tuple.__new__(Token, (kind, word, start, end)))        # quicker than Token(...), and there are many
    return found


def _runs_on(before: str, after: str) -> bool:
    """Whether a long line goes on in the next: that begins small or with a figure, or this one ends in a word like "on"."""
    last = before.rpartition(" ")[2]
    small = last.isalpha() and last.islower() and " " in before
    return before[-1:] not in ".!?:;" and (after.islower() or after.isdigit() or (small and after.isalpha()))


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the word list as the tokens it is met as: "a.m." is four."""
    return tuple(token.word for token in tokens_of(phrase))
