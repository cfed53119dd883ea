"""Collecting round and round: one process at a time, whoever holds the lease; it stops cleanly and another takes over."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from pasvik.app.gather.lookout import Lookout
from pasvik.app.gather.run import collect
from pasvik.app.gather.visit import Tally
from pasvik.sources.catalogue import Card
from pasvik.sources.due import next_wake

LEASE = "collect"
# Longer than any single step (a fetch with its retries takes four minutes at worst), or a slow step would let a second process in.
LENGTH = timedelta(minutes=6)
STANDBY, LONGEST_SLEEP = timedelta(seconds=30), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody else collects: who, and until when unless they go on (in words)."""

    words: str


def our_name() -> str:
    """This process, told apart from every other."""
    return f"{socket.gethostname()} process {os.getpid()} {secrets.token_hex(4)}"


def collect_once(lookout: Lookout, owner: str, cards: tuple[Card, ...] | None = None, stop: threading.Event | None = None) -> Tally | Busy:
    """One round under the lease, and the lease given back. cards: None = those that are due."""
    if not _take(lookout, owner):
        return _busy(lookout)
    try:
        return collect(lookout, cards, lambda: not (stop and stop.is_set()) and _take(lookout, owner))
    finally:
        lookout.state.give_back(LEASE, owner)


def watch(lookout: Lookout, owner: str, stop: threading.Event, tell: Callable[[str], None]) -> None:
    """Rounds until `stop` is set; while another process holds the lease, stand by. tell: one line for each thing worth a line."""
    waits_for = ""
    try:
        while not stop.is_set():
            if not _take(lookout, owner):
                busy = _busy(lookout).words
                if busy != waits_for:
                    tell(f"{busy}; standing by")
                waits_for = busy
                lookout.fetcher.clock.sleep(STANDBY.total_seconds())
                continue
            waits_for = ""
            tally = collect(lookout, None, lambda: not stop.is_set() and _take(lookout, owner))
            if tally.visits or tally.fetched:
                tell(tally.sentence)
            lookout.state.forget(lookout.fetcher.clock.now())
            _rest(lookout)
    finally:
        lookout.state.give_back(LEASE, owner)


def _rest(lookout: Lookout) -> None:
    """Sleep until something is due, a minute at most: a person may turn a source on meanwhile."""
    now, visits = lookout.fetcher.clock.now(), lookout.state.visits()
    on = [id for id, seen in visits.items() if seen.is_on]
    wakes = [at for at in (next_wake(lookout.cards, visits), lookout.state.next_revisit(on)) if at]
    wait = min([at - now for at in wakes] or [LONGEST_SLEEP])
    lookout.fetcher.clock.sleep(max(min(wait, LONGEST_SLEEP), timedelta(seconds=1)).total_seconds())


def _take(lookout: Lookout, owner: str) -> bool:
    return lookout.state.take_lease(LEASE, owner, lookout.fetcher.clock.now(), LENGTH)


def _busy(lookout: Lookout) -> Busy:
    held = lookout.state.holder(LEASE)
    return Busy(f"{held[0].rpartition(' ')[0]} collects already" if held else "another process collects already")
