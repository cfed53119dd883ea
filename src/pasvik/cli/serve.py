"""`pasvik serve` and `pasvik demo`: the board as web pages, on this machine unless told otherwise."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
import threading
import time
import webbrowser

import typer

from pasvik.app.wiring import open_house
from pasvik.cli import say

HOST = typer.Option("127.0.0.1", "--host", help="Address to listen on.")
REPLAY = "at=2023-11-25&known=2023-11-25"                     # the day after all but one of Finland's eight crossings had closed
PORT = typer.Option(8000, "--port", help="Port to listen on; 0 takes a free one.")


def serve(host: str = HOST, port: int = PORT, home: str | None = say.HOME, record: bool | None = say.RECORD) -> None:
    """Serve the board, the crossings and the evidence as pages and JSON."""
    listen(host, port, home, record)


def demo(
    host: str = HOST,
    port: int = typer.Option(8017, "--port", help="Port to listen on; 0 takes a free one."),
    browser: bool = typer.Option(True, "--browser/--no-browser", help="Open a browser where there is one."),
) -> None:
    """Serve the shipped record from a throw-away folder and open on the replay; today is one click away."""
    with tempfile.TemporaryDirectory(prefix="pasvik-demo-") as home:
        listen(host, port, home, True, REPLAY, browser)


def listen(host: str, port: int, home: str | None, record: bool | None, landing: str = "", browser: bool = False) -> None:
    """Open the ledger, then serve until stopped; `landing` is the query string the front page opens on."""
    chosen = say.settings(home, record)
    open_house(chosen, keep=True)                               # makes and migrates the ledger here, where a fault can be told plainly
    os.environ.update({"PASVIK_HOME": str(chosen.home), "PASVIK_LANDING": landing, "PASVIK_RECORD": "" if chosen.record else "none"})
    import uvicorn  # a web server is heavy, and most commands need none

    try:
        listening = socket.create_server((host, port))
    except OSError as bad:
        say.stop(f"cannot listen on {host}:{port}: {bad.strerror}; try another --port", code=3)
    address = f"http://{host}:{listening.getsockname()[1]}/"
    print(f"Pasvik is on {address}  (stop with Ctrl-C)", flush=True)
    if chosen.access.read is None and not _is_loopback(host):
        print("Others must sign in to read (pasvik users add NAME); PASVIK_ACCESS=open lets anybody read.", flush=True)
    if browser:
        threading.Thread(target=_show, args=(address,), daemon=True).start()
    server = uvicorn.Server(uvicorn.Config("pasvik.web.routes:create", factory=True, log_level="warning", server_header=False))
    server.run(sockets=[listening])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _show(address: str) -> None:
    time.sleep(1.0)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt" or os.uname().sysname == "Darwin":
        webbrowser.open(address)
