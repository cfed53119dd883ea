"""Pages a second for each core through the gate and through the full reader, and the share of time outside the reader."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive import make

from pasvik.app.gather.bulk.engine import open_engine
from pasvik.app.gather.bulk.shard import Done, read_shard
from pasvik.app.settings import Settings
from pasvik.sources.warc import Shard, shards_of


def pass_over(shards: list[Shard], settings: Settings, engine: str, workers: int, gate_only: bool) -> tuple[float, list[Done]]:
    """Seconds on the wall and what the workers did. Workers are warmed up first: opening the words is no part of the rate."""
    with open_engine(engine, workers) as pool:
        first = Shard(shards[0].path, 0, 1, "warm")
        for _ in [pool.submit(read_shard, first, settings, gate_only).result() for _ in range(2 * workers)]:
            pass
        begun = time.perf_counter()
        done = [future.result() for future in [pool.submit(read_shard, shard, settings, gate_only) for shard in shards]]
        return time.perf_counter() - begun, done


def tell(name: str, wall: float, done: list[Done]) -> None:
    """One line of figures."""
    pages, seconds = sum(one.pages for one in done), sum(one.seconds for one in done)
    gate, reader = sum(one.gate_seconds for one in done), sum(one.reader_seconds for one in done)
    print(f"{name:34} {pages:7,} pages {sum(one.relevant for one in done):6,} relevant {sum(one.counts.broken for one in done):5,} broken "
          f"{sum(len(one.kept) for one in done):6,} kept | {wall:7.1f} s wall {pages / wall:8,.0f} pages/s | "
          f"{pages / seconds:8,.0f} pages/s a core, gate {100 * gate / seconds:.0f} %, reader {100 * reader / seconds:.0f} %, "
          f"unpacking and the rest {100 * (seconds - gate - reader) / seconds:.0f} %")


def main() -> None:
    """Run what was asked for."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=100_000)
    words.add_argument("--file", type=Path, help="an archive of your own, or where to leave the invented one")
    words.add_argument("--engines", default="inline,process:1,process:2", help="inline, process:WORKERS, ray:WORKERS, comma between")
    words.add_argument("--gate", action="store_true", help="the gate alone as well")
    asked = words.parse_args()
    file = asked.file or Path(tempfile.mkdtemp()) / "invented.warc.gz"
    if not file.exists():
        print(f"{make(file, asked.pages):,} of {asked.pages:,} pages are relevant; {file.stat().st_size / 1e6:,.0f} MB packed")
    settings, shards = Settings(Path(tempfile.mkdtemp()), record=False), shards_of(file, 8_000_000)
    run: Callable[..., tuple[float, list[Done]]] = pass_over
    for engine in asked.engines.split(","):
        kind, _, workers = engine.partition(":")
        for gate_only in (True, False) if asked.gate else (False,):
            tell(f"{engine}, {'gate alone' if gate_only else 'gate and full reader'}", *run(shards, settings, kind, int(workers or 1), gate_only))


if __name__ == "__main__":
    main()
