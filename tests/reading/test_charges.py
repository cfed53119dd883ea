"""Accusations, denials, postures, watches and objections: cases as text, and laws that hold for every text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.app.settings import settings_from
from pasvik.app.wiring import open_reader
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.read import read
from pasvik.terms.capture import Document
from pasvik.terms.claim import Accusation, Denial, Objection, Posture, Watch
from pasvik.terms.moment import moment
from pasvik.terms.statement import Reading, Statement

HERE = Path(__file__).parent.parent
KINDS = ("accusation", "denial", "posture", "watch", "objection")
DAY = "2023-11-28T09:00+02:00"


@dataclass(frozen=True)
class Case:
    """A text and the lines it should be told as."""

    kind: str
    text: str
    told: tuple[str, ...]


@lru_cache(maxsize=1)
def knowledge() -> tuple[Gazetteer, Lexicon]:
    """What the reader is shipped with."""
    reader = open_reader(settings_from({}))
    return reader.gazetteer, reader.lexicon


def cases(kind: str) -> list[Case]:
    """The cases of a file: `| text`, then lines of `=> what is told`, or `=> nothing`."""
    found: list[Case] = []
    for line in (HERE / "cases" / "reading" / f"{kind}.txt").read_text("utf-8").splitlines():
        if line.startswith("|"):
            found.append(Case(kind, line.removeprefix("|").strip().replace("\\n", "\n"), ()))
        elif line.startswith("=>") and line != "=> nothing":
            found[-1] = Case(kind, found[-1].text, (*found[-1].told, line.removeprefix("=>").strip()))
    return found


def reading_of(text: str) -> Reading:
    """What is read in a text of 28 November 2023; its last line makes any text one about a border."""
    return read(Document(text + "\n\nOur desk at the border.", published=moment(DAY)), *knowledge())


def line(statement: Statement, reading: Reading) -> str:
    """A statement in the notation of the case files."""
    claim = statement.claim
    match claim:
        case Accusation():
            return f"{', '.join(claim.accusers) or '?'} > {claim.accused}: {claim.charge}".strip()
        case Denial():
            answered = [_short(other) for other in reading.statements if other.id in claim.denies]
            return f"{claim.denier} denies {'; '.join(answered) or '-'}"
        case Posture():
            return f"{claim.actor} {claim.stance}"
        case Watch():
            return f"{claim.watcher} watches {', '.join(claim.watched)}"
        case Objection():
            return f"{claim.objector} objects"
    return ""


def _short(statement: Statement) -> str:
    claim = statement.claim
    return f"{', '.join(claim.accusers) or '?'} > {claim.accused}" if isinstance(claim, Accusation) else claim.kind


def told(kind: str, text: str) -> tuple[str, ...]:
    """What is told of one kind in a text, in order of place."""
    reading = reading_of(text)
    return tuple(line(s, reading) for s in reading.statements if s.kind == kind)


@pytest.mark.parametrize("case", [c for kind in KINDS for c in cases(kind)], ids=lambda c: f"{c.kind}: {c.text[:60]}")
def test_cases(case: Case) -> None:
    assert sorted(told(case.kind, case.text)) == sorted(case.told)


def test_each_kind_has_cases_that_say_something_and_cases_that_say_nothing() -> None:
    for kind in KINDS:
        assert sum(bool(case.told) for case in cases(kind)) >= 10
        assert sum(not case.told for case in cases(kind)) >= 7


STATES = {"Finland": "FI", "Helsinki": "FI", "Estonia": "EE", "Latvia": "LV", "Vilnius": "LT", "the Polish government": "PL", "Norway": "NO"}
NEIGHBOURS = {"Russia": "RU", "Moscow": "RU", "Belarus": "BY", "Minsk": "BY", "the Kremlin": "RU", "the Belarusian authorities": "BY"}
DEEDS = ("sending migrants to the border", "waging a hybrid war", "using people as a weapon", "breaking promises", "closing its eyes to smuggling")
MAYBE = ("did not accuse", "will accuse", "may accuse", "has never accused", "would accuse", "refused to accuse", "could accuse")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(STATES)), st.sampled_from(sorted(NEIGHBOURS)), st.sampled_from(DEEDS))
def test_any_accusation_has_its_owner_and_any_denial_its_accusation(accuser: str, accused: str, deed: str) -> None:
    text = f"On Monday {accuser} accused {accused} of {deed}. {accused[0].upper()}{accused[1:]} denied the accusation."
    assert told("accusation", text) == (f"{STATES[accuser]} > {NEIGHBOURS[accused]}: {deed}",)
    assert told("denial", text) == (f"{NEIGHBOURS[accused]} denies {STATES[accuser]} > {NEIGHBOURS[accused]}",)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(STATES)), st.sampled_from(sorted(NEIGHBOURS)), st.sampled_from(DEEDS), st.sampled_from(MAYBE))
def test_what_is_denied_planned_or_possible_accuses_nobody(accuser: str, accused: str, deed: str, verb: str) -> None:
    assert told("accusation", f"At the border {accuser} {verb} {accused} of {deed}.") == ()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(NEIGHBOURS)), st.sampled_from(DEEDS))
def test_the_publishers_own_voice_accuses_nobody(accused: str, deed: str) -> None:
    assert told("accusation", f"For weeks {accused} has been {deed}.") == ()
    assert told("accusation", f"Why is {accused} {deed}?") == ()


PIECES = """
Finland|Russia|Moscow|the Kremlin|Minsk|Estonia|Belarusian soldiers|UNHCR|the ombudsman|he|it|which|that|accused|blamed|accusing|accused of|of|by|and|not|if
says|said|denied|rejected|the accusations|claims|were false|is behind|to blame|a hybrid attack|sending|migrants|to the border|nothing to do with|holds
as a weapon|using|criticised|called|unjustified|the closure|closely following|developments in|has tightened|border controls|ready to close|right to asylum
responsible|Salla|'s|,|.|"|:|;|?|@minister_x ·
""".replace("\n", "|").strip("|").split("|")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\n"]), max_size=40))
def test_no_text_breaks_the_reading_and_every_quote_is_exact(pieces: list[str]) -> None:
    text = " ".join(pieces) + "\n\nOur desk at the border."
    document = Document(text, published=moment(DAY))
    reading = read(document, *knowledge())
    assert reading == read(document, *knowledge())
    for statement in reading.statements:
        assert text[statement.evidence.start:statement.evidence.end] == statement.evidence.quote
        if isinstance(statement.claim, Accusation):
            assert statement.claim.accused not in statement.claim.accusers
        if isinstance(statement.claim, Denial):
            assert set(statement.claim.denies) <= {other.id for other in reading.statements}
