"""`pasvik pack check|add|list|remove`: add a border by a folder of text, after every line of it has been looked over."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

from pasvik.app.pack.check import check_pack, manifest
from pasvik.app.wiring import pack_folders
from pasvik.cli import say

pack = typer.Typer(help="Border packs: a folder of text adds a border, without code (docs/packs.md).", no_args_is_help=True)
FOLDER = typer.Argument(..., help="The folder of the pack.")


@pack.command()
def check(folder: str = FOLDER, as_json: bool = say.AS_JSON, home: str | None = say.HOME) -> None:
    """Say every fault of a pack by file and line; non-zero exit when there is one."""
    found = check_pack(Path(folder), say.settings(home, None))
    if as_json:
        say.out_json({"counts": found.counts, "faults": [{"what": fault.what, "where": fault.where} for fault in found.faults]})
    else:
        for fault in found.faults:
            print(fault.what if fault.what.startswith(fault.where) else f"{fault.where}: {fault.what}")
        print(", ".join(f"{name} {number}" for name, number in found.counts.items()), f"checked; {len(found.faults)} faults")
    if found.faults:
        raise SystemExit(1)


@pack.command()
def add(folder: str = FOLDER, home: str | None = say.HOME) -> None:
    """Check a pack and, where it is sound, copy it into this house."""
    chosen = say.settings(home, None)
    source = Path(folder)
    found = check_pack(source, chosen)
    if found.faults:
        say.stop(f"{folder} has {len(found.faults)} faults and was not added; `pasvik pack check {folder}` tells them")
    target = chosen.home / "packs" / source.resolve().name
    try:
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(source, target)
    except OSError as bad:
        say.stop(f"the pack cannot be copied to {target}: {bad}", code=3)
    print(f"{manifest(target)['name']} was added; `pasvik board --border {manifest(target)['border']}` shows it")


@pack.command("list")
def show(home: str | None = say.HOME) -> None:
    """The packs of this house, with what they add and under which licence."""
    folders = pack_folders(say.settings(home, None))
    for folder in folders:
        held = manifest(folder)
        print(f"{folder.name}: {held.get('name', '?')} ({held.get('border', '?')}), {held.get('licence', 'licence not told')}")
    print(f"{len(folders)} packs")


@pack.command()
def remove(name: str = typer.Argument(..., help="The pack's folder name, as `pasvik pack list` tells it."), home: str | None = say.HOME) -> None:
    """Take a pack out of this house. What the ledger was told from its record stays there, retracted by name."""
    folder = say.settings(home, None).home / "packs" / name
    if not folder.is_dir() or folder.parent.name != "packs" or "/" in name or name in (".", ".."):
        say.stop(f"there is no pack {name!r} in this house")
    shutil.rmtree(folder)
    print(f"{name} was removed")
