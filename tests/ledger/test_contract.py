"""What every ledger does, whatever database it is kept in: told as a record, with questions and the answers beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pasvik.ledger.contract import Held, NotHeld
from pasvik.ledger.sql import SqlLedger
from pasvik.terms.capture import Document, Origin, source_of
from pasvik.terms.claim import Accusation, Claim, Commitment, Count, Denial, Movement, Number, Objection, Posture, State, Status
from pasvik.terms.moment import Moment, Span, moment
from pasvik.terms.place import Lane
from pasvik.terms.statement import Evidence, Puzzle, Speaker, Statement

Read = Callable[[str], tuple[Document, Statement]]
NOW = datetime(2024, 2, 1, 8, tzinfo=UTC)

RECORD = """
  A  yle     2023-11-20T09:00+02:00  FI-RU  salla              closed      considering  all
  B  yle     2023-11-24T18:00+02:00  FI-RU  kuusamo+salla      closed      ordered      all
  C  yle     2023-11-25T08:00+02:00  FI-RU  -                  closed      planned      car+truck
  D  record  2023-11-24              FI-RU  salla              closed      in_effect    all
  E  tass    2023-11-26T10:00+03:00  FI-RU  salla              open        in_effect    rail_freight+asylum
  F  nrk     2023-11-23              NO-RU  storskog           open        in_effect    all
  G  rumour  -                       FI-RU  salla              open        in_effect    all
"""
# crossing  lane  border  known  basis (the letter last held)  curated  ->  who speaks
QUESTIONS = """
  salla     car           FI-RU  -                       -  yes  ->  A D B C
  salla     car           FI-RU  2023-11-24T12:00+02:00  -  yes  ->  A D
  salla     car           FI-RU  2023-11-24T18:00+02:00  -  yes  ->  A D B
  salla     car           FI-RU  2023-11-24T17:59+02:00  -  yes  ->  A D
  salla     car           FI-RU  -                       B  yes  ->  A B
  salla     car           FI-RU  -                       -  no   ->  A B C
  salla     bus           FI-RU  -                       -  yes  ->  A D B
  salla     asylum        FI-RU  -                       -  yes  ->  E
  salla     rail_freight  FI-RU  -                       -  yes  ->  E
  salla     car           -      -                       -  yes  ->  A D B
  kuusamo   truck         FI-RU  -                       -  yes  ->  B C
  storskog  car           NO-RU  -                       -  yes  ->  F
  vartius   car           FI-RU  -                       -  yes  ->  C
  vartius   asylum        FI-RU  -                       -  yes  ->
