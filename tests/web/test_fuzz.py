"""Whatever stands in an address or a pasted text, the answer is a page or a sentence, never a broken server."""

from __future__ import annotations

import re
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from([
        "now", "2023-11-25", "0001-01-01", "9999-12-31T23:59-12:00", "2023-W47", "20231125", "1e400", "٣", "FI-RU", "ru-fi", "FI--RU",
        "asylum", "CAR", "open", "\x00", "../../etc/passwd", "%00", "' or 1=1 --", "{{7*7}}", "{0.__class__}", "salla", "NaN", "-0"]))
QUERY = st.dictionaries(st.sampled_from(["at", "known", "basis", "border", "lane", "state", "since", "q"]), WORDS, max_size=4)
PATH = st.sampled_from([
    "/", "/board.json", "/crossing/{}", "/crossing/{}.json", "/why/{}.json", "/evidence/{}", "/evidence/{}.json", "/find",
    "/changes", "/changes.json", "/follow.json", "/claims.json", "/claims"])
CALM = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@CALM
@given(PATH, WORDS, QUERY)
def test_no_address_breaks_the_server(client: TestClient, path: str, name: str, query: dict[str, str]) -> None:
    safe = {key: value.encode("utf-8", "replace").decode() for key, value in query.items()}
    answer = client.get(path.replace("{}", quote(name.encode("utf-8", "replace"), safe="") or "salla"), params=safe)
    assert answer.status_code in (200, 302, 307, 400, 404), answer.text[:300]
    assert "content-security-policy" in answer.headers
    if answer.status_code not in (302, 307):
        data = r'type="application/ld\+json">[^<]*</script>'
        foreign = re.sub(rf'<script ((type="module" src="/static/built/[a-z]+\.js"|src="/static/evidence\.js" defer)></script>|{data})', "", answer.text)
        assert "<script" not in foreign or "json" in answer.headers["content-type"]


@CALM
@given(st.text(max_size=400), WORDS, WORDS, WORDS)
def test_no_pasted_text_breaks_the_server(client: TestClient, text: str, published: str, publisher: str, url: str) -> None:
    fields = {"text": text, "published": published, "publisher": publisher, "url": url}
    answer = client.post("/read", data={key: value.encode("utf-8", "replace") for key, value in fields.items()})
    assert answer.status_code in (200, 400), answer.text[:300]
    assert answer.text.count("<script") == answer.text.count('<script src="/static/evidence.js" defer></script>')
