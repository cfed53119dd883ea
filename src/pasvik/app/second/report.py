"""The second reading as JSON and in words, beside the first: what only one reader saw, and where the two saw the same words differently."""

from __future__ import annotations

from typing import Any

from pasvik.app.second.read import Second
from pasvik.reading.model.compare import Disagreement, disagreement_to_json, disagreements
from pasvik.terms.capture import Fault
from pasvik.terms.interchange import statement_to_json
from pasvik.terms.statement import Reading

Json = dict[str, Any]


def second_to_json(told: Second | Fault, name: str | None, rules: Reading | None) -> Json:
    """The fields that the second reader adds to `pasvik read --json`; `disagreements` only where the rules read as well."""
    if isinstance(told, Fault):
        return {"model": {"name": name, "fault": told.what, "statements": [], "puzzles": [], "dropped": {}}, **({"disagreements": []} if rules else {})}
    model = {
        "name": told.name, "fault": None, "asked": told.asked, "replayed": told.replayed, "question": told.key, "answer": told.answer,
        "sentences_left_out": told.left_out, "dropped": dict(told.dropped), "statements": [statement_to_json(one) for one in told.reading.statements],
        "puzzles": [{"quote": puzzle.quote, "span": [puzzle.start, puzzle.end], "why": puzzle.why} for puzzle in told.reading.puzzles]}
    return {"model": model, **({"disagreements": [disagreement_to_json(one) for one in _compared(told, rules)]} if rules else {})}


def _compared(told: Second, rules: Reading) -> tuple[Disagreement, ...]:
    """Nothing to compare where the model was not asked."""
    return disagreements(rules, told.reading) if told.asked else ()


def in_words(told: Second, rules: Reading | None) -> list[str]:
    """The same for people, line by line."""
    if not told.asked:
        return ["", f"{told.name} was not asked: the text speaks of no border crossing"]
    lines = ["", f"{told.name}{' (answer held)' if told.replayed else ''}: {len(told.reading.statements)} statements stood up to the text"]
    lines += [f"  dropped {number}: {why}" for why, number in told.dropped]
    lines += [f"  {told.left_out} sentences too far down were not shown"] if told.left_out else []
    for one in _compared(told, rules) if rules else ():
        said = one.rules or one.model
        lines.append(f"  {one.how.replace('-', ' ')}: {said.kind}: “{said.evidence.quote}”" if said else "")
        lines += [f"    {name}: rules {mine}, model {theirs}" for name, mine, theirs in one.fields]
        lines += [f"    doubt: {one.model.doubt}"] if one.model and one.model.doubt else []
    return lines
