"""Looks over a border pack before it is used: each file alone, with its line numbers, and then all of it beside the shipped knowledge."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pasvik.app.inspect import Inspected, inspect_knowledge
from pasvik.app.pack.join import TABLES, TEXTS, heading
from pasvik.app.settings import Settings
from pasvik.app.wiring import own_knowledge
from pasvik.gazetteer.build import build_gazetteer
from pasvik.gazetteer.sets import parse_sets
from pasvik.gazetteer.spelling import parse_names
from pasvik.gazetteer.table import parse_crossings
from pasvik.reading.lexicon import parse_lexicon
from pasvik.situation.authority import parse_authorities, parse_outlets
from pasvik.sources import curated
from pasvik.sources.catalogue import parse as parse_cards
from pasvik.terms.capture import Fault

MANIFEST = ("name", "border", "about", "licence", "sources")
Read = Callable[[str], "tuple[int, Iterable[Fault]]"]


def check_pack(folder: Path, settings: Settings) -> Inspected:
    """Counts of what the pack adds, and every fault by file and line. Nothing of the pack is used."""
    if not folder.is_dir():
        return Inspected({}, (Fault(f"{folder} is no folder", "pack"),))
    faults: list[Fault] = [*_manifest(folder), *_strangers(folder)]
    counts: dict[str, int] = {}
    for name, read in READERS.items():
        text, bad = _text(folder, name)
        faults += bad
        if text is not None:
            number, wrong = read(text)
            counts[name] = number
            faults += wrong
            faults += _columns(name, text, settings)
    for kind, read in (("words", _words), ("sources", _cards)):
        for file in sorted((folder / kind).glob("*.toml")):
            number, wrong = read(file.read_text(encoding="utf-8", errors="replace"))
            counts[f"{kind}/{file.name}"] = number
            faults += [Fault(one.what, f"{kind}/{file.name}") for one in wrong]
    faults += _taken(folder, settings)
    if not faults:                                              # only a pack that is sound by itself can be seen beside the rest
        bare = {(one.where, one.what) for one in inspect_knowledge(replace(settings, packs=())).faults}
        faults += [one for one in inspect_knowledge(replace(settings, packs=(folder,))).faults if (one.where, one.what) not in bare]
    return Inspected(counts, tuple(faults))


def manifest(folder: Path) -> dict[str, Any]:
    """pack.toml as a table; empty where there is none that can be read."""
    try:
        return tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):                               # ValueError: no TOML, or no UTF-8
        return {}


def _manifest(folder: Path) -> list[Fault]:
    if not (folder / "pack.toml").is_file():
        return [Fault("a pack needs a pack.toml", "pack.toml")]
    held = manifest(folder)
    return [Fault(f"{name}: missing" if held else "this is no TOML", "pack.toml") for name in (MANIFEST if held else ("",)) if not held.get(name)]


def _strangers(folder: Path) -> list[Fault]:
    known = {"pack.toml", *TABLES, *TEXTS}
    names = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if file.is_file()]
    return [Fault("a pack has no such file", name) for name in names
            if name not in known and not (name.startswith(("words/", "sources/")) and name.endswith(".toml")) and not name.endswith(".md")]


def _text(folder: Path, name: str) -> tuple[str | None, list[Fault]]:
    if not (folder / name).is_file():
        return None, [Fault("a pack needs this file", name)] if name == "crossings.csv" else []
    try:
        return (folder / name).read_text(encoding="utf-8"), []
    except UnicodeDecodeError as bad:
        return None, [Fault(f"this is no UTF-8: {bad.reason} at byte {bad.start}", name)]


def _columns(name: str, text: str, settings: Settings) -> list[Fault]:
    """Columns that the shipped table does not have would be lost in silence."""
    if name not in TABLES:
        return []
    shipped = {column.strip() for column in heading(own_knowledge(settings, name))}
    return [Fault(f"there is no column {column.strip()!r}", name) for column in heading(text) if column.strip() not in shipped]


def _taken(folder: Path, settings: Settings) -> list[Fault]:
    """Ids that the shipped knowledge has already."""
    ours, _ = build_gazetteer(*(own_knowledge(settings, name) for name in ("crossings.csv", "names.csv", "sets.toml")))
    crossings, _ = parse_crossings(_text(folder, "crossings.csv")[0] or "")
    sets, _ = parse_sets(_text(folder, "sets.toml")[0] or "")
    return [*(Fault(f"the crossing {id!r} is in the shipped table already", "crossings.csv") for id in crossings if id in ours.crossings),
            *(Fault(f"the set {id!r} is shipped already", "sets.toml") for id in sets if id in ours.sets)]


def _raising(parse: Callable[[str], Any]) -> Read:
    def read(text: str) -> tuple[int, Iterable[Fault]]:
        try:
            return len(parse(text)), ()
        except ValueError as bad:
            return 0, (Fault(str(bad), str(bad).partition(" line")[0]),)
    return read


def _telling(parse: Callable[[str], tuple[Any, list[Fault]]]) -> Read:
    def read(text: str) -> tuple[int, Iterable[Fault]]:
        found, faults = parse(text)
        return len(found), faults
    return read


def _record(name: str) -> Read:
    return _telling(lambda text: curated.parse(text, name))


def _words(text: str) -> tuple[int, Iterable[Fault]]:
    try:
        return len(parse_lexicon({"pack.toml": text}).starts), ()
    except ValueError as bad:
        return 0, (Fault(str(bad)),)


def _cards(text: str) -> tuple[int, Iterable[Fault]]:
    cards, faults = parse_cards({"pack.toml": text})
    return len(cards), faults


READERS: dict[str, Read] = {
    "crossings.csv": _telling(parse_crossings), "names.csv": _telling(parse_names), "sets.toml": _telling(parse_sets),
    "authorities.csv": _raising(parse_authorities), "outlets.csv": _raising(parse_outlets), **{name: _record(name) for name in TEXTS if "record" in name}}
