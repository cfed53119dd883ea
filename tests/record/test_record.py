"""The shipped record itself: every line is read, stands on a known page, names known crossings, and nothing excludes anything else."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pasvik.gazetteer.table import parse_crossings
from pasvik.situation.contradiction import check
from pasvik.sources.curated import parse
from pasvik.terms.capture import Document, Origin
from pasvik.terms.claim import Commitment, Count, Movement, State, Status
from pasvik.terms.moment import Grain
from pasvik.terms.statement import Statement

KNOWLEDGE = Path(__file__).parents[2] / "src" / "pasvik" / "knowledge"
FILES = sorted((KNOWLEDGE / "record").glob("*.jsonl"))
READ = {path.name: parse(path.read_text(encoding="utf-8"), path.name) for path in FILES}
RECORD: list[tuple[Document, Statement]] = [one for kept, _ in READ.values() for one in kept]
STATEMENTS = [statement for _, statement in RECORD]
CROSSINGS, _ = parse_crossings((KNOWLEDGE / "crossings.csv").read_text(encoding="utf-8"))
EIGHT = ("imatra", "kuusamo", "niirala", "nuijamaa", "raja-jooseppi", "salla", "vaalimaa", "vartius")


def rows(name: str) -> list[dict[str, str]]:
    text = (KNOWLEDGE / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def decisions(day: str) -> list[Status]:
    return [
        s.claim for s in STATEMENTS
        if isinstance(s.claim, Status) and s.claim.commitment is Commitment.ORDERED and s.claim.decided_on == day and not s.claim.applies_to
        and s.speaker and s.speaker.name == "Finnish Government"]


@pytest.mark.parametrize("name", sorted(READ))
def test_every_line_is_read(name: str) -> None:
    kept, faults = READ[name]
    assert faults == []
    assert len(kept) >= 50


def test_the_record_has_all_its_files_and_no_line_twice() -> None:
    assert sorted(READ) == ["arrivals.jsonl", "said.jsonl", "status.jsonl"]
    assert len({s.id for s in STATEMENTS}) == len(STATEMENTS)


def test_nothing_in_the_record_excludes_anything_else() -> None:
    assert check(STATEMENTS, CROSSINGS) == []


@pytest.mark.parametrize(("document", "statement"), RECORD, ids=[s.found_by.removeprefix("curated: ") for s in STATEMENTS])
def test_every_line_stands_on_a_page_with_a_day(document: Document, statement: Statement) -> None:
    assert document.origin is Origin.CURATED
    assert document.url
    assert document.url.startswith(("http://", "https://"))
    assert document.published
    assert document.published.grain in (Grain.DAY, Grain.MINUTE)     # the known clock needs a day
    assert statement.evidence.quote == document.text


def test_every_publisher_is_in_the_list_of_outlets() -> None:
    known = {row["name"] for row in rows("outlets.csv")}
    assert {document.publisher for document, _ in RECORD} <= known


def test_the_page_is_on_a_domain_of_its_publisher() -> None:
    domains = {row["name"]: [d for d in row["domains"].split("|") if d] for row in rows("outlets.csv")}
    for document, statement in RECORD:
        host = (document.url or "").split("/")[2].removeprefix("www.").rstrip(".")
        assert any(host == d or host.endswith("." + d) for d in domains[document.publisher or ""]), statement.found_by


def test_a_crossing_lies_on_the_border_that_is_given_with_it() -> None:
    for statement in STATEMENTS:
        if isinstance(statement.claim, Status | Count) and statement.claim.border:
            for name in statement.claim.crossings:
                assert CROSSINGS[name].border == statement.claim.border, statement.found_by


def test_a_deciding_office_is_in_the_list_of_authorities() -> None:
    bodies = {row["body"] for row in rows("authorities.csv")}
    for statement in STATEMENTS:
        who = statement.speaker
        if who:
            assert (who.body or who.name) in bodies, statement.found_by


def test_nothing_counted_was_known_before_it_happened() -> None:
    for document, statement in RECORD:
        claim = statement.claim
        span = claim.span if isinstance(claim, Count) else claim.when if isinstance(claim, Movement) else None
        if span and span.start and document.published:
            assert span.start.start < document.published.end, statement.found_by


@pytest.mark.parametrize(("day", "state", "crossings", "start", "until"), [
    ("2023-11-16", "closed", "imatra niirala nuijamaa vaalimaa", "2023-11-18T00:00+02:00", "2024-02-18"),
    ("2023-11-22", "closed", "imatra kuusamo niirala nuijamaa salla vaalimaa vartius", "2023-11-24T00:00+02:00", "2023-12-23"),
    ("2023-11-22", "open", "raja-jooseppi", "2023-11-24T00:00+02:00", "2023-12-23"),
    ("2023-11-28", "closed", " ".join(EIGHT), "2023-11-30T00:00+02:00", "2023-12-13"),
    ("2023-12-12", "open", "niirala vaalimaa", "2023-12-14T00:00+02:00", "2024-01-14"),
    ("2023-12-12", "closed", "imatra kuusamo nuijamaa raja-jooseppi salla vartius", "2023-12-14T00:00+02:00", "2024-01-14"),
    ("2023-12-14", "closed", " ".join(EIGHT), "2023-12-15T20:00+02:00", "2024-01-14"),
    ("2024-01-11", "closed", " ".join(EIGHT), "2024-01-15T00:00+02:00", "2024-02-11"),
    ("2024-02-08", "closed", " ".join(EIGHT), "2024-02-12T00:00+02:00", "2024-04-14"),
    ("2024-04-04", "closed", " ".join(EIGHT), "2024-04-15T00:00+03:00", ""),
    ("2025-04-16", "closed", " ".join(EIGHT), "2025-04-16", ""),
])
def test_a_finnish_decision_says_what_was_announced_that_day(day: str, state: str, crossings: str, start: str, until: str) -> None:
    told = [
        (" ".join(c.crossings), c.span.start.iso() if c.span.start else "", c.span.until.iso() if c.span.until else "")
        for c in decisions(day) if c.state is State(state) and "all" in c.lanes]
    assert told == [(crossings, start, until)]


def test_a_group_alone_is_marked_so_that_no_cell_changes() -> None:
    barred = [s.claim for s in STATEMENTS if isinstance(s.claim, Status) and s.claim.applies_to]
    assert len(barred) >= 15
    assert {word for c in barred for word in ("tourist", "registered in", "boats", "essential", "road") if word in str(c.applies_to)} == {
        "tourist", "registered in", "boats", "essential", "road"}


def test_what_is_only_said_never_decides() -> None:
    kept, _ = READ["said.jsonl"]
    settling = (Commitment.ORDERED, Commitment.IN_EFFECT, Commitment.ENDED)
    assert [s.found_by for _, s in kept if isinstance(s.claim, Status) and s.claim.commitment in settling] == []


def test_the_55_announced_stand_beside_the_55_counted() -> None:
    moved = {(m.fate, m.origin, m.destination): m.people.count for s in STATEMENTS if isinstance(m := s.claim, Movement)}
    assert moved["planned_transfer", "salla", "raja-jooseppi"] == 55
    assert moved["arrived", None, "raja-jooseppi"] == 55
    both = [c for s in STATEMENTS if isinstance(c := s.claim, Count) and c.people.count == 61 and c.crossings == ("raja-jooseppi",)]
    assert {c.what for c in both} == {"arrivals", "crossings"}


def test_no_contested_word_is_in_our_own_words() -> None:
    for path in FILES:
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if text.startswith("{"):
                line = json.loads(text)
                ours = json.dumps([line["source"]["words"], line["statement"], line.get("doubt")]).casefold()
                for contested in ("hybrid", "weapon", "invasion", "illegal", "flood", "swarm", "attack"):
                    assert contested not in ours, f"{path.name} line {number}"
