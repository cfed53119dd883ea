"""The files for running a house for others fit the code: settings that exist, commands that parse, no secret and no address in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from pasvik.cli.main import app

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "pasvik").rglob("*.py"))
NOT_OURS = {"PASVIK_HOST"}                                      # read by the proxy and the compose files alone


def composed(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
    return loaded


def is_read(name: str) -> bool:
    """Whether the code reads a setting, by its whole name or by the part behind a prefix it puts before."""
    return name in SOURCES or any(name.startswith(p) and f'"{name.removeprefix(p).lower()}"' in SOURCES for p in ("PASVIK_MODEL_", "PASVIK_"))


@pytest.mark.parametrize("name", ["compose.sqlite.yml", "compose.postgres.yml"])
def test_a_compose_file_names_only_what_there_is(name: str) -> None:
    told = composed(name)
    services = told["services"]
    for service in services.values():
        assert [one for one in service.get("environment", {}) if one.startswith("PASVIK_") and one not in NOT_OURS and not is_read(one)] == []
        assert [one for one in service.get("networks", []) if one not in told["networks"]] == []
        assert [one for one in service.get("secrets", []) if one not in told["secrets"]] == []
        assert [one for one in service.get("depends_on", {}) if one not in services] == []
        volumes = [one.split(":")[0] for one in service.get("volumes", [])]
        assert [one for one in volumes if not one.startswith("./") and one not in told["volumes"]] == []
        if "build" in service:
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    assert services["pasvik"]["networks"] == ["inside"] and told["networks"]["inside"]["internal"] is True
    assert "ports" not in services["pasvik"], "only the proxy stands on the street"


@pytest.mark.parametrize("command", [
    ["serve", "--host", "0.0.0.0", "--port", "8000"], ["collect", "--watch"], ["backup", "x.tar.gz"], ["restore", "x", "--home", "y"],
    ["users", "add", "desk-1", "--role", "reviewer"], ["tokens", "add", "desk-1", "--scope", "read,write", "--days", "90", "--label", "n"]])
def test_the_commands_in_files_and_page_can_be_given(command: list[str]) -> None:
    group: Any = get_command(app)
    words = list(command)
    while hasattr(group, "commands"):
        group = group.commands[words.pop(0)]
    group.make_context("pasvik", words)


def test_the_page_names_settings_that_exist() -> None:
    page = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    named = set(re.findall(r"PASVIK_[A-Z_]+[A-Z]", page)) - NOT_OURS
    assert named and [name for name in sorted(named) if not is_read(name)] == []
    for path in re.findall(r"deploy/[\w.]+\.yml", page):
        assert (ROOT / path).is_file()


def test_no_secret_and_no_download_address_stands_in_them() -> None:
    for path in [*DEPLOY.iterdir(), ROOT / ".dockerignore"]:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert not re.search(r"(?i)password\s*[:=]\s*[\"']?[a-z0-9]{6,}", text), path
        assert not re.search(r"https?://(?!127\.0\.0\.1|\$\{PASVIK_HOST)", text), path
    kept = (DEPLOY / ".gitignore").read_text(encoding="utf-8").split()
    assert "secrets/" in kept
