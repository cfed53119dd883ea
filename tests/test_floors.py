"""The plan of the house as a test: rooms import only rooms on lower floors, at the top of the file, and never in a circle."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "src" / "pasvik"
FLOORS = {
    "terms": 0,
    "gazetteer": 1, "sources": 1, "ledger": 1, "desk": 1, "outbox": 1,
    "reading": 2, "situation": 2, "scenario": 2,
    "app": 3, "web": 4, "cli": 5,
}
PURE = ("terms", "gazetteer", "reading", "situation", "scenario")
HANDS = {"os", "pathlib", "sqlite3", "socket", "random", "time", "logging", "subprocess", "sqlalchemy", "httpx2"}
FILES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def module_of(path: Path) -> str:
    parts = ("pasvik", *path.relative_to(HOUSE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST) -> list[tuple[ast.stmt, str]]:
    found: list[tuple[ast.stmt, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: import by full name"
            found += [(node, f"{node.module}.{alias.name}") for alias in node.names]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_room_imports_only_lower_floors(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    room = room_of(path)
    for node, name in imports(tree):
        if not name.startswith("pasvik."):
            assert not (room in PURE and name.split(".")[0] in HANDS), f"{path}: pure room {room} imports {name}"
            continue
        assert node in tree.body, f"{path}: {name} is imported inside a function"
        other = name.split(".")[1]
        if room in FLOORS and other != room:
            assert FLOORS[other] < FLOORS[room], f"{path}: {room} (floor {FLOORS[room]}) imports {name} (floor {FLOORS[other]})"


def test_door_plates_hold_no_code() -> None:
    for path in FILES:
        if path.name == "__init__.py":
            body = ast.parse(path.read_text(encoding="utf-8")).body
            assert len(body) == 1, f"{path}: a door plate is a docstring and nothing else"
            assert isinstance(body[0], ast.Expr), path


def test_every_room_has_a_floor_and_every_file_opens_with_a_sentence() -> None:
    rooms = {room_of(path) for path in FILES if path.parent != HOUSE}
    assert rooms <= set(FLOORS), f"no floor for {rooms - set(FLOORS)}"
    for path in FILES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} opens without a sentence"
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path} is longer than 400 lines"


def test_no_circles() -> None:
    graph: dict[str, set[str]] = {}
    modules = {module_of(path) for path in FILES}
    for path in FILES:
        here = module_of(path)
        for _, name in imports(ast.parse(path.read_text(encoding="utf-8"))):
            target = name if name in modules else name.rpartition(".")[0]
            if target in modules and target != here:
                graph.setdefault(here, set()).add(target)
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, f"circle: {' -> '.join((*trail, module))}"
        if module not in done:
            for target in sorted(graph.get(module, ())):
                walk(target, (*trail, module))
            done.add(module)

    for module in sorted(graph):
        walk(module, ())
