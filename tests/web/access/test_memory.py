"""An answer is given again only while nothing that it depends on has changed, and never to somebody else."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from pasvik.app import collect
from pasvik.app.wiring import House
from pasvik.web.access.memory import MOST, Memory

Door = Callable[..., TestClient]
AT = "at=2023-11-25"


def test_the_second_answer_is_the_first_until_the_ledger_moves(house: House, door: Door) -> None:
    browser = door()
    for path in (f"/?{AT}", f"/board.json?{AT}", f"/crossing/salla?{AT}", f"/crossing/salla.json?{AT}", f"/changes?{AT}", f"/follow?{AT}", f"/claims?{AT}"):
        first, second = browser.get(path), browser.get(path)
        assert (first.status_code, first.content) == (200, second.content), path
        assert {**first.headers} == {**second.headers}, path
        assert browser.get(path, headers={"if-none-match": second.headers["etag"]}).status_code == 304
    before = browser.get(f"/board.json?{AT}").json()
    collect.add(house, b"The Salla border crossing is closed, the Finnish Border Guard said.", "b.txt", "2023-11-24", "NRK")
    assert browser.get(f"/board.json?{AT}").json() != before


def test_each_language_and_each_person_gets_their_own(door: Door) -> None:
    browser = door()
    assert browser.get(f"/?{AT}").text != browser.get(f"/?{AT}", headers={"accept-language": "fi"}).text
    assert "lang=fi" in browser.get(f"/?{AT}&lang=fi").text.split("</nav>")[0]
    assert "lang=fi" not in browser.get(f"/?{AT}", headers={"accept-language": "fi"}).text.split("</nav>")[0]
    anna = door("anna")
    assert ">anna<" in anna.get(f"/?{AT}").text
    assert ">anna<" not in browser.get(f"/?{AT}").text
    assert browser.get("/?at=abc").status_code == browser.get("/?at=abc").status_code == 400


def test_the_memory_does_not_grow() -> None:
    memory = Memory()
    for number in range(MOST + 5):
        memory.keep((number,), b"x", {})
        memory.get((0,))
    assert memory.get((0,)) == (b"x", {}), "what is asked for stays"
    assert [number for number in range(MOST + 5) if memory.get((number,))] == [0, *range(6, MOST + 5)]