"""


def record(ledger: SqlLedger, read: Read, lines: str = RECORD) -> dict[str, Statement]:
    kept: dict[str, Statement] = {}
    for line in lines.strip().splitlines():
        letter, _, told = line.strip().partition(" ")
        document, statement = read(told)
        ledger.append(document, [statement], recorded=NOW)
        kept[letter] = statement
    return kept


def letters(kept: dict[str, Statement], held: list[Held]) -> str:
    names = {statement.id: letter for letter, statement in kept.items()}
    return " ".join(names[one.statement.id] for one in held)


@pytest.mark.parametrize("most", [None, 10])
def test_a_cell_is_what_was_published_and_held(ledger: SqlLedger, read: Read, most: int | None) -> None:
    kept = record(ledger, read)
    for line in QUESTIONS.strip().splitlines():
        asked, _, expected = line.partition("->")
        crossing, lane, border, known, basis, curated = asked.split()
        held = ledger.cell(
            crossing, Lane(lane), None if border == "-" else border, known=None if known == "-" else moment(known).start,
            basis=None if basis == "-" else ledger.statement(kept[basis].id).seq,  # type: ignore[union-attr]
            curated=curated == "yes", most=most)
        assert letters(kept, held) == expected.strip(), line
        assert all(one.statement == kept[letters(kept, [one])] and one.recorded == NOW for one in held)


def test_a_board_is_its_cells(ledger: SqlLedger, read: Read) -> None:
    record(ledger, read)
    crossings = {"salla": "FI-RU", "kuusamo": "FI-RU", "storskog": "NO-RU", "nowhere": None}
    board = ledger.cells(crossings, tuple(Lane))
    assert set(board) == {(crossing, lane) for crossing in crossings for lane in Lane}
    assert all(board[crossing, lane] == ledger.cell(crossing, lane, crossings[crossing]) for crossing, lane in board)


def test_most_keeps_the_newest_of_each_weight(ledger: SqlLedger, read: Read) -> None:
    days = [f"d{day} yle 2024-01-{day:02} FI-RU salla closed in_effect all" for day in range(10, 20)]
    kept = record(ledger, read, "\n".join(["o yle 2024-01-01 FI-RU salla closed ordered all", *days]))
    assert letters(kept, ledger.cell("salla", Lane.CAR, "FI-RU", most=2)) == "o d18 d19"
    assert letters(kept, ledger.cell("salla", Lane.CAR, "FI-RU", most=2, known=moment("2024-01-15T12:00").start)) == "o d14 d15"
    ledger.retract(kept["d19"].id, "misread", recorded=NOW)
    assert letters(kept, ledger.cell("salla", Lane.CAR, "FI-RU", most=2)) == "o d17 d18"


def test_what_was_heard_is_remembered_and_never_stale(ledger: SqlLedger, read: Read) -> None:
    kept = record(ledger, read)
    lanes = (Lane.CAR, Lane.ASYLUM)
    heard = ledger.heard({"salla": "FI-RU", "storskog": "NO-RU"}, lanes)
    said = ledger.at_positions(heard["salla"])
    assert {one.id for one in said.values()} == {one.statement.id for lane in lanes for one in ledger.cell("salla", lane, "FI-RU")}
    ledger.retract(kept["B"].id, "misread", recorded=NOW)
    assert len(ledger.heard({"salla": "FI-RU", "storskog": "NO-RU"}, lanes)["salla"]) == len(heard["salla"]) - 1
    assert ledger.heard({"salla": "FI-RU", "storskog": "NO-RU"}, lanes, basis=ledger.basis() - 1) == heard
    ledger.forget()
    assert ledger.heard({"salla": "FI-RU", "storskog": "NO-RU"}, lanes, basis=ledger.basis() - 1) == heard


def test_twice_is_once_and_says_so(ledger: SqlLedger, read: Read) -> None:
    document, statement = read("yle 2023-11-24 FI-RU salla closed ordered all")
    puzzle = Puzzle("which town?", 0, 3, "yle")
    first = ledger.append(document, [statement], [puzzle], recorded=NOW)
    assert (first.new, first.known, first.basis, first.document_new) == (1, 0, 3, True)
    again = ledger.append(document, [statement, statement], [puzzle], recorded=NOW)
    assert (again.new, again.known, again.basis, again.document_new) == (0, 2, 3, False)
    assert ledger.document(document.id) == document
    assert ledger.puzzles_of(document.id) == [puzzle]
    assert ledger.basis() == 3
    assert ledger.recorded_at(3) == NOW
    assert ledger.recorded_at(4) is None


def test_the_same_words_at_a_second_address_stand_in_both(ledger: SqlLedger, read: Read) -> None:
    document, statement = read("yle 2023-11-24 FI-RU salla closed ordered all")
    second = Document(document.text, published=document.published, publisher="yle", url="https://yle.example/2")
    also = Statement(statement.claim, statement.evidence, source_of(second))
    assert also.id == statement.id
    ledger.append(document, [statement], recorded=NOW)
    assert ledger.append(second, [also], recorded=NOW).known == 1
    assert ledger.append(second, [also], recorded=NOW).basis == 4
    assert [one.statement for one in ledger.statements_of(second.id)] == [statement]
    assert len(ledger.cell("salla", Lane.CAR, "FI-RU")) == 1
    assert ledger.verify() == []


def test_an_undated_document_waits_for_its_date(ledger: SqlLedger, read: Read) -> None:
    undated, statement = read("yle - FI-RU salla closed ordered all")
    ledger.append(undated, [statement], recorded=NOW)
    assert [one.document for one in ledger.undated()] == [undated]
    assert [one.statement for one in ledger.statements_of(undated.id)] == [statement]
    assert ledger.cell("salla", Lane.CAR, "FI-RU") == ledger.history("salla") == ledger.by_kind("status") == []
    dated, statement = read("yle 2023-11-24 FI-RU salla closed ordered all")
    ledger.append(dated, [statement], recorded=NOW)
    assert [one.statement for one in ledger.cell("salla", Lane.CAR, "FI-RU")] == [statement]


def test_a_retraction_is_seen_from_where_it_stands(ledger: SqlLedger, read: Read) -> None:
    kept = record(ledger, read)
    before = ledger.basis()
    done = ledger.retract(kept["B"].id, "misread", recorded=NOW)
    assert (done.new, done.basis) == (1, before + 1)
    assert ledger.retract(kept["B"].id, "misread", recorded=NOW).basis == before + 1
    assert letters(kept, ledger.cell("salla", Lane.CAR, "FI-RU")) == "A D C"
    assert letters(kept, ledger.cell("salla", Lane.CAR, "FI-RU", basis=before)) == "A D B C"
    assert letters(kept, ledger.history("kuusamo")) == ""
    assert ledger.statement(kept["B"].id).retracted == done.basis  # type: ignore[union-attr]
    [note] = ledger.notes("retraction", kept["B"].id)
    assert note.said == {"reason": "misread"}
    ledger.retract(note.id, "it was right after all", recorded=NOW)
    assert letters(kept, ledger.cell("salla", Lane.CAR, "FI-RU")) == "A D B C"
    assert letters(kept, ledger.cell("salla", Lane.CAR, "FI-RU", basis=done.basis)) == "A D C"
    assert ledger.statement(kept["B"].id).retracted is None  # type: ignore[union-attr]
    assert ledger.notes("retraction", kept["B"].id) == []
    assert ledger.verify() == []


def test_with_a_document_goes_all_that_it_says_now_and_later(ledger: SqlLedger, read: Read) -> None:
    document, statement = read("hoax 2023-11-24 FI-RU salla closed ordered all")
    ledger.append(document, [statement], recorded=NOW)
    ledger.retract(document.id, "a forgery", recorded=NOW)
    found_later = Statement(
        Status(("salla",), "FI-RU", State.OPEN, Commitment.PLANNED), Evidence(0, 4, "hoax"), source_of(document))
    assert ledger.append(document, [found_later], recorded=NOW).new == 1
    assert ledger.cell("salla", Lane.CAR, "FI-RU") == []
    assert all(one.retracted for one in ledger.statements_of(document.id))
    assert ledger.documents()[0].retracted
    assert ledger.verify() == []


def test_what_is_not_held_cannot_be_retracted(ledger: SqlLedger) -> None:
    with pytest.raises(NotHeld, match="holds no 's123'"):
        ledger.retract("s123", "why", recorded=NOW)
    with pytest.raises(NotHeld, match="no verdict about it"):
        ledger.note("verdict", {}, about="s123", recorded=NOW)
    assert ledger.basis() == 0


def test_verdicts_and_forecasts(ledger: SqlLedger, read: Read) -> None:
    kept = record(ledger, read)
    ledger.note("verdict", {"came_true": True, "days": 3}, about=kept["A"].id, recorded=NOW)
    ledger.note("forecast", {"people": [1, 2.5, None, "пять"]}, recorded=NOW)
    assert ledger.note("forecast", {"people": [1, 2.5, None, "пять"]}, recorded=NOW).new == 0
    assert [one.said for one in ledger.notes("verdict", kept["A"].id)] == [{"came_true": True, "days": 3}]
    assert [one.said for one in ledger.notes("forecast")] == [{"people": [1, 2.5, None, "пять"]}]
    assert ledger.notes("forecast", basis=ledger.basis() - 1) == []
    with pytest.raises(ValueError, match="verdict, forecast"):
        ledger.note("guess", {}, recorded=NOW)
    with pytest.raises(ValueError, match="plain JSON"):
        ledger.note("verdict", {"at": NOW}, recorded=NOW)


CLAIMS: tuple[Claim, ...] = (
    Movement(Number(55), "salla", "raja-jooseppi", "planned_transfer", Span(moment("2023-11-24", "Europe/Helsinki"))),
    Count(Number(None, 10, 20, True), "arrivals", ("salla", "vartius"), "FI-RU", span=Span(moment("2023-11"), moment("2023-12"))),
    Accusation(("FI",), "RU", "pushes people", "FI-RU"),
    Denial("RU"),
    Posture("EE", "ready_to_close", "EE-RU"),
    Objection("ombudsman", "FI-RU", "asylum"),
    Objection("ombudsman", "salla", "asylum"),
)


def test_every_kind_comes_back_as_it_went_in(ledger: SqlLedger) -> None:
    document = Document(
        "Они сказали \x00 \ud800 то", published=moment("2023-11-24T08:15+02:00", "Europe/Helsinki"), publisher="tass",
        captions=((0, 3), (4, 6)), headline=(0, 2), language="ru", capture="ab" * 32, title="t")
    statements = [
        Statement(claim, Evidence(i, i + 4, document.text[i:i + 4]), source_of(document), Speaker("Kremlin", country="RU"), confidence=0.25)
        for i, claim in enumerate(CLAIMS)]
    ledger.append(document, statements, recorded=NOW)
    assert [one.statement for one in ledger.statements_of(document.id)] == statements
    assert ledger.document(document.id) == document

    def found(held: list[Held]) -> list[int]:
        return sorted(statements.index(one.statement) for one in held)

    assert found(ledger.history("salla")) == [0, 1, 6]
    assert found(ledger.history("salla", border="FI-RU")) == [0, 1, 2, 5, 6]
    assert found(ledger.history("salla", kinds=["count"])) == [1]
    assert found(ledger.by_kind("accusation")) == [2]
    assert found(ledger.by_kind("accusation", "NO-RU")) == []
    assert found(ledger.by_kind("objection", "FI-RU", crossings=["salla"])) == [5, 6]
    assert found(ledger.by_kind("denial")) == [3]
    assert found(ledger.by_kind("count", since=moment("2023-11-25").start)) == []
    assert ledger.verify() == []


def test_lists_are_newest_first_and_can_be_cut(ledger: SqlLedger, read: Read) -> None:
    kept = record(ledger, read)
    assert letters(kept, ledger.history("salla")) == "E B D A"
    assert letters(kept, ledger.history("salla", border="FI-RU", limit=3)) == "E C B"
    assert letters(kept, ledger.history("salla", curated=False, known=moment("2023-11-25T00:00+02:00").start)) == "B A"
    assert letters(kept, ledger.by_kind("status", "FI-RU", since=moment("2023-11-24T18:00+02:00").start)) == "E C B"
    assert letters(kept, ledger.by_kind("status", limit=2)) == "E C"
    page = ledger.documents(limit=3)
    assert [one.document.publisher for one in page] == ["rumour", "nrk", "tass"]
    assert [one.document.publisher for one in ledger.documents(limit=2, before=page[-1].seq)] == ["record", "yle"]
    counts = ledger.counts()
    assert (counts.basis, counts.entries, counts.undated) == (14, {"document": 7, "statement": 7}, 1)
    assert counts.last_recorded == NOW
    assert {(one.place, one.kind): one.count for one in ledger.tallies()} == {
        ("salla", "status"): 4, ("kuusamo", "status"): 1, ("storskog", "status"): 1, ("border:FI-RU", "status"): 5,
        ("border:NO-RU", "status"): 1}
    assert {one.place: one.count for one in ledger.tallies(curated=False)}["salla"] == 3


def test_no_claim_without_its_words(ledger: SqlLedger, read: Read) -> None:
    document, statement = read("yle 2023-11-24 FI-RU salla closed ordered all")
    other = Document(document.text + "!", publisher="yle")
    wrong = (
        (Document("nothing of the kind"), statement, "without its words"),
        (other, statement, "another source"),
        (document, Statement(statement.claim, statement.evidence, statement.source, id="s1"), "not the id"),
    )
    for paper, said, why in wrong:
        with pytest.raises(ValueError, match=why):
            ledger.append(paper, [said], recorded=NOW)
    with pytest.raises(ValueError, match="needs a zone"):
        ledger.append(document, [statement], recorded=datetime(2024, 1, 1))
    assert ledger.basis() == 0


def test_the_database_itself_refuses_to_change_or_remove(ledger: SqlLedger, read: Read) -> None:
    kept = record(ledger, read)
    ledger.retract(kept["A"].id, "misread", recorded=NOW)
    head = ledger.head()
    for words in (
        "UPDATE entry SET body = '{}'", "DELETE FROM entry", "UPDATE posting SET published = 0", "DELETE FROM posting",
        "UPDATE topic SET place = ''", "DELETE FROM topic", "DELETE FROM revoked", "UPDATE revoked SET by_seq = 0",
    ):
        with pytest.raises(DBAPIError, match="never changed"), ledger.engine.begin() as connection:
            connection.execute(text(words))
    assert ledger.head() == head
    assert ledger.verify(head) == []


def test_many_at_once_are_the_same_as_one_by_one(ledger: SqlLedger, read: Read) -> None:
    readings = [read(f"yle 2024-01-{day:02} FI-RU salla closed in_effect all") for day in range(1, 29)]
    many = ((document, [statement]) for document, statement in readings)
    done = ledger.append_many(many, recorded=NOW, batch=7)
    assert (done.new, done.known, done.basis, done.document_new) == (28, 0, 56, True)
    again = ledger.append_many([(document, [statement]) for document, statement in readings], recorded=NOW)
    assert (again.new, again.known, again.basis, again.document_new) == (0, 28, 56, False)
    assert [one.statement for one in ledger.cell("salla", Lane.BUS, None)] == [statement for _, statement in readings]
    assert ledger.verify() == []


def test_moments_of_every_grain_are_filed_at_their_first_instant(ledger: SqlLedger) -> None:
    for published in ("2023", "2023-11", "2023-11-24", "2023-11-24T08:00+02:00", "1969-07-20T20:17+00:00"):
        at = moment(published, "Europe/Helsinki")
        document = Document("Salla", published=at)
        statement = Statement(Status(("salla",), None, State.OPEN, Commitment.IN_EFFECT), Evidence(0, 5, "Salla"), source_of(document))
        ledger.append(document, [statement], recorded=NOW)
        asked = {one.statement.id for one in ledger.cell("salla", Lane.CAR, None, known=at.start)}
        assert statement.id in asked
        assert statement.id not in {one.statement.id for one in ledger.cell("salla", Lane.CAR, None, known=_before(at))}


def _before(at: Moment) -> datetime:
    return at.start.replace(year=at.start.year - 1)


def test_our_own_record_is_told_from_what_was_read(ledger: SqlLedger, read: Read) -> None:
    kept = record(ledger, read)
    assert ledger.statement(kept["D"].id).statement.source.origin is Origin.CURATED  # type: ignore[union-attr]
