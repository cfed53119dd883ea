"""The pages themselves, byte for byte as they came, each under the name of its own digest."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pasvik.terms.capture import Trouble, digest


class ArchiveError(Trouble):
    """The archive cannot do its work; the message is one sentence for a person."""


class Archive:
    """A folder of captures. Putting the same bytes twice is putting them once; nothing is changed or removed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where the bytes of this digest are kept. Raises ValueError for what is no SHA-256 in hexadecimal."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise ValueError(f"{name!r} is not the digest of a page (64 hexadecimal digits)")
        return self.folder / name[:2] / name[2:]

    def has(self, name: str) -> bool:
        """Whether the bytes of this digest are kept."""
        return self.path(name).is_file()

    def put(self, data: bytes) -> str:
        """Keep bytes and return their digest; after a crash they are there whole or not at all. Raises ArchiveError."""
        name = digest(data)
        place = self.path(name)
        try:
            if place.is_file() and place.read_bytes() == data:  # altered bytes are put right again
                return name
            _write(place, data)
        except OSError as bad:
            raise ArchiveError(f"a page cannot be kept in {self.folder}: {bad.strerror or bad}") from bad
        return name

    def get(self, name: str) -> bytes | None:
        """The bytes of this digest, or None where they are not kept. Raises ArchiveError where they were altered since."""
        try:
            data = self.path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as bad:
            raise ArchiveError(f"the page {name} cannot be read in {self.folder}: {bad.strerror or bad}") from bad
        if digest(data) != name:
            raise ArchiveError(f"the page {name} in {self.folder} is not as it was kept: its bytes were altered")
        return data

    def names(self) -> list[str]:
        """The digests of everything kept, in order."""
        return sorted(
            path.parent.name + path.name for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if len(path.name) == 62)


def _write(place: Path, data: bytes) -> None:
    """Write beside, make sure it is on the disk, then rename: a name never stands for half a page."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)                                        # the name, too, must survive a power cut
    finally:
        os.close(folder)
