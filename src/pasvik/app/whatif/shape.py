"""A what-if as JSON, as rows for CSV and Parquet, and as the address under which it can be asked again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from pasvik.app.whatif.backtest import Backtest, Summary, verdict
from pasvik.app.whatif.border import Access, Asked, Consequence, in_a_folder
from pasvik.scenario.border.bands import Bands, Edges, envelope
from pasvik.scenario.border.flow import WORDS
from pasvik.terms.capture import Trouble
from pasvik.terms.place import Lane

Json = dict[str, Any]
COLUMNS = ("date", "crossing", "steering", "what", "low", "middle", "high")


def consequence_to_json(found: Consequence, bounds_only: bool, why: str) -> Json:
    """Bands per crossing and day for doing nothing and for each steering. bounds_only: no middle values are given, and `why` says why."""
    made = found.plan
    dates = dates_of(found)
    return {
        "address": address(made.asked), "manifest": dict(found.manifest), "lane": str(made.asked.lane), "dates": dates,
        "bounds_only": bounds_only, "why": why, "steerings": [one.case.name for one in found.every],
        "demand": {"per_day": round(made.demand.total, 2), "last": made.demand.last.isoformat() if made.demand.last else None,
                   "supposed": made.asked.demand is not None, "uncounted": list(made.demand.uncounted),
                   "statements": list(made.demand.statements), "doubts": list(made.demand.doubts)},
        "crossings": [_crossing(found, at, bounds_only) for at in range(len(made.network.ids))],
        "border": {"do_nothing": _whole(found.still, bounds_only),
                   "steerings": [{"steering": one.case.name, **_whole(one, bounds_only)} for one in found.every]},
        "asylum": [access_to_json(one) for one in found.access], "asylum_unknown": found.unknown_access,
        "unknown": list(made.unknown), "carried": list(made.carried), "roadless": list(made.roadless),
        "without_coordinate": list(made.network.lost),
        "counted": [{"crossings": sorted(one.crossings), "from": one.first.isoformat(), "until": one.last.isoformat(), "people": one.people,
                     "partial": one.partial, "statement": one.statement, "doubt": one.doubt} for one in found.counted],
        "assumed": [{"name": one.name, "low": one.low, "high": one.high, "why": one.why} for one in made.assumed.ranges]}


def dates_of(found: Consequence) -> list[str]:
    """The days shown, as ISO dates."""
    return [(found.plan.first + timedelta(days=at)).isoformat() for at in range(found.plan.asked.days)]


def _crossing(found: Consequence, at: int, bounds_only: bool) -> Json:
    made, crossing = found.plan, found.plan.network.crossings[at]
    here = (made.first - made.base).days
    moved = [made.network.ids.index(move.crossing) for move in made.asked.moves]
    away = min((made.network.km[one][at] for one in moved), default=0.0)
    return {
        "id": crossing.id, "name": crossing.name, "border": crossing.border, "km": None if away == float("inf") else round(away),
        "km_guessed": crossing.id in made.network.guessed, "people_a_day": round(made.demand.level[at], 2),
        "before": str(made.before[crossing.id][here].cell.state), "after": str(made.after[crossing.id][here].cell.state),
        "hours_a_day": made.after[crossing.id][here].hours, "do_nothing": _edges(found.still.arrived[at], bounds_only),
        "range": [list(edge) for edge in envelope(found.every, at)],
        "steerings": [{"steering": one.case.name, "days": _edges(one.arrived[at], bounds_only)} for one in found.every]}


def _whole(one: Bands, bounds_only: bool) -> Json:
    return {"total": _edges((one.total,), bounds_only)[0], "waiting": _edges(one.waiting, bounds_only),
            "gave_up": _edges(one.gave_up, bounds_only), "elsewhere": _edges(one.elsewhere, bounds_only)}


def _edges(days: Edges, bounds_only: bool) -> list[list[float | None]]:
    return [[low, None if bounds_only else middle, high] for low, middle, high in days]


def access_to_json(one: Access) -> Json:
    """Whether applications for asylum are taken at a crossing, before and after, how far it is, and the note on winter."""
    cell = one.after.cell
    return {
        "id": one.crossing.id, "name": one.crossing.name, "km": None if one.km is None else round(one.km), "before": str(one.before.cell.state),
        "after": str(cell.state), "presumed": cell.inferred, "by_word_of": cell.by_word_of, "hours_a_day": one.after.hours,
        "last_confirmed": cell.last_confirmed.iso() if cell.last_confirmed else None, "winter": one.winter}


def address(asked: Asked, path: str = "/whatif") -> str:
    """The address under which the same what-if gives the same numbers (where a basis is named, for ever)."""
    told: list[tuple[str, str]] = []
    for move in asked.moves:
        more = {"hours": f"@{move.hours}" if move.hours else "", "restrict": f"@{move.share:g}"}.get(move.kind, "")
        told.append((move.kind, f"{move.crossing}{more}"))
    if asked.moves:
        told.append(("from", asked.moves[0].start.iso()))
        if asked.moves[0].until:
            told.append(("until", asked.moves[0].until.iso()))
        if asked.moves[0].lanes != ("all", "asylum"):
            told.append(("lanes", ",".join(asked.moves[0].lanes)))
    elif asked.border:
        told.append(("border", asked.border))
    told += [("steer", f"{id}:{WORDS[code]}") for id, code in sorted(asked.steering.items())]
    told += [("lane", str(asked.lane))] if str(asked.lane) != "asylum" else []
    told += [("known", asked.known.iso())] if asked.known else []
    told += [("basis", str(asked.basis))] if asked.basis is not None else []
    told += [("demand", f"{asked.demand:g}")] if asked.demand is not None else []
    told += [("days", str(asked.days)), ("futures", str(asked.futures)), ("seed", str(asked.seed))]
    return f"{path}?{urlencode(told, safe=':@,')}"


def rows(found: Consequence, bounds_only: bool) -> Iterable[tuple[Any, ...]]:
    """Rows of COLUMNS: people taken in per crossing and day, and what becomes of the others on the border, for every steering."""
    dates = dates_of(found)
    for one, name in ((found.still, "do nothing"), *((each, each.case.name) for each in found.every)):
        for at, crossing in enumerate(found.plan.network.ids):
            yield from _rows(dates, crossing, name, "arrived", one.arrived[at], bounds_only)
        for what in ("waiting", "gave_up", "elsewhere"):
            yield from _rows(dates, "", name, what, getattr(one, what), bounds_only)


def _rows(dates: Sequence[str], crossing: str, name: str, what: str, days: Edges, bounds_only: bool) -> Iterable[tuple[Any, ...]]:
    for date, (low, middle, high) in zip(dates, days, strict=True):
        yield date, crossing, name, what, low, None if bounds_only else middle, high


def to_csv(found: Consequence, bounds_only: bool) -> str:
    """The rows as CSV; the manifest stands in the first line as a remark."""
    text = io.StringIO()
    text.write("# " + json.dumps(dict(found.manifest), sort_keys=True) + "\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(found, bounds_only))
    return text.getvalue()


def to_parquet(found: Consequence, bounds_only: bool, file: Path) -> None:
    """The rows as Parquet, with the manifest beside it as FILE.json. Raises Trouble where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError as missing:
        raise Trouble("Parquet needs DuckDB: install pasvik[dumps], or ask for --csv") from missing
    in_a_folder(file)
    with duckdb.connect() as base:
        base.execute("create table bands (date date, crossing text, steering text, what text, low double, middle double, high double)")
        base.executemany("insert into bands values (?, ?, ?, ?, ?, ?, ?)", list(rows(found, bounds_only)))
        base.table("bands").write_parquet(str(file))
    file.with_suffix(file.suffix + ".json").write_text(json.dumps(dict(found.manifest), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def backtest_to_json(tried: Backtest) -> Json:
    """The steps with every score, the sums, and whether the middle may be shown."""
    def scored(name: str, one: Any) -> Json:
        return {"name": name, "crps": round(one.crps, 3), "log": round(one.log, 3), "half": one.half, "nine_tenths": one.nine_tenths,
                "low": one.low, "middle": one.middle, "high": one.high}

    def told(sums: Sequence[Summary]) -> list[Json]:
        return [{"name": one.name, "crps": round(one.crps, 3), "log": round(one.log, 3), "half": round(one.half, 3),
                 "nine_tenths": round(one.nine_tenths, 3), "counts": one.counts} for one in sums]

    steps = [{"id": one.told.id, "name": one.told.name, "missing": one.missing, "counts": [
        {"crossings": list(each.target.crossings), "from": each.target.first.isoformat(), "until": each.target.last.isoformat(),
         "people": each.target.people, "statement": each.target.statement, "scores": [scored(*pair) for pair in each.scores]}
        for each in one.judged]} for one in tried.tried]
    return {"basis": tried.basis, "steps": steps, "asylum": told(tried.asylum), "travellers": told(tried.travellers),
            "verdict": {name: dict(zip(("bounds_only", "why"), verdict(tried, lane), strict=True))
                        for name, lane in (("asylum", Lane.ASYLUM), ("travellers", Lane.CAR))}}
