"""What the desk can be asked and told: accounts, signing in, sessions of browsers and keys of programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from pasvik.desk import secret
from pasvik.desk.engine import bring_up_to_date, make_engine, reading, writing
from pasvik.desk.people import SCOPES, Person, Role, Scope, Token, Visitor
from pasvik.desk.tables import person, session, token
from pasvik.terms.capture import Fault

SESSION = timedelta(hours=12)


def open_desk(url: str) -> Desk:
    """The desk at an address (`sqlite:///path`, `sqlite://` for memory, `postgresql+psycopg://…`), made or brought up to date."""
    engine = make_engine(url)
    bring_up_to_date(engine)
    return Desk(engine)


class Desk:
    """The accounts in a database. Threads may share one. Every question takes the moment of asking (UTC)."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()

    # -- accounts

    def add_person(self, name: str, role: Role, password: str | None, at: datetime, subject: str | None = None) -> Person | Fault:
        """A new account; a fault where the name is taken."""
        kept = secret.hashed(password) if password is not None else None
        row = {"name": name, "role": str(role), "hash": kept, "subject": subject, "active": True, "created": _seconds(at)}
        try:
            with writing(self.engine) as connection:
                if connection.execute(select(person.c.name).where(person.c.name == name)).first():
                    return Fault(f"there is an account {name!r} already", "name")
                connection.execute(insert(person), row)
        except IntegrityError:
            return Fault(f"there is an account {name!r} already", "name")
        return Person(name, role, True, kept is not None)

    def people(self) -> list[Person]:
        """Every account by name."""
        with reading(self.engine) as connection:
            return [_person(row) for row in connection.execute(select(person).order_by(person.c.name))]

    def person(self, name: str) -> Person | None:
        """The account of this name."""
        with reading(self.engine) as connection:
            row = connection.execute(select(person).where(person.c.name == name)).one_or_none()
        return _person(row) if row else None

    def by_subject(self, subject: str) -> Person | None:
        """The account of somebody whom another house knows."""
        with reading(self.engine) as connection:
            row = connection.execute(select(person).where(person.c.subject == subject)).one_or_none()
        return _person(row) if row else None

    def change(self, name: str, *, role: Role | None = None, password: str | None = None, is_active: bool | None = None) -> Person | Fault:
        """Another role or password, or an account shut or opened again. A new password or a shut account ends all its sessions."""
        new: dict[str, Any] = {}
        if role is not None:
            new["role"] = str(role)
        if password is not None:
            new["hash"] = secret.hashed(password)
        if is_active is not None:
            new["active"] = is_active
        with writing(self.engine) as connection:
            if not new or not connection.execute(update(person).where(person.c.name == name).values(**new)).rowcount:
                return Fault(f"there is no account {name[:60]!r}", "name")
            if password is not None or is_active is False:
                connection.execute(delete(session).where(session.c.owner == name))
            return _person(connection.execute(select(person).where(person.c.name == name)).one())

    # -- browsers

    def sign_in(self, name: str, password: str, at: datetime) -> str | None:
        """The secret of a new session, or None: a wrong name, a wrong password and a shut account are not told apart."""
        with reading(self.engine) as connection:
            row = connection.execute(select(person).where(person.c.name == name)).one_or_none()
        fits = secret.fits(password, row.hash if row else None)
        if row is None or not fits or not row.active:
            return None
        return self.open_session(name, at)

    def open_session(self, name: str, at: datetime) -> str:
        """A session of an account that has proved itself; its secret goes into the cookie, its seal is kept."""
        made, now = secret.new_secret(), _seconds(at)
        with writing(self.engine) as connection:
            connection.execute(delete(session).where(session.c.expires <= now))
            connection.execute(insert(session), {"seal": secret.sealed(made), "owner": name, "expires": now + int(SESSION.total_seconds())})
        return made

    def by_session(self, cookie: str, at: datetime) -> Visitor | None:
        """Who holds this session, while it runs."""
        asked = (
            select(person.c.name, person.c.role).join(session, session.c.owner == person.c.name)
            .where(session.c.seal == secret.sealed(cookie), session.c.expires > _seconds(at), person.c.active))
        with reading(self.engine) as connection:
            row = connection.execute(asked).one_or_none()
        return Visitor(row.name, SCOPES[Role(row.role)]) if row else None

    def close_session(self, cookie: str) -> None:
        """Sign out."""
        with writing(self.engine) as connection:
            connection.execute(delete(session).where(session.c.seal == secret.sealed(cookie)))

    # -- programs

    def add_token(self, owner: str, scopes: frozenset[Scope], label: str, at: datetime, days: int | None = None) -> tuple[str, Token] | Fault:
        """A new key (told once, here) and what is kept of it; a fault where the owner's role does not give such scopes."""
        held = self.person(owner)
        if held is None or not held.is_active:
            return Fault(f"there is no account {owner[:60]!r}", "name")
        if not scopes <= SCOPES[held.role]:
            return Fault(f"a {held.role} may {', '.join(sorted(SCOPES[held.role]))}; no key of {owner} can do more", "scope")
        key, prefix = secret.new_key()
        expires = _seconds(at + timedelta(days=days)) if days is not None else None
        row = {"prefix": prefix, "seal": secret.sealed(key), "owner": owner, "scopes": ",".join(sorted(scopes)), "label": label,
               "created": _seconds(at), "expires": expires, "revoked": False}
        with writing(self.engine) as connection:
            connection.execute(insert(token), row)
            return key, _token(connection.execute(select(token).where(token.c.prefix == prefix)).one())

    def tokens(self, owner: str | None = None) -> list[Token]:
        """The keys of one account, or of all, oldest first."""
        asked = select(token).order_by(token.c.created, token.c.prefix)
        with reading(self.engine) as connection:
            rows = connection.execute(asked if owner is None else asked.where(token.c.owner == owner)).all()
        return [_token(row) for row in rows]

    def revoke_token(self, prefix: str, owner: str | None = None) -> bool:
        """Let a key open nothing from now on. owner: only a key of this account."""
        asked = update(token).where(token.c.prefix == prefix, token.c.revoked.is_(False)).values(revoked=True)
        with writing(self.engine) as connection:
            return bool(connection.execute(asked if owner is None else asked.where(token.c.owner == owner)).rowcount)

    def by_token(self, key: str, at: datetime) -> Visitor | None:
        """Who holds this key, with the scopes that both key and owner have."""
        prefix = secret.prefix_of(key)
        if prefix is None:
            return None
        asked = (
            select(token.c.seal, token.c.scopes, token.c.expires, person.c.name, person.c.role)
            .join(person, person.c.name == token.c.owner)
            .where(token.c.prefix == prefix, token.c.revoked.is_(False), person.c.active))
        with reading(self.engine) as connection:
            row = connection.execute(asked).one_or_none()
        if row is None or not secret.same(row.seal, secret.sealed(key)) or (row.expires is not None and row.expires <= _seconds(at)):
            return None
        return Visitor(row.name, _scopes(row.scopes) & SCOPES[Role(row.role)], by_token=True)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _scopes(words: str) -> frozenset[Scope]:
    return frozenset(Scope(word) for word in words.split(",") if word)


def _person(row: Row[Any]) -> Person:
    return Person(row.name, Role(row.role), bool(row.active), row.hash is not None)


def _token(row: Row[Any]) -> Token:
    expires = None if row.expires is None else _instant(row.expires)
    return Token(row.prefix, row.owner, _scopes(row.scopes), row.label, _instant(row.created), expires, bool(row.revoked))
