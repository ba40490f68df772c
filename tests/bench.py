"""What a page costs, as a multiple of an empty answer of 20 kB by the same server: `python -m tests.bench`.

Starts the real gunicorn with one worker on a database of its own, asks for the pages in turns, and reads the processor
time of the worker from /proc; where there is no /proc, the same requests run in this process. A ratio is less a matter
of the machine than a time is; the turns keep what else the machine does from falling on one page alone.

Each page in five ways: made by a process that has just started or after a change (`first`), made anew (`made`), from
memory (`kept`), asked after by a browser that has it (`304`), and for an officer, to whom nothing kept is given.
"""

import contextlib
import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

EMPTY = "/leeg-voor-de-meting/"
START = "/"
PAGES = {
    START: "start, real",
    "/oefengemeente-2018-2022/": "start, practice",
    "/oefengemeente-2018-2022/prioriteit/1/": "priority, practice",
    "/oefengemeente-2018-2022/indicator/V5/": "indicator, practice",
}
# At most so many empty answers.
TARGETS = {"made": 6.0, "kept": 1.5, "304": 2.2, "officer": 9.0}
# The cells of a table that sorts are rendered by django-tables2: that may cost more where a page is made anew.
TABLE_PAGES, TABLE_TARGETS = {"priority, practice"}, {"made": 20.0, "officer": 20.0}
ROUNDS = 15
TURN = 0.06  # seconds of processor time for one page in one round
TIME_LIMIT = 55.0  # seconds for all rounds
HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html", "Host": "localhost"}


@dataclass(frozen=True)
class Asked:
    """One request: the page, the way in which it is asked for, the address and the headers more than usual."""

    page: str
    way: str
    address: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


Answer = tuple[int, int, str]  # status, bytes, ETag
Ask = Callable[[Asked], Answer]
Clock = Callable[[], float]  # seconds of processor time so far


@dataclass
class Costs:
    """Of one page, for each round: processor time and passed time of one request, in seconds."""

    size: int
    requests: int
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)


def prepare(folder: Path) -> str:
    """Make the database with both kadernota's, and the static files; gives the cookie of a logged-in officer."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.bench_settings",
        "BENCH_FOLDER": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DEBUG": "false",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from django.db import connections

    from tests.cast import load_practice_kadernota, load_real

    load_real()
    load_practice_kadernota()
    cookie = log_in()
    connections.close_all()
    return cookie


def log_in() -> str:
    """A session of the officer of the practice municipality, as a cookie."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    from indicators.actions.practice import OFFICER

    client = Client()
    client.force_login(User.objects.get(username=OFFICER))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextlib.contextmanager
def running_server() -> Iterator[tuple[Ask, Clock]]:
    """The server of `make run` with one worker: how to ask it, and the processor time of its worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "kadernota.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class",
        "gthread",
        "--workers",
        "1",
        "--threads",
        "4",
        "--no-control-socket",
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen(command)
    try:
        wait_for(port, server)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

        def ask(asked: Asked) -> Answer:
            connection.request("GET", asked.address, headers=HEADERS | dict(asked.headers))
            response = connection.getresponse()
            return response.status, len(response.read()), response.headers.get("ETag", "")

        worker = only_child(server.pid)
        yield ask, lambda: processor_time(worker)
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen) -> None:
    """Wait until the server answers; fails when it stops or takes over twenty seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def only_child(pid: int) -> int:
    """The worker of a gunicorn with one."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if len(children) == 1:
            return int(children[0])
        time.sleep(0.1)
    raise SystemExit("the server has no worker")


def processor_time(pid: int) -> float:
    """Seconds that all threads of a process have run, to the nanosecond (user and system together)."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


