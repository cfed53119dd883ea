"""Plain text: the file's own words, code point for code point, so that a quotation can be found again in the file."""

from __future__ import annotations

import codecs

from pasvik.terms.capture import Fault

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(data: bytes, where: str = "") -> str | Fault:
    """The text of a plain-text file as Python reads it in text mode with encoding="utf-8": CR LF and CR become LF, nothing else changes.

    A UTF-8 byte order mark stays as the first code point (U+FEFF): dropping it would shift every span of the file by one.
    UTF-16 is read only where its own byte order mark says so; no other encoding is guessed.
    """
    encoding = "utf-16" if data.startswith(UTF16) else "utf-8"
    if encoding == "utf-8" and b"\x00" in data:
        return Fault("this is no text: it holds NUL bytes", where)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as bad:
        return Fault(f"this is not {encoding.upper()} text (byte 0x{data[bad.start]:02x} at {bad.start})", where)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip("\ufeff \t\n") else Fault("this file holds no words", where)
