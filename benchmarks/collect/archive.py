"""Invents a web archive: many pages in many languages, a few that speak of a border, some records broken; the same from the same seed."""

from __future__ import annotations

import gzip
import random
import sys
from pathlib import Path

# Words of no news in particular; the share of each language is that of nobody's web.
WORDS = {
    "en": "the market opened higher on monday as shares of the company rose after a report about sales in the third quarter and people said",
    "de": "die stadt plant im kommenden jahr den bau einer neuen schule und der rat hat am abend über die kosten und den zeitplan beraten",
    "fr": "le conseil municipal a voté hier soir un budget pour la rénovation des écoles et la construction de logements dans le quartier",
    "es": "el equipo ganó el partido por dos goles a uno y el entrenador dijo que los jugadores habían trabajado mucho durante la semana",
    "pl": "rada miasta przyjęła wczoraj budżet na przyszły rok i zdecydowała o budowie nowej szkoły oraz remoncie drogi w centrum",
    "fi": "kaupunki rakentaa ensi vuonna uuden koulun ja valtuusto keskusteli illalla kustannuksista sekä aikataulusta asukkaiden kanssa",
    "ru": "городской совет вчера утвердил бюджет на следующий год и обсудил строительство новой школы и ремонт дороги в центре города",
    "ja": "市議会は昨日の夜に来年度の予算を承認し新しい学校の建設と道路の修理について話し合った",
    "ar": "وافق مجلس المدينة أمس على ميزانية العام المقبل وناقش بناء مدرسة جديدة وإصلاح الطريق في وسط المدينة",
    "zh": "市议会昨晚通过了明年的预算并讨论了新学校的建设和市中心道路的维修工作",
}
CROSSINGS = ("Vaalimaa", "Niirala", "Salla", "Nuijamaa", "Narva", "Koidula", "Terehova", "Medininkai", "Terespol", "Bobrowniki")
SAYS = ("The {0} border crossing point is closed until {1} November 2023, the border guard said.",
        "{1} asylum seekers arrived at the {0} border crossing point on Monday, according to the border guard.",
        "The government is considering closing the {0} border crossing point.", "Traffic at the {0} border crossing point runs as usual, police said.")


def page(dice: random.Random, relevant: bool) -> bytes:
    """A page of news, menus and all: 6 to 30 kB, of which 1 to 4 kB are the story."""
    language = "en" if relevant else dice.choice(list(WORDS))
    words = WORDS[language].split() if " " in WORDS[language] else list(WORDS[language])
    join = " " if " " in WORDS[language] else ""
    story = [join.join(dice.choices(words, k=dice.randint(40, 110))) + "." for _ in range(dice.randint(4, 10))]
    if relevant:
        story[dice.randrange(len(story))] = dice.choice(SAYS).format(dice.choice(CROSSINGS), dice.randint(10, 28))
    links = "".join(f'<li><a class="nav-item link-{n}" href="/section/{n}/{dice.randint(1, 10**9)}">{dice.choice(words)}</a></li>'
                    for n in range(dice.randint(40, 200)))
    script = f"<script>window.config={{{','.join(f'k{n}:{dice.random()}' for n in range(dice.randint(20, 120)))}}};</script>"
    day = dice.randint(1, 28)
    return (f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{" ".join(story[0].split()[:8])}</title>'
            f'<meta property="article:published_time" content="2023-11-{day:02}T10:00:00Z">{script}</head><body><nav><ul>{links}</ul></nav>'
            f"<article><h1>{' '.join(story[0].split()[:8])}</h1>{''.join(f'<p>{one}</p>' for one in story)}</article>"
            f"<footer>{links[:2000]}</footer></body></html>").encode()


def record(dice: random.Random, number: int, body: bytes) -> bytes:
    """A response record, by hand: a library would be slower and would refuse to write what is broken."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    day = dice.randint(1, 28)
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08x}-0000-4000-8000-000000000000>\r\n"
            f"WARC-Date: 2023-11-{day:02}T12:00:00Z\r\nWARC-Target-URI: https://site{number % 997}.example/story/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n").encode() + http + b"\r\n\r\n"


def make(file: Path, pages: int, seed: int = 1, relevant: float = 0.01, broken: float = 0.002) -> int:
    """Write an archive of so many pages, each record packed alone as web archives are; returns how many are relevant."""
    dice = random.Random(seed)
    told = 0
    with file.open("wb") as out:
        for number in range(pages):
            is_relevant = dice.random() < relevant
            told += is_relevant
            packed = gzip.compress(record(dice, number, page(dice, is_relevant)), 6)
            if not is_relevant and dice.random() < broken:
                hit = dice.randrange(30, len(packed) - 10)
                packed = packed[:hit] + bytes(8) + packed[hit + 8:]     # bytes lost inside a record
            out.write(packed)
    return told


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])), "relevant")
