"""A reviewer's verdict on what the reader read: a new entry of the ledger that the settling hears, never an edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pasvik.app.answer import find_crossing
from pasvik.app.wiring import House
from pasvik.ledger.append import JUDGED
from pasvik.ledger.contract import Held, Note
from pasvik.terms.capture import Fault
from pasvik.terms.claim import Basis, Commitment, State, Status
from pasvik.terms.moment import Moment, Span, moment
from pasvik.terms.place import ALL, Crossing, Lane
from pasvik.terms.statement import Statement

REVIEWER = "reviewer: "                                         # found_by of what a reviewer put in place of a reading begins so
LONGEST = 500                                                   # characters of a reason
STATES = (State.OPEN, State.RESTRICTED, State.CLOSED)


class Word(StrEnum):
    """The three verdicts: the words say this; they do not; they say something else."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict as it stands in the ledger. by: account; after: the verdict its giver had seen last; instead: the corrected statement."""

    id: str
    statement: str
    word: Word
    by: str
    why: str
    recorded: datetime
    after: str | None
    instead: str | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The verdicts of one document: by statement (oldest first), and the statements that verdicts have set aside."""

    verdicts: Mapping[str, tuple[Verdict, ...]]
    aside: tuple[Statement, ...]


def review_of(house: House, document: str) -> Reviewed:
    """What was said by reviewers about what this document says."""
    verdicts: dict[str, tuple[Verdict, ...]] = {}
    aside: list[Statement] = []
    for held in house.ledger.statements_of(document):
        verdicts[held.statement.id] = verdicts_on(house, held.statement.id)
        if held.retracted is not None and set_aside(house, held):
            aside.append(held.statement)
    return Reviewed({id: told for id, told in verdicts.items() if told}, tuple(aside))


def verdicts_on(house: House, statement: str) -> tuple[Verdict, ...]:
    """Every verdict on a statement, oldest first; the last one holds."""
    return tuple(_verdict(note) for note in house.ledger.notes("verdict", statement) if note.said.get("verdict") in list(Word))


def set_aside(house: House, held: Held) -> bool:
    """Whether a retracted statement was taken back by a verdict, and not by other means."""
    return any(str(note.said.get("reason", "")).startswith(JUDGED) for note in house.ledger.notes("retraction", held.statement.id))


def judge(house: House, statement: str, word: str, by: str, why: str, seen: str | None, told: Mapping[str, str]) -> Verdict | Fault:
    """Give a verdict. seen: id of the last verdict its giver had before them, so that two at once learn of each other.

    told: of a correction, the fields crossings, state, commitment, lanes (divided by commas), from, until (ISO 8601).
    """
    held = house.ledger.statement(statement)
    if held is None:
        return Fault(f"no statement {statement[:80]!r} is held", "statement")
    if word not in list(Word):
        return Fault(f"there is no verdict {word[:40]!r}; the verdicts are {', '.join(Word)}", "verdict")
    if len(why) > LONGEST:
        return Fault(f"a reason has at most {LONGEST} characters; this one has {len(why)}", "why")
    earlier = verdicts_on(house, statement)
    last = earlier[-1].id if earlier else None
    if last != (seen or None):
        who = earlier[-1].by if earlier else "nobody"
        return Fault(f"since you opened the page {who} gave a verdict on this; look at it and decide again", "conflict")
    if held.retracted is not None and not set_aside(house, held):
        return Fault("this statement was taken back for another reason, so there is nothing to judge", "statement")
    instead = corrected(house, held.statement, by, told) if word == Word.CORRECT else None
    if isinstance(instead, Fault):
        return instead
    return _keep(house, held.statement, {"verdict": str(Word(word)), "by": by, "why": why.strip(), "after": last}, instead)


def corrected(house: House, statement: Statement, by: str, told: Mapping[str, str]) -> Statement | Fault:
    """What the same words say according to a reviewer; the words, their place, their speaker and their date stay."""
    old = statement.claim
    if not isinstance(old, Status):
        return Fault(f"only a status can be corrected here; a wrong {statement.kind} can be rejected", "verdict")
    places = _places(house, told.get("crossings", ""))
    if isinstance(places, Fault):
        return places
    zone = places[0].zone if places else "UTC"
    parts = (_one_of(told.get("state", ""), STATES, "state"), _one_of(told.get("commitment", ""), tuple(Commitment), "commitment"),
             _lanes(told.get("lanes", "")), _moment(told.get("from", ""), "from", zone), _moment(told.get("until", ""), "until", zone))
    for part in parts:
        if isinstance(part, Fault):
            return part
    state, commitment, lanes, start, until = parts
    assert not isinstance(start, Fault) and not isinstance(until, Fault) and not isinstance(lanes, Fault)
    if start and until and until.start < start.start:
        return Fault("the end lies before the start", "until")
    claim = replace(
        old, crossings=tuple(sorted(place.id for place in places)) or old.crossings, border=places[0].border if places else old.border,
        state=State(str(state)), commitment=Commitment(str(commitment)), lanes=lanes, span=Span(start, until),
        until_further_notice=old.until_further_notice and until is None)
    made = replace(statement, claim=claim, basis=Basis.STATED, found_by=f"{REVIEWER}{by}", id="", doubt=None)
    return Fault("the correction says the same as the reading; confirm it instead", "verdict") if made.id == statement.id else made


def _keep(house: House, statement: Statement, said: dict[str, str | None], instead: Statement | None) -> Verdict | Fault:
    pair = None
    if instead is not None:
        document = house.ledger.document(statement.source.document)
        if document is None:
            return Fault("the document of this statement is not held", "statement")
        pair = document, instead
    house.ledger.judge(statement.id, said, recorded=house.now(), instead=pair)
    return verdicts_on(house, statement.id)[-1]


def _verdict(note: Note) -> Verdict:
    said = note.said
    return Verdict(note.id, str(note.about), Word(said["verdict"]), str(said.get("by") or ""), str(said.get("why") or ""), note.recorded,
                   said.get("after"), said.get("instead"))


def _places(house: House, words: str) -> list[Crossing] | Fault:
    """Crossings by id or name, divided by commas; all of one border."""
    places: list[Crossing] = []
    for word in filter(None, map(str.strip, words.split(","))):
        found = find_crossing(house, word)
        if isinstance(found, Fault):
            return found
        places.append(found)
    if len({place.border for place in places}) > 1:
        return Fault("the crossings of one claim lie on one border", "crossings")
    return list(dict.fromkeys(places))


def _one_of(word: str, words: tuple[StrEnum, ...], name: str) -> StrEnum | Fault:
    found = next((one for one in words if str(one) == word.strip().lower()), None)
    return found or Fault(f"there is no {name} {word[:40]!r} to claim; there are {', '.join(words)}", name)


def _lanes(words: str) -> tuple[str, ...] | Fault:
    named = [word.strip().lower() for word in words.split(",") if word.strip()] or [ALL]
    unknown = [word for word in named if word != ALL and word not in list(Lane)]
    return Fault(f"there is no lane {unknown[0][:40]!r}; the lanes are {ALL}, {', '.join(Lane)}", "lanes") if unknown else tuple(dict.fromkeys(named))


def _moment(words: str, name: str, zone: str) -> Moment | Fault | None:
    if not words.strip():
        return None
    try:
        return moment(words.strip(), zone)
    except ValueError as bad:
        return Fault(f"{name}: {bad}", name)
