"""Reads every text of evals/texts and refuses a score below the floor that was reached before.

usage: python evals/gate.py [--errors] [--raise] [FOLDER ...]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from match import ALWAYS, BESIDE, asked, breaks, pair_up, right

from pasvik.app.collect import read_bytes
from pasvik.app.settings import settings_from
from pasvik.app.wiring import Reader, open_reader
from pasvik.terms.capture import Fault
from pasvik.terms.interchange import reading_to_json

HERE = Path(__file__).parent
FLOOR = HERE.parent / "src" / "pasvik" / "knowledge" / "measured.json"  # shipped, so that the coverage page can tell it
Json = dict[str, Any]


def load(folder: Path) -> list[tuple[str, bytes, Json]]:
    """Name, bytes and gold of every text of a folder; gold quotes get their spans."""
    found = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text_path = path.with_name(path.name.replace(".gold.json", ".txt"))
        text = text_path.read_text(encoding="utf-8")
        for want in gold["statements"]:
            start = -1
            for _ in range(want.get("occurrence", 1)):
                start = text.find(want["quote"], start + 1)
            if start < 0:
                raise SystemExit(f"{path.name}: the quote {want['quote'][:60]!r} is not in the text")
            want["span"] = [start, start + len(want["quote"])]
        found.append((text_path.name, text_path.read_bytes(), gold))
    return found


def score(reader: Reader, texts: list[tuple[str, bytes, Json]], show: bool) -> Json:
    """Counts over all texts: wanted, said, right, exact, broken must-nots, quotes that are not exact, texts that failed."""
    tally: Counter[str] = Counter(texts=len(texts))
    for name, data, gold in texts:
        told = read_bytes(reader, data, name, gold.get("published"), gold.get("publisher"), gold.get("url"))
        if isinstance(told, Fault):
            tally["failed"] += 1
            print(f"{name}: {told.what}")
            continue
        document, reading = told
        said = [one for one in reading_to_json(document, reading)["statements"] if one["kind"] != "background"]
        tally["inexact"] += sum(document.text[one["span"][0]:one["span"][1]] != one["quote"] for one in said)
        for line in _count(tally, [want for want in gold["statements"] if want["kind"] != "background"], said, gold.get("must_not", [])):
            if show:
                print(f"{name}: {line}")
    return {**tally, "core": _f1(tally, "right"), "exact": _f1(tally, "exactly")}


def _count(tally: Counter[str], wanted: list[Json], said: list[Json], must_not: list[Json]) -> list[str]:
    """Add one text to the tally; gives back what went wrong, in words."""
    pairs, wrong = pair_up(wanted, said), []
    ids = {wanted[i]["ref"]: said[j]["id"] for i, j in pairs.items() if "ref" in wanted[i]}
    for i, want in enumerate(wanted):
        if want.get("optional"):
            continue
        tally["wanted"] += 1
        if i not in pairs:
            wrong.append(f"missed {want['kind']}: {want['quote'][:90]}")
            continue
        tally["right"] += 1
        answer = said[pairs[i]]
        off = [field for field in asked(want, (*BESIDE.get(want["kind"], ()), *ALWAYS)) if field != "denies" and not right(field, want, answer)]
        if "denies" in want and {ids.get(ref) for ref in want["denies"]} != set(answer.get("denies") or []):
            off.append("denies")
        tally["exactly"] += not off
        wrong += [f"field {field}: {answer.get(field)!r} for {want.get(field)!r}: {want['quote'][:60]}" for field in off]
    free = {pairs[i] for i in pairs if wanted[i].get("optional")}
    tally["said"] += len(said) - len(free)
    wrong += [f"extra {one['kind']}: {one['quote'][:90]}" for j, one in enumerate(said) if j not in pairs.values()]
    broken = [rule for rule in must_not if any(breaks(rule, one) for one in said)]
    tally["must_not"] += len(broken)
    return wrong + [f"MUST NOT {rule}" for rule in broken]


def _f1(tally: Counter[str], what: str) -> float:
    return round(2 * tally[what] / max(1, tally["said"] + tally["wanted"]), 3)


def by_language(folder: Path) -> dict[str, list[tuple[str, bytes, Json]]]:
    """The English texts of a folder, and those of each other language in a folder of their own."""
    return {"en": load(folder)} | {one.name: load(one) for one in sorted(folder.iterdir()) if one.is_dir()}


def tell(reached: Json, language: str = "") -> None:
    """One line of figures."""
    print(f"{language:3}{reached['texts']} texts: core F1 {reached['core']}, exact F1 {reached['exact']}, must-not broken {reached.get('must_not', 0)}")


def below(reached: Json, floor: Json) -> list[str]:
    """What fell below the floor of this language, in words; a language without a floor only has to be read."""
    fallen = [f"{name} fell from {floor[name]} to {reached[name]}" for name in ("core", "exact") if reached[name] < floor.get(name, 0)]
    broken = reached.get("must_not", 0)
    fallen += [f"{broken} must-nots broken, {floor['must_not']} before"] if broken > floor.get("must_not", broken) else []
    fallen += [f"{reached[name]} {name}" for name in ("inexact", "failed") if reached.get(name)]
    return fallen if reached["texts"] else ["no texts were read"]


def main(arguments: list[str]) -> int:
    """0 when no score fell, no more must-nots are broken than before, every quote is exact and no text failed."""
    folders = [Path(one) for one in arguments if not one.startswith("--")] or [HERE / "texts"]
    reader = open_reader(settings_from({}))
    if folders != [HERE / "texts"]:
        tell(score(reader, [text for folder in folders for text in load(folder)], "--errors" in arguments))
        return 0
    shipped, fallen = json.loads(FLOOR.read_text(encoding="utf-8")), []
    floors = {"en": shipped, **shipped.get("languages", {})}
    for language, texts in by_language(HERE / "texts").items():
        reached = score(reader, texts, "--errors" in arguments)
        tell(reached, language)
        fallen += [f"{language}: {line}" for line in below(reached, floors.get(language, {}))]
        floors[language] = {"core": reached["core"], "exact": reached["exact"], "must_not": reached.get("must_not", 0)}
    if "--raise" in arguments and not fallen:
        english = floors.pop("en")
        FLOOR.write_text(json.dumps({**english, "languages": floors}) + "\n", encoding="utf-8")
    for line in fallen:
        print(f"the eval gate is shut: {line}")
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
