"""Opens everything: knowledge files, ledger, archive. No other file of the house opens the knowledge folder."""

from __future__ import annotations

import importlib.resources
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pasvik.app.drawing.drawn import Drawn
from pasvik.app.pack.join import join, joins
from pasvik.app.settings import Settings
from pasvik.desk.store import Desk
from pasvik.desk.store import open_desk as desk_at
from pasvik.gazetteer.build import build_gazetteer
from pasvik.gazetteer.table import Gazetteer
from pasvik.ledger.contract import Ledger
from pasvik.ledger.sql import open_ledger
from pasvik.reading.language import Profiles, parse_profiles
from pasvik.reading.lexicon import Lexicon, parse_lexicon
from pasvik.reading.office import parse_offices
from pasvik.situation.authority import Rules, parse_authorities, parse_outlets, rules
from pasvik.situation.policy import parse_policy
from pasvik.sources import curated
from pasvik.sources.archive import Archive
from pasvik.terms.capture import Document, Fault, Trouble, digest
from pasvik.terms.moment import moment
from pasvik.terms.statement import Statement

# These libraries warn on standard error about pages they find odd; what matters of that is a Fault of ours.
for noisy in ("trafilatura", "htmldate", "pypdf", "courlan", "stamina"):
    logging.getLogger(noisy).setLevel(logging.CRITICAL)

GONE = "this line is no longer in the shipped record"
RECORD = ("status.jsonl", "arrivals.jsonl", "said.jsonl")


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs: the places, the words, and the small words by which a language is told."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    profiles: Profiles | None = None


@dataclass(frozen=True, slots=True)
class House:
    """An open house. `faults`: what in the knowledge could not be read. `now`: the clock, which only the front doors look at."""

    settings: Settings
    gazetteer: Gazetteer
    reader: Reader
    book: Rules
    ledger: Ledger
    archive: Archive
    faults: tuple[Fault, ...]
    now: Callable[[], datetime]
    drawn: Drawn = field(default_factory=Drawn, compare=False)


def knowledge(settings: Settings, name: str) -> str:
    """The text of a knowledge file: the user's own where there is one, else the shipped one; what border packs add stands behind it."""
    parts = [(folder / name).read_text(encoding="utf-8") for folder in pack_folders(settings) if joins(name) and (folder / name).is_file()]
    return join(name, own_knowledge(settings, name), parts)


def own_knowledge(settings: Settings, name: str) -> str:
    """The same without any border pack."""
    if settings.knowledge and (settings.knowledge / name).is_file():
        return (settings.knowledge / name).read_text(encoding="utf-8")
    return (importlib.resources.files("pasvik") / "knowledge" / name).read_text(encoding="utf-8")


def pack_folders(settings: Settings) -> list[Path]:
    """The border packs of this house: those named in the settings, then those in `home`/packs, by name."""
    inside = settings.home / "packs"
    return [*settings.packs, *(sorted(one for one in inside.iterdir() if one.is_dir()) if inside.is_dir() else ())]


def source_texts(settings: Settings) -> dict[str, str]:
    """The source lists by file name: the shipped ones first, then the user's own (knowledge folder, then the house's `sources/`)."""
    shipped = importlib.resources.files("pasvik") / "knowledge" / "sources"
    names = sorted(one.name for one in shipped.iterdir() if one.name.endswith(".toml"))
    texts = {name: knowledge(settings, f"sources/{name}") for name in names}
    packs = [folder / "sources" for folder in pack_folders(settings)]
    for folder in ((settings.knowledge / "sources") if settings.knowledge else None, *packs, settings.home / "sources"):
        for file in sorted(folder.glob("*.toml")) if folder and folder.is_dir() else ():
            if file.name not in names or folder in packs or folder == settings.home / "sources":
                texts[str(file)] = file.read_text(encoding="utf-8", errors="replace")
    return texts


def open_reader(settings: Settings) -> Reader:
    """Places and words alone: enough to read a text, without opening a ledger."""
    gazetteer, _ = _places(settings)
    return _reader(settings, gazetteer)


def open_house(settings: Settings, keep: bool = False) -> House:
    """Everything, with the shipped record in the ledger. `keep`: the caller means to write.

    The folder, the ledger and its tables are made when missing. Where nothing can be written and nothing has been, a caller that only
    asks gets a ledger in memory; otherwise Trouble is raised with one sentence.
    """
    gazetteer, faults = _places(settings)
    said, bad = read_record(settings)
    book = read_rules(settings)
    now = clock(settings)
    ledger = _ledger(settings, keep)
    if settings.record:
        load_record(ledger, said, now())
    return House(settings, gazetteer, _reader(settings, gazetteer), book, ledger, Archive(settings.home / "archive"),
                 (*faults, *bad), now)


