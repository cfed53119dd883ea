"""One file that lets a stranger check a cell without our server: the words, their seals, the road to the head of the ledger, a signature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pasvik.app import answer
from pasvik.app.drawing.drawn import MOST
from pasvik.app.order.key import signing_key
from pasvik.app.wiring import House
from pasvik.gazetteer.table import Gazetteer
from pasvik.ledger.chain import START, link
from pasvik.ledger.contract import Sealed
from pasvik.ledger.entries import content_id, read_document, read_statement
from pasvik.situation.authority import Rules
from pasvik.situation.board import instant
from pasvik.situation.settle import settle
from pasvik.terms.capture import Fault, digest
from pasvik.terms.moment import moment
from pasvik.terms.place import Lane
from pasvik.terms.question import Question
from pasvik.terms.status import cell_to_json

Json = dict[str, Any]
FORMAT = "pasvik-proof-1"
STUB = ("seq", "id", "kind", "document", "target", "published", "recorded", "origin")


def prove(house: House, crossing: str, lane: Lane, asked: Question) -> Json | Fault:
    """The bundle for one cell: question, cell, every statement it was settled from with its document, chain and signature.

    The chain is Ed25519-signed (RFC 8032) over the canonical JSON of everything but the signature; links are SHA-256.
    """
    place = answer.find_crossing(house, crossing)
    if isinstance(place, Fault):
        return place
    at = instant(asked.at, place.zone)
    held = house.ledger.cell(
        place.id, lane, place.border, known=instant(asked.known, place.zone), basis=asked.basis, curated=house.settings.record, most=MOST)
    documents = {one.statement.source.document for one in held}
    wanted = {one.statement.id for one in held} | documents
    cell = settle(place, lane, [one.statement for one in held], at, house.book)
    bundle: Json = {
        "format": FORMAT, "pasvik": version("pasvik"), "crossing": place.id, "lane": str(lane),
        "at": at.isoformat() if at else None, "known": asked.known.iso() if asked.known else None, "basis": asked.basis,
        "cell": cell_to_json(cell), "entries": [_entry(row, row.id in wanted) for row in house.ledger.sealed()],
        "statements": [one.statement.id for one in held], "head": list(house.ledger.head())}
    key = signing_key(house.settings.home)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    return {**bundle, "signature": {"algorithm": "ed25519", "key": public, "value": key.sign(_canonical(bundle)).hex()}}


def check_proof(bundle: Json, gazetteer: Gazetteer, book: Rules, key: str | None = None) -> list[Fault]:
    """Every reason not to believe a bundle; empty when words, seals, chain, signature and cell all hold.

    key: the public key (hex) the bundle must be signed with, as you know it from its maker; None checks it against its own only.
    """
    try:
        return [*_signature(bundle, key), *_chain(bundle), *_words(bundle), *_cell(bundle, gazetteer, book)]
    except (KeyError, TypeError, ValueError, AttributeError) as bad:
        return [Fault(f"this is no proof of Pasvik's: {type(bad).__name__} {bad}", "bundle")]


def _entry(row: Sealed, whole: bool) -> Json:
    """An entry of the chain: with its words where the cell needs them, else only what its seal needs."""
    stub = {name: getattr(row, name) for name in STUB}
    return {**stub, "chain": row.chain, **({"body": row.body} if whole else {"sha256": digest(row.body.encode())})}


def _canonical(bundle: Json) -> bytes:
    return json.dumps({name: part for name, part in bundle.items() if name != "signature"},
                      ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _signature(bundle: Json, key: str | None) -> Iterator[Fault]:
    told = bundle["signature"]
    if key is not None and told["key"] != key:
        yield Fault("signed with another key than the one you named", "signature")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["key"])).verify(bytes.fromhex(told["value"]), _canonical(bundle))
    except InvalidSignature:
        yield Fault("the signature does not fit: the bundle was altered after it was signed", "signature")


def _chain(bundle: Json) -> Iterator[Fault]:
    previous, last = START, 0
    for entry in bundle["entries"]:
        if entry["seq"] != last + 1:
            yield Fault(f"entries are missing behind position {last}", "chain")
        sealed: list[Any] = [previous, *(entry[name] for name in STUB), entry.get("sha256") or digest(entry["body"].encode())]
        if link(*sealed) != entry["chain"]:
            yield Fault(f"the entry at position {entry['seq']} is not as it was sealed", "chain")
        previous, last = entry["chain"], entry["seq"]
    if [last, previous] != bundle["head"]:
        yield Fault("the chain does not end at the head that the bundle names", "chain")


def _words(bundle: Json) -> Iterator[Fault]:
    """Ids are the hashes of what the entries say, and every quote stands in its document."""
    bodies = {entry["id"]: entry for entry in bundle["entries"] if "body" in entry}
    for entry in bodies.values():
        if content_id(entry["kind"], entry["body"]) != entry["id"]:
            yield Fault(f"{entry['id']} says something else than its id", "words")
    for id in bundle["statements"]:
        statement = read_statement(bodies[id]["body"])
        document = read_document(bodies[statement.source.document]["body"])
        words = statement.evidence
        if document.text[words.start:words.end] != words.quote or document.digest != statement.source.digest:
            yield Fault(f"the words of {id} do not stand in its document", "words")


def _cell(bundle: Json, gazetteer: Gazetteer, book: Rules) -> Iterator[Fault]:
    """The statements settle to the very cell that the bundle shows, by the rules of this Pasvik."""
    bodies = {entry["id"]: entry["body"] for entry in bundle["entries"] if "body" in entry}
    statements = [read_statement(bodies[id]) for id in bundle["statements"]]
    at = moment(bundle["at"]).start if bundle["at"] else None
    settled = cell_to_json(settle(gazetteer.crossings[bundle["crossing"]], Lane(bundle["lane"]), statements, at, book))
    if settled != bundle["cell"]:
        other = "" if bundle["pasvik"] == version("pasvik") else f" (made by Pasvik {bundle['pasvik']}, this is {version('pasvik')})"
        yield Fault(f"these statements settle to {settled['state']}, the bundle shows {bundle['cell']['state']}, or its reasons differ{other}", "cell")
