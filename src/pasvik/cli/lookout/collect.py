"""`pasvik collect`: visit the sources that are turned on, once or round and round, or read whole web archives."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import typer

from pasvik.app.gather.bulk.engine import ENGINES
from pasvik.app.gather.bulk.run import Progress, read_archives
from pasvik.app.gather.lookout import Lookout, RealClock, open_lookout
from pasvik.app.gather.watch import Busy, collect_once, our_name
from pasvik.app.gather.watch import watch as go_round
from pasvik.cli import say
from pasvik.sources.catalogue import Card, chosen
from pasvik.sources.fetch.capture import Capture
from pasvik.sources.warc import SIZE


def collect(
    which: list[str] | None = typer.Argument(None, help="Ids, groups or countries of sources that are on; left out: all that are due."),
    watch: bool = typer.Option(False, "--watch", help="Go on until stopped (Ctrl-C or SIGTERM)."),
    now: bool = typer.Option(False, "--now", help="Visit all sources that are on, due or not."),
    warc: list[str] | None = typer.Option(None, "--warc", help="Read web archives instead: files, folders, or lists of them.", show_default=False),
    engine: str = typer.Option("process", "--engine", help=f"Who reads archives: {ENGINES}."),
    workers: int = typer.Option(0, "--workers", help="How many at once; 0 = one for each core.", min=0, max=4096),
    capture: str | None = typer.Option(None, "--capture", help="Also write every answer to this WARC file (.warc or .warc.gz).",
                                       show_default=False),
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Fetch what is new from the sources that are turned on (`pasvik sources enable fi`), read it and keep it."""
    lookout = _open(home, record)
    stop = threading.Event()
    lookout.fetcher.clock = RealClock(lookout.house.now, stop)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if warc:
        _archives(lookout, warc, engine, workers, stop, as_json)
        return
    for fault in lookout.faults:
        print(f"pasvik: {fault.what}", file=sys.stderr)
    with _captured(lookout, capture):
        if watch:
            go_round(lookout, our_name(), stop, lambda line: print(f"{lookout.house.now():%Y-%m-%d %H:%M} {line}", flush=True))
            return
        told = collect_once(lookout, our_name(), _wanted(lookout, which, now), stop)
    if isinstance(told, Busy):
        say.stop(f"{told.words}; it is left to finish", code=4)
    if as_json:
        say.out_json({**asdict(told), "faults": [fault.what for fault in told.faults]})
        return
    print(told.sentence)
    for fault in told.faults[:20]:
        print(f"  {fault.what}")
    if len(told.faults) > 20:
        print(f"  and {len(told.faults) - 20} more")


def _archives(lookout: Lookout, paths: list[str], engine: str, workers: int, stop: threading.Event, as_json: bool) -> None:
    """Web archives, with a bar where somebody looks on; stopped by Ctrl-C it goes on from there the next time."""
    # Loaded here: no other command draws a bar.
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(BarColumn(), TaskProgressColumn(), DownloadColumn(), TextColumn("{task.fields[rate]} pages/s"), TimeRemainingColumn(),
              console=Console(stderr=True), disable=as_json or not sys.stderr.isatty())
    begun = time.monotonic()
    with bar:
        task = bar.add_task("", rate="–")

        def show(at: Progress) -> None:
            bar.update(task, total=at.total, completed=at.done, rate=f"{at.pages / max(time.monotonic() - begun, 0.001):,.0f}")

        told = read_archives(lookout.house, lookout.state, lookout.house.settings, map(Path, paths), engine, workers or os.cpu_count() or 1,
                             size=int(os.environ.get("PASVIK_SHARD_BYTES") or SIZE), show=show, keep_going=lambda: not stop.is_set())
    if as_json:
        say.out_json({**asdict(told), "faults": [fault.what for fault in told.faults]})
    else:
        print(told.sentence + ("; stopped, and to be continued by the same command" if stop.is_set() else ""))
    for fault in told.faults[:20]:
        print(f"pasvik: {fault.what}", file=sys.stderr)
    if told.faults:
        raise SystemExit(1)


def _open(home: str | None, record: bool | None) -> Lookout:
    return open_lookout(say.settings(home, record))


def _wanted(lookout: Lookout, which: list[str] | None, now: bool) -> tuple[Card, ...] | None:
    """The cards a person named, of those that are on; None = those that are due."""
    on = {id for id, seen in lookout.state.visits().items() if seen.is_on}
    if not on:
        say.stop("no source is turned on; see them with `pasvik sources list` and turn some on with `pasvik sources enable fi`")
    if not which:
        return tuple(card for card in lookout.cards if card.id in on) if now else None
    cards, unknown = chosen(lookout.cards, which)
    if unknown:
        say.stop(f"there is no source, group or country {unknown[0]!r}; `pasvik sources list` shows them")
    mine = tuple(card for card in cards if card.id in on)
    if not mine:
        say.stop(f"none of these is turned on; `pasvik sources enable {' '.join(which)}`")
    return mine


@contextlib.contextmanager
def _captured(lookout: Lookout, file: str | None) -> Iterator[None]:
    if file is None:
        yield
        return
    with Capture(Path(file)) as log:
        lookout.fetcher.keep = log
        yield
