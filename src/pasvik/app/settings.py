"""Where this house keeps its things and what it may open: read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Model:
    """The second reader, as told in the environment; off without a url. budget: "200" documents a day, or "200/5000000" with bytes."""

    url: str | None = None
    name: str | None = None
    key: str | None = field(default=None, repr=False)
    key_file: str | None = None
    budget: str | None = None
    timeout: str | None = None                                  # seconds


@dataclass(frozen=True, slots=True)
class Settings:
    """home: the folder of ledger, archive and settings. record: whether the shipped record counts.

    database: SQLAlchemy URL, or None for the SQLite file in `home`. knowledge: a folder whose files stand in for shipped ones.
    now: ISO 8601 text that stands in for the clock (replays and tests), or None for the real one.
    model: the second reader.
    """

    home: Path
    record: bool = True
    database: str | None = None
    knowledge: Path | None = None
    now: str | None = None
    model: Model = Model()


def settings_from(environ: Mapping[str, str] = os.environ, home: str | None = None, record: bool | None = None) -> Settings:
    """Settings from PASVIK_HOME, PASVIK_RECORD (`none` leaves the record out), PASVIK_DATABASE (or PASVIK_DATABASE_FILE),
    PASVIK_KNOWLEDGE, PASVIK_NOW and, for the second reader, PASVIK_MODEL_URL, _NAME, _KEY, _KEY_FILE, _BUDGET, _TIMEOUT;
    `home` and `record` are their command-line twins and win."""
    folder = home or environ.get("PASVIK_HOME") or str(_data_folder(environ) / "pasvik")
    secret = environ.get("PASVIK_DATABASE_FILE")
    database = Path(secret).read_text(encoding="utf-8").strip() if secret else environ.get("PASVIK_DATABASE")
    knowledge = environ.get("PASVIK_KNOWLEDGE")
    return Settings(
        home=Path(folder).expanduser(),
        record=environ.get("PASVIK_RECORD", "").lower() != "none" if record is None else record,
        database=database or None,
        knowledge=Path(knowledge).expanduser() if knowledge else None,
        now=environ.get("PASVIK_NOW") or None,
        model=Model(**{name: environ.get(f"PASVIK_MODEL_{name.upper()}") or None for name in ("url", "name", "key", "key_file", "budget", "timeout")}))


def _data_folder(environ: Mapping[str, str]) -> Path:
    """The user's data folder after the XDG base directory specification; %LOCALAPPDATA% on Windows."""
    if environ.get("XDG_DATA_HOME"):
        return Path(environ["XDG_DATA_HOME"])
    if os.name == "nt" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"])
    return Path.home() / ".local" / "share"
