"""Works out which crossings "all but one of its eight" are, for one border on one day, or says why it cannot be told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pasvik.gazetteer.fold import fold
from pasvik.gazetteer.table import Gazetteer, NamedSet, Phrase, roster, within
from pasvik.terms.capture import Fault

KINDS = ("all", "closed", "open", "reopened", "asylum", "region", "list", "abolished")
MODES = ("road", "rail", "any", "water")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The crossings a number stands for, and why; ids empty = not to be told, and `why` says it in a sentence."""

    ids: tuple[str, ...]
    why: str

    def __bool__(self) -> bool:
        return bool(self.ids)


def parse_sets(text: str) -> tuple[dict[str, NamedSet], list[Fault]]:
    """The named sets of sets.toml by id, and the faults of those that could not be read (they are left out)."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as bad:
        return {}, [Fault(f"not TOML: {bad}", "sets.toml")]
    sets: dict[str, NamedSet] = {}
    faults: list[Fault] = []
    for id, table in tables.items():
        try:
            sets[id] = _named_set(id, table)
        except (ValueError, KeyError, TypeError, AttributeError) as bad:
            faults.append(Fault(f"cannot be read: {bad}", f"sets.toml [{id}]"))
    return sets, faults


def _named_set(id: str, table: dict[str, Any]) -> NamedSet:
    ids = tuple(table["ids"])
    kind, mode = table["kind"], table.get("mode", "road")
    if kind not in KINDS or mode not in MODES:
        raise ValueError(f"kind {kind!r} or mode {mode!r} is not known")
    alone = table.get("count", len(ids))
    pairs = [(alone, None)] if alone else []
    said: list[tuple[int, int | None]] = [*pairs, *((count, of) for count, of in table.get("said_as", ()))]
    start, until = _day(table.get("from", "")), _day(table.get("until", ""))
    return NamedSet(
        id, table["border"], ids, kind, mode, start, until, _day(table.get("announced", "")), tuple(said),
        tuple(table.get("regions", ())), tuple(_phrase(one, start, until) for one in table.get("phrases", ())),
        table.get("evidence", ""), table.get("notes", ""))


def _phrase(said: str | dict[str, str], start: date | None, until: date | None) -> Phrase:
    if isinstance(said, str):
        return Phrase(said, start, until)
    return Phrase(said["words"], _day(said.get("from", "")), _day(said.get("until", "")))


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None


def resolve(
    gazetteer: Gazetteer, border: str, count: int | None, day: date | None = None, *,
    kind: str | None = None, of: int | None = None, mode: str | None = None,
) -> Resolution:
    """The crossings that `count` of a border stands for on a day ("four of its eight": count 4, of 8); never a guess.

    count None: the one set of that kind that held ("the remaining crossings": kind open). kind and mode narrow the choice;
    None = any. day None (an undated text): only where every date gives the same crossings.
    """
    if count is None and kind == "all":
        mode = mode or "road"                                       # "all its crossings" are those of the road, unless rail is said
    found: dict[frozenset[str], tuple[str, tuple[str, ...]]] = {}
    for name, ids in _candidates(gazetteer, border, count, of, day, kind, mode):
        found.setdefault(frozenset(ids), (name, ids))
    asked = _asked(border, count, of, day, kind)
    if not found:
        return Resolution((), f"no known set fits {asked}")
    if len(found) > 1:
        return Resolution((), f"{asked} could be {' or '.join(sorted(name for name, _ in found.values()))}")
    name, ids = next(iter(found.values()))
    return Resolution(ids, f"{asked} are {name}: {', '.join(ids)}")


def _candidates(
    gazetteer: Gazetteer, border: str, count: int | None, of: int | None, day: date | None, kind: str | None, mode: str | None,
) -> Iterable[tuple[str, tuple[str, ...]]]:
    for one in gazetteer.sets.values():
        fits = one.border == border and kind in (None, one.kind) and mode in (None, one.mode)
        if fits and _said(one, count, of) and (day is None or (one.holds(day) if count is None else one.told(day))):
            yield one.id, one.ids
    if kind in (None, "all") and of is None:
        for ground in ("road", "rail", "any") if mode is None and count is not None else (mode or "road",):
            ids = roster(border, gazetteer, day, ground) if ground != "water" else ()
            if ids and count in (None, len(ids)):
                yield f"the roster of {border} ({ground})", ids


def _said(one: NamedSet, count: int | None, of: int | None) -> bool:
    return of is None if count is None else (count, of) in one.said_as


def _asked(border: str, count: int | None, of: int | None, day: date | None, kind: str | None) -> str:
    number = "the" if count is None else str(count)
    whole = f" of {of}" if of else ""
    word = f" {kind}" if kind and kind != "all" else ""
    return f"{number}{whole}{word} crossings of {border} {f'on {day}' if day else 'on no certain day'}"


def named_set(gazetteer: Gazetteer, border: str, count: int | None, day: date | None = None) -> Resolution:
    """All the crossings a border is said to have: "its eight border crossings"."""
    return resolve(gazetteer, border, count, day, kind="all")


def all_but(
    gazetteer: Gazetteer, border: str, of: int | None, day: date | None = None, *, spared: tuple[str, ...] = (), but: int = 1,
) -> Resolution:
    """"All but one of its eight": the whole without the spared ids the text names, or the known set where it names none.

    "All but one of its nine" counts a rail point as shut though its trains ran; only the road points are concluded to be.
    """
    if not spared:
        if of is None:
            whole = named_set(gazetteer, border, None, day)
            of = len(whole.ids) or None
        return resolve(gazetteer, border, of - but, day, kind="closed", of=of) if of else Resolution((), f"no roster of {border}")
    whole = named_set(gazetteer, border, of, day)
    if not whole:
        return whole
    if len(spared) != but or not set(spared) <= set(whole.ids):
        return Resolution((), f"{', '.join(spared)} are not {but} of {whole.why}")
    rest = tuple(id for id in whole.ids if id not in spared and not gazetteer.crossings[id].is_rail)
    return Resolution(rest, f"{whole.why}; by road, without {', '.join(spared)}")


def by_phrase(gazetteer: Gazetteer, words: str, day: date | None = None, border: str | None = None) -> Resolution:
    """The set that these very words mean on a day; unresolved where two sets are called so, or none."""
    wanted = " ".join(fold(words).replace("-", " ").split())
    found = {
        frozenset(one.ids): one for one in gazetteer.sets.values() if border in (None, one.border)
        for phrase in one.phrases
        if " ".join(fold(phrase.words).replace("-", " ").split()) == wanted and (day is None or within(day, phrase.start, phrase.until))}
    if len(found) == 1:
        one = next(iter(found.values()))
        return Resolution(one.ids, f"{words!r} are {one.id}: {', '.join(one.ids)}")
    told = " or ".join(sorted(one.id for one in found.values())) or "no known set"
    return Resolution((), f"{words!r} {f'on {day}' if day else 'on no certain day'} could be {told}")
