"""Two who would collect: only one does, the other waits; a killed one is followed; on a file and on a real PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pasvik.app.gather.lookout import open_lookout
from pasvik.app.gather.run import collect
from pasvik.app.gather.visit import Tally
from pasvik.app.gather.watch import LENGTH, Busy, collect_once, watch
from pasvik.app.settings import Settings
from pasvik.ledger.engine import make_engine
from pasvik.sources.due import Health, Visits
from pasvik.sources.fetch.hosts import Host
from pasvik.sources.state import Event, Seen, State

TOLD = "The Vaalimaa border crossing point is closed, the Finnish Border Guard says."


@pytest.fixture(params=["file", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: Any, tmp_path: Path) -> Iterator[str]:
    """A database that two can open at once."""
    if request.param == "file":
        yield f"sqlite:///{tmp_path / 'notes.sqlite'}"
        return
    server = request.getfixturevalue("postgres")
    name = f"gather{os.getpid()}{id(request)}"
    with psycopg.connect(f"{server} dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    host = server.split("host=")[1].split(" ")[0]
    yield f"postgresql+psycopg://pasvik@/{name}?host={host}"


def test_what_is_noted_is_read_again(address: str, clock: Any) -> None:
    state = State(make_engine(address, 5))
    now = clock.now()
    told = Visits(True, now, now, now, now, None, 2, "why \x00not", '"e"', "m", (3, 4), Health.FAILING, {"row": "5@x"})
    state.keep_visits("a", told)
    state.switch(["a", "b"], True, now)
    state.switch(["b"], False, now)
    kept = state.visits()
    assert kept["a"].found == (3, 4) and kept["a"].memory == {"row": "5@x"} and kept["a"].is_on and not kept["b"].is_on
    state.switch(["b"], True, now)
    state.keep_visits("b", replace(kept["a"], is_on=False))     # a visit that ends does not turn a source off, nor on
    assert state.visits()["b"].is_on
    page = Seen("k", "http://a.test/\ud800", "a", now, "2026-11-02", 1, now, "e", "m", "w", "d1 d2", 3)
    state.keep_page(page)
    state.keep_page(replace(page, visits=2))
    assert state.page("k") == replace(page, visits=2, url="http://a.test/?") and state.page("none") is None
    assert state.known(["k", "x"]) == {"k"} and state.known([]) == set()
    assert [one.key for one in state.revisits(["a"], now)] == ["k"] and not state.revisits(["z"], now)
    assert state.next_revisit(["a"]) == now and state.twin(replace(page, key="other"), "w") is not None
    state.keep_host("h", Host(now.date(), 3, now, None))
    assert state.hosts() == {"h": Host(now.date(), 3, now, None)}
    for _ in range(3):
        state.tell(Event(now, "a", "fault", "the same"))
    assert len(state.events()) == 1
    state.tell(Event(now - timedelta(days=900), "a", "fault", "long ago"))
    state.forget(now)
    assert [event.words for event in state.events()] == ["the same"]
    state.close()


def test_only_one_has_the_turn(address: str, clock: Any) -> None:
    states = [State(make_engine(address, 10)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(lambda pair: pair[1].take_lease("x", f"owner {pair[0]}", clock.now(), LENGTH), enumerate(states)))
    assert sum(won) == 1
    first, other = won.index(True), states[won.index(False)]
    assert states[first].take_lease("x", f"owner {first}", clock.now(), LENGTH)     # whoever has it keeps it
    assert not other.take_lease("x", "other", clock.now() + LENGTH / 2, LENGTH)
    assert other.take_lease("x", "other", clock.now() + LENGTH, LENGTH)             # its time is up: it was killed
    assert not states[first].take_lease("x", f"owner {first}", clock.now() + LENGTH, LENGTH)
    states[first].give_back("x", f"owner {first}")              # not its own any more
    assert other.holder("x") == ("other", clock.now() + 2 * LENGTH)
    other.give_back("x", "other")
    assert other.holder("x") is None
    for state in states:
        state.close()


def test_two_watchers_never_collect_twice(address: str, web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    page = f"<html><body><article><h1>Notice</h1><p>{TOLD}</p></article></body></html>"
    items = "".join(f"<item><title>Border</title><link>{web.put('a.test', f'/{n}', page.replace('Notice', f'Notice {n}'))}</link></item>" for n in range(6))
    feed = web.put("a.test", "/feed", f'<rss version="2.0"><channel>{items}</channel></rss>')
    text = f'[[source]]\nid = "a"\nhow = "feed"\naddress = "{feed}"\npublisher = "Yle"\nrevisit = []\npause = "1 second"'
    first, second = (replace_state(lookout, State(make_engine(address, 20))) for _ in range(2))
    cards(first, text)
    second.cards = first.cards
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda pair: collect_once(pair[0], pair[1]), ((first, "one x"), (second, "two x"))))
    done = [one for one in told if not isinstance(one, Busy)]
    assert sum(one.documents for one in done) == 6
    assert all(web.count("a.test", f"/{n}") == 1 for n in range(6)) and web.count("a.test", "/feed") == 1


def replace_state(lookout: Any, state: State) -> Any:
    return replace(lookout, state=state, fetcher=replace(lookout.fetcher))


def test_a_watch_stops_cleanly_and_another_takes_over(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    address = web.put("a.test", "/feed", "<rss version='2.0'><channel></channel></rss>")
    cards(lookout, f'[[source]]\nid = "a"\nhow = "feed"\naddress = "{address}"\npublisher = "Yle"\nevery = "10 minutes"\npause = "1 second"')
    stop, lines = threading.Event(), []

    def sleep(seconds: float) -> None:
        clock.at += timedelta(seconds=seconds)
        if web.count("a.test", "/feed") >= 5:
            stop.set()

    clock.sleep = sleep
    watch(lookout, "one x", stop, lines.append)
    assert web.count("a.test", "/feed") == 5 and len(lines) == 5
    assert lookout.state.holder("collect") is None
    assert lookout.state.take_lease("collect", "somebody process 7 x", clock.now(), timedelta(days=1))
    stop.clear()
    stops = iter([None, None, stop.set])

    def nap(seconds: float) -> None:
        clock.at += timedelta(seconds=seconds)
        after = next(stops)
        if after:
            after()

    clock.sleep = nap
    lines.clear()
    watch(lookout, "two x", stop, lines.append)
    assert lines == ["somebody process 7 collects already; standing by"] and web.count("a.test", "/feed") == 5
    told = collect_once(lookout, "two x")
    assert isinstance(told, Busy) and "collects already" in told.words


def test_a_lost_turn_ends_the_round(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    page = f"<html><body><article><p>{TOLD}</p></article></body></html>"
    items = "".join(f"<item><title>Border</title><link>{web.put('a.test', f'/{n}', page)}</link></item>" for n in range(6))
    feed = web.put("a.test", "/feed", f'<rss version="2.0"><channel>{items}</channel></rss>')
    cards(lookout, f'[[source]]\nid = "a"\nhow = "feed"\naddress = "{feed}"\npublisher = "Yle"\npause = "1 second"')
    steps = iter([True, True, False])
    first = collect(lookout, None, lambda: next(steps, False))
    second = collect(lookout)                                      # the pages noted before are read now, though the feed is not due
    assert (first.visits, second.visits) == (1, 0) and first.fetched <= 2 and first.fetched + second.fetched == 7


KILLED = """
import sys
from pasvik.cli.main import run
sys.argv = ["pasvik", "collect", "--now", "--home", sys.argv[1], "--no-record"]
run()
"""


def test_killed_again_and_again_nothing_is_lost_or_doubled(web: Any, tmp_path: Path) -> None:
    """A real process against the real clock, killed while it works; the pages it did not reach are read by the next."""
    home = tmp_path / "home"
    (home / "sources").mkdir(parents=True)
    pages = 8
    for number in range(pages):
        words = f"The Vaalimaa border crossing point is closed from {number + 1} December 2026, the Finnish Border Guard says."
        web.put("127.0.0.1", f"/{number}", f"<html><body><article><h1>Notice {number}</h1><p>{words}</p></article></body></html>")
    items = "".join(f"<item><title>Border</title><link>{web.url('127.0.0.1', f'/{n}')}</link>"
                    "<pubDate>Sun, 01 Nov 2026 05:00:00 GMT</pubDate></item>" for n in range(pages))
    feed = web.put("127.0.0.1", "/feed", f'<rss version="2.0"><channel>{items}</channel></rss>')
    (home / "sources" / "mine.toml").write_text(
        f'[[source]]\nid = "mine"\nhow = "feed"\naddress = "{feed}"\npublisher = "Yle"\nrevisit = []\npause = "0.05 seconds"\nbudget = 100000')
    env = os.environ | {"PASVIK_COLLECT_LOOPBACK": "test", "PYTHONPATH": os.pathsep.join(sys.path)}

    def notes() -> State:
        return State(make_engine(f"sqlite:///{home / 'collect.sqlite'}", 10))

    notes().switch(["mine"], True, datetime.now(UTC))
    for limit in (1, 4):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(home)], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        before = len(web.asked)
        while process.poll() is None and len(web.asked) < before + 2 + limit:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = notes().holder("collect")
        if held:
            notes().give_back("collect", held[0])               # as if its time had run out
    last = open_lookout(Settings(home, record=False), env)
    mine = tuple(card for card in last.cards if card.id == "mine")
    assert isinstance(collect_once(last, "the last x", mine), Tally)
    assert len(last.house.ledger.documents(100)) == pages and not last.house.ledger.verify()
    assert web.count("127.0.0.1", "/7") == 1
