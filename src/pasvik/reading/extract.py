"""A file as it came becomes a document: its text, where its headline and captions stand, whose it is, and when it was published."""

from __future__ import annotations

import dataclasses
import re

from pasvik.reading.formats.dateline import date_in_text
from pasvik.reading.formats.html import looks_like_html, read_html
from pasvik.reading.formats.pdf import looks_like_pdf, read_pdf
from pasvik.reading.formats.plain import decode_text
from pasvik.reading.language import UNKNOWN, Profiles, language_of
from pasvik.terms.capture import Document, Fault, digest
from pasvik.terms.moment import Moment

MAX_BYTES = 20 * 1024 * 1024
HTML_TYPES = ("text/html", "application/xhtml+xml")
HTML_NAMES = (".html", ".htm", ".xhtml")
TEXT_NAMES = (".txt", ".text", ".md")
# The first bytes of files that people hand in by mistake, and what to call them.
NO_TEXT = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive (or a Word or Excel file)", b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file"}


def extract(
    data: bytes, name: str = "", published: Moment | None = None, publisher: str | None = None, url: str | None = None,
    media_type: str | None = None, *, profiles: Profiles | None = None, zone: str | None = None, max_bytes: int = MAX_BYTES,
) -> Document | Fault:
    """Read a plain-text, HTML or PDF file. What the caller tells (date, publisher, address) is believed before what the file says.

    name: the file's name, for its ending and for faults. media_type: as a server gave it ("text/html; charset=windows-1251").
    profiles: small words of the languages; None = do not ask which language. zone: IANA zone of times that bear no offset;
    None = not known, and such a time is kept as its day. Never raises for what is in the file.
    """
    where = name or url or ""
    if not data:
        return Fault("this file is empty", where)
    if len(data) > max_bytes:
        return Fault(f"this file is too large: {len(data):,} bytes, and at most {max_bytes:,} are read", where)
    document = _read(data, where, name, media_type or "", zone)
    if isinstance(document, Fault):
        return document
    return dataclasses.replace(
        document,
        published=published or document.published,
        published_by="told" if published else document.published_by,
        publisher=publisher or document.publisher,
        url=url or document.url,
        language=_language(document, profiles),
        capture=digest(data))


def _read(data: bytes, where: str, name: str, media_type: str, zone: str | None) -> Document | Fault:
    for magic, kind in NO_TEXT.items():
        if data.startswith(magic):
            return Fault(f"this is no text but {kind}", where)
    if looks_like_pdf(data):
        return read_pdf(data, where)
    if _is_html(data, name.lower(), media_type.lower()):
        charset = re.search(r"charset\s*=\s*[\"']?([\w-]+)", media_type)
        return read_html(data, where, charset[1] if charset else None, zone)
    text = decode_text(data, where)
    if isinstance(text, Fault):
        return text
    found = date_in_text(text, zone)
    return Document(text, published=found, published_by="text" if found else "")


def _is_html(data: bytes, name: str, media_type: str) -> bool:
    """What the server says goes before the name's ending, and that before a look at the first bytes."""
    if media_type.startswith(HTML_TYPES) or media_type.startswith("text/plain"):
        return media_type.startswith(HTML_TYPES)
    if name.endswith(HTML_NAMES + TEXT_NAMES):
        return name.endswith(HTML_NAMES)
    return looks_like_html(data)


def _language(document: Document, profiles: Profiles | None) -> str:
    """As its words tell it; where they do not, as the page declares it; where nobody asks, English."""
    told = language_of(document.text, profiles) if profiles else UNKNOWN
    if told == UNKNOWN and document.media_type == "text/html":
        told = document.language
    return told if profiles or told != UNKNOWN else "en"
