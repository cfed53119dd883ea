"""What stands before a crossing and belongs to it: "all but one of its eight", "the shuttered", "Norway's only"."""

from __future__ import annotations

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence

PREPOSITIONS = frozenset({"at", "to", "in", "from", "through", "via", "on", "by", "near", "for"})


MORE = frozenset({"more", "further", "additional", "extra"})


def read_before(cursor: Cursor, sentence: Sentence, index: int) -> tuple[int, tuple[str, ...], int | None, int | None, str, str]:
    """What stands before word `index` and belongs to it: quantifiers, numbers, owners, adjectives."""
    quants: list[str] = []
    numbers: list[int] = []
    owner = asserts = ""
    first = at = index
    floor = sentence.lead if index >= sentence.lead else sentence.first
    while at > floor:
        at -= 1
        bead, word = cursor.bead(at), cursor.word(at)
        if bead and at == first - 1 and word in MORE and (ahead := cursor.bead(at - 1)) is not None and ahead.kind == "number":
            first = at  # "two further crossings", "four more posts": the number counts them
        elif bead and (bead.kind == "vague" or (bead.kind == "part" and at == first - 1)):
            quants.append("part")  # "several crossings", "more crossings"
            at = first = bead.first
        elif bead and bead.kind == "op":
            none = word == "no" and at == index - 1 and cursor.word(at - 1) not in ("is", "are", "was", "were", "has", "have", "had", "with")
            quants += ["any"] if none else []  # "no crossing point will be open": none of them
            break
        elif bead and bead.kind == "quant":
            quants.append(_quant(cursor, bead))
            quants += [cursor.word(bead.first)] if bead.value == "other" and cursor.word(bead.first) in ("all", "the") else []
            if bead.value == "kind" and word in ("open", "closed", "shuttered"):
                asserts = "open" if word == "open" else "closed"
            at = first = bead.first
        elif bead and bead.kind == "who" and bead.value == "they" and word in ("these", "those", "either", "neither", "both"):
            quants.append("both" if word in ("both", "either", "neither") else "same")
            at = first = bead.first
        elif bead and bead.kind == "number":
            numbers.append(int(bead.value))
            first = at
        elif bead and bead.kind == "country":
            owner = owner or bead.value
            at = first = bead.first
        elif (
            bead
            and at == first - 1
            and bead.kind == "act"
            and bead.value in ("open", "close", "work")
            and bead.forms & {"adj", "past", "ing"}
        ):
            if not _attributive(cursor, sentence, bead, quants):
                break
            asserts = "closed" if bead.value == "close" else "open"
            at = first = bead.first
        elif at == first - 1 and _unknown(cursor, at):
            first = at  # "two leafy crossings": one unknown word after a number
        elif bead and bead.kind == "head" and bead.value == "road" and at == first - 1:
            at = first = bead.first
        elif word == "that" and at == index - 1 and (held := cursor.bead(index)) is not None and held.kind != "crossing":
            quants.append("same")
            first = at
        elif word in ("'", "s", "-", "and", ",") and _inside(cursor, sentence, at):
            continue
        elif _joins(cursor, at, word):
            first = at
        else:
            break
    numbers = numbers[:2]
    number, of = (numbers[0], None) if len(numbers) == 1 else (numbers[1], numbers[0]) if numbers else (None, None)
    return first, tuple(quants), number, of, owner, asserts


def _unknown(cursor: Cursor, at: int) -> bool:
    """Whether a word that nobody knows stands between a number and what it counts."""
    before = cursor.bead(at - 1)
    plain = cursor.bead(at) is None and cursor.word(at).isalpha() and cursor.word(at) not in PREPOSITIONS
    return plain and before is not None and before.kind == "number"


def _joins(cursor: Cursor, at: int, word: str) -> bool:
    """The small words in "two of the six", "two out of six", "the country's three"."""
    if word in ("of", "from"):
        held = cursor.bead(at - 1)
        return cursor.word(at - 1) == "out" or (held is not None and held.kind in ("number", "quant"))
    return (word in ("country", "state") and cursor.word(at + 1) == "'") or (word == "out" and cursor.word(at + 1) == "of")


def _quant(cursor: Cursor, bead: Bead) -> str:
    """What a quantifier adds: its value; "the" and "its" by themselves; a region ("northernmost", "south-eastern") by its word."""
    words = "".join(cursor.word(i) for i in range(bead.first, bead.last))
    if words == "single" and cursor.word(bead.first - 1) == "a" and cursor.word(bead.first - 2) in ("not", "no", "t"):
        return "any"  # "not a single crossing": none of them
    if bead.value == "article":
        return "its" if words in ("its", "their") else words
    if words in ("any", "anyofits", "anyofthe"):
        return "any"
    return words if bead.value == "region" or (bead.value == "kind" and words.endswith("ern")) else bead.value


def _attributive(cursor: Cursor, sentence: Sentence, act: Bead, quants: list[str]) -> bool:
    """ "the shuttered Salla crossing", "its only open border", not "has closed Salla" or "open crossings?" after a verb."""
    before = cursor.bead(act.first - 1)
    if act.first <= sentence.first or cursor.word(act.first - 1) in ("a", "an") or ("ing" in act.forms and act.last - act.first > 1):
        return False  # "what a shut border does to a town", "the crossing at Imatra"
    return bool(before and before.kind in ("quant", "number")) or cursor.word(act.first - 1) == "the"


def _inside(cursor: Cursor, sentence: Sentence, at: int) -> bool:
    """A mark of punctuation belongs to the phrase only between two parts of it ("Norway's", "south-eastern", "primary, and only")."""
    word = cursor.word(at)
    before = cursor.bead(at - 1)
    if at <= sentence.first:
        return False
    if word in ("'", "s"):
        return cursor.word(at - 1) in ("country", "state", "'") or bool(before and before.kind == "country") or cursor.word(at - 1) == "'"
    if word == "-" and before and before.kind == "country":
        return True
    if word in ("and", ","):
        return bool(before and before.kind == "quant" and before.value in ("kind", "only", "last")) or (
            cursor.word(at - 1) == "," and _inside(cursor, sentence, at - 1)
        )
    return bool(before and before.kind == "quant")
