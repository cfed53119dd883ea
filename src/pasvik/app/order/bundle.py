"""The signed order: what the desk publishes for machines, and how another Pasvik takes it in as that authority's word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pasvik.app.order.key import signing_key
from pasvik.app.order.notice import Words, lines, notice
from pasvik.app.order.order import Order, load_order, parse_order
from pasvik.gazetteer.table import Gazetteer
from pasvik.situation.authority import Rules
from pasvik.terms.capture import Document, Fault, source_of
from pasvik.terms.claim import Basis, Claim, Commitment, State, Status
from pasvik.terms.moment import Span
from pasvik.terms.place import Lane
from pasvik.terms.statement import Evidence, Reading, Speaker, Statement

FORMAT = "pasvik-order-1"
FOUND_BY = "order desk: signed by the authority's key"
DECIDED = ("crossings", "state", "lanes", "from", "until")      # the lines of a notice that stand together and say what is decided
MARK = b'"format": "' + FORMAT.encode() + b'"'
Json = dict[str, Any]


def is_order(data: bytes) -> bool:
    """Whether these bytes are a signed order, by the mark near their beginning."""
    return data.lstrip()[:1] == b"{" and MARK in data[:200]


def sign_order(held: Json, home: Path) -> Json:
    """The bundle: the order as written, signed by this house's key (Ed25519, RFC 8032, over canonical JSON)."""
    key = signing_key(home)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    return {"format": FORMAT, "order": held, "signature": {"algorithm": "ed25519", "key": public, "value": key.sign(_canonical(held)).hex()}}


def take_order(data: bytes, gazetteer: Gazetteer, book: Rules, words: Words) -> tuple[Document, Reading] | Fault:
    """Document and statements of a signed order; a fault where the signature fails or the key is not that authority's."""
    found = load_order(data.decode("utf-8", "replace"))
    if isinstance(found, Fault):
        return found
    try:
        held, signature = found["order"], found["signature"]
        key, value = str(signature["key"]), bytes.fromhex(signature["value"])
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(value, _canonical(held))
    except InvalidSignature:
        return Fault("the signature does not fit: the order was altered after it was signed", "signature")
    except (KeyError, TypeError, ValueError, AttributeError) as bad:
        return Fault(f"this is no signed order: {type(bad).__name__} {bad}", "order")
    order = parse_order(held, gazetteer, book)
    if not isinstance(order, Order):
        return Fault("; ".join(fault.what for fault in order), "order")
    if key not in order.authority.keys:
        return Fault(f"the key {key[:16]}… is not among the keys of {order.authority.body} in authorities.csv: not taken as its word", "signature")
    document = Document(notice(order, words), order.authority.body, order.published, order.authority.body, order.url or None, published_by="signed order")
    return document, Reading(tuple(statements_of(order, document, lines(order, words))))


def statements_of(order: Order, document: Document, told: dict[str, str]) -> Iterable[Statement]:
    """The order as statements whose words are the notice's own lines."""
    speaker = Speaker(order.authority.body, country=order.country)
    commitment = Commitment.IN_EFFECT if order.start.start <= order.published.start else Commitment.ORDERED
    span = Span(order.start, order.until)
    ids = tuple(one.id for one in order.places)
    claims: list[tuple[Claim, str]] = [(Status(
        ids, order.places[0].border, order.state, commitment, order.lanes, None, span, order.further, order.hours or None, order.changes,
        order.exceptions or None, None, order.decided or None, order.basis or None), "crossings")]
    if order.accepted_at is not None:
        taken = {one.id for one in order.accepted_at}
        open_ids, shut = tuple(one.id for one in order.accepted_at), tuple(id for id in ids if id not in taken)
        for chosen, state in ((open_ids, State.OPEN), (shut, State.CLOSED)):
            if chosen:
                claims.append((Status(chosen, order.places[0].border, state, commitment, (str(Lane.ASYLUM),), None, span, order.further), "asylum"))
    for claim, name in claims:
        quote = told["asylum"] if name == "asylum" else "\n".join(told[part] for part in DECIDED if part in told)
        start = document.text.index(quote)
        yield Statement(claim, Evidence(start, start + len(quote), quote), source_of(document), speaker, Basis.STATED, 0.99, FOUND_BY)


def _canonical(held: Json) -> bytes:
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode("utf-8", "surrogatepass")
