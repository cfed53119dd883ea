"""Who stands at the desk: persons with a role, and the scopes that a role or a key gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pasvik.terms.capture import Fault, Trouble

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
SHORTEST, LONGEST = 10, 1024                                    # characters of a password


class DeskError(Trouble):
    """The desk cannot do its work; the message is one sentence for a person."""


class Scope(StrEnum):
    """What may be done: read the record, write (keep texts, give verdicts), admin (mind the accounts)."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class Role(StrEnum):
    """What a person is here for."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


SCOPES = {
    Role.READER: frozenset({Scope.READ}), Role.REVIEWER: frozenset({Scope.READ, Scope.WRITE}),
    Role.ADMIN: frozenset({Scope.READ, Scope.WRITE, Scope.ADMIN}),
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `has_password`: may sign in here; without, only by another house's word (OpenID Connect)."""

    name: str
    role: Role
    is_active: bool = True
    has_password: bool = True


@dataclass(frozen=True, slots=True)
class Token:
    """A key for a program: its public prefix, owner, scopes, label, and moments (UTC). The secret itself is never kept."""

    prefix: str
    owner: str
    scopes: frozenset[Scope]
    label: str
    created: datetime
    expires: datetime | None
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks now: the account and the scopes of this asking. `by_token`: a program with a key, not a browser with a cookie."""

    name: str
    scopes: frozenset[Scope]
    by_token: bool = False

    def may(self, scope: Scope) -> bool:
        """Whether this asking has the scope."""
        return scope in self.scopes


def asked_name(words: str) -> str | Fault:
    """An account name: lower case letters, digits, dot, dash or underscore, at most 40."""
    name = words.strip().lower()
    if NAME.fullmatch(name):
        return name
    return Fault(f"{words[:60]!r} cannot be an account name: letters a-z, digits, '.', '-' and '_', at most 40", "name")


def asked_role(words: str) -> Role | Fault:
    """A role by its word."""
    try:
        return Role(words.strip().lower())
    except ValueError:
        return Fault(f"there is no role {words[:60]!r}; the roles are {', '.join(Role)}", "role")


def asked_scopes(words: str) -> frozenset[Scope] | Fault:
    """Scopes divided by commas."""
    named = [word.strip().lower() for word in words.split(",") if word.strip()]
    unknown = [word for word in named if word not in list(Scope)]
    if unknown or not named:
        return Fault(f"there is no scope {', '.join(unknown)[:60]!r}; the scopes are {', '.join(Scope)}", "scope")
    return frozenset(map(Scope, named))


def asked_password(words: str) -> str | Fault:
    """A password long enough to be worth having."""
    if SHORTEST <= len(words) <= LONGEST:
        return words
    return Fault(f"a password has {SHORTEST} to {LONGEST} characters; this one has {len(words)}", "password")
