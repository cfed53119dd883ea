"""Reads the files of a folder and the letters of a mailbox file on this machine."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from pasvik.sources.leads.lead import Item, minute, sane
from pasvik.terms.capture import Fault

ENDINGS = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf")
LARGEST = 20_000_000
MARK = b"From "


def walk(folder: Path) -> Iterator[Item | Fault]:
    """The readable files below a folder in order of name, one after the other; hidden files and links that lead out are left alone."""
    if not folder.is_dir():
        yield Fault(f"there is no folder {folder}", str(folder))
        return
    root = folder.resolve()
    for file in sorted(folder.rglob("*")):
        if file.name.startswith(".") or file.suffix.lower() not in ENDINGS or not file.is_file():
            continue
        if not file.resolve().is_relative_to(root):
            continue
        try:
            if file.stat().st_size > LARGEST:
                yield Fault(f"{file.name} is larger than {LARGEST // 1_000_000} MB", str(file))
                continue
            yield Item(file.name, file.read_bytes())
        except OSError as bad:
            yield Fault(f"{file.name} cannot be read: {bad.strerror}", str(file))


def letters(file: Path, now: datetime) -> Iterator[Item | Fault]:
    """The letters of a mailbox file (mbox), one after the other, as their bodies and dates: who sent them to whom is not kept."""
    try:
        with file.open("rb") as opened:
            lines: list[bytes] = []
            size, after_blank = 0, True
            for line in opened:
                if line.startswith(MARK) and after_blank and lines:
                    yield _letter(lines, size, str(file), now)
                    lines, size = [], 0
                elif not (line.startswith(MARK) and after_blank):
                    size += len(line)
                    if size <= LARGEST:
                        lines.append(line[1:] if line.startswith((b">From ", b">>From ")) else line)
                after_blank = not line.strip()
            if lines:
                yield _letter(lines, size, str(file), now)
    except OSError as bad:
        yield Fault(f"{file} cannot be read: {bad.strerror}", str(file))


def _letter(lines: list[bytes], size: int, where: str, now: datetime) -> Item | Fault:
    if size > LARGEST:
        return Fault(f"a letter is larger than {LARGEST // 1_000_000} MB", where)
    try:
        told = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(told, EmailMessage)
        body = told.get_body(("html", "plain"))
        words = body.get_content() if body is not None else None
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError) as bad:
        return Fault(f"a letter cannot be read: {bad}", where)
    if not isinstance(words, str) or body is None:
        return Fault("a letter holds no words", where)
    is_page = body.get_content_type() == "text/html"
    try:
        sent = parsedate_to_datetime(str(told["date"]))
        published = minute(sent if sent.tzinfo else sent.replace(tzinfo=UTC))
    except (ValueError, TypeError, IndexError):
        published = None
    return Item("letter.html" if is_page else "letter.txt", words.encode("utf-8", "replace"),
                f"text/{'html' if is_page else 'plain'}; charset=utf-8", None, published if sane(published, now) else None)
