"""The pages themselves: the bytes as they came, the text read from them, and whose they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from pasvik.terms.moment import Moment


class Origin(StrEnum):
    """How a document came to us: READ from a page we hold, or CURATED (our own words about a page, with its address)."""

    READ = "read"
    CURATED = "curated"


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, as hexadecimal: the name under which they are archived."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Dated:
    """A window of time for a document that bears no date, and the reasons for it."""

    start: Moment
    until: Moment
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read. Spans of statements count code points of `text`; `capture` is the digest of the bytes it came from."""

    text: str
    title: str | None = None
    published: Moment | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    origin: Origin = Origin.READ
    capture: str | None = None
    media_type: str = "text/plain"
    published_by: str = ""                                      # how the publication date was found: told, json-ld, meta ...
    captions: tuple[tuple[int, int], ...] = ()                  # spans known from the markup to be picture captions
    headline: tuple[int, int] | None = None                     # span known from the markup to be the headline

    @property
    def digest(self) -> str:
        """The SHA-256 of the text in UTF-8."""
        return digest(self.text.encode("utf-8", "surrogatepass"))

    @property
    def id(self) -> str:
        """Stable: the same text of the same publisher, date and address is the same document."""
        when = self.published.iso() if self.published else ""
        parts = (self.digest, self.publisher or "", when, self.url or "")
        return "d" + digest("\x1f".join(parts).encode("utf-8", "surrogatepass"))[:24]


@dataclass(frozen=True, slots=True)
class Source:
    """Where and when a statement was published: enough to weigh it without opening the document."""

    document: str                                               # Document.id
    digest: str                                                 # Document.digest
    publisher: str | None = None
    published: Moment | None = None
    url: str | None = None
    origin: Origin = Origin.READ


def source_of(document: Document) -> Source:
    """The source that every statement of this document carries."""
    return Source(document.id, document.digest, document.publisher, document.published, document.url, document.origin)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the world that was not as it should be, in one sentence, with where it was seen. Never raised."""

    what: str
    where: str = ""


class Trouble(Exception):
    """The machine is broken, not the world: a locked ledger, a full disk, a newer schema. Its text is one clear sentence."""
