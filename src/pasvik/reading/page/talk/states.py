"""Whose "the government" is: the state that a sentence, its paragraph, its dateline or the whole text speaks of; never a wild guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pasvik.reading.lexicon import Lexicon, tokens
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence, Talk

COVERED = frozenset({"NO", "FI", "EE", "LV", "LT", "PL"})
EAST = frozenset({"RU", "BY"})
OPENERS = frozenset({"and", "but", "meanwhile", "now", ",", "then", "over", "next", "finally", "also", "elsewhere"})
PLACES = frozenset({"in", "to", "from", "for", "across"})
ENDS = frozenset({",", ".", ":", ";", "-"})
HEAD = 6                                                        # sentences among which a dateline stands
DATELINE = 8                                                    # words of a sentence that is only a dateline


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text as a whole tells of its states: foci by sentence, the home of its newsroom, the state on this side of each crossing."""

    foci: tuple[str | None, ...]
    home: str | None
    sides: Mapping[str, str]


def talk_of(cursor: Cursor, sentences: tuple[Sentence, ...], setting: Setting) -> tuple[Talk, ...]:
    """For each sentence: the state whose bodies go without a name in it, the foreign state spoken of last, and the one whose crossing it names."""
    found: list[Talk] = []
    local: str | None = None
    other = his = its = None
    line, opened = -1, False                                    # opened: a heading's state is that of the one line under it
    for s in sentences:
        if s.line != line:
            titled = opened and s.line == line + 1 and cursor.word(s.first - 1) not in ENDS | {"?", "!"}
            local, line, opened = (local if titled else None), s.line, False
        here = _opening(cursor, s)
        local, opened = here or local, opened or here is not None
        focus = setting.foci[s.number]
        home = setting.home if setting.home in EAST else None
        state = local or home or focus
        found.append(Talk(state, other, None if home else _side(cursor, s, setting), his, its))
        its = _subject(cursor, s, found[-1])
        his = _person(cursor, s, state) or his
        named = [b.value for b in cursor.run(s.first, s.last) if b.kind in ("country", "body", "office") and b.value not in ("XX", focus)]
        other = named[-1] if named else other
    return tuple(found)


def _opening(cursor: Cursor, s: Sentence) -> str | None:
    """The state with which a sentence opens: "And in Norway, ...", "To Estonia.", "Norway, whose own gate ..."; a neighbour only as a place."""
    at = s.lead
    while cursor.word(at) in OPENERS and at < s.last:
        at += 1
    placed = cursor.word(at) in PLACES
    bead = cursor.bead(at + 1 if placed else at)
    if bead is None or bead.kind != "country" or "name" not in bead.forms:
        return None
    after = cursor.word(bead.last)
    if placed:
        return bead.value if after in ENDS or bead.last >= s.last else None
    alone = after not in ("and", "'", "-", "/") and not _is_state(cursor.bead(bead.last + 1), after)
    heading = cursor.word(s.last - 1) not in ENDS | {"?", "!", '"'}       # "Minsk cries foul", over a line of its own
    return bead.value if (bead.value in COVERED or heading) and alone else None


def _person(cursor: Cursor, s: Sentence, state: str | None) -> str | None:
    """The state of the last person in office that a sentence names; "MINISTER:" at its head names nobody new."""
    for bead in reversed(cursor.run(s.first, s.last)):
        if bead.kind == "office" and bead.value != "XX":
            return bead.value
        if bead.kind == "role" and cursor.word(bead.last) != ":":
            owner = cursor.bead(bead.first - 1) or (cursor.bead(bead.last + 1) if cursor.word(bead.last) == "of" else None)
            return owner.value if owner and owner.kind in ("country", "region", "body") and owner.value != "XX" else state
    return None


def _subject(cursor: Cursor, s: Sentence, talk: Talk) -> str | None:
    """The state of the first country, body or office that a sentence names."""
    first = next((b for b in cursor.run(s.lead, s.last) if b.kind in ("country", "body", "office")), None)
    if first is None or first.value != "XX":
        return first.value if first else None
    owner = cursor.word(first.first - 1)
    return talk.his if owner in ("his", "her") else talk.its if owner in ("its", "their") else talk.state


def _is_state(bead: Bead | None, comma: str) -> bool:
    """Whether "Estonia, Latvia ..." goes on with another state."""
    return comma == "," and bead is not None and bead.kind == "country"


def _side(cursor: Cursor, s: Sentence, setting: Setting) -> str | None:
    """The one state on this side of all crossings that a sentence names."""
    sides = {setting.sides.get(i) for b in cursor.run(s.first, s.last) if b.kind == "crossing" for i in b.ids}
    return sides.pop() if len(sides) == 1 else None


def home_of(cursor: Cursor, text: str, sentences: tuple[Sentence, ...], lexicon: Lexicon, publisher: str | None) -> str | None:
    """The state from which a text is written: by its dateline ("MINSK, 11 September."), else by its publisher's name; None where nobody can tell."""
    for s in sentences[:HEAD]:
        bead = cursor.bead(s.first)
        if bead is None or bead.kind not in ("country", "region") or not text[bead.start : bead.end].isupper():
            continue
        dated = cursor.word(bead.last) in (",", ".", "(", "-") or bead.last >= s.last
        if dated and (s.last - s.first <= DATELINE or s.lead > s.first):
            return bead.value
    return _published_in(lexicon, publisher) if publisher else None


def _published_in(lexicon: Lexicon, publisher: str) -> str | None:
    """The state of a newsroom, body or country that a publisher's name holds."""
    words = [*tokens(publisher), ""]
    for index in range(len(words) - 1):
        entry = lexicon.at(words, index)
        if entry and entry.kind in ("outlet", "body", "country", "region") and entry.value != "XX":
            return entry.value
    return None
