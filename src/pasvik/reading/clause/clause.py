"""Cuts a sentence into clauses at its hinges, so that "it may be shut" does not spill over into "and Salla remains open"."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.page.page import Bead, Page, Sentence

RELATIVE = frozenset(
    {
        "which",
        "who",
        "where",
        "whose",
        "by which",
        "under which",
        "after which",
        "at which",
        "on which",
        "for which",
        "both of which",
        "all of which",
    }
)
COMPLEMENT = frozenset({"that"})
WEAK = frozenset({"and", "or", ","})
AND_PAIRS = frozenset({"and", "or", "and then", "only to"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words first..last of a sentence. hinge: the word that opens it ("", "and", "which", "that", ...); left: the clause before it."""

    first: int
    last: int
    hinge: str
    number: int


def clauses(page: Page, s: Sentence) -> list[Clause]:
    """The clauses of a sentence, left to right, cut once. A comma or an "and" is a hinge only between two deeds."""
    return page.once(("clauses", s.number), lambda: _cut(page, s))


def _cut(page: Page, s: Sentence) -> list[Clause]:
    inside = _inside_phrases(page, s)
    cuts: list[tuple[int, int, str]] = []  # (word before which to cut, first word of the rest, hinge)
    for index in range(s.lead, s.last):
        if index in inside:
            continue
        word = page.words[index][2]
        if word in (";", ":") and not _clock(page, index):
            cuts.append((index, index + 1, word))
        elif word == "-" and _spaced(page, index):
            cuts.append((index, index + 1, "-"))
        elif word == "," and page.word(index + 1) == "leaving" and page.phrases_in(index, s.last):
            cuts.append((index, index + 2, "leaving"))
        elif word in ("(", ")") or (word == "," and not _comma_in_list(page, index)):
            cuts.append((index, index + 1, word))
    hinges = [b for b in page.beads_in(s.lead, s.last, "hinge") if b.first not in inside and not _in_thing_list(page, b)]
    cuts += [(b.first, b.last, page.low[b.start : b.end]) for b in hinges]
    return _weigh(page, s, sorted(cuts))


def _weigh(page: Page, s: Sentence, cuts: list[tuple[int, int, str]]) -> list[Clause]:
    deeds = [b.first for b in page.beads_in(s.lead, s.last, "act") if not _in_phrase(page, b)]
    joints = {at for at, rest, word in cuts if word in WEAK and _joins_phrases(page, at, rest)}
    found: list[Clause] = []
    first, hinge = s.lead, ""
    for at, rest, word in cuts:
        if at < first:
            continue
        upto = next((a for a, _, w in cuts if a > at and w not in WEAK), s.last)
        two = any(first <= d < at for d in deeds) and any(rest <= d < upto for d in deeds)
        if word == "," and hinge in RELATIVE and _verb_follows(page, rest):
            found.append(Clause(first, at, hinge, len(found)))  # "Lithuania, which shut two crossings, announced ..."
            first, hinge = rest, ","
            continue
        if word in WEAK and two and _later_hinge(cuts, at, deeds, joints):
            continue
        if word in WEAK and not two and not _gapped(page, at, rest, s.last):
            continue
        if at == first:
            first, hinge = rest, word
            continue
        found.append(Clause(first, at, hinge, len(found)))
        first, hinge = rest, word if word != "," or not found else ","
    if first < s.last:
        found.append(Clause(first, s.last, hinge, len(found)))
    return found


def _verb_follows(page: Page, index: int) -> bool:
    bead = page.bead_at(index)
    says = bead is not None and (bead.kind == "say" or (bead.kind == "op" and bead.value in ("decide", "future", "plan", "consider")))
    return says or page.word(index) in ("is", "are", "was", "were", "has", "have", "had", "will", "remains", "remain")


def _later_hinge(cuts: list[tuple[int, int, str]], at: int, deeds: list[int], joints: set[int]) -> bool:
    """Whether another weak hinge stands between this one and the next deed: the last before a deed is the one that cuts.

    joints: hinges that only join two crossings; they cut nothing where an earlier hinge can.
    """
    following = next((d for d in deeds if d > at), at)
    return any(at + 1 < a < following and w in WEAK and a not in joints for a, _, w in cuts)


def _joins_phrases(page: Page, at: int, rest: int) -> bool:
    """ "The Salla crossing and the Vartius crossing are open": the hinge stands between two crossings."""
    left, right = page.phrase_over(at - 1), page.phrase_over(rest)
    return left is not None and right is not None and left.last == at and right.first == rest and left.how == right.how == "named"


def _in_thing_list(page: Page, hinge: Bead) -> bool:
    """ "cars and lorries": the "and" joins two things that pass."""
    before, after = page.bead_at(hinge.first - 1), page.bead_at(hinge.last)
    return bool(before and after and before.kind == "thing" and after.kind == "thing")


def _comma_in_list(page: Page, index: int) -> bool:
    before, after = page.bead_at(index - 1), page.bead_at(index + 1)
    return bool(before and after and before.kind == "thing" and after.kind == "thing")


def _gapped(page: Page, at: int, rest: int, end: int) -> bool:
    """ "... on November 18, Salla on November 24": a name with its own time, after a time."""
    name = page.phrase_over(rest)
    before = page.bead_at(at - 2 if page.word(at - 1) == "," else at - 1)
    if name is None or name.first != rest or name.how != "named" or before is None or before.kind != "time":
        return False
    return (
        any((b := page.bead_at(i)) is not None and b.kind == "time" for i in range(name.last, min(name.last + 5, end)))
        or page.word(name.last) == "followed"
    )


def _in_phrase(page: Page, bead: Bead) -> bool:
    over = page.phrase_over(bead.first)
    return over is not None and bead.last <= over.last


def _inside_phrases(page: Page, s: Sentence) -> set[int]:
    """Words that belong to a crossing phrase or a time: their commas and "and"s are no hinges."""
    inside: set[int] = set()
    for phrase in page.phrases_in(s.first, s.last):
        inside.update(range(phrase.first, phrase.last))
    for bead in page.beads_in(s.first, s.last, "time"):
        inside.update(range(bead.first, bead.last))
    return inside


def _clock(page: Page, index: int) -> bool:
    return page.word(index - 1).isdigit() and page.word(index + 1).isdigit()


def _spaced(page: Page, index: int) -> bool:
    start, end, _ = page.words[index]
    return page.low[start - 1 : start] == " " and page.low[end : end + 1] == " "
