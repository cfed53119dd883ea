"""Cases of settling, as text: what was said, and what must hold then (tests/cases/settle/*.txt)."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from pasvik.situation.authority import Rules, parse_authorities, parse_outlets, rules
from pasvik.situation.policy import parse_policy
from pasvik.situation.settle import settle
from pasvik.terms.capture import Origin, Source
from pasvik.terms.claim import Basis, Change, Commitment, State, Status, Zone
from pasvik.terms.moment import Span, moment
from pasvik.terms.place import RAIL_LANES, ROAD_LANES, ZONES, Crossing, Lane, Side
from pasvik.terms.statement import Evidence, Speaker, Statement
from pasvik.terms.status import Cell

KNOWLEDGE = Path(__file__).parents[2] / "src" / "pasvik" / "knowledge"
CASES = Path(__file__).parents[1] / "cases" / "settle"
SIDES = {
    "vaalimaa": ("FI", "RU"), "imatra": ("FI", "RU"), "niirala": ("FI", "RU"), "salla": ("FI", "RU"), "raja-jooseppi": ("FI", "RU"),
    "vartius": ("FI", "RU"), "kuusamo": ("FI", "RU"), "storskog": ("NO", "RU"), "narva": ("EE", "RU"), "medininkai": ("LT", "BY"), "terespol": ("PL", "BY"),
    "imatra-rail": ("FI", "RU")}
OUTLETS = """name,aliases,country,kind,state_media,reprint
Yle,yle.fi,FI,press,no,no
Helsinki Times,,FI,press,no,no
Finnish Border Guard,raja.fi,FI,authority,no,no
State Wire,,RU,state_media,yes,no
Copy Site,,,aggregator,no,yes
"""


@pytest.fixture(scope="module")
def book() -> Rules:
    policy, authorities = ((KNOWLEDGE / name).read_text(encoding="utf-8") for name in ("policy.toml", "authorities.csv"))
    return rules(parse_policy(policy), parse_authorities(authorities), parse_outlets(OUTLETS))


def crossing(name: str) -> Crossing:
    one, other = SIDES[name]
    lanes = RAIL_LANES if name.endswith("-rail") else ROAD_LANES
    return Crossing(name, name, Side(one, name, name), Side(other, name, name), frozenset(lanes))


def said(line: str, number: int) -> Statement:
    """`DATE | OUTLET | SPEAKER (CC) or - | crossings | state commitment | from X until Y lanes a,b into FI changes extends …`"""
    published, outlet, who, names, what, more = (part.strip() for part in line.split("|"))
    state, commitment = what.split()
    names_list = tuple(sorted(names.split()))
    border = names if re.fullmatch(r"[A-Z]{2}-[A-Z]{2}", names) else None
    zone = ZONES[border[:2] if border else SIDES[names_list[0]][0]]
    told = dict(re.findall(r"(from|until|lanes|into|changes|hours|zone|basis|confidence|group|doc|words|only) (\S+)", more))
    claim = Status(
        () if border else names_list, border or "-".join(sorted(SIDES[names_list[0]])), State(state), Commitment(commitment),
        tuple(told.get("lanes", "all").split(",")), told.get("into"),
        Span(moment(told["from"], zone) if "from" in told else None, moment(told["until"], zone) if "until" in told else None),
        "notice" in more.split(), told.get("hours"), Change(told["changes"]) if "changes" in told else None, told.get("only"),
        told.get("group"))
    match = re.fullmatch(r"(.+?)(?:, (.+))? \((\w\w)\)", who)
    speaker = Speaker(match[1], match[2], country=match[3]) if match else None if who == "-" else Speaker(who)
    words = told.get("words") or f"the words of line {number:04}"
    document = told.get("doc", f"d{number}")
    return Statement(
        claim, Evidence(0, len(words), words, Zone(told.get("zone", "body"))),
        Source(document, document, None if outlet == "-" else outlet, None if published == "-" else moment(published, zone), None,
               Origin.CURATED if "curated" in more.split() else Origin.READ),
        speaker, Basis(told.get("basis", "stated")), float(told.get("confidence", 0.9)), id=f"line{number}")


def clock(words: str, name: str) -> datetime | None:
    return None if words == "-" else moment(words, crossing(name).zone).start


def shown(cell: Cell) -> dict[str, str]:
    """A cell as the words of a case."""
    return {
        "since": cell.since.iso() if cell.since else "-", "until": cell.until.iso() if cell.until else "-",
        "by": cell.decided_by or "-", "hours": cell.hours or "-", "notice": "yes" if cell.until_further_notice else "no",
        "inferred": "yes" if cell.inferred else "no", "for": str(len(cell.supports)), "against": str(len(cell.against)),
        "unconfirmed": str(len(cell.unconfirmed)), "confirmed": cell.last_confirmed.iso() if cell.last_confirmed else "-",
        "pending": ",".join(f"{p.state}:{p.commitment}" for p in cell.pending) or "-", "notes": str(len(cell.notes)),
        "sides": ",".join(":".join(side) for side in cell.sides) or "-"}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_cases(path: Path, book: Rules) -> None:
    statements: list[Statement] = []
    asked = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        words = line.strip()
        if words.startswith("=="):
            statements = []
        elif words.startswith("at "):
            asked += 1
            question, _, answer = words.partition(" -> ")
            name, lane, at = re.fullmatch(r"at (\S+) (\S+) (\S+)(?: known \S+)?", question).group(2, 3, 1)  # type: ignore[union-attr]
            known = clock(question.partition(" known ")[2] or "-", name)
            heard = [s for s in statements if known is None or (s.source.published and s.source.published.start <= known)]
            cell = settle(crossing(name), Lane(lane), heard, clock(at, name), book)
            state, *rest = answer.split("#")[0].split()
            assert cell.state == state, f"{path.name} line {number}: {words}\n  got {cell.state}: {cell.because}"
            said_of = shown(cell)
            for key, value in zip(rest[::2], rest[1::2], strict=True):
                assert said_of[key] == value, f"{path.name} line {number}: {key} is {said_of[key]}, not {value}\n  {cell.because}"
        elif words and not words.startswith("#"):
            statements.append(said(words, number))
    assert asked, f"{path.name} asks nothing"


def test_retellings_are_one_utterance_and_the_steps_say_how_it_was_put(book: Rules) -> None:
    lines = [line for line in (CASES / "drift.txt").read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    told = [said(line, number) for number, line in enumerate(lines)]
    cell = settle(crossing("salla"), Lane.CAR, told, clock("2023-11-24T12:00", "salla"), book)
    assert ("Told 3 times (Yle, Helsinki Times, East Today), which counts as one utterance; put first as ordered, then as in effect"
            in cell.because)
    warned = [said(line, 10 + number) for number, line in enumerate((
        "2023-11-20T09:00 | Yle | Finnish Government (FI) | salla | closed considering |",
        "2023-11-20T15:00 | East Today | Finnish Government (FI) | salla | closed planned |"))]
    cell = settle(crossing("salla"), Lane.CAR, warned, clock("2023-11-22T12:00", "salla"), book)
    assert [p.commitment for p in cell.pending] == ["considering"]
    assert cell.notes == ("Finnish Government, closure considered: Told 2 times (Yle, East Today), which counts as one utterance; "
                          "put first as considered, then as planned",)
