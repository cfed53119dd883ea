"""Passwords become hashes and keys become digests here, so that nothing kept can be used to come in."""

from __future__ import annotations

import hmac
import re
import secrets
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from pasvik.terms.capture import digest

KEY = re.compile(r"pasvik_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def hashed(password: str) -> str:
    """The Argon2id hash of a password, with its own salt and costs."""
    return _hasher().hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password has this hash. Without one, as long is spent, so that the clock does not tell who has an account."""
    try:
        return _hasher().verify(password, kept or _nobody()) and kept is not None
    except PwdlibError:
        return False


def new_secret() -> str:
    """32 random bytes as 43 letters."""
    return secrets.token_urlsafe(32)


def new_key() -> tuple[str, str]:
    """A key for a program and its public prefix: ("pasvik_ab12cd34_...", "ab12cd34")."""
    prefix = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"pasvik_{prefix}_{new_secret()}", prefix


def prefix_of(key: str) -> str | None:
    """The prefix of what looks like a key of ours, else None."""
    found = KEY.fullmatch(key)
    return found[1] if found else None


def sealed(secret: str) -> str:
    """What is kept of a random secret: its SHA-256, which needs no salt because the secret cannot be guessed."""
    return digest(secret.encode("utf-8", "replace"))


def same(one: str, other: str) -> bool:
    """Equality that takes as long wherever two texts differ."""
    return hmac.compare_digest(one.encode(), other.encode())


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash(new_secret())
