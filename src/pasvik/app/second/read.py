"""Asks a language model to read a text a second time, within a budget, and keeps its answer, so that the same question is never asked twice."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pasvik.app.second.endpoint import Endpoint, ask
from pasvik.app.second.store import Store
from pasvik.app.settings import Model, Settings
from pasvik.app.wiring import Reader, knowledge
from pasvik.reading.model.offer import offer
from pasvik.reading.model.prompt import Wording, parse_wording, request
from pasvik.reading.model.verify import verify
from pasvik.terms.capture import Document, Fault, digest
from pasvik.terms.statement import Reading

DOCUMENTS_A_DAY, BYTES_A_DAY = 200, 5_000_000                   # where PASVIK_MODEL_BUDGET says nothing


@dataclass(frozen=True, slots=True)
class Second:
    """What the model made of one document. reading: what stood up to the text; dropped: (reason, how many).

    asked: False where the text speaks of no border, so that no model was asked. replayed: the answer was held already.
    key: digest of the question; answer: digest of the server's whole answer in the archive; left_out: sentences too far down to be shown.
    """

    name: str
    reading: Reading
    dropped: tuple[tuple[str, int], ...] = ()
    asked: bool = True
    replayed: bool = False
    key: str = ""
    answer: str = ""
    left_out: int = 0


def second_read(settings: Settings, reader: Reader, document: Document, now: datetime) -> Second | Fault:
    """A model's reading of a document: a held answer where the question is the same to the byte, else a new one within the day's budget."""
    endpoint = _endpoint(settings.model)
    wording = _wording(settings)
    for bad in (endpoint, wording):
        if isinstance(bad, Fault):
            return bad
    assert not isinstance(endpoint, Fault) and not isinstance(wording, Fault)
    offered = offer(document, reader.gazetteer, reader.lexicon)
    if offered is None:
        return Second(endpoint.name, Reading(()), asked=False)
    body = request(offered, reader.gazetteer, wording, endpoint.name)
    key = digest(body)
    store = Store(settings.home)
    held = store.held(key)
    said = held[1] if held else _new_answer(settings.model, endpoint, store, key, body, now)
    if isinstance(said, Fault):
        return said
    told = _content(said)
    checked = told if isinstance(told, Fault) else verify(told, offered, reader.gazetteer, wording, endpoint.name)
    if isinstance(checked, Fault):
        return Fault(f"{checked.what} (kept as {digest(said)[:12]}, asked again only when {store.place(key)} is removed)", "model")
    return Second(endpoint.name, checked.reading, checked.dropped, True, held is not None, key, digest(said), offered.left_out)


def _endpoint(model: Model) -> Endpoint | Fault:
    """The server as the environment tells it, or what is missing."""
    if not model.url:
        return Fault("no model is set: PASVIK_MODEL_URL names an OpenAI-compatible server, such as http://127.0.0.1:8080/v1", "model")
    if not model.name:
        return Fault("PASVIK_MODEL_NAME does not say which model to ask", "model")
    key = model.key
    if model.key_file:
        try:
            key = Path(model.key_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return Fault(f"PASVIK_MODEL_KEY_FILE: {model.key_file} cannot be read", "model")
    try:
        seconds = float(model.timeout) if model.timeout else 120.0
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 3600:
        return Fault(f"PASVIK_MODEL_TIMEOUT: {model.timeout!r} is no number of seconds up to 3600", "model")
    return Endpoint(model.url, model.name, key, seconds)


def _wording(settings: Settings) -> Wording | Fault:
    try:
        return parse_wording(knowledge(settings, "model.toml"))
    except ValueError as bad:
        return Fault(str(bad), "model.toml")


def _budget(model: Model) -> tuple[int, int] | Fault:
    """Documents and bytes a day: "200" or "200/5000000"."""
    if not model.budget:
        return DOCUMENTS_A_DAY, BYTES_A_DAY
    parts = model.budget.split("/")
    if len(parts) > 2 or not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        return Fault(f"PASVIK_MODEL_BUDGET: {model.budget!r} is not documents or documents/bytes a day, such as 200/5000000", "model")
    return int(parts[0]), int(parts[1]) if len(parts) == 2 else BYTES_A_DAY


def _new_answer(model: Model, endpoint: Endpoint, store: Store, key: str, body: bytes, now: datetime) -> bytes | Fault:
    """Ask, and keep a whole answer before anything is made of it."""
    budget = _budget(model)
    if isinstance(budget, Fault):
        return budget
    documents, size = store.spent(now)
    if documents + 1 > budget[0] or size + len(body) > budget[1]:
        return Fault(f"the day's budget for the model is spent: {documents} of {budget[0]} documents, {size} of {budget[1]} bytes, and this "
                     f"one has {len(body)} (PASVIK_MODEL_BUDGET)", "model")
    store.spend(key, len(body), now)
    said = ask(endpoint, body)
    if not isinstance(said, Fault) and isinstance(_envelope(said), Fault):
        return Fault("what the model's server answered is not the answer of a chat endpoint", "model")
    if not isinstance(said, Fault):
        store.keep(key, said, endpoint.name, now)
    return said


def _envelope(said: bytes) -> dict[str, Any] | Fault:
    """The first choice of a chat answer."""
    try:
        choice = json.loads(said)["choices"][0]
    except (ValueError, LookupError, TypeError, RecursionError):
        choice = None
    if not isinstance(choice, dict) or not isinstance(choice.get("message"), dict):
        return Fault("what the model's server answered is not the answer of a chat endpoint", "model")
    return choice


def _content(said: bytes) -> str | Fault:
    """The text of the answer; a Fault where the model refused, or was cut off."""
    choice = _envelope(said)
    if isinstance(choice, Fault):
        return choice
    if choice.get("finish_reason") == "length":
        return Fault("the model's answer was cut off at its longest", "model")
    told = choice["message"].get("content")
    return told if isinstance(told, str) else Fault("the model gave no answer", "model")
