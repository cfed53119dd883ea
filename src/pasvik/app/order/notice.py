"""An order in plain words, in four languages: labelled lines, so that no name has to be inflected and no translator is needed."""

from __future__ import annotations

import tomllib
from typing import Any

from pasvik.app.order.order import Order
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import Crossing

LANGUAGES = ("en", "no", "fi", "ru")
Words = dict[str, Any]


def parse_words(text: str) -> Words:
    """One file of knowledge/notices; raises tomllib.TOMLDecodeError for a broken one, which is a defect of ours."""
    return tomllib.loads(text)


def notice(order: Order, words: Words) -> str:
    """The notice as text, one fact a line; nothing is said that the order does not say."""
    head = f"{order.authority.body}: {words['title'][order.state]}"
    return "\n".join([head, "", *lines(order, words).values()]) + "\n"


def lines(order: Order, words: Words) -> dict[str, str]:
    """The lines of the notice by what they are about, in their order; what the order leaves out has none."""
    told = {
        "crossings": "; ".join(_name(one, order.country) for one in order.places), "state": words["state"][order.state],
        "lanes": ", ".join(words["lane"][lane] for lane in order.lanes), "from": say(order.start, words), "until": _end(order, words),
        "hours": order.hours, "exceptions": order.exceptions, "asylum": _asylum(order, words),
        "changes": words["change"][order.changes] if order.changes else "", "decided": order.decided, "basis": order.basis,
        "number": order.number, "published": say(order.published, words)}
    return {name: f"{words['label'][name]}: {' '.join(value.split())}" for name, value in told.items() if value}


def say(told: Moment, words: Words) -> str:
    """A moment with the name of its clock: `24.11.2023 00:00 (Europe/Helsinki)`, a bare day as the day."""
    here = told.local
    return f"{here:{words['date']}}" if told.grain is Grain.DAY else f"{here:{words['date']} %H:%M} ({told.zone})"


def _name(one: Crossing, country: str) -> str:
    """The name as the deciding side has it, and the other side's."""
    sides = sorted((one.side_a, one.side_b), key=lambda side: side.country != country)
    return f"{sides[0].name} – {sides[1].name}"


def _end(order: Order, words: Words) -> str:
    if order.until:
        return say(order.until, words)
    return str(words["further"]) if order.further else ""


def _asylum(order: Order, words: Words) -> str:
    if order.accepted_at is None:
        return ""
    return "; ".join(_name(one, order.country) for one in order.accepted_at) or str(words["nowhere"])
