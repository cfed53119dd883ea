"""Who held which office when, and every way their name is spelled, so that a minister's words speak for the right country."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment, Span, moment
from pasvik.terms.place import ZONES

COLUMNS = ("country", "office", "role", "name", "aliases", "from", "until", "source", "confidence")
CONFIDENCES = ("high", "medium", "low")
# NFD takes å apart but not ø, æ, ł or đ, which newspapers write in more than one way.
PLAIN = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Office:
    """One term of one person in one public office. country: ISO 3166 alpha-2, None for an international body.

    office: the body (Ministry of the Interior); role: the title (interior minister); start/until: None = not known or still held.
    """

    country: str | None
    office: str
    role: str
    name: str
    aliases: tuple[str, ...] = ()
    start: Moment | None = None
    until: Moment | None = None
    source: str = ""
    confidence: str = "medium"

    def held(self, at: datetime | None) -> bool:
        """Whether the office was, or may have been, held at this instant (UTC); an unknown end never excludes, nor an unknown time."""
        return at is None or Span(self.start, self.until).holds(at)


def plain(name: str) -> str:
    """A name without its diacritics, as English newspapers print it: plain("Støre") == "Store"."""
    apart = unicodedata.normalize("NFD", name.translate(PLAIN))
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not _is_latin_mark(sign)))


def _is_latin_mark(sign: str) -> bool:
    # U+0306 (breve) is spared: it is what tells the Cyrillic й from и.
    return unicodedata.combining(sign) != 0 and sign != "\u0306"


def spellings(office: Office) -> tuple[str, ...]:
    """Every full spelling (two words or more): as listed, and without diacritics; longest first, so that a matcher may take the first."""
    return _both_ways(name for name in (office.name, *office.aliases) if " " in name)


def surnames(office: Office) -> tuple[str, ...]:
    """The last words of all spellings, for later mentions in the same text ("Chibis said"): too short to stand alone."""
    return _both_ways(name.split()[-1] for name in (office.name, *office.aliases))


def _both_ways(names: Iterable[str]) -> tuple[str, ...]:
    listed = list(names)
    return tuple(sorted({*listed, *map(plain, listed)}, key=lambda name: (-len(name), name)))


def holders(offices: Iterable[Office], name: str, at: datetime | None = None) -> tuple[Office, ...]:
    """Every office that this full name holds at this instant, in the order of the list; case and diacritics do not matter."""
    wanted = plain(name).casefold()
    return tuple(
        office for office in offices
        if office.held(at) and any(plain(spelled).casefold() == wanted for spelled in (office.name, *office.aliases)))


def parse_offices(text: str, where: str = "offices.csv") -> tuple[tuple[Office, ...], list[Fault]]:
    """Read the CSV of office-holders. A bad line becomes a fault that tells its number, and the others are kept."""
    offices: list[Office] = []
    faults: list[Fault] = []
    reader = csv.DictReader(text.splitlines())
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        return (), [Fault(f"the first line lacks the columns {', '.join(missing)}", f"{where} line 1")]
    for row in reader:
        read = _office({column: (row.get(column) or "").strip() for column in COLUMNS}, f"{where} line {reader.line_num}")
        if isinstance(read, Fault):
            faults.append(read)
        else:
            offices.append(read)
    return tuple(offices), faults


def _office(row: dict[str, str], where: str) -> Office | Fault:
    country = row["country"] or None
    if country and country not in ZONES:
        return Fault(f"country {country!r} is not one of {', '.join(sorted(ZONES))} or empty", where)
    for column in ("office", "role", "name"):
        if not row[column]:
            return Fault(f"the {column} is empty", where)
    if " " not in row["name"]:
        return Fault(f"{row['name']!r} is not a full name", where)
    if row["confidence"] not in CONFIDENCES:
        return Fault(f"confidence {row['confidence']!r} is not high, medium or low", where)
    zone = ZONES[country] if country else "Europe/Brussels"
    try:
        start, until = (moment(row[column], zone) if row[column] else None for column in ("from", "until"))
    except ValueError as bad:
        return Fault(str(bad), where)
    if start and until and until.end <= start.start:
        return Fault(f"the term of {row['name']} ends ({until.iso()}) before it starts ({start.iso()})", where)
    aliases = tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip())
    return Office(country, row["office"], row["role"], row["name"], aliases, start, until, row["source"], row["confidence"])
