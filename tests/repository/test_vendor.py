"""Vendored files match their manifest: unchanged, complete, with a licence and a reason."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.repository.tree import ROOT

pytestmark = pytest.mark.engine_free

FOLDERS = ("static/vendor", "tests/vendor")


def manifest(folder: str) -> list[dict[str, object]]:
    """Return the entries of the manifest in a folder."""
    listed: list[dict[str, object]] = json.loads((ROOT / folder / "manifest.json").read_text())["files"]
    return listed


def digest(path: Path) -> tuple[int, str]:
    """Return the size in bytes and the SHA-256 of a file."""
    content = path.read_bytes()
    return len(content), hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_listed_and_there(folder: str) -> None:
    present = {path.name for path in (ROOT / folder).iterdir()} - {"manifest.json"}
    assert present == {entry["file"] for entry in manifest(folder)}


@pytest.mark.parametrize(
    ("folder", "entry"),
    [pytest.param(f, entry, id=str(entry["file"])) for f in FOLDERS for entry in manifest(f)],
)
def test_file_is_unchanged(folder: str, entry: dict[str, object]) -> None:
    assert digest(ROOT / folder / str(entry["file"])) == (entry["size"], entry["sha256"])
    assert all(entry[key] for key in ("package", "version", "licence", "from", "why"))


def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    entry = manifest("static/vendor")[1]
    changed = tmp_path / "changed"
    changed.write_bytes((ROOT / "static/vendor" / str(entry["file"])).read_bytes() + b" ")
    assert digest(changed) != (entry["size"], entry["sha256"])


def test_plotly_fits_the_library_that_checks_the_figures() -> None:
    """plotly.py contains the plotly.js that its figures are made for; ours has the same version."""
    import plotly

    carried = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    with carried.open(encoding="utf-8") as file:
        beginning = file.read(200)
    versions = {entry["version"] for entry in manifest("static/vendor")}
    assert len(versions) == 1
    assert f"v{versions.pop()}\n" in beginning
