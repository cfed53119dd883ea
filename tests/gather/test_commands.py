"""`pasvik sources` and `pasvik collect` as a person types them, against a site on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pasvik.app.settings import Settings
from pasvik.cli.main import app
from pasvik.sources.warc import Counts, responses, shards_of

TOLD = "The Vaalimaa border crossing point is closed until 14 December 2026, the Finnish Border Guard says."


@pytest.fixture
def home(web: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with one source of its own."""
    monkeypatch.setenv("PASVIK_COLLECT_LOOPBACK", "test")
    monkeypatch.setenv("PASVIK_HOME", str(tmp_path))
    monkeypatch.setenv("PASVIK_RECORD", "none")
    page = web.put("127.0.0.1", "/1", f"<html><body><article><h1>Notice</h1><p>{TOLD}</p></article></body></html>")
    feed = web.put("127.0.0.1", "/feed", f'<rss version="2.0"><channel><item><title>Border</title><link>{page}</link></item></channel></rss>')
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "own.toml").write_text(
        f'[[source]]\nid = "mine"\nhow = "feed"\naddress = "{feed}"\npublisher = "Yle"\npause = "0.01 seconds"\n'
        f'[[source]]\nid = "locked"\nhow = "feed"\naddress = "{feed}?k={{key}}"\nneeds = "PASVIK_KEY_X"\npublisher = "Yle"\n')
    return tmp_path


def pasvik(*words: str) -> tuple[int, str]:
    told = CliRunner().invoke(app, list(words))
    return told.exit_code, told.output


def test_nothing_is_fetched_before_a_person_says_so(home: Path, web: Any) -> None:
    code, told = pasvik("collect")
    assert code == 2 and "no source is turned on" in told and not web.asked
    code, told = pasvik("sources", "list", "mine")
    assert code == 0 and told.startswith("off") and "1 sources, 0 on" in told
    assert pasvik("sources", "enable", "nowhere")[0] == 2


def test_enable_test_collect_and_disable(home: Path, web: Any) -> None:
    code, told = pasvik("sources", "test", "mine")
    assert code == 0 and "good  mine shows 1 entries, 1 of them wanted" in told and not (home / "archive").exists()
    assert "needs a key in the environment variable PASVIK_KEY_X" in pasvik("sources", "test", "locked")[1]
    assert pasvik("sources", "enable", "mine")[1] == "on  mine: Yle\n"
    code, told = pasvik("collect", "--json", "--capture", str(home / "log.warc.gz"))
    said = json.loads(told)
    assert code == 0 and said["documents"] == 1 and said["statements"] >= 1 and said["faults"] == []
    counts = Counts()
    kept = [page.url for shard in shards_of(home / "log.warc.gz") for page in responses(shard, counts)]
    assert kept == [web.url("127.0.0.1", "/feed"), web.url("127.0.0.1", "/1")]
    listed = json.loads(pasvik("sources", "list", "--on", "--json")[1])
    assert [(one["id"], one["health"]) for one in listed] == [("mine", "well")]
    assert "0 sources visited" in pasvik("collect")[1]
    assert "1 sources visited" in pasvik("collect", "--now")[1]
    assert pasvik("sources", "disable", "mine")[0] == 0
    assert pasvik("collect")[0] == 2
    assert "Vaalimaa" in pasvik("why", "vaalimaa", "--at", "2026-11-30")[1]


def test_a_clock_that_was_set_still_moves(home: Path, web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Collecting waits between requests; with the clock held still by PASVIK_NOW it would wait for ever."""
    monkeypatch.setenv("PASVIK_NOW", "2026-11-25T10:00+00:00")
    pasvik("sources", "enable", "mine")
    code, told = pasvik("collect", "--now")
    assert code == 0 and "1 documents" in told


def test_a_bad_card_is_told_wherever_cards_are_looked_at(home: Path) -> None:
    (home / "sources" / "bad.toml").write_text('[[source]]\nid = "bad"\nhow = "wish"\n')
    for words in (("sources", "list"), ("check",)):
        code, told = pasvik(*words)
        assert code == 1 and "bad.toml" in told, told


def test_without_the_extra_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pasvik.app.gather import lookout
    from pasvik.terms.capture import Trouble

    monkeypatch.setattr(lookout, "find_spec", lambda name: None)
    with pytest.raises(Trouble, match=r"pip install 'pasvik\[collect\]'"):
        lookout.open_lookout(Settings(home))
