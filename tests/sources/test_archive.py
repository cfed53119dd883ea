"""Bytes go in and the same bytes come out, once each, or a plain sentence says why not."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.sources.archive import Archive, ArchiveError
from pasvik.terms.capture import digest

KILLED = """
import os, sys
from pathlib import Path
from pasvik.sources.archive import Archive
os.replace = lambda *_: os._exit(9)                             # the power fails before the name is given
Archive(Path(sys.argv[1])).put(b"page" * 100_000)
"""


@settings(deadline=None)                                     # a disk may be slow
@given(st.lists(st.binary(max_size=50), max_size=5))
def test_what_was_put_can_be_got(pages: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "pages")
        names = [archive.put(page) for page in [*pages, *pages]]
        assert names == [digest(page) for page in [*pages, *pages]]
        assert [archive.get(name) for name in names] == [*pages, *pages]
        assert archive.names() == sorted(set(names))
        assert all(map(archive.has, names))


def test_what_was_never_put(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.get("0" * 64) is None
    assert not archive.has("0" * 64)
    for name in ("../../etc/passwd", "ab", "G" * 64, ""):
        with pytest.raises(ValueError, match="not the digest of a page"):
            archive.get(name)


def test_altered_bytes_are_told_and_put_again_whole(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    name = archive.put(b"the page")
    archive.path(name).write_bytes(b"the pagE")
    with pytest.raises(ArchiveError, match="its bytes were altered"):
        archive.get(name)
    archive.put(b"the page")
    assert archive.get(name) == b"the page"


def test_a_writer_that_dies_leaves_no_half_page(tmp_path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    archive = Archive(tmp_path)
    assert died.returncode == 9
    assert archive.names() == []
    assert archive.get(archive.put(b"page" * 100_000)) == b"page" * 100_000


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("not a folder")
    with pytest.raises(ArchiveError, match="cannot be kept in"):
        Archive(tmp_path / "pages").put(b"x")
