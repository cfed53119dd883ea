"""A PDF file becomes the words of its pages, one page after the other."""

from __future__ import annotations

import io
import struct
import zlib

from pasvik.terms.capture import Document, Fault

MAX_PAGES = 500
# What a broken file makes the PDF library stumble over, beside its own errors.
STUMBLES = (ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError,
            NotImplementedError, struct.error, zlib.error, EOFError)


def looks_like_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF file does."""
    return data[:1024].lstrip().startswith(b"%PDF-")


def read_pdf(data: bytes, where: str = "") -> Document | Fault:
    """The text of all pages, an empty line between them; a locked, broken or purely pictured file is a fault."""
    # Imported here, for a plain text should not wait for a PDF library to load.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return Fault("this PDF file is locked with a password", where)
        if len(reader.pages) > MAX_PAGES:
            return Fault(f"this PDF file has {len(reader.pages)} pages, and at most {MAX_PAGES} are read", where)
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, *STUMBLES) as bad:
        return Fault(f"this PDF file cannot be read: {bad or type(bad).__name__}", where)
    text = "\n\n".join(page.strip() for page in pages if page.strip()).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text:
        return Fault("this PDF file holds pictures of words, but no words", where)
    return Document(text, media_type="application/pdf")
