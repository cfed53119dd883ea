"""The table of commands: what a person can ask Pasvik in the terminal."""

from __future__ import annotations

import sys

import typer

from pasvik.cli import add, board, check, compare, read, serve, why
from pasvik.cli.access.tokens import tokens
from pasvik.cli.access.users import users
from pasvik.cli.keep import vault
from pasvik.cli.lookout import collect, sources
from pasvik.cli.order import desk
from pasvik.cli.pack import packs
from pasvik.cli.say import stop
from pasvik.cli.story import follow, stance
from pasvik.cli.telling import cap, dump, tell
from pasvik.cli.whatif import flee
from pasvik.cli.whatif.commands import whatif
from pasvik.terms.capture import Trouble

app = typer.Typer(
    name="pasvik", add_completion=False, no_args_is_help=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="The public record of a border: which crossings are open, for whom, since when, and who says so. Not an official source.")

COMMANDS = (
    ("board", board.board), ("why", why.why), ("read", read.read), ("add", add.add), ("check", check.check),
    ("diff", compare.diff), ("date", compare.date), ("serve", serve.serve), ("demo", serve.demo),
    ("follow", follow.follow), ("claims", stance.claims), ("posture", stance.posture), ("watch", stance.watch),
    ("dump", dump.dump), ("tell", tell.tell), ("verify", vault.verify), ("prove", vault.prove), ("backup", vault.backup), ("restore", vault.restore),
    ("collect", collect.collect),
)
for name, command in COMMANDS:
    app.command(name)(command)
app.add_typer(flee.flee, name="flee")
app.add_typer(users, name="users")
app.add_typer(tokens, name="tokens")
app.add_typer(cap.cap, name="cap")
app.add_typer(whatif, name="whatif")
app.add_typer(sources.sources, name="sources")
app.add_typer(desk.order, name="order")
app.add_typer(packs.pack, name="pack")


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: the board, now."""
    if context.invoked_subcommand is None:
        board.board()


def run() -> None:
    """The `pasvik` script. A broken machine (a locked or newer ledger, a read-only folder) ends in one sentence and exit code 3."""
    try:
        app()
    except Trouble as broken:
        stop(str(broken), code=3)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


if __name__ == "__main__":
    run()
