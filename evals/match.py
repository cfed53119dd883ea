"""Which said statement answers which wanted one, and which fields of it are right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

Json = dict[str, Any]

CORE = {
    "status": ("crossings", "state", "commitment"), "movement": ("people.count", "origin", "destination", "fate"),
    "count": ("people.count", "crossings", "what"), "accusation": ("accusers", "accused"), "denial": ("denier",),
    "posture": ("actor", "stance"), "watch": ("watcher", "watched"), "objection": ("objector",),
}
BESIDE = {
    "status": ("border", "lanes", "direction", "from", "until", "until_further_notice", "hours", "changes", "basis"),
    "movement": ("when", "basis"), "count": ("border", "from", "until"), "denial": ("denies",),
}
ALWAYS = ("speaker", "zone")
DEFAULTS = {"lanes": ["all"], "direction": "both", "until_further_notice": False}


def pick(statement: Json, path: str) -> Any:
    """The value at a dotted path; a count of people may stand under vehicles."""
    value: Any = statement
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if path == "people.count" and value is None and "vehicles" in statement:
        return pick(statement, "vehicles.count")
    return DEFAULTS.get(path) if value is None else value


def asked(wanted: Json, fields: tuple[str, ...]) -> list[str]:
    """The fields of this list that the gold statement asks for."""
    return [field for field in fields if field.split(".")[0] in wanted]


def right(field: str, wanted: Json, said: Json) -> bool:
    """Whether one field is right: the wanted value or one of those accepted."""
    values = [pick(wanted, field), *wanted.get("accept", {}).get(field, [])]
    return any(_same(field, value, pick(said, field)) for value in values)


def pair_up(wanted: list[Json], said: list[Json]) -> dict[int, int]:
    """Wanted index -> said index, one to one: most fields right first, then most overlap."""
    offers = []
    for i, want in enumerate(wanted):
        for j, say in enumerate(said):
            if say["kind"] != want["kind"] or _overlap(want["span"], say["span"]) < 0.5:
                continue
            if all(right(field, want, say) for field in asked(want, CORE.get(want["kind"], ()))):
                beside = sum(right(field, want, say) for field in asked(want, (*BESIDE.get(want["kind"], ()), *ALWAYS)) if field != "denies")
                offers.append((beside, _overlap(want["span"], say["span"]), -i, -j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(offers, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def breaks(rule: Json, said: Json) -> bool:
    """Whether a statement is one that must not be made."""
    for key, value in rule.items():
        if key == "why":
            continue
        if key == "crossing":
            if value not in (said.get("crossings") or []) and value not in (said.get("origin"), said.get("destination")):
                return False
        elif not _same(key, value, pick(said, key)):
            return False
    return True


def _overlap(one: list[int], other: list[int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / max(1, min(one[1] - one[0], other[1] - other[0]))


def _same(field: str, want: Any, got: Any) -> bool:
    if field == "speaker":
        return _same_speaker(want, got)
    if field in ("from", "until", "when"):
        return _same_time(want, got)
    if isinstance(want, list) and isinstance(got, list):
        return sorted(str(one).casefold() for one in want) == sorted(str(one).casefold() for one in got)
    if isinstance(want, str) and isinstance(got, str):
        return want.strip().casefold() == got.strip().casefold()
    return bool(want == got)


def _same_speaker(want: Json | None, got: Json | None) -> bool:
    if want is None or got is None:
        return want is None and got is None
    if want.get("country") and want["country"] != got.get("country"):
        return False
    names = [name.casefold() for name in (want.get("name"), *want.get("also", [])) if name]
    said = (got.get("name") or "").casefold()
    return not names or any(name in said or (said != "" and said in name) for name in names)


def _same_time(want: str | None, got: str | None) -> bool:
    if not want or not got:
        return not want and not got
    if "T" not in want or "T" not in got:
        return want[:10] == got[:10]
    return datetime.fromisoformat(want) == datetime.fromisoformat(got)
