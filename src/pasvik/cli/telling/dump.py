"""`pasvik dump`: the record as CSV or Parquet tables and a GeoJSON layer in a folder, with checksums."""

from __future__ import annotations

from pathlib import Path

import typer

from pasvik.app.clocks import question
from pasvik.app.public import dumps
from pasvik.app.wiring import open_house
from pasvik.cli import say
from pasvik.terms.capture import Fault


def dump(
    folder: str = typer.Argument(..., help="Folder to write into; made when missing."),
    kind: str = typer.Option("csv", "--format", help="csv or parquet (parquet needs the extra `dumps`)."),
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Write board, statements, crossings and policies as tables, the board as GeoJSON, and SHA256SUMS."""
    if kind not in ("csv", "parquet"):
        say.stop(f"--format: {kind!r} is neither csv nor parquet")
    house = open_house(say.settings(home, record))
    asked = question(house.now(), at, known, basis)
    if isinstance(asked, Fault):
        say.stop(asked.what)
    made = dumps.dump(house, asked, Path(folder), kind)
    if isinstance(made, Fault):
        say.stop(made.what)
    if as_json:
        say.out_json([{"name": one.name, "rows": one.rows, "bytes": one.size, "sha256": one.sha256} for one in made])
        return
    for one in made:
        print(f"{one.name:24} {one.rows:>8} rows {one.size:>12,} bytes  {one.sha256[:16]}…")
    print(f"written to {folder}; check with: sha256sum -c SHA256SUMS")
    print(say.NOT_OFFICIAL)