def read_rules(settings: Settings) -> Rules:
    """Policy, authorities and outlets; Trouble names the file and line that cannot be read."""
    try:
        return rules(parse_policy(knowledge(settings, "policy.toml")), parse_authorities(knowledge(settings, "authorities.csv")),
                     parse_outlets(knowledge(settings, "outlets.csv")))
    except ValueError as bad:
        raise Trouble(str(bad)) from bad


def read_record(settings: Settings) -> tuple[list[tuple[Document, Statement]], list[Fault]]:
    """The shipped record: every line that can be read, and a fault for every other."""
    said: list[tuple[Document, Statement]] = []
    faults: list[Fault] = []
    for name in RECORD:
        lines, bad = curated.parse(knowledge(settings, f"record/{name}"), name)
        said += lines
        faults += bad
    return said, faults


def load_record(ledger: Ledger, said: list[tuple[Document, Statement]], recorded: datetime) -> None:
    """Append the record unless this very record was loaded last; lines it no longer ships are retracted, lines it ships again stand again."""
    mine = {statement.id for _, statement in said}
    mark = digest("\n".join(sorted(mine)).encode())
    loads = ledger.notes("load")
    if loads and loads[-1].said.get("digest") == mark:
        return
    before = set(loads[-1].said.get("statements", ())) if loads else set()
    ledger.append_many(((document, [statement]) for document, statement in said), recorded=recorded)
    for id in sorted(before - mine):
        ledger.retract(id, GONE, recorded=recorded)
    for id in sorted(mine - before) if loads else ():
        held = ledger.statement(id)
        if held is not None and held.retracted is not None:
            for note in [note for note in ledger.notes("retraction", id) if note.said.get("reason") == GONE][-1:]:
                ledger.retract(note.id, "the line is in the shipped record again", recorded=recorded)
    ledger.note("load", {"digest": mark, "statements": sorted(mine), "after": ledger.basis()}, recorded=recorded)


def _places(settings: Settings) -> tuple[Gazetteer, list[Fault]]:
    return build_gazetteer(*(knowledge(settings, name) for name in ("crossings.csv", "names.csv", "sets.toml")))


def _reader(settings: Settings, gazetteer: Gazetteer) -> Reader:
    names = [one.name for one in (importlib.resources.files("pasvik") / "knowledge" / "words").iterdir() if one.name.endswith(".toml")]
    if settings.knowledge and (settings.knowledge / "words").is_dir():
        names += [one.name for one in (settings.knowledge / "words").glob("*.toml") if one.name not in names]
    words = {name: knowledge(settings, f"words/{name}") for name in sorted(names)}
    for folder in pack_folders(settings):                       # read after the shipped ones: a pack adds words and changes none
        words |= {f"pack_{folder.name}_{file.name}": file.read_text(encoding="utf-8") for file in sorted((folder / "words").glob("*.toml"))}
    offices, _ = parse_offices(knowledge(settings, "offices.csv"))
    try:
        lexicon = parse_lexicon(words, offices)
    except ValueError as bad:
        raise Trouble(str(bad)) from bad
    profiles = parse_profiles(words["stopwords.toml"], more={code: one.tells for code, one in lexicon.tongues.items() if one.tells})
    return Reader(gazetteer, lexicon, None if isinstance(profiles, Fault) else profiles)


def _ledger(settings: Settings, keep: bool) -> Ledger:
    if settings.database:
        return open_ledger(settings.database)
    file = settings.home / "ledger.sqlite"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        writable = os.access(settings.home, os.W_OK)
        sentence = f"the folder {settings.home} cannot be written to; name another with --home or PASVIK_HOME"
    except OSError as bad:
        writable, sentence = False, f"the folder {settings.home} cannot be made: {bad.strerror}; name another with --home or PASVIK_HOME"
    if not writable and keep:
        raise Trouble(sentence)
    if not writable and not file.exists():
        return open_ledger("sqlite://")
    return open_ledger(f"sqlite:///{file}")


def open_desk(settings: Settings) -> Desk:
    """The accounts: beside the ledger in PostgreSQL, in a file of their own beside a ledger file, so that a copy of the record holds none."""
    if settings.database and not settings.database.startswith("sqlite"):
        return desk_at(settings.database)
    file = settings.home / "desk.sqlite"
    if not file.exists() and not os.access(settings.home, os.W_OK):
        return desk_at("sqlite://")
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))    # hashes of passwords are nobody else's to read
    return desk_at(f"sqlite:///{file}")


def clock(settings: Settings) -> Callable[[], datetime]:
    """The clock of this house: the real one, or the fixed instant of PASVIK_NOW."""
    if settings.now is None:
        return lambda: datetime.now(UTC)
    try:
        fixed = moment(settings.now).start
    except ValueError as bad:
        raise Trouble(f"PASVIK_NOW: {bad}") from bad
    return lambda: fixed
