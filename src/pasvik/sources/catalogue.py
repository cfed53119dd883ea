"""The cards of the sources: who publishes, where, how often we may ask, and what it should bring."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pasvik.terms.capture import Fault

KINDS = ("authority", "state_media", "press", "agency", "aggregator", "unknown")
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
SPAN = re.compile(r"(\d+(?:\.\d+)?)\s+(second|minute|hour|day|week)s?")
EXPECT = re.compile(r"(\d+)\s+in\s+(.+)")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


class How(StrEnum):
    """How a source is read. FEED: RSS, Atom, JSON Feed. LISTING: a page of links. PAGE: one page watched for change. TABLE: waiting times."""

    FEED = "feed"
    LISTING = "listing"
    PAGE = "page"
    FOLDER = "folder"
    MAILBOX = "mailbox"
    WARC = "warc"
    GDELT = "gdelt"
    TABLE = "table"


LOCAL = (How.FOLDER, How.MAILBOX, How.WARC)                     # on this machine: an address is a path


@dataclass(frozen=True, slots=True)
class Expect:
    """What a source should bring: at least `items` in any stretch of `within`."""

    items: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Card:
    """One source as its card tells it. Durations are told as "30 minutes"; nothing is fetched unless the user turns the source on.

    address: http(s) address, or a path for folder, mailbox and WARC; `{key}` in it stands for the environment variable named in
    `needs`. pause: least time between two requests to its host; budget: most requests a day to its host. links: a regular expression
    that the address of a notice on a listing must match; only: words of which a lead's title or summary must hold one (none = all);
    most: the most leads followed at one visit. revisit: when an article is looked at again after it was first read. table: the parser
    of a waiting-time table; places: its codes -> crossing ids; checked: ISO date on which a person last saw it answer ("" = never).
    """

    id: str
    how: How
    address: str
    publisher: str
    group: str = ""
    country: str = ""
    language: str = ""
    kind: str = "unknown"
    licence: str = ""
    every: timedelta = timedelta(hours=1)
    pause: timedelta = timedelta(seconds=5)
    budget: int = 200
    expect: Expect | None = None
    follow: bool = True
    links: str = ""
    only: tuple[str, ...] = ()
    most: int = 20
    revisit: tuple[timedelta, ...] = (timedelta(hours=6), timedelta(days=2))
    table: str = ""
    places: tuple[tuple[str, str], ...] = ()
    needs: str = ""
    checked: str = ""
    note: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it is read from this machine's disk."""
        return self.how in LOCAL

    def wants(self, *words: str) -> bool:
        """Whether a lead with these words (title, summary, address) is worth fetching."""
        text = " ".join(words).casefold()
        return not self.only or any(word in text for word in self.only)


NAMES = {field.name for field in fields(Card)} - {"group"}


def parse(texts: Mapping[str, str]) -> tuple[tuple[Card, ...], tuple[Fault, ...]]:
    """The cards of source lists (file name -> TOML text), in order; a bad card is a fault and the others stay.

    A file may begin with `group = "fi"` and `[defaults]` (fields that all its cards share); each card is a `[[source]]`. A card whose
    id was told by an earlier file replaces it, so a user's own file can correct a shipped card.
    """
    cards: dict[str, Card] = {}
    faults: list[Fault] = []
    for name, text in texts.items():
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as bad:
            faults.append(Fault(f"{name} is not TOML: {bad}", name))
            continue
        group = str(told.get("group") or name.rsplit("/", 1)[-1].removesuffix(".toml"))
        listed = told.get("source", [])
        for number, one in enumerate(listed if isinstance(listed, list) else [], 1):
            try:
                card = _card({**told.get("defaults", {}), **one}, group)
            except ValueError as bad:
                faults.append(Fault(f"{name}: source {number}: {bad}", name))
                continue
            cards[card.id] = card
    return tuple(cards.values()), tuple(faults)


