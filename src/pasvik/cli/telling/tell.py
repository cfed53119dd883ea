"""`pasvik tell`: tell the channels in channels.toml what changed, once or as a service, and show what nobody took."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import threading
from datetime import timedelta
from pathlib import Path
from types import FrameType

import typer

from pasvik.app.telling.channels import Channel, Channels, parse_channels
from pasvik.app.telling.deliver import deliver
from pasvik.app.telling.pending import open_outbox
from pasvik.app.telling.tick import tick
from pasvik.app.wiring import House, open_house
from pasvik.cli import say
from pasvik.outbox.store import Outbox
from pasvik.terms.capture import Fault

LEASE = timedelta(minutes=5)                                    # a watcher that was killed holds the others up no longer than this


def tell(
    file: str | None = typer.Option(None, "--channels", help="The channels file (default: channels.toml in the home folder).", show_default=False),
    command: str | None = typer.Option(None, "--exec", help="Run this program for each piece of news (JSON on its input), beside or instead of a file.",
                                       show_default=False),
    watch: int | None = typer.Option(None, "--watch", help="Go on, looking every so many seconds, until stopped.", show_default=False),
    check: bool = typer.Option(False, "--check", help="Only say whether the channels file is sound."),
    status: bool = typer.Option(False, "--status", help="Only show what waits and what nobody took."),
    retry: str | None = typer.Option(None, "--retry", help="Try dead deliveries again: the id of an event, or `all`.", show_default=False),
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Tell what changed since the last look: the first look tells nothing, and a change is told once it has stood for the delay."""
    house = open_house(say.settings(home, record), keep=True)
    channels = channels_of(house, file, command)
    if check:
        for one in channels.channels:
            print(f"{one.name}: {one.kind} to {one.url or one.host or ' '.join(one.run)}")
        print(f"{len(channels.channels)} channels, told after {channels.delay}")
        return
    outbox = open_outbox(house)
    if status:
        show(outbox, as_json)
        return
    if retry is not None:
        print(f"{outbox.revive(None if retry == 'all' else retry, house.now())} deliveries wait again")
        return
    holder = f"{socket.gethostname()}:{os.getpid()}"
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: _stop(stopped, number, frame))
    while True:
        if outbox.lease("tell", holder, house.now(), LEASE):
            look(house, outbox, channels)
        else:
            print("another `pasvik tell` is at work on this outbox; waiting" if watch else "another `pasvik tell` is at work on this outbox", flush=True)
        if watch is None or stopped.wait(max(1, watch)):
            break
    outbox.lease("tell", holder, house.now(), timedelta(0))     # give the turn back at once


def look(house: House, outbox: Outbox, channels: Channels) -> None:
    """One look at the board and one round of deliveries, told in a line."""
    ticked = tick(house, outbox, channels)
    if isinstance(ticked, Fault):
        say.stop(ticked.what)
    carried = deliver(outbox, channels, house.now())
    if ticked.began:
        print("first look: what is so now is taken as told", flush=True)
    else:
        print(f"{ticked.events} new, {ticked.waiting} cells settling; {carried.delivered} delivered, {carried.failed} to be tried again, "
              f"{carried.dead} given up", flush=True)


def channels_of(house: House, file: str | None, command: str | None = None) -> Channels:
    """The channels, with that of --exec; stops with every fault of the file."""
    path = Path(file) if file else house.settings.home / "channels.toml"
    if command is not None:
        more = (Channel("exec", "command", run=tuple(shlex.split(command))),)
        told = channels_of(house, file) if file or path.exists() else Channels(timedelta(minutes=15), ())
        return Channels(told.delay, (*(one for one in told.channels if one.name != "exec"), *more))
    try:
        words = path.read_text(encoding="utf-8")
    except OSError as bad:
        say.stop(f"{path}: {bad.strerror}; docs/telling.md says what to write there")
    found = parse_channels(words, path.parent, house.gazetteer.crossings)
    if isinstance(found, tuple):
        say.stop("\n".join(fault.what for fault in found))
    return found


def show(outbox: Outbox, as_json: bool) -> None:
    """Everything that is not delivered, oldest first."""
    rows = [one for one in outbox.deliveries() if one.state != "delivered"]
    if as_json:
        say.out_json([{"event": one.event, "channel": one.channel, "state": one.state, "attempts": one.attempts, "due": one.due.isoformat(),
                       "error": one.error, "title": one.body["title"]} for one in rows])
        return
    for one in rows:
        print(f"{one.state:8} {one.channel:16} {one.attempts} tries  {one.body['title'][:80]}  [{one.event}]" + (f"  {one.error}" if one.error else ""))
    print(f"{sum(one.state == 'waiting' for one in rows)} waiting, {sum(one.state == 'dead' for one in rows)} given up")


def _stop(stopped: threading.Event, number: int, frame: FrameType | None) -> None:
    """Asked to stop: finish this round, then go."""
    stopped.set()
