"""schemathesis asks every described call whatever its description allows, with and without a key: never a broken server, never another shape."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from pasvik.app import collect
from pasvik.app.settings import Access, Settings
from pasvik.app.wiring import open_house
from pasvik.desk.people import Role, Scope
from pasvik.terms.capture import Fault
from pasvik.web.routes import create

EXAMPLES = 12                                                   # of each call; seeded, so that a failure can be seen again
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance, status_code_conformance]
SLOW = ("/whatif.json",)                                        # a simulation for each question; its own tests ask it


REAL = {"/crossing/{id}.json": "vaalimaa", "/why/{id}.json": "vaalimaa"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[schemathesis.schemas.BaseSchema, str]:
    """The description of a house with one document, and a key that may write."""
    access = Access(read="open", limit_read="99999/minute", limit_write="99999/minute")
    house = open_house(Settings(home=tmp_path_factory.mktemp("fuzz"), now="2026-11-25T10:00+00:00", record=False, access=access), keep=True)
    text = b"The Finnish government said on Friday that the Vaalimaa border crossing is closed."
    assert isinstance(collect.add(house, text, "a.txt", "2023-11-24", "Yle"), collect.Added)
    app = create(house, "")
    app.state.desk.add_person("fuzz", Role.REVIEWER, None, house.now())
    made = app.state.desk.add_token("fuzz", frozenset({Scope.READ, Scope.WRITE}), "", house.now())
    assert not isinstance(made, Fault)
    document = house.ledger.documents(1)[0].document.id
    REAL.update({"/evidence/{id}.json": document, "/statement/{id}/verdict.json": house.ledger.statements_of(document)[0].statement.id})
    return schemathesis.openapi.from_asgi("/openapi.json", app), made[0]


@pytest.mark.parametrize("with_key", [False, True])
def test_no_call_breaks_the_server_or_its_word(asked: tuple[schemathesis.schemas.BaseSchema, str], with_key: bool) -> None:
    schema, key = asked
    headers = {"authorization": f"Bearer {key}"} if with_key else {}
    seen: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in SLOW or (with_key and operation.method == "get"):
            continue
        seen.append(f"{operation.method} {operation.path}")

        @seed(20231125)
        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(), is_held=st.booleans())
        def each(case: schemathesis.Case, is_held: bool) -> None:
            if is_held and case.operation.path in REAL:         # what is held is asked for too, not only what is not
                case.path_parameters["id"] = REAL[case.operation.path]
            case.validate_response(case.call(headers=headers), checks=CHECKS)
        each()
    assert "post /keep.json" in seen and (with_key or "get /board.json" in seen)
