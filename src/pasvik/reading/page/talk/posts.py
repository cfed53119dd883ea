"""Posts under a handle: a ministry or a minister speaks in their own name, anybody else is nobody whom we may name."""

from __future__ import annotations

import re

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Sentence
from pasvik.terms.statement import Speaker

_HANDLE = re.compile(r"\s*@(\w+)\s*[·•|]")  # a reply ("@somebody No.") has no dot or bar after the handle
OFFICES = frozenset(
    {"minister", "ministry", "government", "gov", "police", "customs", "president", "embassy", "mfa", "pm", "ombudsman", "parliament"}
)


def post_voices(cursor: Cursor, text: str, sentences: tuple[Sentence, ...], focus: str | None) -> tuple[tuple[int, int, Speaker], ...]:
    """Every sentence that stands in a post of a public office, with that office as its speaker."""
    found: list[tuple[int, int, Speaker]] = []
    author: Speaker | None = None
    for sentence in sentences:
        handle = _HANDLE.match(text, sentence.start, sentence.end)
        if handle:
            author = _office(cursor, sentence, handle.group(1), focus)
        elif author:
            found.append((sentence.start, sentence.end, author))
    return tuple(found)


def _office(cursor: Cursor, sentence: Sentence, handle: str, focus: str | None) -> Speaker | None:
    """The office behind a handle: a body that the lexicon knows, or a handle that says which office it is."""
    for index in range(sentence.first, min(sentence.first + 3, sentence.last)):
        bead = cursor.bead(index)
        if bead and bead.kind == "body":
            return Speaker(handle, None, handle, focus if bead.value == "XX" else bead.value)
    return Speaker(handle, None, None, focus) if OFFICES & set(handle.lower().split("_")) else None
