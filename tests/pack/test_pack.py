"""A border is added by a folder of text: the board, the reader and the pages know it, and a bad pack is told by file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from pasvik.app import answer, collect
from pasvik.app.clocks import question
from pasvik.app.pack.check import check_pack
from pasvik.app.pack.join import join
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.cli.main import app
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.question import Question
from pasvik.web.routes import create

ADRE = Path(__file__).parents[2] / "examples" / "packs" / "adre"
NOW = "2026-11-25T10:00+00:00"
TEXT = b"Sudan's sovereign council said on Thursday that it would close the Adre border crossing from Monday."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_house(Settings(tmp_path_factory.mktemp("home"), now=NOW, packs=(ADRE,)), keep=True)


def board(house: House, at: str, known: str) -> dict[tuple[str, str], State]:
    asked = question(house.now(), at, known, border="SD-TD")
    assert isinstance(asked, Question)
    drawn = answer.board(house, asked)
    assert not isinstance(drawn, Fault)
    return {(cell.crossing, str(cell.lane)): cell.state for cell in drawn.cells}


def test_the_shipped_pack_is_sound(tmp_path: Path) -> None:
    found = check_pack(ADRE, Settings(tmp_path))
    assert found.faults == ()
    assert found.counts["record/status.jsonl"] == 5


def test_its_record_settles_its_board_and_everything_else_stays(house: House) -> None:
    assert board(house, "2024-09-01", "2024-09-01")["adre", "truck"] is State.RESTRICTED
    assert board(house, "2024-12-01", "2024-11-01")["adre", "truck"] is State.LAPSED          # nobody had yet told of the extension
    assert board(house, "2024-12-01", "2024-12-01")["adre", "truck"] is State.RESTRICTED
    assert board(house, "2026-05-01", "2026-05-01")["adre", "truck"] is State.LAPSED
    assert board(house, "2024-09-01", "2024-09-01")["tine", "car"] is State.UNKNOWN
    assert house.faults == ()
    assert "salla" in house.gazetteer.crossings


def test_its_words_are_read(house: House) -> None:
    told = collect.read_bytes(house.reader, TEXT, "a.txt", "2026-04-02T10:00+02:00")
    assert not isinstance(told, Fault)
    one = next(one for one in told[1].statements if one.kind == "status")
    assert one.speaker is not None and one.speaker.country == "SD"
    assert (one.claim.crossings, one.claim.state, one.claim.commitment) == (("adre",), State.CLOSED, "ordered")       # type: ignore[union-attr]
    assert one.claim.span.start is not None and one.claim.span.start.zone == "Africa/Khartoum"                        # type: ignore[union-attr]


def test_without_the_pack_the_same_text_says_nothing(tmp_path: Path) -> None:
    bare = open_house(Settings(tmp_path, now=NOW, record=False))
    told = collect.read_bytes(bare.reader, TEXT, "a.txt", "2026-04-02T10:00+02:00")
    assert not isinstance(told, Fault) and not told[1].statements


def test_the_pages_show_it(house: House) -> None:
    with TestClient(create(house, "")) as client:
        for address in ("/?border=SD-TD&at=2024-09-01", "/crossing/adre?at=2024-09-01", "/board.geojson?border=SD-TD", "/feed.atom?border=TD&at=2024-09-01"):
            told = client.get(address)
            assert told.status_code == 200 and "Adré" in told.text, address


@pytest.mark.parametrize(("name", "old", "new", "said"), [
    ("crossings.csv", "Africa/Khartoum", "Africa/Atlantis", "crossings.csv line 3: zone 'Africa/Atlantis'"),
    ("crossings.csv", ",Africa/Khartoum", ",", "needs a zone"),
    ("crossings.csv", "adre,Adré", "salla,Adré", "'salla' is in the shipped table already"),
    ("crossings.csv", ",zone\n", ",clock\n", "no column 'clock'"),
    ("names.csv", "Adikong,adre", "Adikong,nowhere", "nowhere"),
    ("authorities.csv", ",all,,,\nTD", ",everything,,,\nTD", "authorities.csv line"),
    ("sets.toml", '"adre", "tine"', '"adre", "gone"', "gone"),
    ("record/status.jsonl", '"adre"', '"atlantis"', "atlantis"),
    ("record/status.jsonl", '{"source"', '{"sauce"', "record/status.jsonl line 2"),
    ("words/en_sahel.toml", "[country.SD]", "[country.SD", "en_sahel.toml"),
    ("sources/sahel.toml", 'how = "listing"', 'how = "pigeon"', "pigeon"),
    ("pack.toml", "licence", "licentia", "licence: missing")])
def test_a_fault_is_told_with_its_file(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    pack = tmp_path / "adre"
    shutil.copytree(ADRE, pack)
    text = (pack / name).read_text(encoding="utf-8")
    assert old in text
    (pack / name).write_text(text.replace(old, new), encoding="utf-8")
    faults = check_pack(pack, Settings(tmp_path / "home")).faults
    assert any(said in (fault.what if fault.what.startswith(fault.where) else f"{fault.where}: {fault.what}") for fault in faults), faults


def test_what_does_not_belong_and_what_is_no_text_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "adre"
    shutil.copytree(ADRE, pack)
    (pack / "run.py").write_text("print('no code in packs')")
    (pack / "names.csv").write_bytes(b"name,crossing\n\xff\xfe,adre\n")
    told = {fault.where: fault.what for fault in check_pack(pack, Settings(tmp_path / "home")).faults}
    assert "no such file" in told["run.py"] and "no UTF-8" in told["names.csv"]
    assert check_pack(tmp_path / "none", Settings(tmp_path)).faults


def test_a_pack_is_added_listed_and_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASVIK_HOME", str(tmp_path))
    monkeypatch.setenv("PASVIK_NOW", NOW)
    run = CliRunner()
    assert run.invoke(app, ["board", "--border", "SD-TD"]).exit_code == 2
    assert run.invoke(app, ["pack", "add", str(ADRE)]).exit_code == 0
    assert "Adré" in run.invoke(app, ["board", "--border", "SD-TD", "--at", "2024-09-01"]).output
    assert "1 packs" in run.invoke(app, ["pack", "list"]).output
    assert run.invoke(app, ["pack", "remove", "../packs"]).exit_code == 2
    assert run.invoke(app, ["pack", "remove", "adre"]).exit_code == 0
    assert run.invoke(app, ["board", "--border", "SD-TD"]).exit_code == 2
    assert run.invoke(app, ["board", "--border", "FI-RU"]).exit_code == 0


def test_lines_of_the_base_keep_their_numbers_and_columns_their_order() -> None:
    base, part = "# remark\na,b,c\n1,2,3\n", "c,a\n9,7\n"
    joined = join("names.csv", base, [part])
    assert joined == base + "7,,9\n"
