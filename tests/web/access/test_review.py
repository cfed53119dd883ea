"""A verdict is a new entry that the board hears; two reviewers at once lose nothing; only what was read is judged, by those who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.testclient import TestClient

from pasvik.app import collect
from pasvik.app.wiring import House
from pasvik.desk.people import Role

Door = Callable[..., TestClient]
AT = "at=2023-11-25"


def read_ids(house: House) -> tuple[str, str]:
    """The document that the house holds, and what it says."""
    document = house.ledger.documents(1)[0].document.id
    return document, house.ledger.statements_of(document)[0].statement.id


def state(browser: TestClient, crossing: str = "vaalimaa", clocks: str = AT) -> str:
    cells = browser.get(f"/board.json?{clocks}&lane=car").json()["cells"]
    return next(str(cell["state"]) for cell in cells if cell["crossing"] == crossing)


def judge(browser: TestClient, id: str, verdict: str, seen: str = "", **more: object) -> int:
    return browser.post(f"/statement/{id}/verdict", data={"verdict": verdict, "seen": seen, "why": "", **more}).status_code


def last(browser: TestClient, document: str) -> dict[str, str]:
    return dict(browser.get(f"/evidence/{document}.json").json()["verdicts"][-1])


def test_a_rejected_reading_settles_nothing_until_it_is_confirmed(house: House, door: Door) -> None:
    browser = door("anna")
    document, id = read_ids(house)
    before = house.ledger.basis()
    assert state(browser) == "closed"
    assert judge(browser, id, "reject", why="it speaks of another place") == 303
    assert state(browser) == "unknown"
    assert state(browser, clocks=f"{AT}&basis={before}") == "closed", "what the ledger held then is still told"
    html = browser.get(f"/evidence/{document}").text
    assert "set aside by a verdict" in html and "it speaks of another place" in html and "<mark" in html
    assert last(browser, document)["by"] == "anna"
    assert judge(browser, id, "confirm", seen=last(browser, document)["id"]) == 303
    assert state(browser) == "closed"
    assert judge(browser, id, "reject", seen=last(browser, document)["id"]) == 303
    assert state(browser) == "unknown"
    assert [one["verdict"] for one in browser.get(f"/evidence/{document}.json").json()["verdicts"]] == ["reject", "confirm", "reject"]
    assert house.ledger.verify() == []


def test_a_correction_stands_in_the_same_words_and_a_later_verdict_takes_it_away(house: House, door: Door) -> None:
    browser = door("anna")
    document, id = read_ids(house)
    words = {"crossings": "Nuijamaa", "state": "closed", "commitment": "in_effect", "lanes": ["car", "bus"], "from": "2023-11-18", "until": ""}
    assert judge(browser, id, "correct", **words) == 303
    assert (state(browser), state(browser, "nuijamaa")) == ("unknown", "closed")
    made = last(browser, document)["instead"]
    told = next(one for one in browser.get(f"/evidence/{document}.json").json()["statements"] if one["id"] == made)
    assert (told["quote"], told["found_by"], told["crossings"]) == (house.ledger.statement(id).statement.evidence.quote,  # type: ignore[union-attr]
                                                                   "reviewer: anna", ["nuijamaa"])
    again = {**words, "crossings": "niirala", "lanes": ["all"]}
    assert judge(browser, id, "correct", seen=last(browser, document)["id"], **again) == 303
    assert [state(browser, one) for one in ("vaalimaa", "nuijamaa", "niirala")] == ["unknown", "unknown", "closed"]
    assert judge(browser, id, "correct", seen=last(browser, document)["id"], **words) == 303
    assert [state(browser, one) for one in ("vaalimaa", "nuijamaa", "niirala")] == ["unknown", "closed", "unknown"]
    assert judge(browser, id, "confirm", seen=last(browser, document)["id"]) == 303
    assert [state(browser, one) for one in ("vaalimaa", "nuijamaa", "niirala")] == ["closed", "unknown", "unknown"]
    assert house.ledger.verify() == []


def test_what_cannot_be_a_correction_is_told_and_what_was_typed_is_kept(house: House, door: Door) -> None:
    browser = door("anna")
    _, id = read_ids(house)
    good = {"crossings": "niirala", "state": "closed", "commitment": "in_effect", "lanes": ["all"], "from": "", "until": ""}
    before = house.ledger.basis()
    for field, value, sentence in (
        ("crossings", "narwaa", "did you mean"), ("crossings", "narva, niirala", "one border"), ("state", "lapsed", "no state"),
        ("commitment", "sworn", "no commitment"), ("lanes", ["tank"], "no lane"), ("from", "0001-13-45", "is not a date"),
        ("until", "yesterday", "is not a date"), ("why", "x" * 501, "at most 500"), ("verdict", "burn", "no verdict"),
    ):
        answer = browser.post(f"/statement/{id}/verdict", data={"verdict": "correct", "seen": "", "why": "my <b>words</b>", **good, field: value})
        assert (answer.status_code, sentence in answer.text) == (400, True), (field, answer.text[:2000])
        assert field == "why" or "my &lt;b&gt;words&lt;/b&gt;" in answer.text
    backwards = browser.post(f"/statement/{id}/verdict", data={**good, "verdict": "correct", "from": "2023-12-02", "until": "2023-12-01"})
    assert "end lies before" in backwards.text
    same = {**good, "crossings": "vaalimaa", "from": ""}
    assert "confirm it instead" in browser.post(f"/statement/{id}/verdict", data={**same, "verdict": "correct"}).text
    assert house.ledger.basis() == before


def test_two_reviewers_at_once_learn_of_each_other(house: House, door: Door) -> None:
    anna, bert = door("anna"), door("bert")
    document, id = read_ids(house)
    with ThreadPoolExecutor(2) as pool:
        codes = [job.result() for job in (pool.submit(judge, anna, id, "reject"), pool.submit(judge, bert, id, "confirm"))]
    given = anna.get(f"/evidence/{document}.json").json()["verdicts"]
    assert codes.count(303) == len(given), "each verdict that was taken is kept"
    assert set(codes) <= {303, 409} and 303 in codes
    late = bert.post(f"/statement/{id}/verdict", data={"verdict": "reject", "seen": "", "why": "my reason"})
    assert late.status_code == 409
    assert "gave a verdict on this" in late.text and "my reason" in late.text
    assert house.ledger.verify() == []


def test_only_reviewers_judge(house: House, door: Door) -> None:
    _, id = read_ids(house)
    before = house.ledger.basis()
    nobody = door().post(f"/statement/{id}/verdict", data={"verdict": "reject"})
    assert (nobody.status_code, nobody.headers["location"].startswith("/sign-in?next=/evidence/")) == (303, True)
    assert judge(door("rita", Role.READER), id, "reject") == 403
    forged = door("anna").post(f"/statement/{id}/verdict", data={"verdict": "reject"}, headers={"sec-fetch-site": "cross-site"})
    assert forged.status_code == 403
    assert judge(door("anna"), "s000", "reject") == 404
    assert house.ledger.basis() == before


def test_programs_judge_and_keep_with_a_key(house: House, door: Door) -> None:
    page = door("anna").post("/account/tokens", data={"scope": ["read", "write"]}).text
    found = re.search(r"pasvik_[a-z0-9]{8}_[\w-]{43}", page)
    assert found
    program = door(address="203.0.113.9")
    bearer = {"authorization": f"Bearer {found[0]}"}
    _, id = read_ids(house)
    given = program.post(f"/statement/{id}/verdict.json", json={"verdict": "reject", "why": "test"}, headers=bearer)
    assert (given.status_code, given.json()["verdict"]) == (201, "reject")
    assert program.post(f"/statement/{id}/verdict.json", json={"verdict": "confirm"}, headers=bearer).status_code == 409
    text = {"text": "The Salla border crossing is closed, the Finnish Border Guard said.", "published": "2023-11-24", "publisher": "Yle"}
    read = program.post("/read.json", json=text, headers=bearer)
    assert read.status_code == 200 and read.json()["statements"]
    assert [program.post("/keep.json", json=text, headers=bearer).status_code for _ in range(2)] == [201, 200]
    for body, status in ((b"{", 400), (b"[]", 400), (b"[" * 100_000, 400), (b'{"text": 7}', 400), (b"x" * 9_000_000, 413)):
        assert program.post("/keep.json", content=body, headers=bearer).status_code == status
    assert program.post("/keep.json", json=text).status_code == 401


def test_echoes_are_listed_beside_what_they_repeat(house: House, door: Door) -> None:
    document, _ = read_ids(house)
    text = "The Finnish government said on Friday that the Vaalimaa border crossing is closed."
    assert isinstance(collect.add(house, (text + " More follows.").encode(), "b.txt", "2023-11-24T13:00+02:00", "NRK"), collect.Added)
    html = door().get(f"/evidence/{document}").text
    assert "Also told by" in html and ">NRK</a>" in html


def test_a_text_is_shown_then_kept_or_let_go(house: House, door: Door) -> None:
    browser = door("anna")
    before = house.ledger.basis()
    text = "The Salla border crossing is closed, the Finnish Border Guard said. <script>1</script>"
    shown = browser.post("/read", data={"text": text, "published": "2023-11-24", "publisher": "Yle", "url": "https://yle.example/1"})
    assert "<mark" in shown.text and "Keep it in the record" in shown.text and house.ledger.basis() == before
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown.text))
    kept = browser.post("/keep", data=fields)
    assert kept.status_code == 303
    assert "yle.example" in browser.get(kept.headers["location"]).text
    assert state(browser, "salla") == "closed"
    assert browser.post("/keep", data=fields).headers["location"] == kept.headers["location"], "twice is once"
    after = house.ledger.basis()
    for broken in ({**fields, "data": "%%%"}, {**fields, "data": ""}, {}):
        assert browser.post("/keep", data=broken).status_code == 400
    assert door().post("/keep", data=fields).headers["location"].startswith("/sign-in")
    assert "Keep it in the record" not in door().post("/read", data={"text": text}).text
    assert house.ledger.basis() == after


def test_a_file_is_read_by_its_kind_and_a_large_one_is_refused_with_its_size(door: Door, house: House) -> None:
    browser = door("anna")
    html = b"<html><head><title>T</title></head><body><p>The Salla border crossing is closed, the Finnish Border Guard said.</p></body></html>"
    shown = browser.post("/read", data={"text": "", "published": "2023-11-24"}, files={"file": ("../../a<b>.html", html, "text/html")})
    assert "<mark" in shown.text and "<b>" not in shown.text
    before = house.ledger.basis()
    for kind in (browser.post("/read", data={"text": "x" * 10_000_000}), browser.post("/read", files={"file": ("a.txt", b"x" * 10_000_000)})):
        assert kind.status_code == 413
        assert "too long to be read here: 10.0 MB of at most 5 MB. Nothing was kept." in kind.text
    assert "2.0 MB of at most 1 MB" in browser.post("/read", data={"text": "y" * 2_000_000}).text
    for odd in (b"\x00" * 999, b"%PDF-1.7 broken", b"\xff\xfe" * 500, b"PK\x03\x04" * 50):
        assert browser.post("/read", files={"file": ("odd.pdf", odd)}).status_code in (200, 400)
    bad = browser.post("/read", content=b"--x\r\nbroken", headers={"content-type": "multipart/form-data; boundary=y"})
    assert bad.status_code == 400
    assert house.ledger.basis() == before


def test_the_language_stays_through_a_verdict(house: House, door: Door) -> None:
    browser = door("anna")
    document, id = read_ids(house)
    page = browser.get(f"/evidence/{document}?lang=fi").text
    action = re.findall(r'<form action="(/statement/[^"]+)"', page)[0]
    answer = browser.post(action, data={"verdict": "reject", "seen": "", "why": ""})
    assert answer.headers["location"] == f"/evidence/{document}?lang=fi#list-{id}"
    assert "arvio siirsi" in browser.get(answer.headers["location"]).text
