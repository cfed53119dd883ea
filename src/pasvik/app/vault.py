"""Backups: one file with the ledger and the archive, which a new house can be made from, checked on the way in."""

from __future__ import annotations

import json
import tarfile
import tempfile
from pathlib import Path

from pasvik.app.wiring import House
from pasvik.ledger.sql import open_ledger
from pasvik.sources.archive import Archive
from pasvik.terms.capture import Fault, Trouble, digest

LEDGER, MANIFEST, ARCHIVE = "ledger.sqlite", "manifest.json", "archive"


def backup(house: House, file: Path) -> int:
    """Write ledger, archive and a manifest of digests into one new .tar.gz; gives back the basis it holds.

    Others may read and write meanwhile. The file appears whole or not at all. Raises Trouble in one sentence.
    """
    if file.exists():
        raise Trouble(f"{file} is there already; a backup is never written over")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            copy, packed = Path(folder) / LEDGER, Path(folder) / "packed"
            house.ledger.copy_to(str(copy))
            copied = open_ledger(f"sqlite:///{copy}")
            head = copied.head()
            copied.close()
            for rest in Path(folder).glob(f"{LEDGER}-*"):
                rest.unlink()
            pages = {name: house.archive.get(name) for name in house.archive.names()}
            manifest = {"head": list(head), "ledger": digest(copy.read_bytes()), "archive": sorted(pages)}
            (Path(folder) / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
            with tarfile.open(packed, "w:gz") as tar:
                tar.add(Path(folder) / MANIFEST, MANIFEST)
                tar.add(copy, LEDGER)
                for name in sorted(pages):
                    page = Path(folder) / name
                    page.write_bytes(pages[name] or b"")
                    tar.add(page, f"{ARCHIVE}/{name}")
                    page.unlink()
            packed.rename(file)
    except OSError as bad:
        raise Trouble(f"the backup {file} cannot be written: {bad.strerror or bad}") from bad
    return head[0]


def restore(file: Path, home: Path) -> list[Fault]:
    """Make a new house out of a backup. Nothing is written where a house stands already, or where the backup is not whole.

    Every digest and the whole chain are checked before the house is there; the faults found are given back.
    """
    if home.exists() and any(home.iterdir()):
        return [Fault(f"{home} is not empty; a backup is restored into a new folder only", str(home))]
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as folder, tarfile.open(file, "r:gz") as tar:
            made = Path(folder) / "house"
            tar.extractall(made, filter="data")
            faults = _check(made)
            if faults:
                return faults
            (made / MANIFEST).unlink()
            _shelve(made)
            if home.exists():
                home.rmdir()
            made.rename(home)
    except (tarfile.TarError, EOFError, OSError) as bad:
        return [Fault(f"{file} cannot be restored: {bad}", str(file))]
    return []


def _check(made: Path) -> list[Fault]:
    try:
        manifest = json.loads((made / MANIFEST).read_text(encoding="utf-8"))
        if digest((made / LEDGER).read_bytes()) != manifest["ledger"]:
            return [Fault("the ledger in this backup is not the one that was saved", LEDGER)]
        bad = [name for name in manifest["archive"] if digest((made / ARCHIVE / name).read_bytes()) != name]
    except (OSError, ValueError, KeyError) as wrong:
        return [Fault(f"this is no backup of Pasvik's: {wrong}", MANIFEST)]
    ledger = open_ledger(f"sqlite:///{made / LEDGER}")
    faults = ledger.verify((manifest["head"][0], manifest["head"][1]))
    ledger.close()
    for rest in made.glob(f"{LEDGER}-*"):
        rest.unlink()
    return [*faults, *(Fault("an archived page is not the one that was saved", name) for name in bad)]


def _shelve(made: Path) -> None:
    """Put the archived pages where the archive keeps them."""
    loose = made / ARCHIVE
    if loose.exists():
        pages = loose.rename(made / "loose")
        shelf = Archive(made / ARCHIVE)
        for page in pages.iterdir():
            shelf.put(page.read_bytes())
            page.unlink()
        pages.rmdir()
