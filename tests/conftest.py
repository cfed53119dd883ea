"""For all tests: a law is true or false however slow the machine is, so no example has a deadline; and a real PostgreSQL for who wants one."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("pasvik", deadline=None)
settings.load_profile("pasvik")


def postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a fresh PostgreSQL server, without a database name; it listens on a socket in its own folder only."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL here: initdb is neither on the path nor in /usr/lib/postgresql")
    user = None
    if os.geteuid() == 0:                                       # PostgreSQL does not run as root
        known = {entry.pw_name for entry in pwd.getpwall()}
        user = next((name for name in ("postgres", "nobody") if name in known), None)
        if user is None:
            pytest.skip("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
    folder = Path(tempfile.mkdtemp(prefix="pasvik-pg-"))
    if user:
        shutil.chown(folder, user)
    started = False

    def run(program: str, *words: str) -> None:
        subprocess.run([programs / program, *words], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)

    try:
        run("initdb", "-D", f"{folder}/data", "-U", "pasvik", "-A", "trust", "-E", "UTF8", "--no-sync")
        manners = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", manners, "start")
        started = True
        yield f"host={folder} user=pasvik"
    finally:
        if started:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)
