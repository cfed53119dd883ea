"""Where this house keeps its things and what it may open: read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pasvik.terms.capture import Trouble


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
class Access:
    """Who may come in. read: "open" (anybody), "closed" (who signed in), None (open to this machine, closed to others).

    limit_*: as "600/minute", for each address outside this machine (sign_in: for each address and each account, also here).
    oidc_*: another house that vouches for people; off without an issuer. public_url: how browsers reach us, for that house.
    """

    read: str | None = None
    limit_read: str = "600/minute"
    limit_write: str = "60/minute"
    limit_sign_in: str = "10/minute"
    fetch: bool = False                                         # whether a reviewer may have a page fetched by its address
    public_url: str | None = None
    oidc_issuer: str | None = None
    oidc_client: str | None = None
    oidc_secret: str | None = field(default=None, repr=False)
    oidc_label: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """home: the folder of ledger, archive and settings. record: whether the shipped record counts.

    database: SQLAlchemy URL, or None for the SQLite file in `home`. knowledge: a folder whose files stand in for shipped ones.
    now: ISO 8601 text that stands in for the clock (replays and tests), or None for the real one.
    model: the second reader. access: who may come in. packs: folders that each add a border, beside those in `home`/packs.
    """

    home: Path
    record: bool = True
    database: str | None = None
    knowledge: Path | None = None
    now: str | None = None
    model: Model = Model()
    access: Access = Access()
    packs: tuple[Path, ...] = ()


def settings_from(environ: Mapping[str, str] = os.environ, home: str | None = None, record: bool | None = None) -> Settings:
    """Settings from PASVIK_HOME, PASVIK_RECORD (`none` leaves the record out), PASVIK_DATABASE (or PASVIK_DATABASE_FILE),
    PASVIK_KNOWLEDGE, PASVIK_PACKS (folders), PASVIK_NOW and, for the second reader, PASVIK_MODEL_URL, _NAME, _KEY, _KEY_FILE, _BUDGET, _TIMEOUT;
    `home` and `record` are their command-line twins and win."""
    folder = home or environ.get("PASVIK_HOME") or str(_data_folder(environ) / "pasvik")
    secret = environ.get("PASVIK_DATABASE_FILE")
    database = Path(secret).read_text(encoding="utf-8").strip() if secret else environ.get("PASVIK_DATABASE")
    knowledge = environ.get("PASVIK_KNOWLEDGE")
    packs = tuple(Path(one).expanduser() for one in environ.get("PASVIK_PACKS", "").split(os.pathsep) if one)
    return Settings(
        home=Path(folder).expanduser(),
        record=environ.get("PASVIK_RECORD", "").lower() != "none" if record is None else record,
        database=database or None,
        knowledge=Path(knowledge).expanduser() if knowledge else None,
        now=environ.get("PASVIK_NOW") or None,
        model=Model(**{name: environ.get(f"PASVIK_MODEL_{name.upper()}") or None for name in ("url", "name", "key", "key_file", "budget", "timeout")}),
        access=access_from(environ), packs=packs)


def access_from(environ: Mapping[str, str]) -> Access:
    """PASVIK_ACCESS (open or closed), PASVIK_LIMIT_READ, _WRITE, _SIGN_IN, PASVIK_FETCH (yes), PASVIK_PUBLIC_URL and
    PASVIK_OIDC_ISSUER, _CLIENT, _SECRET (or _SECRET_FILE), _LABEL. Raises Trouble where PASVIK_ACCESS is another word."""
    read = environ.get("PASVIK_ACCESS", "").strip().lower() or None
    if read not in ("open", "closed", None):
        raise Trouble(f"PASVIK_ACCESS is open or closed, not {read!r}")
    secret = environ.get("PASVIK_OIDC_SECRET_FILE")
    shipped = Access()
    return Access(
        read=read, fetch=environ.get("PASVIK_FETCH", "").lower() in ("yes", "1", "true"),
        limit_read=environ.get("PASVIK_LIMIT_READ") or shipped.limit_read, limit_write=environ.get("PASVIK_LIMIT_WRITE") or shipped.limit_write,
        limit_sign_in=environ.get("PASVIK_LIMIT_SIGN_IN") or shipped.limit_sign_in, public_url=environ.get("PASVIK_PUBLIC_URL") or None,
        oidc_issuer=environ.get("PASVIK_OIDC_ISSUER") or None, oidc_client=environ.get("PASVIK_OIDC_CLIENT") or None,
        oidc_secret=Path(secret).read_text(encoding="utf-8").strip() if secret else environ.get("PASVIK_OIDC_SECRET") or None,
        oidc_label=environ.get("PASVIK_OIDC_LABEL") or None)


def _data_folder(environ: Mapping[str, str]) -> Path:
    """The user's data folder after the XDG base directory specification; %LOCALAPPDATA% on Windows."""
    if environ.get("XDG_DATA_HOME"):
        return Path(environ["XDG_DATA_HOME"])
    if os.name == "nt" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"])
    return Path.home() / ".local" / "share"
