"""Files as they come: pages, plain texts and PDF files become documents, or a fault in one sentence. The pages lie in tests/cases/pages."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from pasvik.reading.extract import extract
from pasvik.reading.formats.dateline import date_in_text
from pasvik.reading.formats.html import decode_html, looks_like_html
from pasvik.reading.formats.html_prune import hidden_selectors
from pasvik.reading.formats.html_strip import strip_tags
from pasvik.reading.language import Profiles, parse_profiles
from pasvik.terms.capture import Document, Fault
from pasvik.terms.moment import moment

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted((ROOT / "tests" / "cases" / "pages").glob("*.html"))
PROFILES = parse_profiles((ROOT / "src/pasvik/knowledge/words/stopwords.toml").read_text(encoding="utf-8"))


def read(data: bytes, name: str = "", **told: object) -> Document:
    document = extract(data, name, **told)  # type: ignore[arg-type]
    assert isinstance(document, Document), document
    return document


def fault(data: bytes, name: str = "", **told: object) -> str:
    found = extract(data, name, **told)  # type: ignore[arg-type]
    assert isinstance(found, Fault), found.text[:80]
    return found.what


def expected(page: Path) -> list[tuple[str, str]]:
    lines = page.with_suffix(".expect").read_text(encoding="utf-8").splitlines()
    return [(name, told) for name, _, told in (line.partition(": ") for line in lines if line)]


def test_there_are_pages_to_test() -> None:
    assert len(PAGES) >= 12


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_its_expectation_says(page: Path) -> None:
    assert isinstance(PROFILES, Profiles)
    document = read(page.read_bytes(), page.name, profiles=PROFILES)
    when = f"{document.published.iso()} by {document.published_by}" if document.published else "none"
    assert document.headline is not None
    facts = {
        "headline": document.text[slice(*document.headline)], "published": when, "publisher": document.publisher or "none",
        "url": document.url or "none", "language": document.language}
    wanted = expected(page)
    assert facts == {name: told for name, told in wanted if name in facts}
    assert [document.text[start:end] for start, end in document.captions] == [told for name, told in wanted if name == "caption"]
    for name, told in wanted:
        assert name != "keeps" or told in document.text, told
        assert name != "drops" or told not in document.text, told
    assert document.title == facts["headline"]
    assert document.media_type == "text/html"


def test_what_the_caller_tells_is_believed() -> None:
    told = moment("2020-02-02")
    document = read(PAGES[0].read_bytes(), PAGES[0].name, published=told, publisher="Somebody", url="https://else.example/")
    assert (document.published, document.published_by, document.publisher, document.url) == (told, "told", "Somebody", "https://else.example/")


def test_a_zone_makes_a_bare_time_of_a_page_exact() -> None:
    page = next(page for page in PAGES if page.stem.startswith("09"))
    document = read(page.read_bytes(), page.name, zone="Europe/Riga")
    assert document.published is not None
    assert document.published.iso() == "2024-03-05T16:20+02:00"


# --- plain text

@given(st.text(max_size=300))
@settings(max_examples=150)
def test_a_plain_text_is_the_text_that_python_reads_from_the_file(text: str) -> None:
    data = text.encode("utf-8", "replace")
    as_python = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8").read()
    document = extract(data, "a.txt")
    if isinstance(document, Document):
        assert document.text == as_python
    else:
        other_kind = b"%PDF-" in data or data.startswith((b"GIF8", b"PK"))
        assert "\x00" in text or not as_python.strip("\ufeff \t\n") or other_kind, document


def test_line_ends_become_one_sign_and_the_byte_order_mark_stays() -> None:
    assert read(b"\xef\xbb\xbfSalla\r\nis shut\rtoday\n", "a.txt").text == "\ufeffSalla\nis shut\ntoday\n"
    assert read("Salla is shut".encode("utf-16"), "a.txt").text == "Salla is shut"


def test_text_that_looks_like_a_page_stays_text_under_a_text_name() -> None:
    words = b"<p>Salla is shut.</p>"
    assert read(words, "a.txt").text == "<p>Salla is shut.</p>"
    assert read(words, media_type="text/plain").text == "<p>Salla is shut.</p>"
    assert read(words).text == "Salla is shut."
    assert read(b"Salla is shut.", "a.html").text == "Salla is shut."


@pytest.mark.parametrize(("data", "name", "why"), [
    (b"", "a.txt", "this file is empty"),
    (b" \n\t\r\n", "a.txt", "this file holds no words"),
    (b"Storskog \xe5pen", "a.txt", "this is not UTF-8 text (byte 0xe5 at 9)"),
    (b"Salla\x00is shut", "a.txt", "this is no text: it holds NUL bytes"),
    (b"\x89PNG\r\n\x1a\n", "a.html", "this is no text but a PNG picture"),
    (b"PK\x03\x04rest", "a.docx", "this is no text but a ZIP archive (or a Word or Excel file)"),
    (b"<html><body><!-- nothing --></body></html>", "a.html", "this page holds no words"),
    (b"<p>" + b"\xe5\xe6\xf8 " * 40, "a.html", "this page is not utf-8 text, and it declares no other encoding"),
    (b"%PDF-1.7 but not really", "a.pdf", "this PDF file cannot be read"),
])
def test_what_cannot_be_read_is_a_fault_in_one_sentence(data: bytes, name: str, why: str) -> None:
    assert fault(data, name).startswith(why)


def test_a_file_too_large_is_not_read() -> None:
    assert fault(b"12345", "a.txt", max_bytes=4) == "this file is too large: 5 bytes, and at most 4 are read"


@pytest.mark.parametrize(("line", "when"), [
    ("Publication date 16.11.2023 18.30", "2023-11-16"),
    ("Published: 2023-11-16", "2023-11-16"),
    ("Published 2023-11-16T18:30+02:00", "2023-11-16T18:30+02:00"),
    ("PUBLISHED: Thursday, 16 November 2023, 18:30 GMT", "2023-11-16T18:30+00:00"),
    ("Published on November 16, 2023", "2023-11-16"),
    ("Published: 16/11/2023 at 9.05", "2023-11-16"),
    ("Julkaistu 16.11.2023 klo 18.30", "2023-11-16"),
    ("Опубликовано: 16.11.2023 18:30", "2023-11-16"),
    ("Published: 03/04/2024", None),
    ("Published: 31.2.2024", None),
    ("Published: yesterday", None),
    ("Updated: 16.11.2023", None),
    ("The list was published by the ministry on 16.11.2023", None),
    ("Published: 16.11.2023\nPublished: 17.11.2023", None),
    ("\n" * 40 + "Published: 16.11.2023", None),
])
def test_the_dateline_of_a_text(line: str, when: str | None) -> None:
    document = read(f"Four posts close\n{line}\nThe posts close on 18 November 2023.".encode(), "a.txt")
    assert (document.published.iso() if document.published else None) == when
    assert document.published_by == ("text" if when else "")


# --- pages that mean harm

@given(st.binary(max_size=400), st.sampled_from(["", "a.txt", "a.html", "a.pdf"]))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_it_raise(data: bytes, name: str) -> None:
    found = extract(data, name)
    assert isinstance(found, Fault) or found.text.strip("\ufeff")


TAGS = st.sampled_from([
    "<p>", "</p>", "<div hidden>", "</div>", "<article>", "</article>", "<h1>", "</h1>", "<figcaption>", "<figure>", "<table>", "<td>",
    "<!--", "-->", "<script>", "</script>", "<style>.a{display:none}", "</style>", "Salla is shut. ", "&amp; ", "<b class=a>", "]]>", "<",
    "\u200b", "\x03", "&#1;", "\uffff", "<p class=caption>"])


@given(st.lists(TAGS, max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_soup_of_tags_is_read_with_its_spans_right(soup: str) -> None:
    found = extract(soup.encode(), "soup.html")
    if isinstance(found, Document):
        spans = [*found.captions, *([found.headline] if found.headline else [])]
        assert all(0 <= start < end <= len(found.text) for start, end in spans)
        assert not any("⟦" in line or "\u200b" in line for line in found.text.split("\n"))


@pytest.mark.parametrize("data", [
    b"<div>" * 100_000 + b"Salla is shut." + b"</div>" * 100_000,
    b"<div class='cookie'>" * 20_000 + b"Salla is shut.",
    b"<p " + b"a='1' " * 100_000 + b">Salla is shut.",
    b"<html><script type='application/ld+json'>" + b"[" * 200_000 + b"</script><p>Salla is shut.",
    b"<html><style>" + b"@media{" * 50_000 + b"</style><p>Salla is shut.",
    b"<a href='x'>" * 20_000 + b"Salla is shut.",
    b"<p>Salla is shut.</p>" + b"<!--" * 200_000,
    b"<h1>H</h1><p>Salla is shut." + b"<span>w</span> " * 50_000,
    b"<h1>H</h1><p>Salla is shut." + b"<figure><figcaption>w</figcaption></figure>" * 10_000,
], ids=["nested", "noise", "attributes", "json", "css", "links", "comments", "spans", "captions"])
def test_a_page_built_to_choke_the_reader_is_read_all_the_same(data: bytes) -> None:
    assert "Salla is shut." in read(data, "a.html").text


def test_the_plainest_way_is_linear_and_skips_what_is_hidden() -> None:
    assert strip_tags("<" * 200_000) == ["<" * 200_000]
    assert strip_tags("a<nav>b<nav>c</nav>d</nav>e<br>f<p hidden>g</p>h<p style='Display : None'>i") == ["ae", "fh"]


def test_hiding_rules_count_only_where_they_hold_for_every_screen() -> None:
    css = ".a, p.b, #c { display:none } @media print { .d { display:none } } .e{color:red} } .f{visibility: hidden}"
    assert hidden_selectors([css]) == {".a", "#c", ".f"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_same_bytes_give_the_same_document(page: Path) -> None:
    assert extract(page.read_bytes(), page.name) == extract(page.read_bytes(), page.name)


def test_a_plain_text_does_not_wait_for_the_libraries_of_pages() -> None:
    code = (
        "import sys; from pasvik.reading.extract import extract; extract(b'Salla is shut.', 'a.txt');"
        "print([name for name in ('trafilatura', 'htmldate', 'lxml', 'pypdf') if name in sys.modules])")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


# --- encodings and other kinds of file

def test_a_page_is_decoded_as_it_or_its_server_declares() -> None:
    russian = "<meta charset='windows-1251'><p>Граница закрыта</p>"
    assert "Граница" in str(decode_html(russian.encode("cp1251")))
    assert "Граница" in str(decode_html("<p>Граница</p>".encode("koi8-r"), "KOI8-R"))
    assert "Граница" in str(decode_html(b"\xef\xbb\xbf" + russian.encode()))
    assert "“open”" in str(decode_html("<p>“open”</p>".encode("cp1252"), "iso-8859-1"))
    # A name that Python knows as something other than an encoding of text must not be followed.
    assert "rules – and" in str(decode_html(b"<p>rules &#150; and&#0;&#x1F;"))
    assert "plain" in str(decode_html(b"<meta charset='rot13'><p>plain"))


def test_what_looks_like_a_page() -> None:
    assert looks_like_html(b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- x --><!DOCTYPE html>")
    assert not looks_like_html(b"Salla <p> is shut")
    assert not looks_like_html(b"< html")


def pdf_of(*pages: str) -> bytes:
    """A PDF file with these words, one page each, written out by hand."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for number, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {size}>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def test_a_pdf_file_is_read_page_by_page() -> None:
    document = read(pdf_of("Salla is shut.", "Vartius is open."), "notice.pdf")
    assert document.text == "Salla is shut.\n\nVartius is open."
    assert document.media_type == "application/pdf"


