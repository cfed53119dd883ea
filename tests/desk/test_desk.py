"""Accounts, sessions and keys: what opens, what does not, and what is never kept, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from pasvik.desk.engine import make_engine, reading
from pasvik.desk.people import DeskError, Person, Role, Scope, asked_name, asked_password, asked_role, asked_scopes
from pasvik.desk.store import Desk, open_desk
from pasvik.terms.capture import Fault

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
WORD = "a long enough word"


@pytest.fixture(params=["memory", "file"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk("sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/desk.sqlite")
    opened.add_person("anna", Role.REVIEWER, WORD, NOW)
    yield opened
    opened.close()


def test_only_the_right_name_and_password_open(desk: Desk) -> None:
    cookie = desk.sign_in("anna", WORD, NOW)
    assert cookie
    found = desk.by_session(cookie, NOW)
    assert found and (found.name, found.scopes, found.by_token) == ("anna", {Scope.READ, Scope.WRITE}, False)
    for name, password in (("anna", WORD + " "), ("anna", ""), ("bert", WORD), ("", ""), ("anna' or 1=1 --", WORD), ("anna", "\x00" * 50)):
        assert desk.sign_in(name, password, NOW) is None
    for other in ("", "x", cookie[:-1], cookie + "x"):
        assert desk.by_session(other, NOW) is None


def test_a_session_ends_by_time_by_signing_out_by_a_new_password_and_by_shutting(desk: Desk) -> None:
    def session() -> str:
        made = desk.sign_in("anna", WORD, NOW)
        assert made
        return made
    by_time, by_hand, by_word = session(), session(), session()
    assert desk.by_session(by_time, NOW + timedelta(hours=11)) is not None
    assert desk.by_session(by_time, NOW + timedelta(hours=13)) is None
    desk.close_session(by_hand)
    assert desk.by_session(by_hand, NOW) is None
    assert desk.by_session(by_word, NOW) is not None
    desk.change("anna", password=WORD)
    assert desk.by_session(by_word, NOW) is None
    by_shutting = session()
    desk.change("anna", is_active=False)
    assert desk.by_session(by_shutting, NOW) is None
    assert desk.sign_in("anna", WORD, NOW) is None
    desk.change("anna", is_active=True)
    assert desk.by_session(by_shutting, NOW) is None, "an account that opens again begins anew"
    assert desk.sign_in("anna", WORD, NOW)


def test_a_key_opens_what_both_it_and_its_owner_may(desk: Desk) -> None:
    made = desk.add_token("anna", frozenset({Scope.READ, Scope.WRITE}), "nightly", NOW, days=30)
    assert not isinstance(made, Fault)
    key, kept = made
    found = desk.by_token(key, NOW)
    assert found and (found.name, found.scopes, found.by_token) == ("anna", {Scope.READ, Scope.WRITE}, True)
    assert desk.by_token(key, NOW + timedelta(days=30)) is None
    last = "A" if key[-1] != "A" else "B"
    for other in ("", kept.prefix, key[:-1], key[:-1] + last, "pasvik_" + "a" * 8 + "_" + "b" * 43, key.upper()):
        assert desk.by_token(other, NOW) is None
    desk.change("anna", role=Role.READER)
    lowered = desk.by_token(key, NOW)
    assert lowered and lowered.scopes == {Scope.READ}
    assert desk.revoke_token(kept.prefix, "bert") is False
    assert desk.revoke_token(kept.prefix, "anna") is True
    assert desk.by_token(key, NOW) is None
    assert [one.is_revoked for one in desk.tokens("anna")] == [True]


def test_no_key_can_do_more_than_its_owner(desk: Desk) -> None:
    assert isinstance(desk.add_token("anna", frozenset({Scope.ADMIN}), "", NOW), Fault)
    assert isinstance(desk.add_token("nobody", frozenset({Scope.READ}), "", NOW), Fault)


def test_a_name_is_given_once_even_when_two_ask_at_once(desk: Desk) -> None:
    assert isinstance(desk.add_person("anna", Role.ADMIN, WORD, NOW), Fault)
    assert desk.person("anna") == Person("anna", Role.REVIEWER)
    start, answers = Barrier(2), []

    def ask() -> None:
        start.wait()
        answers.append(desk.add_person("bert", Role.READER, None, NOW, "https://id.example|7"))
    both = [Thread(target=ask) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(type(one).__name__ for one in answers) == ["Fault", "Person"]
    assert desk.by_subject("https://id.example|7") == Person("bert", Role.READER, True, False)


def test_nothing_kept_can_be_used_to_come_in(tmp_path: Path) -> None:
    desk = open_desk(f"sqlite:///{tmp_path}/desk.sqlite")
    desk.add_person("anna", Role.REVIEWER, WORD, NOW)
    cookie = desk.sign_in("anna", WORD, NOW)
    made = desk.add_token("anna", frozenset({Scope.READ}), "", NOW)
    assert cookie and not isinstance(made, Fault)
    desk.close()
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"$argon2id$" in held
    for secret in (WORD, cookie, made[0], made[0].rpartition("_")[2]):
        assert secret.encode() not in held


@pytest.mark.parametrize(("check", "good", "bad"), [
    (asked_name, ["anna", " Desk-1 ", "a.b_c"], ["", "-a", "a b", "ä", "a" * 41, "<b>", "a/b", "a\nb"]),
    (asked_role, ["reader", "ADMIN"], ["", "root"]),
    (asked_scopes, ["read", "read, write"], ["", ",", "read,all"]),
    (asked_password, ["x" * 10, "ж" * 1024], ["", "x" * 9, "x" * 1025]),
])
def test_words_from_outside(check: object, good: list[str], bad: list[str]) -> None:
    assert callable(check)
    assert [word for word in good if isinstance(check(word), Fault)] == []
    assert [word for word in bad if not isinstance(check(word), Fault)] == []


def test_a_later_desk_and_a_damaged_one_are_told_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "desk.sqlite"
    open_desk(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE desk_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(DeskError, match="newer Pasvik"):
        open_desk(f"sqlite:///{file}")
    file.write_bytes(b"not a database" * 999)
    with pytest.raises(DeskError, match="cannot be read"):
        open_desk(f"sqlite:///{file}")
    for address in ("mysql://x", "no address"):
        with pytest.raises(DeskError):
            open_desk(address)


def test_the_tables_of_the_steps_are_those_of_the_code(desk: Desk) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from pasvik.desk.tables import VERSIONS, metadata
    with reading(desk.engine) as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"version_table": VERSIONS}), metadata)
    # On PostgreSQL the tables of the ledger stand beside; they are none of ours.
    assert [one for one in map(str, found) if "desk_" in one] == []


PROGRAM = [sys.executable, "-m", "pasvik.cli.main"]


def test_the_terminal_opens_and_shuts_accounts(tmp_path: Path) -> None:
    def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([*PROGRAM, *words, "--home", str(tmp_path / "new")], input=given, capture_output=True, text=True, timeout=60)
    assert run("users", "add", "desk-1", "--role", "reviewer", "--password-stdin", given=WORD + "\n").stdout == "desk-1: reviewer\n"
    short = run("users", "add", "desk-2", "--password-stdin", given="short\n")
    assert (short.returncode, "10 to 1024" in short.stderr) == (2, True)
    assert "already" in run("users", "add", "desk-1", "--password-stdin", given=WORD + "\n").stderr
    key = run("tokens", "add", "desk-1", "--scope", "write", "--days", "1").stdout.strip()
    listed = run("tokens", "list").stdout
    assert key.split("_")[1] in listed and key not in listed
    assert "shut" in run("users", "shut", "desk-1").stdout
    assert (tmp_path / "new" / "desk.sqlite").stat().st_mode & 0o077 == 0


@pytest.fixture(scope="module")
def postgres_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh PostgreSQL server for this file, on a socket in its own folder."""
    import os
    import pwd
    import tempfile
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    programs = found[-1].parent if found else Path(on_path).parent if on_path else None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in names), None) if os.geteuid() == 0 else None
    if programs is None or (os.geteuid() == 0 and user is None):
        pytest.skip("no PostgreSQL that can be started here")
    folder = Path(tempfile.mkdtemp(prefix="pasvik-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *words: str) -> None:
        subprocess.run([programs / program, *words], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)
    try:
        run("initdb", "-D", f"{folder}/data", "-U", "pasvik", "-A", "trust", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
        yield f"postgresql+psycopg://pasvik@/postgres?host={folder}"
        run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.mark.postgres
def test_the_same_beside_a_ledger_in_postgresql(postgres_address: str) -> None:
    from pasvik.ledger.sql import open_ledger
    open_ledger(postgres_address).close()
    desk = open_desk(postgres_address)
    open_desk(postgres_address).close()
    test_the_tables_of_the_steps_are_those_of_the_code(desk)
    desk.add_person("anna", Role.REVIEWER, WORD, NOW)
    test_a_session_ends_by_time_by_signing_out_by_a_new_password_and_by_shutting(desk)
    test_a_key_opens_what_both_it_and_its_owner_may(desk)
    assert isinstance(desk.add_person("anna", Role.ADMIN, WORD, NOW), Fault)
    desk.close()
    open_ledger(postgres_address).close()                       # neither takes the other's tables for its own


def test_an_engine_waits_for_nothing_it_cannot_open(tmp_path: Path) -> None:
    with pytest.raises(DeskError), reading(make_engine(f"sqlite:///{tmp_path}/no/such/folder.sqlite")):
        pass
