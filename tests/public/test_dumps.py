"""The dump as somebody else's programs read it."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from pasvik.app.clocks import question
from pasvik.app.public import dumps
from pasvik.app.public.dumps import Dumped, csv_of
from pasvik.app.wiring import House
from pasvik.terms.capture import Trouble
from pasvik.terms.question import Question


def asked_of(house: House) -> Question:
    asked = question(house.now(), "2023-11-25", "2023-11-25")
    assert isinstance(asked, Question)
    return asked


def dumped(house: House, folder: Path, kind: str = "csv") -> tuple[Dumped, ...]:
    made = dumps.dump(house, asked_of(house), folder, kind)
    assert isinstance(made, tuple)
    return made


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_tables_agree_with_the_board_and_the_sums_with_the_files(house: House, tmp_path: Path) -> None:
    made = dumped(house, tmp_path)
    assert [one.name for one in made] == ["board.csv", "statements.csv", "crossings.csv", "policies.csv", "board.geojson", "README.txt"]
    for line in (tmp_path / "SHA256SUMS").read_text().splitlines():
        mark, name = line.split("  ")
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == mark
    cells = rows_of(tmp_path / "board.csv")
    assert {one["state"] for one in cells if one["crossing"] == "salla" and one["lane"] == "car"} == {"closed"}
    statements = {one["id"]: one for one in rows_of(tmp_path / "statements.csv")}
    assert all(id in statements for one in cells for id in one["for"].split())
    assert all(one["quote"] for one in statements.values())
    crossings = rows_of(tmp_path / "crossings.csv")
    assert len(crossings) == len(house.gazetteer.crossings) == len(json.loads((tmp_path / "board.geojson").read_text())["features"])
    finland = next(one for one in rows_of(tmp_path / "policies.csv") if one["border"] == "FI-RU" and one["iso2"] == "FI")
    assert (finland["policy_type"], finland["policy_subtype"], finland["land_type"]) == ("PARTIAL", "BORDER_CLOSURE", "Specific")


def test_nothing_later_than_known_is_told(house: House, tmp_path: Path) -> None:
    dumped(house, tmp_path)
    told = [one["published"][:10] for one in rows_of(tmp_path / "statements.csv")]
    assert told and max(told) <= "2023-11-25"


def test_the_same_question_gives_the_same_bytes(house: House, tmp_path: Path) -> None:
    for kind in ("csv", "parquet"):
        one, other = dumped(house, tmp_path / f"1{kind}", kind), dumped(house, tmp_path / f"2{kind}", kind)
        assert one == other


def test_parquet_holds_what_the_csv_holds(house: House, tmp_path: Path) -> None:
    dumped(house, tmp_path / "csv")
    dumped(house, tmp_path / "parquet", "parquet")
    assert not list((tmp_path / "parquet").glob("*.csv"))
    held = duckdb.sql(f"SELECT id, coalesce(quote, '') FROM '{tmp_path}/parquet/statements.parquet'").fetchall()
    assert held == [(one["id"], one["quote"]) for one in rows_of(tmp_path / "csv" / "statements.csv")]


def test_a_publisher_that_looks_like_a_formula_is_text(house: House, tmp_path: Path) -> None:
    dumped(house, tmp_path)
    odd = [one["publisher"] for one in rows_of(tmp_path / "statements.csv") if "HYPERLINK" in one["publisher"]]
    assert odd and all(one.startswith("'=") for one in odd)


def test_numbers_below_zero_stay_numbers() -> None:
    assert csv_of(("lon", "words"), [(-12.5, "-12.5")])[0] == b"lon,words\r\n-12.5,'-12.5\r\n"


def test_a_folder_that_cannot_be_is_one_sentence(house: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Trouble, match="cannot be written"):
        dumped(house, tmp_path / "file" / "inside")
