"""Web archives whole and broken, cut into stretches anywhere: every page once, and each broken record counted."""

from __future__ import annotations

import gzip
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pasvik.sources.warc import Counts, files_of, responses, shards_of


def record(number: int, body: bytes | None = None, status: str = "200 OK", media: str = "text/html", packed: bool = True, more: str = "") -> bytes:
    out = io.BytesIO()
    told = body if body is not None else f"<p>page {number} {'words ' * (number % 7 * 30)} WARC/1.0\r\n\r\nWARC/1.0 in the text</p>".encode()
    headers = [("Content-Type", media), *([("Content-Encoding", more)] if more else [])]
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warc_record(
        f"http://a.test/{number}", "response", payload=io.BytesIO(told), http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1")))
    return out.getvalue()


def numbers(file: Path, size: int) -> tuple[list[int], Counts]:
    counts = Counts()
    found = [int(page.url.rsplit("/", 1)[1]) for shard in shards_of(file, size) for page in responses(shard, counts)]
    return found, counts


@given(st.lists(st.booleans(), min_size=1, max_size=25), st.integers(50, 5000), st.booleans(), st.booleans())
def test_however_it_is_cut_every_whole_record_is_read_once(whole: list[bool], size: int, packed: bool, cut: bool) -> None:
    parts = []
    for number, is_whole in enumerate(whole):
        part = record(number, packed=packed)
        parts.append(part if is_whole or not packed else part[:40] + bytes(9) + part[49:])
    data = b"".join(parts)
    good = [number for number, is_whole in enumerate(whole) if is_whole or not packed]
    if cut:                                                     # the last record ends in the middle
        data = data[:len(data) - len(parts[-1]) // 2]
        good = [number for number in good if number != len(whole) - 1]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.warc"
        file.write_bytes(data)
        found, counts = numbers(file, size)
    assert found == good
    lost = len(whole) - len(good)                               # two in a row can look like one, and one cut short like another kind of page
    assert (counts.broken + counts.skipped > 0) == (lost > 0) and counts.broken + counts.skipped <= lost


def test_what_is_no_page_of_text_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "x.warc.gz"
    file.write_bytes(b"".join([
        record(0, status="404 Not Found"), record(1, media="image/png"), record(2, b""), record(3, media="text/plain; charset=utf-8"),
        record(4, gzip.compress(b"<p>packed</p>"), more="gzip"), record(5, b"<p>said to be packed</p>", more="gzip"),
        record(6, gzip.compress(bytes(30_000_000)), more="gzip"), record(7, b"x" * 6_000_000)]))
    counts = Counts()
    pages = [page for shard in shards_of(file) for page in responses(shard, counts)]
    assert [page.url[-1] for page in pages] == ["3", "4", "5"] and pages[1].body == b"<p>packed</p>" and pages[2].body == b"<p>said to be packed</p>"
    assert (counts.skipped, counts.broken) == (3, 2) and pages[0].at is not None


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08", bytes(range(256)) * 400, b"<html>", b"WARC/1.0\r\n", gzip.compress(b"no warc at all" * 999, mtime=0)])
def test_what_is_no_archive_ends_quietly(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.warc.gz"
    file.write_bytes(data)
    assert numbers(file, 1000)[0] == []


def test_files_folders_and_lists(tmp_path: Path) -> None:
    for name in ("b/two.warc.gz", "one.warc", "b/readme.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(record(1))
    (tmp_path / "list.txt").write_text("# archives\none.warc\nb\nmissing.warc\n")
    found, faults = files_of([tmp_path / "list.txt", tmp_path / "one.warc"])
    assert [file.name for file in found] == ["one.warc", "two.warc.gz"] and "missing.warc" in faults[0].what


def test_a_shard_is_known_by_its_bytes_and_not_by_its_place(tmp_path: Path) -> None:
    one = record(1)
    (tmp_path / "a.warc.gz").write_bytes(one * 9)
    (tmp_path / "b.warc.gz").write_bytes(one * 9)
    (tmp_path / "c.warc.gz").write_bytes(record(2) * 9)
    keys = [{shard.key for shard in shards_of(tmp_path / name, 500)} for name in ("a.warc.gz", "b.warc.gz", "c.warc.gz")]
    assert len(keys[0]) > 2 and keys[0] == keys[1] and not keys[0] & keys[2]