@contextlib.contextmanager
def in_this_process() -> Iterator[tuple[Ask, Clock]]:
    """The same requests without a server, for a system without /proc."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={k: v for k, v in HEADERS.items() if k != "Host"})

    def ask(asked: Asked) -> Answer:
        response = client.get(asked.address, headers=dict(asked.headers))
        return response.status_code, len(response.content), response.headers.get("ETag", "")

    yield ask, time.process_time


def all_asked(ask: Ask, cookie: str) -> Iterator[Asked]:
    """Every page in every way. A query that no page knows is not kept, so that with it a page is made anew."""
    yield Asked("empty 20 kB", "", EMPTY)
    for address, page in PAGES.items():
        yield Asked(page, "first", f"/koud-voor-de-meting{address}?meting=1")
        yield Asked(page, "made", f"{address}?meting=1")
        kept = Asked(page, "kept", address)
        yield kept
        ask(kept)
        yield Asked(page, "304", address, (("If-None-Match", ask(kept)[2]),), 304)
        yield Asked(page, "officer", address, (("Cookie", cookie),))


def measure(ask: Ask, clock: Clock, cookie: str) -> tuple[dict[Asked, Costs], dict[Asked, int]]:
    """The costs of every page that answers as it should, and the status of those that do not."""
    costs: dict[Asked, Costs] = {}
    failed: dict[Asked, int] = {}
    for asked in all_asked(ask, cookie):
        status, size, _ = ask(asked)
        if status != asked.status:
            failed[asked] = status
            continue
        before = clock()
        for _ in range(12):  # every thread has its connection and its templates
            ask(asked)
        once = max((clock() - before) / 12, 1e-5)
        costs[asked] = Costs(size, max(3, round(TURN / once)))
    end = time.monotonic() + TIME_LIMIT
    for _ in range(ROUNDS):
        if time.monotonic() > end:
            break
        for asked, cost in costs.items():
            cpu, wall = clock(), time.perf_counter()
            for _ in range(cost.requests):
                ask(asked)
            cost.cpu.append((clock() - cpu) / cost.requests)
            cost.wall.append((time.perf_counter() - wall) / cost.requests)
    return costs, failed


def ratios(cost: Costs, empty: Costs) -> list[float]:
    """Round by round: how many empty answers this page costs."""
    return [mine / its for mine, its in zip(cost.cpu, empty.cpu, strict=True)]


def report(costs: dict[Asked, Costs], failed: dict[Asked, int]) -> bool:
    """Print a table; tells whether every page answered and every target was met."""
    print(f"{'page':<21}{'way':<9}{'kB sent':>8}{'cpu ms':>8}{'per second':>12}{'ratio':>8}{'lowest':>8}{'highest':>9}")
    met = not failed
    empty = next(cost for asked, cost in costs.items() if asked.address == EMPTY)
    for asked, cost in costs.items():
        times = ratios(cost, empty)
        middle = statistics.median(times)
        cpu, wall = statistics.median(cost.cpu), statistics.median(cost.wall)
        target = (TARGETS | (TABLE_TARGETS if asked.page in TABLE_PAGES else {})).get(asked.way)
        verdict = "" if target is None else f"  target {target:g}: {'met' if middle <= target else 'MISSED'}"
        met = met and (target is None or middle <= target)
        print(
            f"{asked.page:<21}{asked.way:<9}{cost.size / 1024:>8.1f}{cpu * 1000:>8.2f}{1 / wall:>12.0f}"
            f"{middle:>8.2f}{min(times):>8.2f}{max(times):>9.2f}{verdict}"
        )
    for asked, status in failed.items():
        print(f"{asked.page:<21}{asked.way:<9}  {asked.address} answered {status}")
    return met


def main() -> int:
    """Measure and report; 1 when a page does not answer or misses its target."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        cookie = prepare(Path(folder))
        has_proc = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/schedstat").exists()
        where = "processor time of the worker" if has_proc else "in this process, without a server"
        with running_server() if has_proc else in_this_process() as (ask, clock):
            costs, failed = measure(ask, clock, cookie)
        if not any(asked.address == EMPTY for asked in costs):
            raise SystemExit("even the empty answer fails: see the errors above")
        print(f"{where}, median of {len(next(iter(costs.values())).cpu)} rounds; requests one after the other")
        return 0 if report(costs, failed) else 1


if __name__ == "__main__":
    sys.exit(main())
