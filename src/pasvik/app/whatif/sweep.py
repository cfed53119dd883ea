"""Every set of points of one border shut in turn: consequences side by side, in the order of the sets. Nothing is ranked, none is advised."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pasvik.app.whatif.border import Asked, Plan, in_a_folder, manifest, plan
from pasvik.app.wiring import House
from pasvik.scenario.border.assume import Assumed
from pasvik.scenario.border.flow import Setting, run_batch
from pasvik.scenario.border.future import BLOCKED, UNSTEERED
from pasvik.scenario.cohort.numeric import np
from pasvik.terms.capture import Fault, Trouble

MOST = 10                                                       # points of a border: 2^10 sets
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sweep:
    """The points that are shut in turn, what was asked, and one result for each set: a plain JSON object."""

    points: tuple[str, ...]
    manifest: dict[str, Any]
    sets: tuple[dict[str, Any], ...]


def sweep(house: House, asked: Asked, executor: Executor | None = None, progress: Progress | None = None, kept: Path | None = None) -> Sweep | Fault:
    """All closure sets of `asked.border`. Points that are not shut are taken to let people through all day: that is what is supposed.

    kept: a file of JSON lines; what it holds already (of the very same question) is not computed again, and each new set is added at once.
    """
    in_a_folder(kept)
    day = (asked.known.local if asked.known else house.now()).date() + timedelta(days=1)
    made = plan(house, replace(asked, moves=()), day)
    if isinstance(made, Fault):
        return made
    points = tuple(one.id for one in made.network.crossings if one.border == asked.border)
    if len(points) > MOST:
        return Fault(f"{asked.border} has {len(points)} road points; sets of more than {MOST} are too many to compare", "border")
    told = {**manifest(house, made), "border": asked.border, "points": list(points)}
    done = _kept(kept, told)
    todo = [number for number in range(2 ** len(points)) if number not in done]
    for count, (number, result) in enumerate(_run(made, points, todo, executor), len(done) + 1):
        done[number] = result
        _keep(kept, {"set": number, **result})
        if progress:
            progress(count, 2 ** len(points))
    return Sweep(points, told, tuple(done[number] for number in sorted(done)))


def _run(made: Plan, points: Sequence[str], todo: Sequence[int], executor: Executor | None) -> Iterator[tuple[int, dict[str, Any]]]:
    jobs = [(made.assumed, made.setting, made.network.ids, points, number, made.asked.seed, made.asked.futures) for number in todo]
    if not jobs:
        return
    if executor is not None:
        yield from zip(todo, executor.map(shut, *zip(*jobs, strict=True)), strict=True)
        return
    with ThreadPoolExecutor(max(1, os.cpu_count() or 1)) as threads:
        yield from zip(todo, threads.map(shut, *zip(*jobs, strict=True)), strict=True)


def shut(assumed: Assumed, setting: Setting, ids: Sequence[str], points: Sequence[str], number: int, seed: int, futures: int) -> dict[str, Any]:
    """One set: the points whose bit is set in `number` are shut from the first day on, unsteered and with every way blocked."""
    closed = [point for at, point in enumerate(points) if number >> at & 1]
    share = setting.open_share.copy()
    for point in points:
        share[setting.first:, ids.index(point)] = 0.0 if point in closed else 1.0
    total, waiting, lost = [], [], []
    for at, code in enumerate((UNSTEERED, BLOCKED)):
        codes = tuple(code if id in points and id not in closed else UNSTEERED for id in ids)
        flow = run_batch(assumed, replace(setting, open_share=share, steering=codes), None, seed, 2 * number + at, 0, futures)
        total.append(flow.arrived.sum(axis=(1, 2)))
        waiting.append(flow.waiting[:, -1])
        lost.append(flow.gave_up[:, -1] + flow.elsewhere[:, -1])
    return {"shut": closed, "open_points": len(points) - len(closed), "taken_in": _edges(total), "waiting": _edges(waiting),
            "gave_up_or_elsewhere": _edges(lost)}


def _edges(people: Iterable[Any]) -> list[int]:
    """The lowest 5 % and the highest 95 % over both cases."""
    edges = [np.quantile(one, (0.05, 0.95), method="nearest") for one in people]
    return [int(min(low for low, _ in edges)), int(max(high for _, high in edges))]


def _kept(file: Path | None, told: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """What an earlier run of the same question left; a file of another question is not touched."""
    if file is None:
        return {}
    if not file.exists():
        _keep(file, told)
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    try:
        first = json.loads(lines[0]) if lines else None
        if first != json.loads(json.dumps(told)):
            raise Trouble(f"{file} holds another question; name another file, or take it away")
        found = {}
        for line in lines[1:]:
            if line.endswith("}"):                              # a run that was killed may leave half a line
                result = json.loads(line)
                found[int(result.pop("set"))] = result
    except (json.JSONDecodeError, KeyError, TypeError) as bad:
        raise Trouble(f"{file} is no file of a sweep: {bad}") from bad
    if len(found) + 1 < len(lines):
        file.write_text("".join(f"{line}\n" for line in (lines[0], *(json.dumps({"set": at, **one}) for at, one in found.items()))), encoding="utf-8")
    return found


def _keep(file: Path | None, line: dict[str, Any]) -> None:
    if file is not None:
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
