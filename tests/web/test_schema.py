"""Every JSON answer has the shape that the description of the API promises."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float), "integer": int, "null": type(None)}


def unlike(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """Where a value differs from a schema (the few words of JSON Schema that ours uses)."""
    if "anyOf" in schema:
        tried = [unlike(value, one, where) for one in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    if "const" in schema:
        return [] if value == schema["const"] else [f"{where}: {value!r} is not {schema['const']!r}"]
    kind = KINDS[schema["type"]]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return [f"{where}: {value!r} is no {schema['type']}"]
    if value not in schema.get("enum", [value]):
        return [f"{where}: {value!r} is none of {schema['enum']}"]
    if isinstance(value, list):
        return [fault for n, one in enumerate(value) for fault in unlike(one, schema["items"], f"{where}[{n}]")]
    if not isinstance(value, dict):
        return []
    fields, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    faults = [f"{where}: no {name}" for name in schema.get("required", ()) if name not in value]
    for name, one in value.items():
        if name in fields:
            faults += unlike(one, fields[name], f"{where}.{name}")
        elif isinstance(more, dict):
            faults += unlike(one, more, f"{where}.{name}")
        elif not more:
            faults.append(f"{where}: {name} is not promised")
    return faults


@pytest.mark.parametrize(("path", "status"), [
    ("/board.json?at=2023-11-25&known=2023-11-25", 200), ("/board.json", 200), ("/board.json?at=abc", 400),
    ("/crossing/{id}.json:storskog", 200), ("/crossing/{id}.json:salla", 200), ("/crossing/{id}.json:nowhere-at-all", 404),
    ("/why/{id}.json:vaalimaa", 200), ("/why/{id}.json:nowhere-at-all", 404), ("/evidence/{id}.json:hostile", 200),
    ("/evidence/{id}.json:d0", 404), ("/changes.json?since=2023-11-20&at=2023-11-30", 200), ("/changes.json?since=x", 400),
    ("/follow.json", 200), ("/claims.json", 200), ("/claims.json?border=XX-YY", 400),
    ("/whatif.json?close=salla&from=2023-11-24&known=2023-11-21&futures=20&days=2", 200), ("/whatif.json?close=salla&from=x", 400),
    ("/timeline.json?border=FI-RU", 200),
    ("/timeline.json?border=XX-YY", 400)])
def test_an_answer_has_the_promised_shape(client: TestClient, hostile_id: str, path: str, status: int) -> None:
    template, _, name = path.partition(":")
    described = client.get("/openapi.json").json()["paths"][template.partition("?")[0]]["get"]
    answer = client.get(template.replace("{id}", hostile_id if name == "hostile" else name))
    assert answer.status_code == status
    assert unlike(answer.json(), described["responses"][str(status)]["content"]["application/json"]["schema"]) == []


def test_the_check_itself_can_fail() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
    assert unlike({"a": 1}, schema) == []
    assert all(unlike(value, schema) for value in ({"a": True}, {}, {"a": 1, "b": 2}, []))
