"""Lines of the record as text, and what is made of them: kept with their words, or told by their number."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.sources.curated import parse
from pasvik.terms.capture import Origin
from pasvik.terms.claim import Basis, Change, Commitment, Status
from pasvik.terms.moment import Grain

GOOD = """
# a comment, and a blank line

{"source": {"url": "https://example.org/a", "published": "2023-11-22", "publisher": "Example", "words": "The four close on Friday."}, \
"time_zone": "Europe/Helsinki", "statement": {"kind": "status", "crossings": ["salla", "kuusamo"], "border": "FI-RU", "state": "closed", \
"commitment": "ordered", "lanes": ["all", "asylum"], "from": "2023-11-24T00:00+02:00", "until": "2023-12-23", "changes": "replaces", \
"speaker": {"name": "Finnish Government", "country": "FI"}, "decided_on": "2023-11-22", "legal_basis": "Act, section 16"}, \
"confidence": 0.95, "doubt": "one page has the 25th"}
"""
LINE = {
    "source": {"url": "https://example.org/a", "published": "2023-11-22", "publisher": "Example", "words": "Salla is open."},
    "time_zone": "Europe/Helsinki", "statement": {"kind": "status", "crossings": ["salla"], "state": "open", "commitment": "in_effect"}}

BAD = [
    ('{"source": ', "this is not JSON"),
    ("[1]", "the line is not an object"),
    ('{"statement": {}}', "the line has no source"),
    ('{"source": {}, "time_zone": "UTC"}', "the line has no statement"),
]
SPOILT = [
    (("source", "url"), "example.org/a", "not an http or https address"),
    (("source", "url"), "file:///etc/passwd", "not an http or https address"),
    (("source", "published"), "22 November", "is not a date or time"),
    (("source", "published"), None, "source without published"),
    (("source", "words"), " ", "source without words"),
    (("source", "publisher"), None, "source without publisher"),
    (("source", "author"), "somebody", "source has a field 'author'"),
    (("time_zone",), "Europe/Hellsinki", "is not a zone"),
    (("confidence",), "high", "confidence 'high' is not a number"),
    (("confidence",), 1.5, "confidence 1.5 is not a number"),
    (("statement", "state"), "shut", "shut"),
    (("statement", "kind"), "rumour", "unknown kind"),
    (("statement", "untill"), "2023-12-23", "statement has a field 'untill'"),
    (("statement", "people"), {"count": 55}, "statement has a field 'people'"),
    (("statement", "lanes"), "car", "lanes is not a list"),
    (("statement", "direction"), "west", "direction is neither"),
    (("statement", "until_further_notice"), "yes", "until_further_notice is not what it should be"),
    (("time_zone",), None, "the line has no time_zone"),
    (("time_zone",), "Europe", "is not a zone"),
    (("statement", "speaker"), {"country": "FI"}, "speaker without a name"),
    (("statement", "speaker"), {"name": "X", "land": "FI"}, "speaker has a field 'land'"),
    (("statement", "basis"), "guessed", "guessed"),
    (("statement", "time_zone"), "UTC", "statement has a field 'time_zone'"),
]


def spoil(path: tuple[str, ...], value: object) -> str:
    line = json.loads(json.dumps(LINE))
    part = line
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return json.dumps(line)


def test_a_line_is_kept_with_its_words_its_page_and_its_doubt() -> None:
    kept, faults = parse(GOOD, "status.jsonl")
    assert faults == []
    [(document, statement)] = kept
    claim = statement.claim
    assert isinstance(claim, Status)
    assert (claim.crossings, claim.commitment, claim.changes) == (("kuusamo", "salla"), Commitment.ORDERED, Change.REPLACES)
    assert claim.span.until is not None
    assert (claim.span.until.grain, claim.span.until.zone) == (Grain.DAY, "Europe/Helsinki")
    assert document.origin is Origin.CURATED
    assert document.url == "https://example.org/a"
    assert document.text[statement.evidence.start:statement.evidence.end] == statement.evidence.quote == "The four close on Friday."
    assert statement.source.document == document.id
    assert (statement.basis, statement.confidence, statement.doubt) == (Basis.STATED, 0.95, "one page has the 25th")
    assert statement.found_by == "curated: status.jsonl line 4"


@pytest.mark.parametrize(("line", "why"), BAD, ids=[why for _, why in BAD])
def test_a_bad_line_is_told_by_its_number_and_the_others_are_kept(line: str, why: str) -> None:
    kept, faults = parse("\n".join((json.dumps(LINE), line, json.dumps(LINE))), "said.jsonl")
    assert len(kept) == 2
    assert len(faults) == 1
    assert faults[0].what.startswith("said.jsonl line 2: ")
    assert why in faults[0].what


@pytest.mark.parametrize(("path", "value", "why"), SPOILT, ids=[f"{'.'.join(path)}={value}" for path, value, _ in SPOILT])
def test_a_spoilt_field_is_told_and_never_dropped(path: tuple[str, ...], value: object, why: str) -> None:
    kept, faults = parse(spoil(path, value), "status.jsonl")
    assert kept == []
    assert len(faults) == 1
    assert faults[0].what.startswith("status.jsonl line 1: ")
    assert why in faults[0].what


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["kind", "name", "count", "state", "url", "into", "x"]), inner, max_size=3), max_leaves=6)


@given(st.sampled_from(sorted(["source", "time_zone", "statement", "confidence", "doubt"])), JSON)
def test_no_value_in_a_line_stops_the_reading(name: str, value: object) -> None:
    kept, faults = parse(f"{json.dumps({**LINE, name: value})}\n{json.dumps(LINE)}", "x")
    assert len(kept) + len(faults) == 2


FIELDS = ["crossings", "border", "state", "commitment", "lanes", "from", "until", "hours", "direction", "speaker", "basis", "people"]


@given(st.sampled_from(FIELDS), JSON)
def test_no_value_in_a_statement_stops_the_reading(name: str, value: object) -> None:
    kept, faults = parse(f"{spoil(('statement', name), value)}\n{json.dumps(LINE)}", "x")
    assert len(kept) + len(faults) == 2


def test_the_same_line_twice_is_the_same_statement() -> None:
    first, second = parse(f"{json.dumps(LINE)}\n{json.dumps(LINE)}", "x")[0]
    assert first[0].id == second[0].id
    assert first[1].id == second[1].id
