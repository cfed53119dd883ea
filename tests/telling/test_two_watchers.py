"""Two that tell at once, on SQLite and PostgreSQL: an event is made once, and a killed one loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from tests.ledger.conftest import KINDS, new_address  # noqa: F401 (a fixture)
from tests.telling.conftest import START

from pasvik.outbox.store import Outbox, Told
from pasvik.terms.capture import Trouble

LENGTH = timedelta(minutes=5)
LOOP = """
import sys
from pasvik.outbox.store import Outbox, Told
from tests.telling.conftest import START
box = Outbox(sys.argv[1])
for n in range(10_000):
    box.keep({}, {f"c{n}": Told({"state": "closed"}, f"n{n}", START)}, [(f"n{n}", {"title": str(n)}, ["a", "b"])], START)
    print(n, flush=True)
"""


@pytest.mark.parametrize("kind", KINDS[1:])
def test_two_at_once_make_each_event_once_and_only_one_holds_the_turn(kind: str, new_address: Callable[[str], str]) -> None:  # noqa: F811
    address = new_address(kind)
    boxes = [Outbox(address), Outbox(address)]

    def write(box: Outbox) -> int:
        return sum(box.keep({}, {}, [(f"n{n}", {"title": str(n)}, ["a"])], START) for n in range(20))

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(write, boxes))
    assert sum(made) == 20 == len(boxes[0].due(START))
    with ThreadPoolExecutor(2) as pool:
        held = list(pool.map(lambda pair: pair[0].lease("tell", pair[1], START, LENGTH), zip(boxes, ("one", "two"), strict=True)))
    assert sorted(held) == [False, True]
    for box in boxes:
        box.close()


def test_killed_in_the_middle_every_event_has_all_its_deliveries_and_what_was_said_is_kept(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'outbox.sqlite'}"
    said = -1
    for lines in (3, 11, 29):
        running = subprocess.Popen([sys.executable, "-c", LOOP, address], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        assert running.stdout is not None
        for _ in range(lines):
            said = max(said, int(running.stdout.readline()))
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    box = Outbox(address)
    waiting = box.due(START)
    told = box.told()
    assert {one.event for one in waiting} >= {f"n{n}" for n in range(said + 1)}
    assert sorted((one.event, one.channel) for one in waiting) == sorted((f"n{key[1:]}", name) for key in told for name in "ab")
    box.close()


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="outbox cannot be used"):
        Outbox(f"sqlite:///{tmp_path}/none/outbox.sqlite")


def test_what_was_told_comes_back_as_it_was(tmp_path: Path) -> None:
    box = Outbox(f"sqlite:///{tmp_path / 'outbox.sqlite'}")
    one = Told({"state": "closed", "until": None}, None, START)
    box.keep({}, {"salla|car": one}, (), START)
    assert box.told() == {"salla|car": one}
    box.close()
