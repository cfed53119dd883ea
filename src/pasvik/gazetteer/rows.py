"""Tables come as comma-separated text a person can edit; this file reads their rows and tells which line is bad."""

from __future__ import annotations

import csv

from pasvik.terms.capture import Fault


def read_rows(text: str, where: str) -> tuple[list[tuple[int, dict[str, str]]], list[Fault]]:
    """Rows as (line number, cells by column name), with faults for rows that do not fit the heading.

    Lines that start with # are remarks; the first other line is the heading. Cells are stripped of blanks at both ends.
    """
    lines = ["" if line.startswith("#") else line for line in text.splitlines()]
    reader = csv.reader(lines)
    heading: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    faults: list[Fault] = []
    for cells in reader:
        if not cells:
            continue
        if not heading:
            heading = [cell.strip() for cell in cells]
        elif len(cells) != len(heading):
            faults.append(Fault(f"{len(cells)} cells where the heading has {len(heading)}", f"{where} line {reader.line_num}"))
        else:
            rows.append((reader.line_num, {name: cell.strip() for name, cell in zip(heading, cells, strict=True)}))
    if not heading:
        faults.append(Fault("no heading, no rows", where))
    return rows, faults


def missing(row: dict[str, str], columns: tuple[str, ...]) -> str:
    """The names of the columns this row should have filled and has not, as words; "" when none."""
    return ", ".join(column for column in columns if not row.get(column))
