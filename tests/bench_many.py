"""Measure a large installation: `python -m tests.bench_many [KADERNOTAS]`, on PostgreSQL after `tests.postgres --`.

It makes many kadernotas (1,370 by default, four for each municipality) and measures
1. the rate of the start page, with and without a decision every second in another kadernota (at least 0.8);
2. the memory of a web worker that has served the start page of every kadernota (at most 200 MB);
3. on PostgreSQL, the rate of 32 processes that adopt in 32 kadernotas, with and without the guards (at least 0.9).

Rates are requests or decisions per second of processor time, so that other load counts less.
"""

import http.client
import json
import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench import only_child, processor_time
from tests.web_server import gunicorn

NUMBER = 1370
CLIENTS, DECISIONS = 32, 4
SECONDS = 8.0
MEMORY = 200.0  # MB
HEADERS = {"Host": "localhost", "Accept-Encoding": "gzip"}


def prepare(folder: Path, number: int) -> None:
    """Create the database with the practice kadernota and copies of the real one under other slugs."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.bench_settings",
        "BENCH_FOLDER": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DEBUG": "false",
    }
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from django.db import connections

    from indicators.actions.loading import load_kadernota
    from indicators.domain.nota import read_file
    from indicators.domain.shipped import file_hash
    from tests.cast import NOW, load_practice_kadernota, read_fixture

    load_practice_kadernota()
    data = read_fixture("kadernota_2018_2022") | {"taken_over": []}
    for index in range(number):
        organisation = data["organisation"] | {"slug": f"gemeente-{index}", "name": f"Gemeente {index}"}
        copy = data | {"slug": f"nota-{index}", "organisation": organisation}
        load_kadernota(data=copy, now=NOW, known={file_hash(read_file(copy, reserved_slugs=()))})
    connections.close_all()


def adopt_once(slug: str, value: int) -> None:
    """Record and adopt one figure of a kadernota, as a correction if there is one."""
    from indicators.actions.adopting import adopt
    from indicators.actions.practice import make_accounts
    from indicators.actions.recording import Entry, current_figures, record_measurements
    from indicators.domain.values import Exact
    from indicators.models import Area, Component
    from priorities.models import Kadernota
    from tests.cast import DATE_QUESTIONS, NOW

    people = list(make_accounts().values())
    kadernota = Kadernota.objects.get(slug=slug)
    component = Component.objects.of(kadernota).get(indicator__code="V3")
    area = Area.objects.get(kadernota=kadernota, is_whole=True)
    chain = current_figures(kadernota, [2019]).get((component.series_id, area.pk, 2019))
    seen = chain.newest.pk if chain and chain.newest else None
    entry = Entry(
        component=component, area=area, year=2019, value=Exact(value), explanation=f"telling {value}", seen=seen
    )
    record_measurements(entries=[entry], by=people[0], now=NOW)
    adopt(
        kadernota=kadernota,
        year=2019,
        by=people[2],
        decision="2020.1",
        on=date(2020, 3, 2),
        now=NOW,
        seen_lines=[],
        seen=None,
        confirm=DATE_QUESTIONS,
    )


def run_django(target: Callable[..., None], *args: Any) -> multiprocessing.Process:
    """Start a process with a Django of its own."""
    process = multiprocessing.get_context("spawn").Process(target=_with_django, args=(target, *args))
    process.start()
    return process


def _with_django(target: Callable[..., None], *args: Any) -> None:
    import django

    django.setup()
    target(*args)


def edit_every_second(stop: Any, slug: str) -> None:
    """Adopt a figure of this kadernota every second, until the event is set."""
    value = 4000
    while not stop.wait(1):
        value += 1
        adopt_once(slug, value)


def serve(number: int) -> tuple[float, float, float]:
    """Return the rate without edits, the rate with edits elsewhere, and the memory of the worker in MB."""
    with gunicorn(workers=1, log_level="warning") as (server, port):
        worker = only_child(server.pid)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

        def get(path: str) -> None:
            connection.request("GET", path, headers=HEADERS)
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{path} answered {response.status}")

        def rate() -> float:
            get("/nota-0/")
            requests, start, end = 0, processor_time(worker), time.monotonic() + SECONDS
            while time.monotonic() < end:
                get("/nota-0/")
                requests += 1
            return requests / (processor_time(worker) - start)

        quiet = rate()
        stop = multiprocessing.get_context("spawn").Event()
        editor = run_django(edit_every_second, stop, "nota-1")
        try:
            rate()  # until the editor is at work
            edited = rate()
        finally:
            stop.set()
            editor.join()
        for index in range(number):
            get(f"/nota-{index}/")
            get(f"/nota-{index}/indicator/V5/")
        status = Path(f"/proc/{worker}/status").read_text()
        memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return quiet, edited, memory / 1024


def adopt_many(ready: Any, go: Any, index: int) -> None:
    """Wait for the others; then adopt some figures of a kadernota of one's own."""
    adopt_once(f"nota-{index}", 3000)
    ready.release()
    go.wait()
    for number in range(DECISIONS):
        adopt_once(f"nota-{index}", 3001 + number)


def adopting_rate(first: int) -> float:
    """Return the decisions per second of 32 processes, each in a kadernota of its own."""
    context = multiprocessing.get_context("spawn")
    ready, go = context.Semaphore(0), context.Event()
    clients = [run_django(adopt_many, ready, go, first + index) for index in range(CLIENTS)]
    for _ in clients:
        ready.acquire()
    start = time.monotonic()
    go.set()
    for client in clients:
        client.join()
    return CLIENTS * DECISIONS / (time.monotonic() - start)


def compare_guards() -> tuple[float, float]:
    """Return the rate of adopting with the guards and without, taken in turns."""
    from django.db import connection

    from indicators.models.guards import create_triggers, drop_triggers

    guarded, bare = [], []
    for turn in range(3):
        guarded.append(adopting_rate(100 + turn * 64))
        drop_triggers(connection)
        bare.append(adopting_rate(132 + turn * 64))
        create_triggers(connection)
    return sorted(guarded)[1], sorted(bare)[1]


def main() -> int:
    """Measure and report; 1 when a limit is passed."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    met = True
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        start = time.monotonic()
        prepare(Path(folder), number)
        print(f"{number} kadernotas made in {time.monotonic() - start:.0f} s")
        quiet, edited, memory = serve(number)
        for words, value, limit, is_met in (
            ("start page with edits elsewhere, of its rate without", edited / quiet, ">= 0.8", edited / quiet >= 0.8),
            ("memory of the web worker in MB", memory, f"<= {MEMORY:g}", memory <= MEMORY),
        ):
            met = met and is_met
            print(f"{words}: {value:.2f}  limit {limit}: {'met' if is_met else 'MISSED'}")
        print(json.dumps({"requests per processor second": {"quiet": round(quiet), "edited": round(edited)}}))
        if os.environ["DATABASE_URL"].startswith("postgres"):
            guarded, bare = compare_guards()
            is_met = guarded / bare >= 0.9
            met = met and is_met
            print(
                f"32 clients adopting: {guarded:.1f} decisions a second, {bare:.1f} without guards: "
                f"{guarded / bare:.2f}  limit >= 0.9: {'met' if is_met else 'MISSED'}"
            )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
