"""`pasvik follow`, `claims`, `posture` and `watch`: what a person types and what comes back, as text and as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CLOCKS = ("--at", "2023-11-30", "--known", "2023-11-30")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def pasvik(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PASVIK_HOME": str(home), "PASVIK_NOW": "2026-11-25T12:00+02:00", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-m", "pasvik.cli.main", *words], capture_output=True, env=env, timeout=120, encoding="utf-8")


def told(home: Path, *words: str) -> Any:
    done = pasvik(home, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_follow_tells_what_came_of_announcements(home: Path) -> None:
    said = " ".join(pasvik(home, "follow", "--border", "FI-RU", *CLOCKS).stdout.split())
    assert "came true: 55 people announced for raja-jooseppi on 24 Nov 2023; 55 counted there on 25 Nov 2023" in said
    assert "61 from 24 Nov 2023 to 26 Nov 2023, told by Andrei Chibis and Daily Finland; the days add up to it" in said
    assert "58 crossed + 55 moved on + 200 left or stayed = 313" in said
    assert "doubt: 400: a claim" in said
    one = told(home, "follow", "--crossing", "raja-jooseppi", *CLOCKS)
    assert [found["crossing"] for found in one] == ["raja-jooseppi"]
    assert told(home, "follow", "--crossing", "storskog", "--at", "2010-01-01") == []


def test_what_was_not_known_is_not_told(home: Path) -> None:
    early = told(home, "follow", "--crossing", "raja-jooseppi", "--at", "2023-11-30", "--known", "2023-11-24T20:00+02:00")
    assert [match["verdict"] for match in early[0]["people"]] == ["not_seen"]


def test_claims_name_owners_and_judge_nothing(home: Path) -> None:
    said = pasvik(home, "claims", "--border", "FI-RU", *CLOCKS).stdout
    assert "FI accuses RU (FI-RU): told 10 times, denied 4 times" in said
    assert "Pasvik does not judge them true or false." in said
    found = told(home, "claims", "--border", "FI-RU", *CLOCKS)
    ids = {one["id"] for one in found["statements"]}
    assert all({*charge["statements"], *charge["denials"]} <= ids for charge in found["charges"]), "every charge leads to its words"


def test_posture_is_a_ladder_with_words(home: Path) -> None:
    (finland,) = told(home, "posture", "fi", "--at", "2023-11-30")
    stances = [step["stance"] for step in finland["steps"] if step["told"] >= "2023-11-14"]
    assert [stance for stance in stances if stance in ("partly_closed", "all_but_one", "closed")] == ["partly_closed", "all_but_one", "closed"]
    assert all(step["words"] and step["statements"] for step in finland["steps"])
    assert {one["country"] for one in told(home, "posture", "--at", "2023-11-30")} >= {"FI", "NO", "EE"}
    assert "watches" in pasvik(home, "posture", "NO").stdout


def test_watch_is_the_digest_of_the_neighbours(home: Path) -> None:
    found = told(home, "watch", "NO", "--since", "2023-11-22", *CLOCKS)
    assert found["since"] == "2023-11-22"
    assert "NO" not in {step["country"] for step in found["steps"]}
    assert [step["told"] for step in found["steps"]] == sorted(step["told"] for step in found["steps"])
    assert {"all_but_one", "closed"} <= {step["stance"] for step in found["steps"]}
    assert told(home, "watch", "NO", "--at", "2023-12-20")["since"].startswith("2023-11-20"), "30 days back where no day is given"


REFUSED = """
follow --border XX-YY          | the borders are
follow --crossing Narwaa       | did you mean Narva
follow --lane boat             | the lanes are
claims --border XX-YY          | the borders are
claims --at yesterdayish       | not a date or time
posture Atlantis               | there is no country
watch XX                       | there is no country
watch NO --since 2023-13-01    | not a date or time
watch NO --since 2023          | names no day
""".strip().splitlines()


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.split("|")[0].strip())
def test_bad_words_get_one_clear_sentence(home: Path, case: str) -> None:
    typed, _, sentence = case.partition("|")
    done = pasvik(home, *typed.split())
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1, done.stderr
    assert sentence.strip() in done.stderr