def test_a_pdf_file_without_words_or_with_a_lock_is_a_fault() -> None:
    assert fault(pdf_of(""), "a.pdf") == "this PDF file holds pictures of words, but no words"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("secret"))))
    writer.encrypt("key", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert fault(locked.getvalue(), "a.pdf") == "this PDF file is locked with a password"


@pytest.mark.parametrize(("line", "told"), [
    ("Publisert torsdag 16. november 2023 kl. 16.10", "2023-11-16T16:10+02:00"),
    ("Julkaistu 16. marraskuuta 2023 klo 15.30", "2023-11-16T15:30+02:00"),
    ("Опубликовано: среда, 29 ноября 2023 г., 12:00", "2023-11-29T12:00+02:00"),
    ("Published Thursday, November 16, 2023", "2023-11-16"),
    ("Published November 16, 2023", "2023-11-16"),
    ("Publisert 31. november 2023", None),
    ("Julkaistu 16. höpökuuta 2023", None),
])
def test_a_dateline_in_another_language_is_a_date(line: str, told: str | None) -> None:
    found = date_in_text(f"{line}\nText", "Europe/Helsinki")
    assert (found.iso() if found else None) == told


def test_a_page_in_russian_in_an_old_encoding_has_title_outlet_and_language() -> None:
    page = (
        '<!doctype html><html lang="ru"><head><meta charset="windows-1251"><title>Вести</title>'
        '<meta property="og:site_name" content="Северный вестник"></head><body><nav>Главная Спорт Афиша</nav><article>'
        "<h1>Финляндия закрывает границу</h1><p>Опубликовано 29 ноября 2023, 12:00</p>"
        "<p>Финляндия закроет последний пункт пропуска в ночь на 30 ноября, сообщил премьер-министр.</p>"
        "<figure><img src='a.jpg'><figcaption>Пункт пропуска Салла закрыт.</figcaption></figure>"
        "<p>Пункт пропуска Лотта работает в штатном режиме, сообщили в таможне.</p></article></body></html>")
    document = read(page.encode("cp1251"), "a.html", profiles=PROFILES, zone="Europe/Moscow")
    assert (document.title, document.publisher, document.language) == ("Финляндия закрывает границу", "Северный вестник", "ru")
    assert document.published and document.published.iso() == "2023-11-29T12:00+03:00"
    assert [document.text[start:end] for start, end in document.captions] == ["Пункт пропуска Салла закрыт."]
    assert "Афиша" not in document.text
