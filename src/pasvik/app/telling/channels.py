"""The user's channels, read from one TOML file: where news goes, what of it, and after what settling delay."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pasvik.app.public.items import Item
from pasvik.terms.capture import Fault

KINDS = {"webhook": ("url",), "mail": ("host", "sender", "to"), "command": ("run",)}
FIELDS = {
    "name", "kind", "border", "country", "crossing", "lane", "url", "secret", "secret_file", "host", "port", "tls", "user", "password_file",
    "sender", "to", "hours", "run", "seconds"}


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out. border, country, crossing, lane: only news about these, everything where left out.

    webhook: url, secret (Standard Webhooks, `whsec_…`). mail: host, port, tls (none, starttls or tls), user, password, sender, to; hours:
    how far apart two digests lie. command: run, the program and its arguments, which gets the news as JSON on standard input.
    seconds: how long anybody may take to answer.
    """

    name: str
    kind: str
    border: str | None = None
    country: str | None = None
    crossing: str | None = None
    lane: str | None = None
    url: str = ""
    secret: str = ""
    host: str = ""
    port: int = 0
    tls: str = "starttls"
    user: str = ""
    password: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()
    hours: int = 24
    run: tuple[str, ...] = ()
    seconds: int = 15

    def wants(self, item: Item) -> bool:
        """Whether this channel is told of an item."""
        return (self.border in (None, item.border) and (self.country is None or self.country in item.border.split("-"))
                and (self.crossing is None or self.crossing in item.places) and (self.lane is None or self.lane in item.lanes))


@dataclass(frozen=True, slots=True)
class Channels:
    """All channels, and how long a change must have stood before it is told."""

    delay: timedelta
    channels: tuple[Channel, ...]


def parse_channels(words: str, folder: Path, crossings: Iterable[str]) -> Channels | tuple[Fault, ...]:
    """The file's channels, or every fault in it. folder: where secret files with relative names lie."""
    try:
        table = tomllib.loads(words)
    except tomllib.TOMLDecodeError as bad:
        return (Fault(f"channels.toml is no TOML: {bad}", "channels.toml"),)
    faults: list[Fault] = []
    made: list[Channel] = []
    minutes = table.get("delay_minutes", 15)
    if type(minutes) is not int or not 0 <= minutes <= 60 * 24 * 7:
        faults.append(Fault(f"delay_minutes: {minutes!r} is no whole number of minutes up to a week", "delay_minutes"))
    known = set(crossings)
    for position, row in enumerate(table.get("channel", []), start=1):
        one = _channel(row, folder, known)
        if isinstance(one, Channel) and one.name in {other.name for other in made}:
            one = f"another channel is called {one.name!r}"
        if isinstance(one, str):
            faults.append(Fault(f"channel {position}: {one}", "channel"))
        else:
            made.append(one)
    unknown = set(table) - {"delay_minutes", "channel"}
    faults += [Fault(f"channels.toml: nothing here is called {name!r}", name) for name in sorted(unknown)]
    return tuple(faults) if faults else Channels(timedelta(minutes=minutes), tuple(made))


def _channel(row: dict[str, Any], folder: Path, known: set[str]) -> Channel | str:
    """One channel, or a sentence on what is wrong with it."""
    strange = sorted(set(row) - FIELDS)
    kind, name = row.get("kind"), row.get("name")
    if not isinstance(name, str) or not name.strip():
        return "it needs a name"
    if kind not in KINDS:
        return f"{name}: kind is {kind!r}; it can be {', '.join(KINDS)}"
    if strange:
        return f"{name}: nothing here is called {', '.join(strange)}"
    missing = [field for field in KINDS[kind] if not row.get(field)]
    if missing:
        return f"{name}: a {kind} needs {' and '.join(missing)}"
    if kind == "webhook" and not str(row["url"]).startswith(("https://", "http://")):
        return f"{name}: {row['url']!r} is no web address"
    if row.get("crossing") and row["crossing"] not in known:
        return f"{name}: there is no crossing {row['crossing']!r}"
    if row.get("tls", "starttls") not in ("none", "starttls", "tls"):
        return f"{name}: tls is none, starttls or tls"
    if type(row.get("seconds", 15)) is not int or not 1 <= row.get("seconds", 15) <= 600:
        return f"{name}: seconds is a whole number from 1 to 600"
    try:
        kept = {field: value for field, value in row.items() if not field.endswith("_file")}
        for field, secret in (("secret_file", "secret"), ("password_file", "password")):
            if field in row:
                kept[secret] = (folder / str(row[field])).read_text(encoding="utf-8").strip()
        for field in ("to", "run"):
            if field in kept:
                kept[field] = (kept[field],) if isinstance(kept[field], str) else tuple(kept[field])
        return Channel(**kept)
    except OSError as bad:
        return f"{name}: {bad.filename} cannot be read: {bad.strerror}"
    except TypeError as bad:
        return f"{name}: {bad}"
