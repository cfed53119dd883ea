"""Reads and asks the waiting-time service of the Polish customs administration (granica.gov.pl, SOAP, one question for each crossing).

Operation getCzasyWszystko; answer czas_{osobowe,autokary,ciezarowe}_{wyjazd,wjazd}, data, godzina. Times are hours, as a decimal number
or as HH:MM; "-" is no value; the service tells only the way out of Poland.
"""

from __future__ import annotations

import re
from datetime import datetime
from xml.sax.saxutils import escape

from pasvik.sources.tables.row import Row, Table, minutes, parsed_at
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment, zone_info

ZONE = "Europe/Warsaw"
TRAFFIC = (("osobowe", "car", "samochody osobowe"), ("autokary", "bus", "autokary"), ("ciezarowe", "truck", "samochody ciężarowe"))
CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
DECIMAL = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
QUESTION = """<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:g="granicaServiceOriginal"><soap:Body><g:getCzasyWszystko>
<dane_in_wszystko><jednostka>{place}</jednostka><rok>{at:%Y}</rok><miesiac>{at:%m}</miesiac><dzien>{at:%d}</dzien>
<godzina>{at:%H}</godzina></dane_in_wszystko></g:getCzasyWszystko></soap:Body></soap:Envelope>"""


def question(place: str, now: datetime) -> bytes:
    """The body of the question about one crossing, by the service's name for it, at this hour in Poland."""
    return QUESTION.format(place=escape(place), at=now.astimezone(zone_info(ZONE))).encode()


def read(data: bytes, where: str, now: datetime, place: str = "") -> Table:
    """The rows of one answer; `place` is the crossing that was asked about."""
    if data.strip().lower() in (b"", b"blad"):
        return Table((), (Fault(f"{where}: the service answered \"blad\" (error) about {place}", where),))
    told = _fields(data, where)
    if isinstance(told, Fault):
        return Table((), (told,))
    stamp = f"{told.get('data', '')} {told.get('godzina', '')}".strip()
    rows: list[Row] = []
    faults: list[Fault] = []
    for name, lane, what in TRAFFIC:
        for way, into in (("wyjazd", None), ("wjazd", "PL")):
            words = told.get(f"czas_{name}_{way}", "").strip()
            if words in ("", "-"):
                continue
            wait = _minutes(words)
            if wait is None:
                faults.append(Fault(f"{where}: czas_{name}_{way} of {place} says {words!r}, which is no time", where))
                continue
            # Out of Poland is into whatever country lies behind the crossing; the card's places tell which that is.
            line = f"{place}, {what}, {way}: {words}" + (f", {stamp}" if stamp else "")
            rows.append(Row(place, place, line, (lane,), into or "out of PL", _at(stamp), (minutes(wait),)))
    return Table(tuple(rows), tuple(faults))


def _fields(data: bytes, where: str) -> dict[str, str] | Fault:
    from lxml import etree  # type: ignore[import-untyped]

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as bad:
        return Fault(f"{where}: broken XML: {bad}", where)
    for one in root.iter():
        if isinstance(one.tag, str) and one.tag.endswith("dane_out_wszystko"):
            return {str(etree.QName(leaf).localname): leaf.text or "" for leaf in one if isinstance(leaf.tag, str)}
    return Fault(f"{where}: the answer holds no dane_out_wszystko", where)


def _minutes(words: str) -> int | None:
    found = CLOCK.fullmatch(words)
    if found:
        return int(found[1]) * 60 + int(found[2])
    return round(float(words.replace(",", ".")) * 60) if DECIMAL.fullmatch(words) else None


def _at(stamp: str) -> Moment | None:
    shapes = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M")
    return next((at for shape in shapes if (at := parsed_at(stamp, shape, ZONE))), None)
