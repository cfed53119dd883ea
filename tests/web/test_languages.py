"""The pages in four languages: the same keys and gaps in every file, the address or the browser chooses, and links carry the choice on."""

from __future__ import annotations

import re
import tomllib
from string import Formatter
from typing import Any

import pytest
from starlette.testclient import TestClient

from pasvik.terms.moment import moment
from pasvik.web.dates import moment_text
from pasvik.web.words import LANGUAGES, MESSAGES, count, digits, words_of

REPLAY = "at=2023-11-25&known=2023-11-25"
OURS = {"nb": "Pasvik er ingen offisiell kilde.", "fi": "Pasvik ei ole virallinen lähde.", "ru": "Pasvik не является официальным источником.",
        "en": "Pasvik is not an official source."}


def leaves(part: dict[str, Any], path: str = "") -> dict[str, Any]:
    return {name: leaf for key, value in part.items()
            for name, leaf in (leaves(value, f"{path}{key}.") if isinstance(value, dict) else {f"{path}{key}": value}).items()}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_language_has_the_keys_and_the_gaps_of_english(language: str) -> None:
    english = leaves(words_of("en").table)
    own = leaves(tomllib.loads((MESSAGES / f"{language}.toml").read_text(encoding="utf-8")))
    extra = {f"plural.{key}.few" for key in words_of("en").table["plural"]}
    assert set(own) - set(english) - extra == set()
    assert len(set(english) & set(own)) > 480, "a language that is mostly English is none"

    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    shared = {key for key, text in own.items() if key in english and isinstance(text, str)}
    assert [key for key in shared if gaps(own[key]) != gaps(english[key]) and not key.startswith(("plural.", "months."))] == []
    assert [key for key in own if key.startswith("plural.") and not gaps(own[key]) <= {"n"}] == []
    assert len(own["months.names"]) == 12


@pytest.mark.parametrize(("named", "accepted", "language"), [
    ("", "", "en"), ("", "nb-NO,nb;q=0.9,en;q=0.8", "nb"), ("", "de,fi;q=0.3,en;q=0.2", "fi"), ("", "nn", "nb"), ("", "ru-RU", "ru"),
    ("", "en;q=0.1,ru;q=0.9", "ru"), ("", "de-DE", "en"), ("", "*;q=x,;;,", "en"), ("", "fi;q=abc", "fi"),
    ("fi", "ru", "fi"), ("NO", "", "nb"), ("xx", "ru", "ru"), ("../../etc", "", "en"), ("<script>", "", "en"),
])
def test_the_address_or_the_browser_chooses(client: TestClient, named: str, accepted: str, language: str) -> None:
    answer = client.get("/about", params={"lang": named} if named else {}, headers={"accept-language": accepted})
    assert answer.status_code == 200
    assert OURS[language] in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_each_language_and_leads_on_in_it(client: TestClient, language: str, hostile_id: str) -> None:
    for path in (f"/?{REPLAY}", f"/crossing/salla?{REPLAY}", "/sources?", "/read?", "/api?", "/whatif?", f"/follow?{REPLAY}", f"/claims?{REPLAY}",
                 f"/changes?{REPLAY}", f"/evidence/{hostile_id}?", "/nowhere?", "/sign-in?"):
        html = client.get(f"{path}&lang={language}").text
        assert OURS[language] in html, path
        inner = re.findall(r'<nav aria-label.*?</nav>', html, re.DOTALL)[0]
        assert set(re.findall(r'href="(/[^"]*)"', inner)) == {link for link in re.findall(r'href="(/[^"]*)"', inner) if f"lang={language}" in link}
        assert f'name="lang" value="{language}"' in html, "the search form stays in the language"
    assert "lang=" not in re.findall(r'<nav aria-label.*?</nav>', client.get("/about").text, re.DOTALL)[0]


def test_two_who_ask_at_once_each_get_their_own(client: TestClient) -> None:
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(8) as pool:
        asked = [LANGUAGES[n % 4] for n in range(32)]
        answers = list(pool.map(lambda language: client.get(f"/about?lang={language}").text, asked))
    assert [OURS[language] in text for language, text in zip(asked, answers, strict=True)] == [True] * 32


@pytest.mark.parametrize(("language", "n", "text"), [
    ("ru", 1, "1 день назад"), ("ru", 3, "3 дня назад"), ("ru", 5, "5 дней назад"), ("ru", 11, "11 дней назад"), ("ru", 21, "21 день назад"),
    ("ru", 112, "112 дней назад"), ("fi", 1, "1 päivän vanha"), ("fi", 2, "2 päivää vanha"), ("nb", 1, "1 dag gammelt"), ("en", 0, "0 days old")])
def test_numbers_take_the_form_of_the_language(language: str, n: int, text: str) -> None:
    assert count(words_of(language), "days", n) == text


@pytest.mark.parametrize(("language", "day", "number"), [
    ("en", "24 Nov 2023", "1,300"), ("nb", "24. nov. 2023", "1 300"), ("fi", "24.11.2023", "1 300"), ("ru", "24 ноя. 2023", "1 300")])
def test_days_and_numbers_are_written_as_there(language: str, day: str, number: str) -> None:
    assert moment_text(words_of(language), moment("2023-11-24", "Europe/Helsinki")) == day
    assert digits(words_of(language), 1300) == number
