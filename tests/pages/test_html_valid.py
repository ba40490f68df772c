"""The HTML checker of the W3C finds no error in any public page, nor in the main pages of the staff."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.practice import ADOPTER, OFFICER
from tests.cast import PRACTICE, REAL
from tests.house.tree import ROOT

# With the browsers: once, on one engine.
pytestmark = [pytest.mark.django_db, pytest.mark.browser]
JAR = ROOT / "var" / "vnu" / "vnu.jar"
ROLE_OF_A_TABLE = re.compile("The “role” attribute must not be used on an? “(?:tr|td|th|thead|tbody|tfoot)” element")
PUBLIC = [
    "/", "/inloggen/", "/bestaat-niet/",
    *(f"/{slug}{path}" for slug in (REAL, PRACTICE) for path in (
        "/", "/?jaar=2018", "/prioriteit/1/", "/prioriteit/3/?jaar=2020&sort=-status", "/prioriteit/2/?bron=KMar",
        "/indicator/V5/", "/indicator/V14/?jaar=2021", "/indicator/V1/?jaar=2019", "/indicator/V5/geschiedenis/",
        "/bijlage/2020/", "/uitvoeringsprogramma/2020/", "/editie/2020-1/", "/?editie=2020-1",
    )),
    f"/{PRACTICE}/editie/2020-2/",
]  # fmt: skip
STAFF = {
    OFFICER: ["/", "/indicator/V16/?jaar=2022", "/invoeren/2022/", "/mijn-werk/?jaar=2022", "/uit-bestand/2022/",
              "/wijzigingen/2022/", "/bijlage/2022/?concept=1"],
    ADOPTER: ["/vaststellen/2022/", "/vaststellen/2021/", "/wijzigingen/2021/"],
}  # fmt: skip


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks a folder. Where it cannot run: fail under CI, else skip aloud."""
    if JAR.is_file() and shutil.which("java"):
        return ["java", "-Xss1m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--errors-only"]
    sentence = f"no HTML checker: it takes Java and {JAR.relative_to(ROOT)} (make var/vnu/vnu.jar)"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def faults_in(checker: list[str], folder: Path) -> list[str]:
    """What is wrong in the pages of a folder, each with its place.

    Not counted: a table's own roles, written out. They keep it a table for a screen reader where the style stacks it.
    """
    done = subprocess.run([*checker, str(folder)], capture_output=True, text=True, timeout=240, check=True)
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']} … {one.get('extract', '').strip()[:120]}"
        for one in found
        if one["type"] == "error" and not ROLE_OF_A_TABLE.match(one["message"])
    ]


def save(client: Client, folder: Path, number: int, path: str) -> None:
    """Write a page down under a name that tells its address."""
    answer = client.get(path)
    assert answer.status_code == (404 if "bestaat-niet" in path else 200), path
    name = "".join(letter if letter.isalnum() else "-" for letter in path)
    (folder / f"{number:03d}{name}.html").write_bytes(answer.content)


def test_no_page_has_an_error(checker: list[str], client: Client, real, practice, tmp_path: Path) -> None:
    number = 0
    for number, path in enumerate(PUBLIC):
        save(client, tmp_path, number, path)
    for username, paths in STAFF.items():
        client.force_login(User.objects.get(username=username))
        for path in paths:
            number += 1
            save(client, tmp_path, number, f"/{PRACTICE}{path}")
    assert faults_in(checker, tmp_path) == []


def test_an_error_is_found(checker: list[str], tmp_path: Path) -> None:
    page = '<!doctype html><html lang="nl"><title>Fout</title><p id="a"><div id="a"></p></div></html>'
    (tmp_path / "fout.html").write_text(page, encoding="utf-8")
    assert any("Duplicate ID" in fault for fault in faults_in(checker, tmp_path))
