"""Whole archives through one worker and several, killed and started again: the same statements, each once."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pasvik.app.gather.bulk import run
from pasvik.app.gather.bulk.engine import Inline, open_engine
from pasvik.app.gather.bulk.run import read_archives
from pasvik.app.gather.bulk.shard import passes, read_shard
from pasvik.app.gather.run import collect
from pasvik.app.settings import Settings
from pasvik.app.wiring import open_reader
from pasvik.cli.main import app
from pasvik.ledger.sql import open_ledger
from pasvik.sources.warc import Response, shards_of
from pasvik.terms.capture import Trouble

NAMES = ("Vaalimaa", "Niirala", "Salla", "Nuijamaa")


def archive(file: Path, pages: int = 40, every: int = 5) -> Path:
    """Pages of nothing in particular, one in `every` of them about a border, the last record cut off."""
    records = []
    for number in range(pages):
        said = f"The {NAMES[number % 4]} border crossing point is closed until {number % 27 + 1} December 2023, the Finnish Border Guard said." \
            if number % every == 0 else f"The council met for the {number}th time and spoke about schools. 市議会は予算を承認した。"
        page = (f'<html><head><meta property="article:published_time" content="2023-11-20T10:{number % 60:02}:00Z"></head><body><article>'
                f"<h1>Number {number}</h1><p>{said}</p><p>{'More words. ' * 300}</p></article></body></html>").encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        records.append(gzip.compress(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Date: 2023-11-21T12:00:00Z\r\n"
            f"WARC-Target-URI: https://site{number}.test/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"))
    file.write_bytes(b"".join(records) + records[0][:len(records[0]) // 2])
    return file


def go(lookout: Any, file: Path, engine: str = "inline", **more: Any) -> run.Totals:
    return read_archives(lookout.house, lookout.state, Settings(file.parent / "x", record=False), [file], engine, size=3_000, **more)


def test_an_archive_is_read_once_whoever_reads_it(lookout: Any, tmp_path: Path) -> None:
    file = archive(tmp_path / "a.warc.gz")
    seen: list[tuple[int, int]] = []
    told = go(lookout, file, show=lambda at: seen.append((at.done, at.total)))
    assert (told.pages, told.relevant, told.documents, told.broken) == (40, 8, 8, 1) and not told.faults and told.shards > 3
    assert seen[0][0] == 0 and seen[-1][0] == seen[-1][1] == file.stat().st_size
    assert "8 documents" in told.sentence and "outside the full reader" in told.sentence
    again = go(lookout, file)
    assert again.skipped_shards == again.shards and again.documents == 0
    document = lookout.house.ledger.documents(100)[0].document
    assert document.published is not None and document.publisher and document.url
    assert not lookout.house.ledger.verify()


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    shards = shards_of(archive(tmp_path / "a.warc.gz", 24), 3_000)
    settings = Settings(tmp_path / "x", record=False)
    alone = [read_shard(shard, settings) for shard in shards]
    with open_engine("process", 2) as pool:
        together = list(pool.map(read_shard, shards, [settings] * len(shards)))
    assert [one.kept for one in alone] == [one.kept for one in together] and sum(len(one.kept) for one in alone) == 5


def test_a_round_stopped_in_the_middle_goes_on_from_there(lookout: Any, tmp_path: Path) -> None:
    file = archive(tmp_path / "a.warc.gz")
    steps = iter([True] * 2)
    first = go(lookout, file, keep_going=lambda: next(steps, False))
    second = go(lookout, file)
    assert 0 < first.pages < 40 and second.skipped_shards > 0
    assert first.documents + second.documents == 8 and len(lookout.house.ledger.documents(100)) == 8


def test_an_archive_can_be_a_source(lookout: Any, cards: Any, clock: Any, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    archive(folder / "a.warc.gz")
    cards(lookout, f'[[source]]\nid = "crawl"\nhow = "warc"\naddress = "{folder}"\npublisher = "Crawl"\nkind = "aggregator"\nevery = "1 day"')
    steps = iter([True, True])
    assert collect(lookout, None, lambda: next(steps, False)).documents < 8    # stopped in the middle
    told = collect(lookout)
    assert told.visits == 1 and len(lookout.house.ledger.documents(100)) == 8
    assert collect(lookout).visits == 0                         # not due again today
    archive(folder / "b.warc.gz", 10)
    clock.jump(days=2)
    assert collect(lookout).visits == 1 and lookout.state.visits()["crawl"].last_item == clock.now()


class Deadly(Executor):
    """Workers that die over one shard, and take all that is under way with them."""

    def __init__(self, bad: int) -> None:
        self.bad, self.broken = bad, False

    def submit(self, fn: Any, /, *args: Any, **more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.broken = self.broken or args[0].start == self.bad
        if self.broken:
            future.set_exception(BrokenProcessPool("a worker died"))
        else:
            future.set_result(fn(*args, **more))
        return future


def test_a_shard_that_kills_its_worker_is_left_out_and_told(lookout: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = archive(tmp_path / "a.warc.gz")
    bad = shards_of(file, 3_000)[2]
    monkeypatch.setattr(run, "open_engine", lambda *_: Deadly(bad.start))
    told = go(lookout, file, workers=3)
    assert [fault.what for fault in told.faults] == [f"a worker dies over {bad.path} bytes {bad.start} to {bad.stop}; it is left out"]
    lost = len(read_shard(bad, Settings(tmp_path / "x", record=False)).kept)
    assert told.documents == 8 - lost
    monkeypatch.undo()
    assert go(lookout, file).documents == lost                     # not noted as read, so it is tried again


def test_an_archive_that_is_not_there_or_goes_away_is_told(lookout: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there is no file" in go(lookout, tmp_path / "none.warc.gz").faults[0].what

    def gone(*_: Any) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(run, "read_shard", gone)
    told = go(lookout, archive(tmp_path / "a.warc.gz"))
    assert "No such file" in told.faults[0].what and told.documents == 0


def test_engines_by_name() -> None:
    assert isinstance(open_engine("inline", 1), Inline)
    with pytest.raises(ZeroDivisionError):
        Inline().submit(lambda: 1 / 0).result()
    for name in ("wish", "dask", ""):
        with pytest.raises(Trouble, match="the engines are"):
            open_engine(name, 1)


@pytest.mark.parametrize(("name", "module"), [("ray", "ray"), ("dask:tcp://x", "distributed"), ("mpi", "mpi4py")])
def test_a_missing_library_is_said_in_one_sentence(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, f"{module}.futures", None)
    with pytest.raises(Trouble, match="needs"):
        open_engine(name, 1)


def test_killed_in_the_middle_and_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = archive(tmp_path / "a.warc.gz", 60, 2)
    home = tmp_path / "home"
    words = [sys.executable, "-m", "pasvik.cli.main", "collect", "--warc", str(file), "--engine", "inline", "--home", str(home), "--no-record"]
    process = subprocess.Popen(words, env=os.environ | {"PASVIK_SHARD_BYTES": "1500"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not _some(home / "archive"):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    monkeypatch.setenv("PASVIK_SHARD_BYTES", "1500")
    told = CliRunner().invoke(app, [*words[3:], "--json"])
    ledger = open_ledger(f"sqlite:///{home / 'ledger.sqlite'}")
    assert len(ledger.documents(200)) == 30 and not ledger.verify()
    ledger.close()
    assert json.loads(told.output)["shards"] > 10


def _some(folder: Path) -> bool:
    return folder.is_dir() and sum(1 for _ in folder.glob("??/*")) > 3


def test_the_gate_looks_behind_long_menus() -> None:
    reader = open_reader(Settings(Path("nowhere"), record=False))
    for before in (10, 25_000, 90_000):
        page = f"<html><body><p>{'lorem ' * (before // 6)}</p><p>Am Montag war Vaalimaa ruhig.</p></body></html>".encode()
        assert passes(Response("http://a.test/", None, "text/html", page), reader), before
    assert not passes(Response("http://a.test/", None, "text/html", b"<p>" + b"lorem " * 20_000), reader)
