"""A file as it came becomes a document: its text, where its headline and captions stand, whose it is, and when it was published."""

from __future__ import annotations

import dataclasses

from pasvik.reading.formats.dateline import date_in_text
from pasvik.reading.formats.plain import decode_text
from pasvik.reading.language import Profiles, language_of
from pasvik.terms.capture import Document, Fault, digest
from pasvik.terms.moment import Moment

MAX_BYTES = 20 * 1024 * 1024


def extract(
    data: bytes, name: str = "", published: Moment | None = None, publisher: str | None = None, url: str | None = None,
    media_type: str | None = None, *, profiles: Profiles | None = None, zone: str | None = None, max_bytes: int = MAX_BYTES,
) -> Document | Fault:
    """Read a plain-text, HTML or PDF file. What the caller tells (date, publisher, address) is believed before what the file says.

    name: the file's name, for its ending and for faults. media_type: as a server gave it ("text/html; charset=windows-1251").
    profiles: small words of the languages; None = do not ask which language. zone: IANA zone of times that bear no offset;
    None = not known, and such a time is kept as its day.
    """
    where = name or url or ""
    if not data:
        return Fault("this file is empty", where)
    if len(data) > max_bytes:
        return Fault(f"this file is too large: {len(data):,} bytes, and at most {max_bytes:,} are read", where)
    document = _plain(data, where, zone)
    if isinstance(document, Fault):
        return document
    return dataclasses.replace(
        document,
        published=published or document.published,
        published_by="told" if published else document.published_by,
        publisher=publisher or document.publisher,
        url=url or document.url,
        language=language_of(document.text, profiles) if profiles else document.language,
        capture=digest(data))


def _plain(data: bytes, where: str, zone: str | None) -> Document | Fault:
    text = decode_text(data, where)
    if isinstance(text, Fault):
        return text
    found = date_in_text(text, zone)
    return Document(text, published=found, published_by="text" if found else "")