def chosen(cards: Iterable[Card], words: Iterable[str]) -> tuple[tuple[Card, ...], tuple[str, ...]]:
    """The cards that words name by id, group, country or `all`, and the words that name none."""
    asked, listed = [word.casefold() for word in words], tuple(cards)
    names = {card.id: {card.id, card.group.casefold(), card.country.casefold(), "all"} - {""} for card in listed}
    known = set().union(*names.values()) if names else set()
    return tuple(card for card in listed if names[card.id] & set(asked)), tuple(word for word in asked if word not in known)


def span(words: object) -> timedelta:
    """A duration such as "30 minutes" or "2 days". Raises ValueError."""
    found = SPAN.fullmatch(str(words).strip())
    if not found or float(found[1]) <= 0:
        raise ValueError(f"{words!r} is no duration such as \"30 minutes\" or \"2 days\"")
    try:
        return timedelta(seconds=float(found[1]) * UNITS[found[2]])
    except OverflowError as bad:
        raise ValueError(f"{words!r} is too long") from bad


def _card(said: dict[str, Any], group: str) -> Card:
    if strange := sorted(set(said) - NAMES):
        raise ValueError(f"a field {strange[0]!r} that nobody reads; fields: {', '.join(sorted(NAMES))}")
    for need in ("id", "how", "address", "publisher"):
        if not isinstance(said.get(need), str) or not said[need].strip():
            raise ValueError(f"a source without {need}")
    if not ID.fullmatch(said["id"]):
        raise ValueError(f"id {said['id']!r}: small letters, digits and dashes only")
    made = {name: value for name, value in said.items() if name not in TURNED}
    made |= {name: turn(said[name]) for name, turn in TURNED.items() if name in said}
    card = Card(group=group, **made)
    _check(card)
    return card


def _check(card: Card) -> None:
    for name, kind in (("budget", int), ("most", int), ("follow", bool), ("links", str), ("table", str), ("needs", str)):
        if type(getattr(card, name)) is not kind:
            raise ValueError(f"{card.id}: {name} is not {kind.__name__}")
    if card.kind not in KINDS:
        raise ValueError(f"{card.id}: kind {card.kind!r} is none of {', '.join(KINDS)}")
    if card.budget < 1 or card.most < 1:
        raise ValueError(f"{card.id}: budget and most are at least 1")
    address = urlsplit(card.address)
    if not card.is_local and (address.scheme not in ("http", "https") or not address.hostname):
        raise ValueError(f"{card.id}: address {card.address!r} is not an http or https address")
    if ("{key}" in card.address) != bool(card.needs):
        raise ValueError(f"{card.id}: `needs` names the environment variable that stands for {{key}} in the address")
    if (card.how is How.TABLE) != bool(card.table):
        raise ValueError(f"{card.id}: a table, and only a table, names its parser in `table`")
    try:
        re.compile(card.links)
    except re.error as bad:
        raise ValueError(f"{card.id}: links is no regular expression: {bad}") from bad


def _how(words: object) -> How:
    try:
        return How(str(words))
    except ValueError as bad:
        raise ValueError(f"how {words!r} is none of {', '.join(How)}") from bad


def _expect(words: object) -> Expect:
    found = EXPECT.fullmatch(str(words).strip())
    if not found:
        raise ValueError(f"expect {words!r} is not told as \"1 in 3 days\"")
    return Expect(int(found[1]), span(found[2] if found[2][0].isdigit() else f"1 {found[2]}"))


def _words(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise ValueError(f"{told!r} is not a list of texts")
    return tuple(one.casefold() for one in told)


def _spans(told: object) -> tuple[timedelta, ...]:
    if not isinstance(told, list):
        raise ValueError(f"{told!r} is not a list of durations")
    return tuple(map(span, told))


def _places(told: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(told, dict) or not all(isinstance(one, str) for one in told.values()):
        raise ValueError("places is not a table of code = \"crossing id\"")
    return tuple(sorted(told.items()))


TURNED: dict[str, Any] = {
    "how": _how, "every": span, "pause": span, "expect": _expect, "only": _words, "revisit": _spans, "places": _places}
