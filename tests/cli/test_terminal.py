"""What a person types and what comes back, good words and bad ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NOW = "2026-11-25T12:00+02:00"


def pasvik(home: Path, *words: str, put_in: bytes | None = None, **environ: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PASVIK_HOME": str(home), "PASVIK_NOW": NOW, "PYTHONIOENCODING": "utf-8", **environ}
    return subprocess.run([sys.executable, "-m", "pasvik.cli.main", *words], input=put_in, capture_output=True, env=env, timeout=120)


REFUSED = """
board --at 2023-13-45                        | not a date or time
board --at 99999-01-01                       | not a date or time
board --at 1066-10-14                        | lies outside 1900-2200
board --at 2023-11                           | names no day
board --at 2023-02-31                        | not a date or time
board --known yesterdayish                   | not a date or time
board --lane boat                            | the lanes are car, truck
board --border XX-YY                         | the borders are
board --basis -4                             | not a position in the ledger
board --crossing Narwaa                      | did you mean Narva
board nonsense                               | takes `-` or nothing
why Atlantis                                 | not in the gazetteer
why salla --lane rail_freight                | it serves
read {home}/nothing.txt                      | there is no file
read {home}                                  | is a folder
read {home}/empty.txt                        | empty
read {home}/picture.png                      | PNG picture
read {home}/latin1.txt                       | UTF-8
read {home}/huge.txt                         | larger than 20 MB
read {home}/good.txt --published 2023-02-31  | not a date
read {home}/good.txt --published 2023        | names no day
add {home}/empty.txt                         | empty
add {home}/nul.txt                           |
""".strip().splitlines()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "latin1.txt").write_bytes("Gr\u00e4nsen \u00e4r st\u00e4ngd".encode("latin-1"))
    (folder / "nul.txt").write_bytes(b"Salla\x00is closed\x00" * 50)
    (folder / "good.txt").write_text("The Salla border crossing is closed.", encoding="utf-8")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_000)
    return folder


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.split("|")[0].strip().replace("{home}/", ""))
def test_bad_words_get_one_clear_sentence(home: Path, case: str) -> None:
    typed, _, sentence = case.partition("|")
    done = pasvik(home, *typed.strip().format(home=home).split())
    said = done.stderr.decode()
    assert done.returncode != 0
    assert said.count("\n") == 1, said
    assert "Traceback" not in said
    assert sentence.strip() in said


def test_no_words_print_the_board(home: Path) -> None:
    done = pasvik(home)
    assert done.returncode == 0
    said = done.stdout.decode()
    assert "Vaalimaa / Torfyanovka" in said
    assert "CLOSED" in said
    assert "not an official source" in said


def test_adding_twice_is_adding_once(tmp_path: Path) -> None:
    words = ("add", str(EXAMPLES / "last-gate.txt"), "--published", "2023-11-25T12:00+02:00", "--publisher", "Example Wire", "--json")
    first, again = (json.loads(pasvik(tmp_path, *words).stdout)[0] for _ in range(2))
    assert first["new"] > 5
    assert again["new"] == 0
    assert again["basis"] == first["basis"]
    archived = [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in archived] == [(EXAMPLES / "last-gate.txt").read_bytes()]


def test_an_undated_document_is_kept_apart(tmp_path: Path) -> None:
    text = tmp_path / "undated.txt"
    text.write_text("The Salla border crossing is closed, the Finnish Border Guard said.", encoding="utf-8")
    done = pasvik(tmp_path, "add", str(text), PASVIK_RECORD="none")
    assert done.returncode == 0
    assert b"kept apart" in done.stdout
    drawn = json.loads(pasvik(tmp_path, "board", "--crossing", "salla", "--json", PASVIK_RECORD="none").stdout)
    assert {cell["state"] for cell in drawn["cells"]} == {"unknown"}


def test_one_text_alone_makes_a_board(tmp_path: Path) -> None:
    read = pasvik(tmp_path, "read", str(EXAMPLES / "last-gate.txt"))
    assert read.returncode == 0
    drawn = json.loads(pasvik(tmp_path, "board", "-", "--json", put_in=read.stdout).stdout)
    cells = {(cell["crossing"], cell["lane"]): cell for cell in drawn["cells"] if cell["direction"] == "both"}
    assert cells["raja-jooseppi", "car"]["state"] == "open"
    assert {"closed"} == {cells[one, "car"]["state"] for one in ("vaalimaa", "nuijamaa", "imatra", "niirala", "vartius", "kuusamo", "salla")}
    assert cells["vaalimaa", "car"]["inferred"] is True
    assert ("closed", "conditional") in {(one["state"], one["commitment"]) for one in cells["storskog", "car"]["pending"]}
    assert {cell["state"] for cell in drawn["cells"] if cell["crossing"] in ("narva", "koidula", "luhamaa", "terehova", "grebneva")} == {"unknown"}


def test_what_is_no_reading_makes_no_board(tmp_path: Path) -> None:
    for bad in (b"", b"[]", b'{"statements": [{"kind": "status"}]}', b"\xff\xfe"):
        done = pasvik(tmp_path, "board", "-", put_in=bad)
        assert done.returncode != 0
        assert b"Traceback" not in done.stderr


def test_a_file_stands_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "house").write_text("not a folder", encoding="utf-8")
    done = pasvik(tmp_path / "house" / "inside", "add", str(EXAMPLES / "last-gate.txt"))
    assert done.returncode == 3
    assert b"cannot be made" in done.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write to a read-only folder")
def test_a_read_only_folder_is_told_plainly_and_the_board_still_comes(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert b"cannot be written to" in pasvik(tmp_path, "add", str(EXAMPLES / "last-gate.txt")).stderr
        assert pasvik(tmp_path, "board").returncode == 0
    finally:
        tmp_path.chmod(0o700)


def test_the_record_is_sound(tmp_path: Path) -> None:
    done = pasvik(tmp_path, "check")
    assert done.returncode == 0, done.stdout.decode()
    assert b"0 faults" in done.stdout


def test_a_broken_line_of_the_record_is_told_by_its_number(tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge" / "record"
    knowledge.mkdir(parents=True)
    (knowledge / "said.jsonl").write_text('{"source": {}, "statement": {}}\n\n{"source": \n', encoding="utf-8")
    done = pasvik(tmp_path, "check", PASVIK_KNOWLEDGE=str(tmp_path / "knowledge"))
    assert done.returncode == 1
    said = done.stdout.decode()
    assert "said.jsonl line 1" in said
    assert "said.jsonl line 3" in said
    assert pasvik(tmp_path, "board", PASVIK_KNOWLEDGE=str(tmp_path / "knowledge")).returncode == 0
