"""Collecting round and round: one process at a time, whoever holds the lease; it stops cleanly and another takes over."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from pasvik.app.gather.desk import Desk
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


def collect_once(desk: Desk, owner: str, cards: tuple[Card, ...] | None = None, stop: threading.Event | None = None) -> Tally | Busy:
    """One round under the lease, and the lease given back. cards: None = those that are due."""
    if not _take(desk, owner):
        return _busy(desk)
    try:
        return collect(desk, cards, lambda: not (stop and stop.is_set()) and _take(desk, owner))
    finally:
        desk.state.give_back(LEASE, owner)


def watch(desk: Desk, owner: str, stop: threading.Event, tell: Callable[[str], None]) -> None:
    """Rounds until `stop` is set; while another process holds the lease, stand by. tell: one line for each thing worth a line."""
    waits_for = ""
    try:
        while not stop.is_set():
            if not _take(desk, owner):
                busy = _busy(desk).words
                if busy != waits_for:
                    tell(f"{busy}; standing by")
                waits_for = busy
                desk.fetcher.clock.sleep(STANDBY.total_seconds())
                continue
            waits_for = ""
            tally = collect(desk, None, lambda: not stop.is_set() and _take(desk, owner))
            if tally.visits or tally.fetched:
                tell(tally.sentence)
            desk.state.forget(desk.fetcher.clock.now())
            _rest(desk)
    finally:
        desk.state.give_back(LEASE, owner)


def _rest(desk: Desk) -> None:
    """Sleep until something is due, a minute at most: a person may turn a source on meanwhile."""
    now, visits = desk.fetcher.clock.now(), desk.state.visits()
    on = [id for id, seen in visits.items() if seen.is_on]
    wakes = [at for at in (next_wake(desk.cards, visits), desk.state.next_revisit(on)) if at]
    wait = min([at - now for at in wakes] or [LONGEST_SLEEP])
    desk.fetcher.clock.sleep(max(min(wait, LONGEST_SLEEP), timedelta(seconds=1)).total_seconds())


def _take(desk: Desk, owner: str) -> bool:
    return desk.state.take_lease(LEASE, owner, desk.fetcher.clock.now(), LENGTH)


def _busy(desk: Desk) -> Busy:
    held = desk.state.holder(LEASE)
    return Busy(f"{held[0].rpartition(' ')[0]} collects already" if held else "another process collects already")
