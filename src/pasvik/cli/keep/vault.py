"""`pasvik verify`, `prove`, `backup` and `restore`: is the ledger whole, and can a stranger check a cell of it?"""

from __future__ import annotations

import json
from pathlib import Path

import typer

from pasvik.app import prove as proofs
from pasvik.app import vault
from pasvik.app.clocks import question
from pasvik.app.wiring import open_house, open_reader, read_rules
from pasvik.cli import say
from pasvik.terms.capture import Fault
from pasvik.terms.place import Lane


def verify(
    bundle: str | None = typer.Option(None, "--bundle", help="A file made by `pasvik prove`, instead of the ledger.", show_default=False),
    key: str | None = typer.Option(None, "--key", help="The public key (hex) that must have signed the bundle.", show_default=False),
    head: str | None = typer.Option(None, "--head", help="POSITION:LINK as noted down before, to tell a cut-off tail.", show_default=False),
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Recompute every seal of the ledger, or check a proof without any ledger; non-zero exit where something is wrong."""
    chosen = say.settings(home, record)
    if bundle:
        try:
            told = json.loads(Path(bundle).read_text(encoding="utf-8"))
        except (OSError, ValueError) as bad:
            say.stop(f"{bundle} cannot be read as a proof: {bad}")
        faults, what = proofs.check_proof(told, open_reader(chosen).gazetteer, read_rules(chosen), key), f"proof {bundle}"
    else:
        house = open_house(chosen)
        faults, what = house.ledger.verify(_noted(head)), "ledger, head {}:{}".format(*house.ledger.head())
    if as_json:
        say.out_json({"what": what, "faults": [{"what": fault.what, "where": fault.where} for fault in faults]})
    else:
        for fault in faults:
            print(f"{fault.where}: {fault.what}")
        print(f"{what}: {'whole' if not faults else f'{len(faults)} faults'}")
    if faults:
        raise SystemExit(1)


def prove(
    crossing: str = typer.Argument(..., help="A crossing by id or any of its names."),
    lane: str = typer.Option("car", "--lane", help="Which lane."),
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """One signed JSON file on standard output by which a stranger can check a cell: `pasvik verify --bundle FILE`."""
    house = open_house(say.settings(home, record), keep=True)
    asked = question(house.now(), at, known, basis, lane=lane)
    if isinstance(asked, Fault):
        say.stop(asked.what)
    told = proofs.prove(house, crossing, asked.lane or Lane.CAR, asked)
    if isinstance(told, Fault):
        say.stop(told.what)
    say.out_json(told)


def backup(
    file: str = typer.Argument(..., help="A new .tar.gz file."), home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Ledger and archive into one file, while others go on reading and writing."""
    basis = vault.backup(open_house(say.settings(home, record)), Path(file))
    print(f"{file}: everything up to basis {basis}")


def restore(file: str = typer.Argument(..., help="A file made by `pasvik backup`."), home: str | None = say.HOME) -> None:
    """Make a new house from a backup, after checking every digest and the whole chain."""
    chosen = say.settings(home, None)
    faults = vault.restore(Path(file), chosen.home)
    if faults:
        say.stop("; ".join(f"{fault.where}: {fault.what}" for fault in faults[:5]))
    print(f"{chosen.home} is restored from {file}")


def _noted(head: str | None) -> tuple[int, str] | None:
    if head is None:
        return None
    position, _, link = head.partition(":")
    if not position.isdigit() or len(link) != 64:
        say.stop(f"--head {head!r} is not POSITION:LINK as `pasvik verify` prints it")
    return int(position), link
