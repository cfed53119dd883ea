"""The capture log: every answer as a WARC record, so that others can see what a server said on that day."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType

from pasvik.sources.fetch.fetch import Ask, Page

UNPACKED = ("content-encoding", "transfer-encoding", "content-length")   # these no longer hold of the body we keep


class Capture:
    """A WARC file that grows with each answer; each record is whole on the disk before the next begins."""

    def __init__(self, file: Path) -> None:
        from warcio.warcwriter import WARCWriter

        self._file = file.open("ab")
        self._writer = WARCWriter(self._file, gzip=file.suffix == ".gz")

    def __call__(self, ask: Ask, page: Page) -> None:
        """Write one answer. The address is the one shown to people: keys are left out."""
        from warcio.statusandheaders import StatusAndHeaders

        headers = [(name, value) for name, value in page.headers if name not in UNPACKED]
        headers.append(("content-length", str(len(page.body))))
        record = self._writer.create_warc_record(
            page.url if ask.url == ask.name else ask.name, "response", payload=BytesIO(page.body), length=None,
            http_headers=StatusAndHeaders(str(page.status), headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": _stamp(page.at)})
        self._writer.write_record(record)
        self._file.flush()

    def __enter__(self) -> Capture:
        return self

    def __exit__(self, kind: type[BaseException] | None, bad: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
