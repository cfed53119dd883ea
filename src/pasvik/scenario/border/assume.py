"""What a what-if assumes, read from a text that people tune, and the draws of it: one value of each for every future."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pasvik.scenario.cohort.numeric import np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Draws = Mapping[str, NDArray[np.float64]]

NAMES = (
    "go", "wait", "other", "decide", "informed", "release", "return", "decay_km", "far_km", "level", "drift", "persist_days", "bus", "day_shape",
    "steered", "blocked", "rush", "cross_border", "intake", "surge")
KINDS = ("share", "number", "plain")
NINE_TENTHS = 2 * 1.6448536269514722                            # standard deviations between the edges of the middle nine tenths


@dataclass(frozen=True, slots=True)
class Range:
    """One thing assumed: low and high hold nine tenths of what is thought possible. kind: share (0..1), number (> 0) or plain."""

    name: str
    kind: str
    low: float
    high: float
    why: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """The whole of whatif.toml. sizes: people in a group; small: how those not in the largest are spread over the others.

    links: (one, other, km told or None = derived). origins: by far country the town where most journeys begin.
    """

    ranges: tuple[Range, ...]
    sizes: tuple[int, ...]
    small: tuple[float, ...]
    window_days: int
    half_life: float
    longest: int
    month: int
    detour: float
    road_doubt: float
    km_per_day: float
    reach_km: float
    winter: Mapping[str, Any]
    hubs: Mapping[str, tuple[float, float, str]]
    links: tuple[tuple[str, str, float | None], ...]
    origins: Mapping[str, str]


def parse_assumed(text: str) -> Assumed:
    """The assumptions of a text. Raises ValueError (a plain sentence) that names what is wrong."""
    try:
        told = tomllib.loads(text)
        roads, window, groups = told["roads"], told["window"], told["groups"]
        links = [(one, other, float(km)) for one, other, km in told["links"]["told"]]
        made = Assumed(
            tuple(_range(name, told["assume"]) for name in NAMES), tuple(map(int, groups["sizes"])), tuple(map(float, groups["small"])),
            int(window["days"]), float(window["half_life"]), int(window["longest"]), int(window["month"]), float(roads["detour"]),
            float(roads["doubt"]), float(roads["km_per_day"]), float(roads["reach_km"]), told["winter"],
            {name: (float(lat), float(lon), str(country)) for name, (lat, lon, country) in told["hubs"].items()},
            (*links, *((one, other, None) for one, other in told["links"]["derived"])),
            dict(roads["origins"]))
    except tomllib.TOMLDecodeError as bad:
        raise ValueError(f"whatif.toml: {bad}") from bad
    except (KeyError, TypeError) as bad:
        raise ValueError(f"whatif.toml lacks or misspells {bad}") from bad
    unknown = set(told["assume"]) - set(NAMES)
    if unknown:
        raise ValueError(f"whatif.toml: nobody reads assume.{sorted(unknown)[0]}; there are {', '.join(NAMES)}")
    if len(made.small) != len(made.sizes) - 1 or abs(sum(made.small) - 1.0) > 1e-6 or min(made.sizes) < 1:
        raise ValueError("whatif.toml: groups.small must share out 1 over all sizes but the last, and sizes are whole people")
    if min(made.half_life, made.detour, made.km_per_day, made.reach_km, float(made.window_days)) <= 0:
        raise ValueError("whatif.toml: roads and window hold numbers above zero")
    return made


def _range(name: str, table: Mapping[str, Any]) -> Range:
    row = table[name]
    kind = next((kind for kind in KINDS if kind in row), "")
    if not kind:
        raise ValueError(f"whatif.toml: assume.{name} has none of {', '.join(KINDS)}")
    low, high = map(float, row[kind])
    floor, ceiling = {"share": (0.0, 1.0), "number": (0.0, float("inf")), "plain": (float("-inf"), float("inf"))}[kind]
    if not floor < low < high < ceiling:
        raise ValueError(f"whatif.toml: assume.{name} must run from low to high within {floor:g} and {ceiling:g}, not {low:g} to {high:g}")
    return Range(name, kind, low, high, str(row.get("why", "")))


def draw(assumed: Assumed, rng: Generator, futures: int) -> Draws:
    """One value of each assumption for every future: shares on the logit scale, numbers on the log scale, plain ones as they are."""
    return at_scores(assumed, rng.standard_normal((len(assumed.ranges), futures)))


def at_scores(assumed: Assumed, scores: NDArray[np.float64]) -> Draws:
    """The assumptions at standard normal scores (ranges × futures): 0 is the middle, ±1.645 are the edges."""
    return {one.name: _values(one, score) for one, score in zip(assumed.ranges, scores, strict=True)}


def _values(one: Range, score: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = (_bend(one.kind, edge) for edge in (one.low, one.high))
    bent = (low + high) / 2 + (high - low) / NINE_TENTHS * score
    if one.kind == "share":
        return np.asarray(1.0 / (1.0 + np.exp(-bent)))
    return np.asarray(np.exp(bent)) if one.kind == "number" else bent


def _bend(kind: str, edge: float) -> float:
    if kind == "share":
        return float(np.log(edge / (1.0 - edge)))
    return float(np.log(edge)) if kind == "number" else edge
