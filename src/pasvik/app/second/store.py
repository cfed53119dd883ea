"""Answers that are held, so that the same question is never asked twice, and what was spent on questions day by day."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pasvik.sources.archive import Archive, ArchiveError
from pasvik.terms.capture import Trouble


class Store:
    """Held answers: the bytes in the house's archive, `model/KEY.json` beside it for each question, `model/spent/DAY.txt` for the budget."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "model"
        self.archive = Archive(home / "archive")

    def place(self, key: str) -> Path:
        """The index file of a question."""
        return self.folder / f"{key}.json"

    def held(self, key: str) -> tuple[str, bytes] | None:
        """(digest, bytes) of the answer to this question. A note that cannot be read counts as none; altered bytes are Trouble."""
        try:
            name = json.loads(self.place(key).read_text(encoding="utf-8"))["answer"]
            said = self.archive.get(name)
        except ArchiveError as broken:
            raise Trouble(str(broken)) from broken
        except (OSError, ValueError, LookupError, TypeError):
            return None
        return (name, said) if said is not None else None

    def keep(self, key: str, said: bytes, model: str, now: datetime) -> None:
        """Bytes first, then the note, so that a note never names bytes that are not there."""
        try:
            note = {"answer": self.archive.put(said), "model": model, "asked": now.isoformat(timespec="seconds")}
            handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(note, file, sort_keys=True)
            os.replace(beside, self.place(key))
        except (OSError, ArchiveError) as bad:
            raise Trouble(f"the model's answer cannot be kept in {self.folder}: {bad}") from bad

    def spent(self, now: datetime) -> tuple[int, int]:
        """Documents and bytes sent on this day (UTC)."""
        try:
            lines = self._day(now).read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return 0, 0
        except (OSError, ValueError) as bad:
            raise Trouble(f"what was spent on the model cannot be read: {bad}") from bad
        sizes = [line.rpartition(" ")[2] for line in lines]
        return len(sizes), sum(int(size) for size in sizes if size.isdigit())

    def spend(self, key: str, size: int, now: datetime) -> None:
        """Written before the question is sent: a question without an answer costs too."""
        try:
            self._day(now).parent.mkdir(parents=True, exist_ok=True)
            with self._day(now).open("a", encoding="ascii") as file:
                file.write(f"{key} {size}\n")
        except OSError as bad:
            raise Trouble(f"the folder {self.folder} cannot be written to: {bad.strerror}") from bad

    def _day(self, now: datetime) -> Path:
        return self.folder / "spent" / f"{now.astimezone(UTC):%Y-%m-%d}.txt"
