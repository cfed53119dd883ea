"""`pasvik tokens`: keys by which programs ask in the name of an account."""

from __future__ import annotations

import typer

from pasvik.app.wiring import clock
from pasvik.cli import say
from pasvik.cli.access.users import desk_of, told
from pasvik.desk.people import Scope, asked_name, asked_scopes

tokens = typer.Typer(help="Keys by which programs ask in the name of an account.", no_args_is_help=True)


@tokens.command()
def add(
    owner: str = typer.Argument(..., help="The account that the key speaks for."),
    scope: str = typer.Option("read", "--scope", help=f"Divided by commas, of: {', '.join(Scope)}."),
    label: str = typer.Option("", "--label", help="What it is for."),
    days: int | None = typer.Option(None, "--days", min=1, max=3650, help="How long it is good; left out: until revoked.", show_default=False),
    home: str | None = say.HOME,
) -> None:
    """Make a key. It is printed once and kept only as a digest."""
    now = clock(say.settings(home, None))()
    key, _ = told(desk_of(home).add_token(told(asked_name(owner)), told(asked_scopes(scope)), label[:60], now, days))
    print(key)


@tokens.command("list")
def listed(owner: str | None = typer.Argument(None, help="Only of this account."), as_json: bool = say.AS_JSON,
           home: str | None = say.HOME) -> None:
    """The keys, without their secrets."""
    kept = desk_of(home).tokens(told(asked_name(owner)) if owner else None)
    if as_json:
        say.out_json([{
            "prefix": one.prefix, "owner": one.owner, "scopes": sorted(one.scopes), "label": one.label, "created": one.created.isoformat(),
            "expires": one.expires.isoformat() if one.expires else None, "revoked": one.is_revoked} for one in kept])
        return
    for one in kept:
        until = "revoked" if one.is_revoked else f"until {one.expires:%Y-%m-%d}" if one.expires else "no end"
        print(f"{one.prefix}  {one.owner}  {','.join(sorted(one.scopes))}  {until}  {one.label}".rstrip())


@tokens.command()
def revoke(prefix: str = typer.Argument(..., help="The eight letters behind pasvik_."), home: str | None = say.HOME) -> None:
    """Let a key open nothing from now on."""
    if not desk_of(home).revoke_token(prefix.removeprefix("pasvik_")[:8]):
        say.stop(f"there is no key {prefix[:20]!r} that is still good")
    print(f"{prefix}: revoked")
