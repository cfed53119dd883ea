"""Rows of a CSV text with their line numbers; a finding names file, line, fault and, where two readings are possible, both."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a row. error = no run until it is mended; warning = it runs, and this is how it was read."""

    level: str
    file: str
    line: int                                                   # 0 = the file as a whole
    what: str
    readings: tuple[str, ...] = ()                              # the possible readings side by side, the one used here first

    @property
    def where(self) -> str:
        """File and line as people write it."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it ends on, its cells without blanks around them."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The cell, empty where the row is short."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV text: its name, the last comment row before the first data row (as header), and the data rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def sheet(name: str, text: str, headed: bool = False) -> Sheet:
    """Rows whose first character is # are comments; empty rows are skipped. headed = the first row is the header, # or not."""
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    reader = csv.reader(text.lstrip("\ufeff").splitlines(keepends=True))
    for cells in reader:
        row = tuple(cell.strip() for cell in cells)
        if not any(row):
            continue
        if row[0].startswith("#") or (headed and not header and not rows):
            if not rows:
                header = (row[0].lstrip("#").strip(' "'), *(cell.strip(' "') for cell in row[1:]))
        else:
            rows.append(Row(reader.line_num, row))
    return Sheet(name, header, tuple(rows))


def whole(text: str) -> int | None:
    """A whole number, or None. 12.0 is whole, 1e3 and 12.5 are not taken."""
    try:
        return int(text)
    except ValueError:
        return int(text[:-2]) if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else None


def number(text: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 and value == value else None


def nearest(word: str, known: Iterable[str]) -> str:
    """' (did you mean X?)' or nothing."""
    close = difflib.get_close_matches(word, sorted(known), 1, 0.7)
    return f"; did you mean {close[0]!r}?" if close else ""
