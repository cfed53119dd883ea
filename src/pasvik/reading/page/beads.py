"""Every word of note is marked once: crossings first, then the calendar, then the lexicon, then plain numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pasvik.gazetteer.names import NameHit
from pasvik.reading.lexicon import Entry, Lexicon
from pasvik.reading.page.page import Bead
from pasvik.reading.when.told import Found

SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}

Words = tuple[tuple[int, int, str], ...]


def read_beads(words: Words, names: list[NameHit], times: tuple[Found, ...], lexicon: Lexicon) -> tuple[Bead, ...]:
    """All beads in order; no two share a word. words: (start, end, folded word)."""
    starts = [start for start, _, _ in words]
    taken = [False] * len(words)
    beads: list[Bead] = []
    for hit in names:
        _lay(beads, taken, words, starts, hit.start, hit.end, kind="crossing", value=hit.name, ids=hit.ids, rail=hit.rail, name=hit.name)
    for told in times:
        _lay(beads, taken, words, starts, told.start, told.end, kind="time", value=told.role)
    _lay_lexicon(beads, taken, words, lexicon)
    beads.sort(key=lambda bead: bead.first)
    return tuple(beads)


def _lay(beads: list[Bead], taken: list[bool], words: Words, starts: list[int], start: int, end: int, **what: object) -> None:
    """Mark the words from code point start to end, unless one of them is already marked."""
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
    if first < 0 or first >= last or any(taken[first:last]):
        return
    taken[first:last] = [True] * (last - first)
    beads.append(Bead(first=first, last=last, start=words[first][0], end=words[last - 1][1], **what))  # type: ignore[arg-type]


def _lay_lexicon(beads: list[Bead], taken: list[bool], words: Words, lexicon: Lexicon) -> None:
    plain = [*(word for _, _, word in words), ""]
    starts, index = lexicon.starts, 0
    while index < len(words):
        word = plain[index]
        if taken[index] or not (word in starts or word in SMALL or word[0].isdigit()):
            index += 1
            continue
        entry = lexicon.at(plain, index)
        size = len(entry.words) if entry else 1
        if entry and not any(taken[index : index + size]):
            beads.append(_bead(entry, words, index, index + size))
        else:
            size, number = _number(words, index)
            if number is not None:
                beads.append(Bead("number", str(number), index, index + size, words[index][0], words[index + size - 1][1]))
        index += size


def _bead(entry: Entry, words: Words, first: int, last: int) -> Bead:
    return Bead(entry.kind, entry.value, first, last, words[first][0], words[last - 1][1], entry.forms, offices=entry.offices)


def _number(words: Words, index: int) -> tuple[int, int | None]:
    """(how many words, the number): "eight", "24", "1,100" (three words)."""
    word = words[index][2]
    if word in SMALL:
        return 1, SMALL[word]
    if not (word.isascii() and word.isdigit() and len(word) < 9):
        return 1, None
    size, digits = 1, word
    while index + size + 1 < len(words) and _thousands(words, index + size):
        digits += words[index + size + 1][2]
        size += 2
    return size, int(digits[:12])


def _thousands(words: Words, index: int) -> bool:
    """ ",100" right after a digit: a separator of thousands."""
    (start, end, mark), (after, stop, digits) = words[index], words[index + 1]
    return mark == "," and words[index - 1][1] == start and after == end and stop - after == 3 and digits.isdigit() and digits.isascii()
