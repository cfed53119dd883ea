"""What follows a crossing and belongs to it: names, a neighbour ("with Russia")."""

from __future__ import annotations

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence
from pasvik.reading.phrase.before import read_before

LIST_GLUE = frozenset(
    {",", "and", "or", "nor", "/", "&", "-", "both", "as", "well", "the", "also", "at", "border", "crossing", "points", "point", "of", ";", '"'}
)
LEADS = frozenset({"of", ":", "-", "(", "at", "in", "namely", ",", "with", "into"})
ALONG = frozenset({"on", "along", "across", "at", "in"})
GLOSS = 10  # words that a bracket between two names of a list may hold


def read_list(cursor: Cursor, sentence: Sentence, index: int) -> tuple[int, tuple[str, ...]]:
    """A list of names that starts at word `index`: (word after it, ids in order)."""
    ids: list[str] = []
    last = at = index
    while at < sentence.last:
        bead = cursor.bead(at)
        if bead and bead.kind == "crossing":
            ids += [i for i in bead.ids if i not in ids]
            at = last = bead.last
        elif cursor.word(at) == "(":
            close = next((i for i in range(at, min(at + GLOSS, sentence.last)) if cursor.word(i) == ")"), None)
            if close is None:
                break
            at = close + 1
            last = at if _only_crossing(cursor, last, at) else last
        elif cursor.word(at) == ";" and ids and _new_clause(cursor, sentence, index, at):
            break
        elif cursor.word(at) in LIST_GLUE:
            at += 1
        else:
            break
    return last, tuple(ids)


def _new_clause(cursor: Cursor, sentence: Sentence, index: int, at: int) -> bool:
    """ "... at Salla and Vartius; Kuusamo serves all": after a list that an "and" has closed, a semicolon opens something else."""
    before = [cursor.word(i) for i in range(index, at)]
    name = next((b for i in range(at + 1, min(at + 4, sentence.last)) if (b := cursor.bead(i)) is not None and b.kind == "crossing"), None)
    goes_on = name is not None and (name.last >= sentence.last or cursor.word(name.last) in (";", ",", ".", "("))
    return "and" in before or not (goes_on or {";", ","} & set(before))


def _only_crossing(cursor: Cursor, first: int, last: int) -> bool:
    """Whether a bracket holds a crossing's other name, or anything else that belongs to it."""
    return any((b := cursor.bead(i)) is not None and b.kind in ("crossing", "country", "head") for i in range(first, last))


def read_after(cursor: Cursor, sentence: Sentence, index: int) -> tuple[int, tuple[str, ...], str, str]:
    """What follows a head noun: (word after it, ids named, neighbour, owner).

    Names ("of Vaalimaa, Nuijamaa"), a neighbour ("with Russia"), its border ("on the border with Russia").
    """
    other, owner = "", ""
    named: tuple[str, ...] = ()
    last = index
    while last < sentence.last:
        word = cursor.word(last)
        following = cursor.bead(_skip(cursor, last + 1, sentence.last))
        if word in ALONG and following and following.kind == "country" and (ahead := _head_behind(cursor, following)):
            following = ahead  # "on the Belarusian border"
        if _is_neighbour(word, following, other) and following:
            other, owner, last = (following.value, owner, following.last) if not other else (other, following.value, following.last)
        elif not named and (list_at := _names_at(cursor, sentence, last, index, following)) is not None:
            last, named = read_list(cursor, sentence, list_at)
            last += word == "(" and cursor.word(last) == ")"
            head = cursor.bead(last)
            if head and head.kind == "head" and head.value == "point" and last < sentence.last:
                last = head.last  # "the gate at the Salla crossing"
        elif word in ALONG and following and following.kind == "head" and following.value == "border":
            last, named2, other2, owner2 = read_after(cursor, sentence, following.last)
            named = named or named2
            other, owner = other or other2, owner or read_before(cursor, sentence, following.first)[4] or owner2
        elif word == "from" and following and following.kind == "crossing" and (end := _from_to(cursor, sentence, last)):
            last = end
        else:
            break
    return last, named, other, owner


