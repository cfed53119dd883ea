"""Reads archives shard by shard with many workers; stopped or killed anywhere, it goes on where it was and keeps nothing twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pasvik.app.collect import keep
from pasvik.app.gather.bulk.engine import open_engine
from pasvik.app.gather.bulk.shard import Done, read_shard
from pasvik.app.settings import Settings
from pasvik.app.wiring import House
from pasvik.sources.state import State
from pasvik.sources.warc import SIZE, Counts, Shard, files_of, shards_of
from pasvik.terms.capture import Fault


@dataclass(slots=True)
class Totals:
    """What a run over archives brought. skipped_shards: read by an earlier run. seconds: of processor time in the workers."""

    shards: int = 0
    skipped_shards: int = 0
    records: int = 0
    broken: int = 0
    pages: int = 0
    relevant: int = 0
    odd: int = 0
    documents: int = 0
    statements: int = 0
    seconds: float = 0.0
    gate_seconds: float = 0.0
    reader_seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The same for people."""
        before = f" ({self.skipped_shards} were read before)" if self.skipped_shards else ""
        rate = f", {self.pages / self.seconds:,.0f} pages a second for each core" if self.seconds else ""
        outside = f", {100 * (1 - self.reader_seconds / self.seconds):.0f} % of the time outside the full reader" if self.seconds else ""
        return (f"{self.shards} shards{before}: {self.pages:,} pages, {self.relevant:,} past the gate, {self.broken:,} broken records, "
                f"{self.documents:,} documents and {self.statements:,} statements added{rate}{outside}")


@dataclass(slots=True)
class Progress:
    """Where a run stands, for whoever shows it: bytes in all and done, pages so far."""

    total: int
    done: int = 0
    pages: int = 0


Show = Callable[[Progress], None]


def read_archives(
    house: House, state: State, settings: Settings, paths: Iterable[Path], engine: str = "process", workers: int = 1, size: int = SIZE,
    show: Show = lambda _: None, keep_going: Callable[[], bool] = lambda: True,
) -> Totals:
    """Read WARC files into the ledger. A shard is noted as read only after all that it says is kept."""
    totals = Totals()
    files, totals.faults = files_of(list(paths))
    shards = [shard for file in files for shard in _cut(file, size, totals)]
    known = state.shards_done([shard.key for shard in shards])
    todo = deque(shard for shard in shards if shard.key not in known)
    totals.shards, totals.skipped_shards = len(shards), len(shards) - len(todo)
    progress = Progress(sum(shard.size for shard in shards), sum(shard.size for shard in shards if shard.key in known))
    show(progress)

    def take(done: Done) -> None:
        for kept in done.kept:
            added = keep(house, kept.body, kept.document, kept.reading)
            totals.documents += 1
            totals.statements += added.new
        _add(totals, done)
        state.note_shard(done.shard.key, {"path": done.shard.path, "pages": done.pages, **asdict(done.counts)})
        progress.done, progress.pages = progress.done + done.shard.size, progress.pages + done.pages
        show(progress)

    _work(todo, settings, engine, workers, take, totals, keep_going)
    return totals


def _work(todo: deque[Shard], settings: Settings, engine: str, workers: int, take: Callable[[Done], None], totals: Totals,
          keep_going: Callable[[], bool]) -> None:
    """Hand out shards, a few more than there are workers. Where a worker dies, the shards it may have died of are tried one by one."""
    pool = open_engine(engine, workers)
    window = max(2 * workers, 2)
    try:
        while todo and keep_going():
            flying: dict[Future[Done], Shard] = {}
            suspects = _fly(pool, todo, flying, window, settings, take, totals, keep_going)
            if not suspects:
                return
            for shard in suspects:
                pool.shutdown(wait=False)
                pool = open_engine(engine, workers)
                if _fly(pool, deque([shard]), {}, 1, settings, take, totals, keep_going):
                    totals.faults.append(Fault(f"a worker dies over {shard.path} bytes {shard.start} to {shard.stop}; it is left out", shard.path))
            pool.shutdown(wait=False)
            pool = open_engine(engine, workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _fly(pool: Executor, todo: deque[Shard], flying: dict[Future[Done], Shard], window: int, settings: Settings, take: Callable[[Done], None],
         totals: Totals, keep_going: Callable[[], bool]) -> list[Shard]:
    """Work through shards until none is left; returns those that were under way when a worker died."""
    while (todo or flying) and keep_going():
        while todo and len(flying) < window:
            shard = todo.popleft()
            flying[pool.submit(read_shard, shard, settings)] = shard
        finished, _ = wait(flying, timeout=1, return_when=FIRST_COMPLETED)
        for future in finished:
            shard = flying[future]
            try:
                done = future.result()
            except BrokenProcessPool:
                return list(flying.values())
            except OSError as bad:
                totals.faults.append(Fault(f"{shard.path} cannot be read: {bad.strerror or bad}", shard.path))
                del flying[future]
                continue
            del flying[future]
            take(done)
    return []


def _cut(file: Path, size: int, totals: Totals) -> list[Shard]:
    try:
        return shards_of(file, size)
    except OSError as bad:
        totals.faults.append(Fault(f"{file} cannot be read: {bad.strerror or bad}", str(file)))
        return []


def _add(totals: Totals, done: Done) -> None:
    counts: Counts = done.counts
    totals.records += counts.records
    totals.broken += counts.broken
    for name in ("pages", "relevant", "odd", "seconds", "gate_seconds", "reader_seconds"):
        setattr(totals, name, getattr(totals, name) + getattr(done, name))
