"""The HTML checker of the W3C finds no error in any public page or main page for staff."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client

from indicators.actions.practice import ADOPTER, KEEPER, OFFICER
from tests.browser import preparation
from tests.browser.preparation import DRAFT, EDITORIAL, prepare_versions, with_numbers
from tests.cast import PRACTICE, REAL
from tests.repository.tree import ROOT

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
        "/besluiten/",
    )),
    f"/{PRACTICE}/editie/2020-2/", f"/{PRACTICE}/vergelijken/?van=2019-1&naar=2020-2", f"/{PRACTICE}/zoeken/?q=woning",
    f"/{PRACTICE}/zoeken/?q=inbraakje", f"/{PRACTICE}/hoe-wij-oordelen/", "/hoe-wij-oordelen/", "/toegankelijkheid/",
    f"/{PRACTICE}/editie/2020-2/",
    *(f"/{slug}{path}" for slug in (REAL, PRACTICE) for path in (
        "/themas/?jaar=2020", "/thema/3/", "/thema/10/?jaar=2020", "/vth/?jaar=2021&sort=-status",
    )),
    f"/{PRACTICE}/vergelijken/?van=2018-1&naar=2022-1", *preparation.PUBLIC,
]  # fmt: skip
STAFF = {
    OFFICER: ["/", "/indicator/V16/?jaar=2022", "/invoeren/2022/", "/mijn-werk/?jaar=2022", "/uit-bestand/2022/",
              "/wijzigingen/2022/", "/bijlage/2022/?concept=1", "/programma-invoeren/2022/", "/vth/?jaar=2022",
              "/programma-invoeren/2021/nieuw/prioriteit-1/activiteit/",
              "/programma-invoeren/2021/nieuw/thema-2/bedrag/"],
    ADOPTER: ["/vaststellen/2022/", "/vaststellen/2021/", "/wijzigingen/2021/"],
    KEEPER: ["/indicator/V5/?jaar=2021"],
}  # fmt: skip
PREPARED = {
    OFFICER: preparation.OFFICERS, ADOPTER: preparation.ADOPTERS, KEEPER: preparation.KEEPERS,
}  # fmt: skip


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """Return the command that checks a folder. If it cannot run: fail under CI, otherwise skip."""
    if JAR.is_file() and shutil.which("java"):
        return ["java", "-Xss1m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--errors-only"]
    sentence = f"no HTML checker: it takes Java and {JAR.relative_to(ROOT)} (make var/vnu/vnu.jar)"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def faults_in(checker: list[str], folder: Path) -> list[str]:
    """Return the errors in the pages of a folder, each with its place.

    Explicit roles of tables are no error: they keep a stacked table a table for screen readers.
    """
    done = subprocess.run([*checker, str(folder)], capture_output=True, text=True, timeout=240, check=True)
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']} … {one.get('extract', '').strip()[:120]}"
        for one in found
        if one["type"] == "error" and not ROLE_OF_A_TABLE.match(one["message"])
    ]


def save(client: Client, folder: Path, number: int, path: str) -> None:
    """Write a page to a file that is named after its address."""
    answer = client.get(path)
    assert answer.status_code == (404 if "bestaat-niet" in path else 200), path
    name = "".join(letter if letter.isalnum() else "-" for letter in path)
    (folder / f"{number:03d}{name}.html").write_bytes(answer.content)


def test_no_page_has_an_error(checker: list[str], client: Client, real, practice, tmp_path: Path) -> None:
    number = 0
    prepare_versions()
    for number, path in enumerate(PUBLIC):
        save(client, tmp_path, number, path)
    for username, paths in STAFF.items():
        client.force_login(User.objects.get(username=username))
        for path in paths:
            number += 1
            save(client, tmp_path, number, f"/{PRACTICE}{path}")
        for path in with_numbers(PREPARED[username]):
            number += 1
            save(client, tmp_path, number, path)
    for name in ("400", "403", "403_csrf", "500"):
        (tmp_path / f"{name}.html").write_text(render_to_string(f"{name}.html"), encoding="utf-8")
    for name, content in refused(client):
        (tmp_path / f"{name}.html").write_bytes(content)
    assert faults_in(checker, tmp_path) == []


def refused(client: Client) -> Iterator[tuple[str, bytes]]:
    """Return the pages that answer a mistake, with an error at its field."""
    wrong = {
        (OFFICER, f"/{PRACTICE}/uit-bestand/2022/"): {"block": "V1\t21\nV2\t6.3\nV6\tca. 12"},
        (ADOPTER, f"/{PRACTICE}/vaststellen/2022/"): {},
        (ADOPTER, f"/{PRACTICE}/vaststellen/2022/terugsturen/"): {},
        (ADOPTER, f"{EDITORIAL}/vaststellen/"): {},
        (KEEPER, f"{DRAFT}/indicator/V3/"): {"name": ""},
        (KEEPER, f"{DRAFT}/cijfers/"): {"block": "V99\t1\t2", "paste": "1"},
        (KEEPER, f"{DRAFT}/uit-blad/"): {},
    }
    for (username, path), data in wrong.items():
        client.force_login(User.objects.get(username=username))
        answer = client.post(path, data)
        assert answer.status_code in (200, 422), path
        yield f"fout{path.replace('/', '-')}", answer.content
    client.logout()
    yield "fout-inloggen", client.post("/inloggen/", {"username": OFFICER, "password": "verkeerd"}).content


def test_an_error_is_found(checker: list[str], tmp_path: Path) -> None:
    page = '<!doctype html><html lang="nl"><title>Fout</title><p id="a"><div id="a"></p></div></html>'
    (tmp_path / "fout.html").write_text(page, encoding="utf-8")
    assert any("Duplicate ID" in fault for fault in faults_in(checker, tmp_path))
