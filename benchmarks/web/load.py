"""Asks a running board as fast as a few clients can, and Datasette over the same ledger beside it, turn by turn in one run.

usage: python benchmarks/web/load.py [--seconds 5] [--clients 4] [--home FOLDER] [--datasette PYTHON]
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from pasvik.app.settings import Settings
from pasvik.app.wiring import open_house

REPLAY = "at=2023-11-25&known=2023-11-25"
OURS = (f"/board.json?{REPLAY}", f"/?{REPLAY}", f"/crossing/salla.json?{REPLAY}", "/static/pasvik.css")
THEIRS = ("/ledger/entry.json?_size=100&_shape=array", "/ledger/entry?_size=100",
          "/ledger.json?sql=select+*+from+posting+order+by+published+desc+limit+100&_shape=array")
ROUNDS = 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, until: float, waits: list[float], sizes: set[int]) -> None:
    """One client on one connection until the time is up; how long each answer took, in seconds."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        begun = time.perf_counter()
        line.request("GET", path)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
        waits.append(time.perf_counter() - begun)
        sizes.add(len(body))


def measure(name: str, port: int, path: str, clients: int, seconds: float) -> None:
    waits: list[float] = []
    sizes: set[int] = set()
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=ask, args=(port, path, until, waits, sizes)) for _ in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    waits.sort()
    p50, p99 = waits[len(waits) // 2] * 1000, waits[min(len(waits) - 1, len(waits) * 99 // 100)] * 1000
    print(f"{name:9} {len(waits) / seconds:8.1f}/s  p50 {p50:7.1f} ms  p99 {p99:7.1f} ms  {max(sizes) / 1000:7.1f} kB  {path[:70]}", flush=True)


def wait_for(port: int, path: str) -> None:
    for _ in range(600):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", path)
            if line.getresponse().read() is not None:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not come up")


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--seconds", type=float, default=5)
    told.add_argument("--clients", type=int, default=4)
    told.add_argument("--home")
    told.add_argument("--datasette", help="the Python of an environment that has Datasette; never a dependency of ours")
    chosen = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(chosen.home or folder)
        house = open_house(Settings(home=home), keep=True)
        print(f"{house.ledger.counts().entries}; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        house.ledger.close()
        ours, theirs = free_port(), free_port()
        servers = [subprocess.Popen([sys.executable, "-m", "pasvik.cli.main", "serve", "--port", str(ours), "--home", str(home)], stdout=subprocess.DEVNULL)]
        if chosen.datasette:
            servers.append(subprocess.Popen(
                [chosen.datasette, "-m", "datasette", "serve", str(home / "ledger.sqlite"), "-p", str(theirs)], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL))
        try:
            wait_for(ours, "/about")
            if chosen.datasette:
                wait_for(theirs, "/")
            for _ in range(ROUNDS):
                for path in OURS:
                    measure("Pasvik", ours, path, chosen.clients, chosen.seconds)
                for path in THEIRS if chosen.datasette else ():
                    measure("Datasette", theirs, path, chosen.clients, chosen.seconds)
        finally:
            for one in servers:
                one.terminate()
                one.wait(20)


if __name__ == "__main__":
    main()
