"""Looks over everything people keep by hand: places, names, sets, words, sources and the record, and says what is wrong, by line."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.app.settings import Settings
from pasvik.app.wiring import knowledge, read_record, source_texts
from pasvik.gazetteer.build import build_gazetteer, check
from pasvik.situation import contradiction
from pasvik.situation.authority import parse_authorities, parse_outlets
from pasvik.sources import catalogue
from pasvik.terms.capture import Fault


@dataclass(frozen=True, slots=True)
class Inspected:
    """How many of each were looked at, and every fault found."""

    counts: dict[str, int]
    faults: tuple[Fault, ...]


def inspect_knowledge(settings: Settings) -> Inspected:
    """Check gazetteer, names, sets, authorities, outlets, sources and the record against each other."""
    gazetteer, faults = build_gazetteer(*(knowledge(settings, name) for name in ("crossings.csv", "names.csv", "sets.toml")))
    said, bad = read_record(settings)
    counts = {"crossings": len(gazetteer.crossings), "spellings": len(gazetteer.names.spellings), "sets": len(gazetteer.sets),
              "record lines": len(said)}
    faults = [*faults, *check(gazetteer), *bad, *contradiction.check([statement for _, statement in said], gazetteer.crossings)]
    for name, parse in (("authorities.csv", parse_authorities), ("outlets.csv", parse_outlets)):
        try:
            counts[name.removesuffix(".csv")] = len(parse(knowledge(settings, name)))
        except ValueError as wrong:
            faults.append(Fault(str(wrong), name))
    cards, wrong_cards = catalogue.parse(source_texts(settings))
    counts["sources"] = len(cards)
    return Inspected(counts, (*faults, *wrong_cards))