REGIONS = {
    "south": "southern", "north": "northern", "southeast": "southeastern", "south-east": "southeastern", "south-eastern": "southeastern",
    "northeast": "northeastern", "north-east": "northeastern"}


def region_behind(cursor: Cursor, at: int, end: int) -> tuple[int, str]:
    """(word after it, region) of "in the south-east", "further north" right behind a set; (at, "") where none follows."""
    index = at
    while index < min(end, at + 4) and cursor.word(index) in ("in", "the", "far", "further", "farther", "up", "down", "to"):
        index += 1
    word = cursor.word(index)
    if index == at or word not in REGIONS:
        return at, ""
    if cursor.word(index + 1) == "-" and (both := f"{word}-{cursor.word(index + 2)}") in REGIONS:
        return index + 3, REGIONS[both]
    return index + 1, REGIONS[word]


def _head_behind(cursor: Cursor, country: Bead) -> Bead | None:
    """The word "border" right behind one state or two ("the Finnish-Russian border")."""
    at = country.last
    while cursor.word(at) in ("-", "'", "s") or ((b := cursor.bead(at)) is not None and b.kind == "country"):
        at += 1
    bead = cursor.bead(at)
    return bead if bead and bead.kind == "head" and bead.value == "border" else None


def _is_neighbour(word: str, following: Bead | None, other: str) -> bool:
    """ "with Russia", "between Finland and Russia"."""
    if following is None or following.kind != "country":
        return False
    joined = word in ("with", "into", "to") or (word == "and" and bool(other))
    return word == "between" or (joined and "name" in following.forms)


def _names_at(cursor: Cursor, sentence: Sentence, at: int, index: int, following: Bead | None) -> int | None:
    """The word at which a list of names that belongs to the head noun begins, or None."""
    word, bead = cursor.word(at), cursor.bead(at)
    if following and following.kind == "crossing" and word in LEADS:
        return following.first if word != "," or _apposed(cursor, sentence, following) else None
    if bead and bead.kind == "crossing" and at == index:
        return at
    return _that_is(cursor, sentence, at) if word in (",", "i", ".", "e", "that", "is") else None


def _skip(cursor: Cursor, at: int, end: int) -> int:
    """Past "the", "its" and the like."""
    while at < end and (
        cursor.word(at) in ("the", "its", "their", "all", "both", "that", "this")
        or ((b := cursor.bead(at)) is not None and b.kind == "quant" and b.value in ("article", "kind", "same"))
    ):
        at += 1
    return at


def _apposed(cursor: Cursor, sentence: Sentence, name: Bead) -> bool:
    """ ", Narva, Luhamaa and Koidula," after a head noun: a list or a name closed by a comma, a dash or the sentence's end."""
    last, _ = read_list(cursor, sentence, name.first)
    return cursor.word(last) in (",", "-", ".", ";", ":", ")") or last >= sentence.last


def _that_is(cursor: Cursor, sentence: Sentence, at: int) -> int | None:
    end = min(at + 8, sentence.last)
    words = [cursor.word(i) for i in range(at, end)]
    if "".join(words).startswith((",i.e.", "i.e.", ",thatis", "(i.e.")) or words[:2] == [",", "namely"]:
        return next((i for i in range(at, end) if (b := cursor.bead(i)) and b.kind == "crossing"), None)
    return None


def _from_to(cursor: Cursor, sentence: Sentence, at: int) -> int | None:
    """ "from Vaalimaa in the south to Raja-Jooseppi in the north" after "every crossing": one phrase."""
    for index in range(at + 2, min(at + 9, sentence.last)):
        bead = cursor.bead(index)
        if bead and bead.kind == "crossing" and any(cursor.word(i) == "to" for i in range(at, index)):
            end = bead.last
            return end + 3 if cursor.word(end) == "in" and cursor.word(end + 1) == "the" else end
    return None
