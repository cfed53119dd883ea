"""Status claims, case by case: a sentence, the day it was published, and what it says of crossings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pytest

from pasvik.app.settings import settings_from
from pasvik.app.wiring import open_reader
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.lexicon import Lexicon
from pasvik.reading.read import read
from pasvik.terms.capture import Document
from pasvik.terms.claim import Status
from pasvik.terms.moment import moment
from pasvik.terms.statement import Statement

HERE = Path(__file__).parent.parent
FILES = ("status.txt", "sets.txt", "deeds.txt", "turns.txt", "notices.txt")
FIELDS = ("lanes", "into", "from", "until", "hours", "changes", "by", "border")


@dataclass(frozen=True)
class Case:
    """A text with its day of publication and the claims that it makes, no more and no fewer."""

    day: str
    text: str
    told: tuple[str, ...]
    language: str = "en"

    def __str__(self) -> str:
        return self.text[:70]


@lru_cache(maxsize=1)
def knowledge() -> tuple[Gazetteer, Lexicon]:
    """What the reader is shipped with."""
    reader = open_reader(settings_from({}))
    return reader.gazetteer, reader.lexicon


def cases() -> list[Case]:
    """The cases of FILES, and of tongues/<language>.txt in other languages."""
    folder = HERE / "cases" / "reading"
    tongues = [case for path in sorted((folder / "tongues").glob("*.txt")) for case in read_cases(path, path.stem)]
    return [case for name in FILES for case in read_cases(folder / name, "en")] + tongues


def read_cases(path: Path, language: str) -> list[Case]:
    """The cases of a file: `| day | text`, then lines of `=> what is told`, or `=> nothing`; " // " breaks a line of the text."""
    found: list[Case] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("|"):
            _, day, text = (part.strip() for part in line.split("|", 2))
            found.append(Case(day, text, (), language))
        elif line.startswith("=>"):
            said = line[2:].strip()
            last = found.pop()
            found.append(replace(last, told=last.told if said == "nothing" else (*last.told, said)))
    return found


def fields(words: str) -> dict[str, str]:
    """`closed ordered imatra niirala from 2023-11-18` as fields; crossings as one sorted string."""
    state, commitment, *rest = words.split()
    told = {"state": state, "commitment": commitment, "crossings": ""}
    name = "crossings"
    for word in rest:
        if word in FIELDS:
            name = word
            told[name] = ""
        else:
            told[name] = f"{told[name]} {word}".strip()
    return told


def as_fields(statement: Statement) -> dict[str, str]:
    """A statement in the words of a case."""
    claim = statement.claim
    assert isinstance(claim, Status)
    return {
        "state": str(claim.state), "commitment": str(claim.commitment), "crossings": " ".join(claim.crossings), "border": claim.border or "",
        "lanes": ",".join(claim.lanes), "into": claim.into or "", "from": claim.span.start.iso() if claim.span.start else "",
        "until": claim.span.until.iso() if claim.span.until else "", "hours": claim.hours or "", "changes": str(claim.changes or ""),
        "by": statement.speaker.name if statement.speaker else ""}


def fits(want: str, told: dict[str, str]) -> bool:
    """Whether a claim is what the case wants; `closed|restricted` allows either, `-` asks for the border alone, `none` for no crossing."""
    for name, value in fields(want).items():
        if name == "crossings" and value == "-":
            continue
        if told[name] not in value.replace("none", "").split("|"):
            return False
    return True


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_sentence_says_this_and_no_more(case: Case) -> None:
    gazetteer, lexicon = knowledge()
    reading = read(Document(text=case.text.replace(" // ", "\n"), published=moment(f"{case.day}T12:00+02:00"), language=case.language), gazetteer, lexicon)
    told = [as_fields(one) for one in reading.statements if isinstance(one.claim, Status)]
    assert len(told) == len(case.told), told
    for want in case.told:
        assert any(fits(want, one) for one in told), (want, told)
