"""The laws of the ledger, tried with invented records on every database: nothing changes, twice is once, order does not matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from pasvik.ledger.contract import Held
from pasvik.ledger.sql import SqlLedger, open_ledger
from pasvik.ledger.topics import lane_words, weight_of
from pasvik.terms.capture import Document, Origin, source_of
from pasvik.terms.claim import Change, Claim, Commitment, Count, Movement, Number, State, Status
from pasvik.terms.moment import Grain, Moment, Span, moment
from pasvik.terms.place import Lane
from pasvik.terms.statement import Evidence, Speaker, Statement

NOW = datetime(2024, 2, 1, 8, tzinfo=UTC)
CROSSINGS = {"salla": "FI-RU", "vartius": "FI-RU", "storskog": "NO-RU"}
LANES = (Lane.CAR, Lane.ASYLUM, Lane.RAIL_FREIGHT)
EMPTY = "ALTER TABLE {0} DISABLE TRIGGER USER; DELETE FROM {0}; ALTER TABLE {0} ENABLE TRIGGER USER"

minutes = st.integers(-60 * 24 * 365 * 20, 60 * 24 * 365 * 10).map(lambda n: NOW + timedelta(minutes=n))
zones = st.sampled_from(["UTC", "Europe/Helsinki", "Europe/Moscow"])


def moments_in(zone: str) -> st.SearchStrategy[Moment]:
    return st.one_of(
        st.builds(Moment, minutes, st.just(Grain.MINUTE), st.just(zone)),
        st.dates(NOW.date().replace(year=2010), NOW.date()).map(lambda day: moment(day.isoformat(), zone)),
        st.sampled_from(["2023", "2023-11"]).map(lambda told: moment(told, zone)))


moments = zones.flatmap(moments_in)
# Both ends of a span are told in one zone: the interchange format keeps one zone for each statement.
spans = zones.flatmap(lambda zone: st.builds(Span, st.none() | moments_in(zone), st.none() | moments_in(zone)))
words = st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=12)
sets = st.lists(st.sampled_from(sorted(CROSSINGS)), unique=True, max_size=2).map(lambda names: tuple(sorted(names)))
statuses = st.builds(
    Status, sets, st.none() | st.sampled_from(["FI-RU", "NO-RU"]), st.sampled_from([State.OPEN, State.CLOSED, State.RESTRICTED]),
    st.sampled_from(Commitment), st.lists(st.sampled_from(["all", *map(str, LANES)]), min_size=1, unique=True).map(tuple),
    st.none() | st.just("FI"), spans,
    changes=st.none() | st.sampled_from(Change), exceptions=st.none() | words)
numbers = st.builds(Number, st.none() | st.integers(0, 999))
claims: st.SearchStrategy[Claim] = st.one_of(
    statuses, statuses,
    st.builds(Movement, numbers, st.none() | st.sampled_from(sorted(CROSSINGS)), st.none() | words, st.just("arrived"), spans),
    st.builds(Count, numbers, st.just("arrivals"), st.just(("salla",)), st.none() | st.just("FI-RU"), span=spans))
Reading = tuple[Document, list[Statement]]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    document = Document(
        draw(words), published=draw(st.none() | moments), publisher=draw(st.none() | st.sampled_from(["yle", "tass"])),
        url=draw(st.none() | words), origin=draw(st.sampled_from(Origin)))
    speaker = draw(st.none() | st.builds(Speaker, words, country=st.none() | st.just("RU")))
    said = draw(st.lists(claims, max_size=3))
    evidence = Evidence(0, len(document.text), document.text)
    return document, [Statement(claim, evidence, source_of(document), speaker) for claim in said]


records = st.lists(readings(), max_size=6)


@st.composite
def crowds(draw: st.DrawFn) -> list[Reading]:
    """Many statements about few cells on few days, so that they get in each other's way."""
    said = draw(st.lists(st.tuples(
        st.integers(1, 5), st.sampled_from([("salla",), ("salla", "vartius"), ()]), st.sampled_from(["ordered", "in_effect"]),
        st.sampled_from([("all",), ("car",), ("asylum",)]), st.sampled_from(Origin)), min_size=6, max_size=16))
    crowd = []
    for number, (day, crossings, commitment, lanes, origin) in enumerate(said):
        document = Document(f"closed {number}", published=moment(f"2024-01-0{day}"), origin=origin)
        claim = Status(crossings, "FI-RU", State.CLOSED, Commitment(commitment), lanes)
        crowd.append((document, [Statement(claim, Evidence(0, len(document.text), document.text), source_of(document))]))
    return crowd


@pytest.fixture
def fresh(address: str) -> Iterator[Callable[[], SqlLedger]]:
    """Gives an empty ledger as often as asked: a new one in memory, else the one of the test, emptied from below."""
    opened: list[SqlLedger] = []

    def give() -> SqlLedger:
        if address == "sqlite://" or not opened:
            opened.append(open_ledger(address))
            return opened[-1]
        empty(opened[-1])
        opened.append(SqlLedger(opened[-1].engine))
        return opened[-1]

    yield give
    for one in opened:
        one.close()


def empty(ledger: SqlLedger) -> None:
    """Only the owner of a database can do this: by taking its guards away first."""
    with ledger.engine.begin() as connection:
        for table in ("entry", "topic", "posting", "revoked"):
            if ledger.engine.dialect.name == "postgresql":
                for words in EMPTY.format(table).split("; "):
                    connection.execute(text(words))
            else:
                name = f"{table}_no_delete"
                guard = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar_one()
                for words in (f"DROP TRIGGER {name}", f"DELETE FROM {table}", guard):
                    connection.exec_driver_sql(words)


law = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def fill(ledger: SqlLedger, record: list[Reading]) -> None:
    for document, statements in record:
        ledger.append(document, statements, recorded=NOW)


def board(ledger: SqlLedger, **clocks: object) -> dict[tuple[str, Lane], list[str]]:
    cells = ledger.cells(CROSSINGS, LANES, **clocks)  # type: ignore[arg-type]
    return {cell: [one.statement.id for one in held] for cell, held in cells.items()}


@law
@given(record=records)
def test_what_goes_in_comes_out(fresh: Callable[[], SqlLedger], record: list[Reading]) -> None:
    ledger = fresh()
    fill(ledger, record)
    for document, statements in record:
        kept = ledger.document(document.id)
        assert kept is not None
        assert (kept.text, kept.published, kept.url) == (document.text, document.published, document.url)
        held = {one.statement.id: one.statement for one in ledger.statements_of(document.id)}
        assert held.keys() >= {statement.id for statement in statements}
        assert all(held[statement.id].claim == statement.claim for statement in statements)
    assert ledger.verify() == []


@law
@given(record=records, later=records)
def test_law_1_an_old_board_never_changes(fresh: Callable[[], SqlLedger], record: list[Reading], later: list[Reading]) -> None:
    ledger = fresh()
    fill(ledger, record)
    head, before = ledger.head(), board(ledger)
    fill(ledger, later)
    for _, statements in record[:2]:
        for statement in statements:
            ledger.retract(statement.id, "misread", recorded=NOW)
    assert board(ledger, basis=head[0]) == before
    assert ledger.verify(head) == []


@law
@given(record=records)
def test_law_2_twice_is_once(fresh: Callable[[], SqlLedger], record: list[Reading]) -> None:
    ledger = fresh()
    fill(ledger, record)
    head = ledger.head()
    assert ledger.append_many(reversed(record), recorded=NOW + timedelta(days=1), batch=3).new == 0
    assert ledger.head() == head


@settings(law, max_examples=60)
@given(
    record=crowds() | records, known=st.none() | minutes | st.just(moment("2024-01-03").start), basis=st.none() | st.integers(0, 30),
    curated=st.booleans(), most=st.sampled_from([None, 1, 2]))
def test_law_3_a_board_is_a_function_of_its_clocks(
    fresh: Callable[[], SqlLedger], record: list[Reading], known: datetime | None, basis: int | None, curated: bool, most: int | None,
) -> None:
    """The index answers as reading everything from the beginning would."""
    ledger = fresh()
    fill(ledger, record)
    everything = {one.seq: one for document, _ in record for one in ledger.statements_of(document.id)}
    for (crossing, lane), held in ledger.cells(CROSSINGS, LANES, known=known, basis=basis, curated=curated, most=most).items():
        seen = [one for seq, one in everything.items() if speaks(one.statement, crossing, lane)
                and (known is None or when(one) <= known)
                and (basis is None or seq <= basis) and (curated or one.statement.source.origin is Origin.READ)]
        assert {one.seq for one in held} == {one.seq for one in seen if most is None or newer_of_its_kind(one, seen) < most}
    heard = ledger.heard(CROSSINGS, LANES, known=known, basis=basis, curated=curated, most=most)
    cut, whole = (ledger.cells(CROSSINGS, LANES, known=known, basis=basis, curated=curated, most=cut) for cut in (most, None))
    for crossing, seqs in heard.items():
        assert list(seqs) == sorted(seqs)
        assert {one.seq for lane in LANES for one in cut[crossing, lane]} <= set(seqs)
        assert set(seqs) <= {one.seq for lane in LANES for one in whole[crossing, lane]}
    assert heard.keys() == CROSSINGS.keys()


def when(one: Held) -> datetime:
    assert one.statement.source.published is not None
    return one.statement.source.published.start


def newer_of_its_kind(one: Held, seen: list[Held]) -> int:
    """How many of the same weight and origin were published later."""
    kind = (weight_of(one.statement.claim), one.statement.source.origin)  # type: ignore[arg-type]
    return sum(when(other) > when(one) and (weight_of(other.statement.claim), other.statement.source.origin) == kind  # type: ignore[arg-type]
               for other in seen)


def speaks(statement: Statement, crossing: str, lane: Lane) -> bool:
    claim = statement.claim
    if not isinstance(claim, Status) or statement.source.published is None:
        return False
    here = crossing in claim.crossings or (not claim.crossings and claim.border == CROSSINGS[crossing])
    return here and bool(set(claim.lanes) & set(lane_words(lane)))


@law
@given(record=records, data=st.data())
def test_law_4_the_order_of_arrival_does_not_matter(
    fresh: Callable[[], SqlLedger], record: list[Reading], data: st.DataObject,
) -> None:
    ledger = fresh()
    fill(ledger, record)
    one = board(ledger)
    other = fresh()
    fill(other, data.draw(st.permutations(record)))
    assert board(other) == one


@law
@given(record=records)
def test_law_6_every_cell_leads_to_words_in_a_document(fresh: Callable[[], SqlLedger], record: list[Reading]) -> None:
    ledger = fresh()
    fill(ledger, record)
    for held in ledger.cells(CROSSINGS, LANES).values():
        for one in held:
            words, document = one.statement.evidence, ledger.document(one.statement.source.document)
            assert document is not None
            assert document.text[words.start:words.end] == words.quote
            assert document.digest == one.statement.source.digest
