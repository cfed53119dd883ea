"""Where this house keeps its things and what it may open: read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """home: the folder of ledger, archive and settings. record: whether the shipped record counts.

    database: SQLAlchemy URL, or None for the SQLite file in `home`. knowledge: a folder whose files stand in for shipped ones.
    now: ISO 8601 text that stands in for the clock (replays and tests), or None for the real one.
    """

    home: Path
    record: bool = True
    database: str | None = None
    knowledge: Path | None = None
    now: str | None = None


def settings_from(environ: Mapping[str, str] = os.environ, home: str | None = None, record: bool | None = None) -> Settings:
    """Settings from PASVIK_HOME, PASVIK_RECORD (`none` leaves the record out), PASVIK_DATABASE (or PASVIK_DATABASE_FILE),
    PASVIK_KNOWLEDGE and PASVIK_NOW; `home` and `record` are their command-line twins and win."""
    folder = home or environ.get("PASVIK_HOME") or str(_data_folder(environ) / "pasvik")
    secret = environ.get("PASVIK_DATABASE_FILE")
    database = Path(secret).read_text(encoding="utf-8").strip() if secret else environ.get("PASVIK_DATABASE")
    knowledge = environ.get("PASVIK_KNOWLEDGE")
    return Settings(
        home=Path(folder).expanduser(),
        record=environ.get("PASVIK_RECORD", "").lower() != "none" if record is None else record,
        database=database or None,
        knowledge=Path(knowledge).expanduser() if knowledge else None,
        now=environ.get("PASVIK_NOW") or None)


def _data_folder(environ: Mapping[str, str]) -> Path:
    """The user's data folder after the XDG base directory specification; %LOCALAPPDATA% on Windows."""
    if environ.get("XDG_DATA_HOME"):
        return Path(environ["XDG_DATA_HOME"])
    if os.name == "nt" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"])
    return Path.home() / ".local" / "share"
