"""Script in every place where somebody else's words can come in: names, notes and sources of places, titles, publishers, speakers, questions."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pasvik.app import collect
from pasvik.app.settings import Settings
from pasvik.app.wiring import open_house
from pasvik.desk.people import Role
from pasvik.web.routes import create

BAD = "<script>window.harmed=1</script>"
ODD = "'\"><img src=x onerror=alert(1)>"
WORD = "a long enough word"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A house whose places bear hostile names and notes, with a hostile document in it."""
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    shipped = (importlib.resources.files("pasvik") / "knowledge" / "crossings.csv").read_text(encoding="utf-8")
    changed = shipped.replace("Storskog", f"Storskog {BAD}").replace("Борисоглебский", f"Борисоглебский {BAD}")
    assert changed.count(BAD) > 3
    (knowledge / "crossings.csv").write_text(changed, encoding="utf-8")
    house = open_house(Settings(home=tmp_path / "home", knowledge=knowledge, now="2026-11-25T10:00+00:00"), keep=True)
    page = f"<html><head><title>{BAD.replace('<', '&lt;')}</title></head><body><p>The {BAD} minister of Finland said on Friday that the Vaalimaa " \
           f"border crossing is closed. {ODD}</p></body></html>"
    assert isinstance(collect.add(house, page.encode(), f"{ODD}.html", "2023-11-24T12:00+02:00", BAD, f"https://x.example/{ODD}"), collect.Added)
    app = create(house, "")
    app.state.desk.add_person("anna", Role.REVIEWER, WORD, house.now())
    browser = TestClient(app, base_url="http://localhost:8000")
    browser.post("/sign-in", data={"name": "anna", "password": WORD})
    return browser


def test_nothing_that_others_wrote_is_taken_for_html(client: TestClient) -> None:
    document = client.get("/sources").text.split('href="/evidence/')[1].split('"')[0]
    for path in (
        "/?at=2023-11-25&known=2023-11-25", "/crossing/storskog?at=2023-11-25", "/sources", "/coverage", f"/evidence/{document}",
        "/follow?at=2023-11-28", "/claims?at=2023-11-28", "/changes?at=2023-11-25", f"/find?q={BAD}", f"/sign-in?next={BAD}", f"/nowhere/{BAD}",
        f"/?at={BAD}", f"/?border={ODD}", f"/crossing/{ODD}", f"/account?lang={ODD}", "/feed.atom", "/board.geojson", "/api", "/whatif?border=NO-RU",
    ):
        answer = client.get(path)
        assert answer.status_code in (200, 400, 404), path
        if "html" in answer.headers["content-type"]:
            assert BAD not in answer.text and "<img" not in answer.text, path
            assert "script-src 'self'" in answer.headers["content-security-policy"]
        elif "xml" in answer.headers["content-type"]:
            assert BAD not in answer.text, path
    assert "&lt;script&gt;" in client.get("/crossing/storskog").text


def test_what_a_reviewer_types_is_a_text(client: TestClient) -> None:
    house = client.app.state.house  # type: ignore[attr-defined]
    document = house.ledger.documents(1)[0].document.id
    id = house.ledger.statements_of(document)[0].statement.id
    html = client.post(f"/statement/{id}/verdict", data={"verdict": "reject", "why": f"{BAD} {ODD}"}).text
    assert "&lt;script&gt;" in html and BAD not in html and "<img" not in html
    label = client.post("/account/tokens", data={"scope": "read", "label": BAD}).text
    assert "&lt;script&gt;" in label and BAD not in label


@pytest.mark.parametrize("path", [
    "/?at=99999999999999999999", "/?known=-0001-01-01", "/?at=2023-11-25T99:99", "/?basis=99999999999999999999", "/?at=\u0662\u0660\u0662\u0663",
    "/crossing/" + "x" * 5000, "/evidence/..%2f..%2fetc%2fpasswd", "/evidence/%00", "/statement/%00/verdict", "/crossing/%ff%fe", "/?at=2023-11-25&at=x",
    "/changes?since=0000-00-00", "/board.json?at=1e9", "/coverage.json?at=x", "/evidence/d.json", "/static/../pasvik.css", "/static/%2e%2e/page.py"])
def test_absurd_addresses_are_answered_in_a_sentence(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (200, 400, 404, 405), answer.text[:200]
    assert "Traceback" not in answer.text and "import " not in answer.text[:200]
