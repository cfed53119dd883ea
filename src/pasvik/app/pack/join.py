"""Joins what border packs add to the shipped knowledge: rows behind rows, under the shipped heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

TABLES = ("crossings.csv", "names.csv", "authorities.csv", "outlets.csv")
TEXTS = ("sets.toml", "record/status.jsonl", "record/arrivals.jsonl", "record/said.jsonl")


def joins(name: str) -> bool:
    """Whether packs may add to this file."""
    return name in TABLES or name in TEXTS


def join(name: str, base: str, parts: Iterable[str]) -> str:
    """The base text with the packs' behind it. Tables keep the base's columns in its order; lines of the base keep their numbers."""
    told = base
    for part in parts:
        told = told.rstrip("\n") + "\n" + (_rows(base, part) if name in TABLES else part)
    return told


def heading(text: str) -> list[str]:
    """The columns of a table: its first line that is no remark."""
    return next(csv.reader(line for line in text.splitlines() if line.strip() and not line.startswith("#")), [])


def _rows(base: str, part: str) -> str:
    columns = [name.strip() for name in heading(base)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in csv.DictReader(line for line in part.splitlines() if line.strip() and not line.startswith("#")):
        writer.writerow([(row.get(name) or "").strip() for name in columns])
    return out.getvalue()
