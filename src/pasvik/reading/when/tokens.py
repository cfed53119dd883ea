"""A text is cut into words, numbers and signs, each with its place; a number that is a date or a clock stays in one piece."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Every branch is decided by its first few characters, so that a megabyte of digits or brackets is cut in one pass.
TOKEN = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)"
    r"|(?P<dmy>[0-9]{1,2}([./])[0-9]{1,2}\3(?:[0-9]{4}|[0-9]{2})(?![0-9]))"
    r"|(?P<clock>[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?![0-9]|[.:/][0-9]))"
    r"|(?P<number>[0-9]{1,4}(?![0-9]|,[0-9]{3}(?![0-9])))"
    r"|(?P<figure>[0-9][0-9,]*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<line>\n)"
    r"|(?P<sign>[-,./:()'])(?![-,./:()'])"
    r"|(?P<other>[^\w\s]+|_+)")
ALIKE = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "ʼ": "'"})
LONG_LINE = 60                                                  # a shorter line that breaks off has ended on purpose


@dataclass(frozen=True, slots=True)
class Token:
    """text[start:end], its kind (the branch names of TOKEN) and the word in small letters; "\\n" stands for a hard line end."""

    kind: str
    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The tokens in order. Dashes and apostrophes of all shapes count as the plain ones; a wrapped line's end is passed over."""
    found: list[Token] = []
    line = 0
    for hit in TOKEN.finditer(text.translate(ALIKE)):
        kind = hit.lastgroup or "other"
        start, end = hit.span()
        if kind == "line":
            soft = start - line >= LONG_LINE and text[start - 1] not in ".!?:;" and text[end:end + 1].strip() != ""
            line = end
            if soft:
                continue
        found.append(Token(kind, hit.group().lower(), start, end))
    return found


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of the word list as the tokens it is met as: "a.m." is four."""
    return tuple(token.word for token in tokens_of(phrase))
