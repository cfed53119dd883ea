"""What a person gets with `pip install .`: the wheel must carry the record, the pages and the migrations."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as opened:
        return set(opened.namelist())


def test_the_wheel_carries_every_file_of_the_package(wheel: set[str]) -> None:
    package = ROOT / "src"
    ours = {str(path.relative_to(package)) for path in (package / "pasvik").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}
    assert ours - wheel == set()


@pytest.mark.parametrize("file", [
    "pasvik/knowledge/crossings.csv", "pasvik/knowledge/record/status.jsonl", "pasvik/knowledge/words/en.toml",
    "pasvik/web/templates/board.html", "pasvik/web/static/pasvik.css", "pasvik/web/static/built/board.js", "pasvik/web/static/map/base.pmtiles",
    "pasvik/web/static/vendor/maplibre-gl.mjs", "pasvik/web/static/vendor/noto-sans-latin.woff2",
])
def test_the_parts_a_newcomer_sees_first_are_in(wheel: set[str], file: str) -> None:
    assert file in wheel


def test_the_notices_travel_along(wheel: set[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
    assert any(name.endswith("licenses/NOTICE") for name in wheel)
