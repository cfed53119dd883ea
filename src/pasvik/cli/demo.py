"""`pasvik demo`: the board on a replay of 25 November 2023, when all but one of Finland's eight crossings had just closed."""

from __future__ import annotations

import tempfile

import typer

from pasvik.cli.serve import HOST, listen

REPLAY = "at=2023-11-25&known=2023-11-25"


def demo(
    host: str = HOST,
    port: int = typer.Option(8017, "--port", help="Port to listen on; 0 takes a free one."),
    browser: bool = typer.Option(True, "--browser/--no-browser", help="Open a browser where there is one."),
) -> None:
    """Serve the shipped record from a throw-away folder and open on the replay; today is one click away."""
    with tempfile.TemporaryDirectory(prefix="pasvik-demo-") as home:
        listen(host, port, home, True, REPLAY, browser)
