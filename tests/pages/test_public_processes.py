"""Two processes, each with its own cache, on one database: a change by one shows in the other at once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.db import connection

from indicators.domain.nota import Break, Nota
from tests.cast import (
    adopt_version_of,
    adopt_year,
    load_real,
    make_user,
    record,
    with_component,
    with_indicator,
)

pytestmark = pytest.mark.django_db(transaction=True)

CHILD = """
import json, sys
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="localhost")
for line in sys.stdin:
    path, tag = json.loads(line)
    answer = client.get(path, headers={"If-None-Match": tag} if tag else {})
    print(json.dumps([answer.status_code, answer.get("ETag", ""), answer.content.decode()]), flush=True)
"""
Ask = Callable[..., tuple[int, str, str]]


def address_of_this_database() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{facts['NAME']}").geturl()


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Request a page from another process; return its status, ETag and text."""
    environment = os.environ | {
        "DATABASE_URL": address_of_this_database(),
        "DJANGO_SETTINGS_MODULE": "tests.process_settings",
        "SECRET_KEY": "k" * 60,
    }
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )

    def ask(path: str, tag: str = "") -> tuple[int, str, str]:
        child.stdin.write(json.dumps([path, tag]) + "\n")
        child.stdin.flush()
        answer = child.stdout.readline()
        assert answer, "the other process stopped"
        return tuple(json.loads(answer))

    yield ask
    child.communicate(timeout=20)


def test_a_change_by_one_process_shows_in_the_other(ask: Ask) -> None:
    real = load_real()
    officer, adopter = make_user("anna", "beleidsmedewerker"), make_user("carla", "vaststeller")
    keeper = make_user("dirk", "beheerder")
    path = f"/{real.slug}/indicator/V3/?jaar=2020"
    seen = [ask(path)]
    assert ask(path, seen[0][1])[0] == 304

    def shows(words: str) -> None:
        status, tag, text = ask(path, seen[-1][1])
        assert status == 200 and words in text
        seen.append((status, tag, text))
        assert ask(path) == (status, tag, text)
        assert ask(path, tag)[0] == 304

    def change(make: Callable[[Nota], Nota], kind: str = "substantive") -> None:
        adopt_version_of(real, make, by=adopter, editor=keeper, kind=kind)

    change(lambda nota: with_indicator(nota, "V3", lambda row: replace(row, name="Andere naam")))
    shows("Andere naam")
    change(lambda nota: with_indicator(nota, "V3", lambda row: replace(row, definition="Beter gezegd")), "editorial")
    shows("Beter gezegd")
    change(lambda nota: with_component(nota, "V3", breaks=(Break(year=2020, reason="Andere telling"),)))
    shows("Andere telling")
    record(real, "V3", 2020, "4.567", explanation="Zo geteld", by=officer)
    assert ask(path, seen[-1][1])[0] == 304
    adopt_year(real, 2020, by=adopter)
    shows("4.567")
    assert len({tag for _, tag, _ in seen}) == len(seen)
