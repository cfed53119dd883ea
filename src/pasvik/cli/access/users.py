"""`pasvik users`: accounts for those who review and add on the web page."""

from __future__ import annotations

import sys
from typing import TypeVar

import typer

from pasvik.app.wiring import clock, open_desk
from pasvik.cli import say
from pasvik.desk.people import Person, Role, asked_name, asked_password, asked_role
from pasvik.desk.store import Desk
from pasvik.terms.capture import Fault

T = TypeVar("T")
users = typer.Typer(help="Accounts of those who review and add on the web page.", no_args_is_help=True)
NAME = typer.Argument(..., help="Account name: a-z, digits, '.', '-' and '_'. Prefer a desk or a role to a person's name.")
ROLE = typer.Option(str(Role.REVIEWER), "--role", help=f"One of: {', '.join(Role)}.")
STDIN = typer.Option(False, "--password-stdin", help="Take the password from standard input instead of asking.")


def desk_of(home: str | None) -> Desk:
    """The accounts of this house; its folder is made where it is missing."""
    settings = say.settings(home, None)
    if not settings.database:
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as bad:
            say.stop(f"the folder {settings.home} cannot be made: {bad.strerror}; name another with --home or PASVIK_HOME", code=3)
    return open_desk(settings)


@users.command()
def add(name: str = NAME, role: str = ROLE, password_stdin: bool = STDIN, home: str | None = say.HOME) -> None:
    """Open an account; the password is asked for twice."""
    asked, which = told(asked_name(name)), told(asked_role(role))
    desk = desk_of(home)
    if desk.person(asked) is not None:
        say.stop(f"there is an account {asked!r} already")
    made = told(desk.add_person(asked, which, _password(password_stdin), clock(say.settings(home, None))()))
    print(f"{made.name}: {made.role}")


@users.command("list")
def listed(as_json: bool = say.AS_JSON, home: str | None = say.HOME) -> None:
    """Every account with its role."""
    people = desk_of(home).people()
    if as_json:
        say.out_json([{"name": one.name, "role": str(one.role), "active": one.is_active, "password": one.has_password} for one in people])
        return
    for one in people:
        print(_line(one))
    if not people:
        print("no accounts yet; open one with: pasvik users add NAME --role reviewer")


@users.command()
def role(name: str = NAME, new: str = typer.Argument(..., metavar="ROLE", help=f"One of: {', '.join(Role)}."),
         home: str | None = say.HOME) -> None:
    """Give an account another role."""
    print(_line(told(desk_of(home).change(told(asked_name(name)), role=told(asked_role(new))))))


@users.command()
def password(name: str = NAME, password_stdin: bool = STDIN, home: str | None = say.HOME) -> None:
    """Set a new password; every session of the account ends."""
    asked = told(asked_name(name))
    desk = desk_of(home)
    if desk.person(asked) is None:
        say.stop(f"there is no account {asked!r}")
    print(_line(told(desk.change(asked, password=_password(password_stdin)))))


@users.command()
def shut(name: str = NAME, home: str | None = say.HOME) -> None:
    """Shut an account: its sessions end and its keys open nothing. What it did stays told."""
    print(_line(told(desk_of(home).change(told(asked_name(name)), is_active=False))))


@users.command("open")
def opened(name: str = NAME, home: str | None = say.HOME) -> None:
    """Open a shut account again."""
    print(_line(told(desk_of(home).change(told(asked_name(name)), is_active=True))))


def told(answer: T | Fault) -> T:
    """The answer, or the end of the command with its sentence."""
    if isinstance(answer, Fault):
        say.stop(answer.what)
    return answer


def _password(from_stdin: bool) -> str:
    words = sys.stdin.readline().rstrip("\r\n") if from_stdin else typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return told(asked_password(words))


def _line(one: Person) -> str:
    remarks = [*([] if one.is_active else ["shut"]), *([] if one.has_password else ["signs in through another house"])]
    return f"{one.name}: {one.role}{' (' + ', '.join(remarks) + ')' if remarks else ''}"
