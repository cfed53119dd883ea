"""Every way a crossing's name has been spelled, which crossing it means, and what else the word can be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from pasvik.gazetteer.fold import fold
from pasvik.gazetteer.forms import case_forms
from pasvik.gazetteer.likeness import skeletons
from pasvik.gazetteer.rows import missing, read_rows
from pasvik.terms.capture import Fault

KINDS = ("official", "seen", "made", "other")
NEEDS = ("", "border", "crossing")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling. ids: the crossings it means (road before rail); empty = a thing to step over, such as Narva-Jõesuu.

    rail: the ids meant where rail is said. also: what else the word is ("town", "woman's name"). needs: "" = the name is
    enough; "border" = counts where the text speaks of a border, a crossing or a neighbour crossing; "crossing" = only with
    a crossing word beside it. kind: official, seen (in print), made (by rule), other (not a crossing).
    """

    name: str
    ids: tuple[str, ...]
    rail: tuple[str, ...] = ()
    language: str = ""
    kind: str = "seen"
    also: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """All spellings, and the finder made of them. meaning: folded spelling -> Spelling."""

    spellings: tuple[Spelling, ...]
    meaning: dict[str, Spelling]
    patterns: tuple[str, ...]
    finder: AhoCorasick
    skeletons: dict[str, tuple[str, ...]] = field(default_factory=dict)  # see likeness.py


def parse_names(text: str) -> tuple[list[Spelling], list[Fault]]:
    """The rows of names.csv (columns name, crossing, rail, language, kind, also, needs) and the faults found in them."""
    rows, faults = read_rows(text, "names.csv")
    spellings: list[Spelling] = []
    for number, row in rows:
        lacks = missing(row, ("name", "kind"))
        kind, needs = row.get("kind", ""), row.get("needs", "")
        ids = _ids(row.get("crossing", ""))
        where = f"names.csv line {number}"
        if lacks:
            faults.append(Fault(f"no {lacks}", where))
        elif kind not in KINDS or needs not in NEEDS:
            faults.append(Fault(f"kind {kind!r} must be one of {', '.join(KINDS)}; needs {needs!r} empty, border or crossing", where))
        elif bool(ids) == (kind == "other"):
            faults.append(Fault(f"{row['name']!r}: a name has a crossing, and a thing to step over (kind other) has none", where))
        else:
            spellings.append(Spelling(
                row["name"], ids, _ids(row.get("rail", "")), row.get("language", ""), kind, row.get("also", ""), needs))
    return spellings, faults


def build_names(spellings: Iterable[Spelling]) -> Names:
    """The finder over all spellings, their case forms, and both with a blank for a hyphen. A written row beats a made form."""
    written = tuple(spellings)
    meaning: dict[str, Spelling] = {}
    for spelling in written:
        for form in variants(spelling.name):
            meaning.setdefault(form, spelling)
    for spelling in written:
        for bent in case_forms(spelling.name, spelling.language) if spelling.ids else ():
            for form in variants(bent):
                meaning.setdefault(form, spelling)
    patterns = tuple(meaning)
    bones = skeletons((spelling.name, spelling.ids) for spelling in written)
    return Names(written, meaning, patterns, AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest), bones)


def variants(name: str) -> tuple[str, ...]:
    """The folded forms of one spelling: as it is, with accents as separate marks, with a blank for a hyphen or the reverse."""
    plain = fold(name)
    forms = {plain: None, fold(unicodedata.normalize("NFD", name)): None}
    # "Narva 1" for Narva-1 would swallow the number of "at Narva 1 person": only letters may lose their hyphen.
    head, dash, tail = plain.partition("-")
    if dash and tail[:1].isalpha():
        forms[f"{head} {tail}"] = None
    elif not dash and plain.count(" ") == 1 and plain.replace(" ", "").isalpha():
        forms[plain.replace(" ", "-")] = None
    return tuple(forms)


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)
