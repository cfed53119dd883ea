"""The table of `pasvik whatif`: every command of supposing, trying and studying."""

from __future__ import annotations

import typer

from pasvik.cli.whatif import border, study

whatif = typer.Typer(no_args_is_help=True, rich_markup_mode=None,
                     help="Suppose a crossing shuts or opens: where would people go? With bounds, and never part of what was said.")
COMMANDS = (
    ("close", border.close), ("reopen", border.reopen), ("restrict", border.restrict), ("hours", border.hours), ("lane", border.lane_of),
    ("backtest", border.backtest), ("forecasts", study.forecasts), ("sweep", study.sweep), ("sensitivity", study.sensitivity),
    ("calibrate", study.calibrate),
)
for name, command in COMMANDS:
    whatif.command(name)(command)
