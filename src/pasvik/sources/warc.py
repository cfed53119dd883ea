"""Reads web archives: pages one after the other from any stretch of a WARC file, over broken records and cut-off ends."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from pasvik.terms.capture import Fault, digest

ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz")
SIZE = 32_000_000                                               # bytes of a shard: seconds to a minute of work
LARGEST = 5_000_000                                             # bytes of one page; what is larger is no news page
GZIP, PLAIN = b"\x1f\x8b\x08", b"WARC/1."
HEAD = re.compile(rb"WARC/1\.\d\r?\n[A-Za-z-]+:")
CHUNK = 1 << 20
EDGE = 65_536                                                   # bytes at either end by which a file is told from another
TEXTS = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of a WARC file: the records that begin in [start, stop). key: the same for the same bytes, wherever the file lies."""

    path: str
    start: int
    stop: int
    key: str

    @property
    def size(self) -> int:
        """Bytes of the stretch."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Response:
    """A page out of an archive. at: when it was fetched (UTC, None where the record does not say so properly)."""

    url: str
    at: datetime | None
    media_type: str
    body: bytes


@dataclass(slots=True)
class Counts:
    """What was met in a stretch: records in all, those skipped as no pages of text, those broken."""

    records: int = 0
    skipped: int = 0
    broken: int = 0


def files_of(paths: Sequence[Path]) -> tuple[list[Path], list[Fault]]:
    """The WARC files behind paths: files, folders (all below), and lists (.txt or .paths, a path a line, from the list's own folder)."""
    found: list[Path] = []
    faults: list[Fault] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.name.endswith(ENDINGS) and file.is_file())
        elif path.is_file() and path.suffix in (".txt", ".paths"):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            inner, more = files_of([path.parent / line.strip() for line in lines if line.strip() and not line.startswith("#")])
            found, faults = found + inner, faults + more
        elif path.is_file():
            found.append(path)
        else:
            faults.append(Fault(f"there is no file or folder {path}", str(path)))
    return list(dict.fromkeys(found)), faults


def shards_of(file: Path, size: int = SIZE) -> list[Shard]:
    """A file cut into stretches of about `size` bytes; one in a packing that cannot be entered in the middle stays whole. Raises OSError."""
    length = file.stat().st_size
    with file.open("rb") as opened:
        head = opened.read(EDGE)
        opened.seek(max(0, length - EDGE))
        mark = digest(head + opened.read(EDGE) + str(length).encode())[:24]
    step = size if head.startswith((GZIP, PLAIN)) else max(length, 1)
    return [Shard(str(file), start, min(start + step, length), f"{mark}-{start}-{min(start + step, length)}") for start in range(0, length, step)]


def responses(shard: Shard, counts: Counts) -> Iterator[Response]:
    """The pages of text that begin in a stretch. After a record that cannot be read, on from the next one that can."""
    at: int | None = shard.start
    met = False                                                 # whether the record at `at` may be one already counted as broken
    while at is not None and at < shard.stop:
        with open(shard.path, "rb") as file:
            at = _next_record(file, at)
            if at is None or at >= shard.stop:
                return
            file.seek(at)
            last, moved, bad = at, False, 0
            try:
                for record in _records(file):
                    last, moved = record.stream_pos, True
                    if last >= shard.stop:
                        return
                    counts.records += 1
                    before = counts.broken
                    page = _page(record, counts)
                    bad = counts.broken - before
                    if page:
                        yield page
                return
            except (OSError, EOFError, MemoryError):
                told = bad > 0 or (met and not moved)
                counts.broken += not told
                met = moved and not told
                at = last + 1


def _records(file: IO[bytes]) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.conversion
    return iter(ArchiveIterator(file, record_types=kinds, parse_http=True, max_content_length=None))


def _page(record: Any, counts: Counts) -> Response | None:
    """The page of a record; None where it is no page of text, or broken (both counted)."""
    try:
        url = str(record.headers["WARC-Target-URI"])
        http = record.http_headers if record.is_http else None
        media = str(http.get("Content-Type") or "") if http is not None else "text/plain; charset=utf-8"
        status = http.status_code if http is not None else 200
        length = record.content_length
        if status is None or (not media and len(record.reader.read(LARGEST + 1)) < min(length, LARGEST)):
            raise ValueError("cut off in the head of the answer")
    except (KeyError, ValueError, AttributeError, TypeError):
        counts.broken += 1
        return None
    if status != 200 or not media.lower().startswith(TEXTS) or length > LARGEST:
        counts.skipped += 1
        return None
    body = record.reader.read(LARGEST + 1)
    packed = str(http.get("Content-Encoding") or "").strip().lower() if http is not None else ""
    if packed in ("gzip", "x-gzip", "deflate"):
        body = _unpacked(body)
    if len(body) == 0 or len(body) > LARGEST or (not packed and length and len(body) < length):
        counts.broken += 1
        return None
    return Response(url, _moment(record), media, body)


def _unpacked(body: bytes) -> bytes:
    """Some archives keep pages packed as they were sent; others unpacked them and kept the header that says otherwise."""
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        return unpack.decompress(body, LARGEST + 1)
    except zlib.error:
        return body


def _moment(record: Any) -> datetime | None:
    try:
        at = record.record_date
    except (ValueError, TypeError, OverflowError):
        return None
    return at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else None


def _next_record(file: IO[bytes], start: int) -> int | None:
    """The first place at or after `start` where a record begins; None where none does."""
    file.seek(0)
    is_packed = file.read(3) == GZIP
    sign = GZIP if is_packed else PLAIN
    if start == 0:
        return 0                                                # also for packings that we cannot enter in the middle
    at = start
    while True:
        file.seek(max(0, at - 4))
        chunk = file.read(CHUNK)
        if len(chunk) <= 4:
            return None
        base = max(0, at - 4)
        place = chunk.find(sign, at - base)
        while place >= 0:
            if _begins(file, chunk, place, base, is_packed):
                return base + place
            place = chunk.find(sign, place + 1)
        if len(chunk) < CHUNK:
            return None
        at = base + len(chunk) - len(sign)


def _begins(file: IO[bytes], chunk: bytes, place: int, base: int, is_packed: bool) -> bool:
    """Whether a record really begins here: those few bytes also occur inside pages and inside packed data."""
    file.seek(base + place)
    head = file.read(1024)
    if not is_packed:
        return chunk[max(0, place - 4):place] == b"\r\n\r\n" and HEAD.match(head) is not None
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16).startswith(b"WARC/")
    except zlib.error:
        return False
