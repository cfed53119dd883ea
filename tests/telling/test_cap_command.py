"""From the board to a released alert, as a duty officer would do it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xmlschema
from typer.testing import CliRunner

from pasvik.cli.main import app

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "public" / "cap-1.2.xsd")
RUN = CliRunner()


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setenv("PASVIK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PASVIK_NOW", "2023-11-30T12:00+02:00")
    (tmp_path / "rumour.txt").write_text("Storskog is closed from tonight, a driver wrote.")
    added = RUN.invoke(app, ["add", str(tmp_path / "rumour.txt"), "--published", "2023-11-30T09:00+02:00", "--publisher", "Some Channel"])
    assert added.exit_code == 0, added.output
    told = RUN.invoke(app, ["cap", "draft", str(tmp_path / "out"), "--sender", "desk@example.org", "--at", "2023-11-30", "--known", "2023-11-30"])
    assert told.exit_code == 0, told.output
    return sorted((tmp_path / "out").glob("*.draft.xml"))


def test_drafts_are_drafts_and_a_rumour_is_marked(drafts: list[Path]) -> None:
    texts = [one.read_text() for one in drafts]
    assert len(texts) > 3
    for one in texts:
        SCHEMA.validate(one)
        assert "<status>Draft</status>" in one
    assert any("Unconfirmed: " in one and "Storskog" in one for one in texts)


def test_a_person_releases_a_draft_once(drafts: list[Path]) -> None:
    assert RUN.invoke(app, ["cap", "release", str(drafts[0]), "--by", "Duty officer"]).exit_code == 0
    actual = drafts[0].with_name(drafts[0].name.replace(".draft.xml", ".actual.xml")).read_text()
    SCHEMA.validate(actual)
    assert "<status>Actual</status>" in actual and "Released by Duty officer." in actual
    again = RUN.invoke(app, ["cap", "release", str(drafts[0]), "--by", "Duty officer"])
    assert again.exit_code == 2
    assert "Draft" in drafts[0].read_text()


def test_what_is_no_draft_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<alert/>")
    assert RUN.invoke(app, ["cap", "release", str(tmp_path / "x.xml"), "--by", "me"]).exit_code == 2
    assert RUN.invoke(app, ["cap", "release", str(tmp_path / "none.xml"), "--by", "me"]).exit_code == 2


def test_a_program_is_run_for_each_piece_of_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASVIK_HOME", str(tmp_path / "home"))
    out, text = tmp_path / "heard", tmp_path / "notice.txt"
    text.write_text("The Finnish government has closed the Vartius border crossing until further notice.")
    words = ["tell", "--no-record", "--exec", f"sh -c 'cat >> {out}'"]
    for minutes, said in (("00", "first look"), ("10", "0 new, 6 cells settling"), ("40", "1 new, 0 cells settling; 1 delivered")):
        if minutes == "10":
            add = ["add", "--no-record", str(text), "--published", "2023-11-24T12:05+02:00", "--publisher", "Finnish Government"]
            assert RUN.invoke(app, add).exit_code == 0
        monkeypatch.setenv("PASVIK_NOW", f"2023-11-24T12:{minutes}+02:00")
        told = RUN.invoke(app, words)
        assert told.exit_code == 0 and said in told.output, told.output
    assert '"crossings": ["vartius"]' in out.read_text()
