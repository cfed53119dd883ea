"""Bands as shapes: points of the range over steering and of doing nothing, in the units of a small drawing, with its scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 520, 150                                        # units of the drawing
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 8, 24
NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside the drawing at a place."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Shapes as point lists for SVG. wide: the range over steering; still_low, still_high: the edges of doing nothing; dots: people counted.

    middle: (name, points) of each steering's middle line, empty where only bounds may be shown.
    """

    wide: str
    still_low: str
    still_high: str
    middle: tuple[tuple[str, str], ...]
    dots: tuple[tuple[float, float, int], ...]
    ticks: tuple[Mark, ...]
    days: tuple[Mark, ...]
    base: float


def chart(dates: Sequence[str], wide: Sequence[tuple[float, float]], still: Sequence[Sequence[float]],
          middles: Sequence[tuple[str, Sequence[float]]] = (), counted: Sequence[tuple[int, int]] = ()) -> Chart:
    """The drawing of one crossing. counted: (day of the drawing, people)."""
    top = max([1.0, *(high for _, high in wide), *(edge[2] for edge in still), *(float(people) for _, people in counted)])
    step = _step(top)
    top = max(top, step)

    def x(day: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day + 0.5) / len(dates), 1)

    def y(people: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - people / top), 1)

    def line(values: Sequence[float]) -> str:
        edge = [f"{LEFT},{y(values[0])}", *(f"{x(day)},{y(value)}" for day, value in enumerate(values)), f"{WIDTH - RIGHT},{y(values[-1])}"]
        return " ".join(edge)

    low, high = line([edge[0] for edge in wide]), line([edge[1] for edge in wide])
    every = max(1, len(dates) // 7)
    return Chart(
        f"{high} {' '.join(reversed(low.split()))}", line([edge[0] for edge in still]), line([edge[2] for edge in still]),
        tuple((name, line(values)) for name, values in middles), tuple((x(day), y(people), people) for day, people in counted),
        tuple(Mark(y(step * at), f"{step * at:g}") for at in range(int(top / step) + 1)),
        tuple(Mark(x(day), f"{int(date[8:])}.{int(date[5:7])}.") for day, date in enumerate(dates) if day % every == 0), y(0.0))


def _step(top: float) -> float:
    """A round step of which about three or four fit below the top."""
    size = 1.0
    while True:
        for one in NICE:
            if one * size * 4 >= top:
                return one * size
        size *= 10
