"""Measure the cost of a page as a multiple of a bare page of 20 kB from the same server: `python -m tests.bench`.

Start gunicorn with one worker on a temporary database, request the pages in turns, and read the processor time of the
worker from /proc; without /proc, make the same requests in this process. A ratio depends less on the machine than a
time does; the turns spread other load of the machine over all pages.

The bare page is sent without compression; the others as browsers ask for them. A public page is requested in five
ways: with an empty cache (`first`), without the page cache (`made`), from the page cache (`cached`), conditionally by a
browser that has it (`304`), and by an officer, for whom no page is cached. Pages for staff are requested by staff.
"""

import contextlib
import http.client
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.web_server import gunicorn

EMPTY = "/leeg-voor-de-meting/"
START = "/"
PRACTICE = "/oefengemeente-2018-2022/"
PAGES = {
    START: "start, real",
    PRACTICE: "start, practice",
    f"{PRACTICE}prioriteit/1/": "priority",
    f"{PRACTICE}indicator/V5/": "indicator",
    f"{PRACTICE}themas/": "themes",
    f"{PRACTICE}thema/1/": "theme",
    f"{PRACTICE}vth/": "vth",
    f"{PRACTICE}editie/2020-2/": "edition",
    f"{PRACTICE}vergelijken/": "compare",
    f"{PRACTICE}zoeken/?q=overlast": "search",
    f"{PRACTICE}feed/": "feed",
    f"{PRACTICE}hoe-wij-oordelen/": "method",
    f"{PRACTICE}bijlage/2020/": "appendix",
    f"{PRACTICE}uitvoeringsprogramma/2020/": "programme",
    "/kadernotas/": "all kadernotas",
    "/toegankelijkheid/": "accessibility",
}
STAFF_PAGES = {
    f"{PRACTICE}invoeren/2022/": "entry",
    f"{PRACTICE}uit-bestand/2022/": "upload",
    f"{PRACTICE}mijn-werk/": "tasks",
    f"{PRACTICE}programma-invoeren/2022/": "lines",
    f"{PRACTICE}vaststellen/2022/": "adoption",
    f"{PRACTICE}wijzigingen/2022/": "changes",
    f"{PRACTICE}indicator/V5/geschiedenis/": "history",
}
# The highest ratio to a bare page. Documents are built for each visitor until their edition is sealed.
TARGETS = {"made": 12.0, "cached": 1.5, "304": 2.2, "officer": 30.0}
# django-tables2 renders the cells of sortable tables, which may cost more where a page is not cached.
TABLE_PAGES, TABLE_TARGETS = {"priority", "vth"}, {"made": 20.0}
ROUNDS = 9
TURN = 0.05  # seconds of processor time for one page in one round
TIME_LIMIT = 240.0  # seconds for all rounds
HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html", "Host": "localhost"}


@dataclass(frozen=True, kw_only=True)
class PageRequest:
    """A request: the page, the way of requesting it, the address, extra headers and the expected status."""

    page: str
    way: str
    address: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


Response = tuple[int, int, str]  # status, bytes, ETag
Send = Callable[[PageRequest], Response]
Clock = Callable[[], float]  # seconds of processor time so far


@dataclass
class Costs:
    """For each round: processor time and elapsed time of one request of a page, in seconds."""

    size: int
    requests: int
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)


def prepare(folder: Path) -> str:
    """Create the database with both kadernotas, and the static files; return the cookie of a logged-in officer."""
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
    """Start a session of the officer of the practice kadernota; return its cookie."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    from indicators.actions.practice import OFFICER

    client = Client()
    client.force_login(User.objects.get(username=OFFICER))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextlib.contextmanager
def running_server() -> Iterator[tuple[Send, Clock]]:
    """Run the server of `make run` with one worker; yield functions to send a request and read processor time."""
    with gunicorn(workers=1, log_level="warning") as (server, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

        def send(request: PageRequest) -> Response:
            connection.request("GET", request.address, headers=HEADERS | dict(request.headers))
            response = connection.getresponse()
            return response.status, len(response.read()), response.headers.get("ETag", "")

        worker = only_child(server.pid)
        yield send, lambda: processor_time(worker)


def only_child(pid: int) -> int:
    """Return the process id of the only worker of a gunicorn."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if len(children) == 1:
            return int(children[0])
        time.sleep(0.1)
    raise SystemExit("the server has no worker")


def processor_time(pid: int) -> float:
    """Return the processor time of all threads of a process in seconds, user and system together."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


@contextlib.contextmanager
def in_this_process() -> Iterator[tuple[Send, Clock]]:
    """Yield functions to send a request without a server, for a system without /proc, and to read processor time."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={k: v for k, v in HEADERS.items() if k != "Host"})

    def send(request: PageRequest) -> Response:
        response = client.get(request.address, headers=dict(request.headers))
        return response.status_code, len(response.content), response.headers.get("ETag", "")

    yield send, time.process_time


def page_requests(send: Send, cookie: str) -> Iterator[PageRequest]:
    """Yield every page in every way. Pages with an unknown query are not stored in the page cache."""
    yield PageRequest(page="bare 20 kB", way="", address=EMPTY, headers=(("Accept-Encoding", "identity"),))
    for address, page in STAFF_PAGES.items():
        yield PageRequest(page=page, way="officer", address=address, headers=(("Cookie", cookie),))
    for address, page in PAGES.items():
        unknown = f"{address}{'&' if '?' in address else '?'}meting=1"
        yield PageRequest(page=page, way="first", address=f"/koud-voor-de-meting{unknown}")
        yield PageRequest(page=page, way="made", address=unknown)
        cached = PageRequest(page=page, way="cached", address=address)
        yield cached
        send(cached)
        headers = (("If-None-Match", send(cached)[2]),)
        yield PageRequest(page=page, way="304", address=address, headers=headers, status=304)
        yield PageRequest(page=page, way="officer", address=address, headers=(("Cookie", cookie),))


def measure(send: Send, clock: Clock, cookie: str) -> tuple[dict[PageRequest, Costs], dict[PageRequest, int]]:
    """Return the costs of every request with the expected status, and the status of the others."""
    costs: dict[PageRequest, Costs] = {}
    failed: dict[PageRequest, int] = {}
    for request in page_requests(send, cookie):
        status, size, _ = send(request)
        if status != request.status:
            failed[request] = status
            continue
        before = clock()
        for _ in range(12):  # warms the connection and templates of every thread
            send(request)
        seconds = max((clock() - before) / 12, 1e-5)
        costs[request] = Costs(size, max(3, round(TURN / seconds)))
    end = time.monotonic() + TIME_LIMIT
    for _ in range(ROUNDS):
        if time.monotonic() > end:
            break
        for request, cost in costs.items():
            cpu, wall = clock(), time.perf_counter()
            for _ in range(cost.requests):
                send(request)
            cost.cpu.append((clock() - cpu) / cost.requests)
            cost.wall.append((time.perf_counter() - wall) / cost.requests)
    return costs, failed


def ratios(cost: Costs, empty: Costs) -> list[float]:
    """Return the ratio to the empty page in each round."""
    return [seconds / baseline for seconds, baseline in zip(cost.cpu, empty.cpu, strict=True)]


def report(costs: dict[PageRequest, Costs], failed: dict[PageRequest, int]) -> bool:
    """Print a table; return whether every page answered and every target was met."""
    print(f"{'page':<21}{'way':<9}{'kB sent':>8}{'cpu ms':>8}{'per second':>12}{'ratio':>8}{'lowest':>8}{'highest':>9}")
    met = not failed
    empty = next(cost for request, cost in costs.items() if request.address == EMPTY)
    for request, cost in costs.items():
        times = ratios(cost, empty)
        middle = statistics.median(times)
        cpu, wall = statistics.median(cost.cpu), statistics.median(cost.wall)
        target = (TARGETS | (TABLE_TARGETS if request.page in TABLE_PAGES else {})).get(request.way)
        verdict = "" if target is None else f"  target {target:g}: {'met' if middle <= target else 'MISSED'}"
        met = met and (target is None or middle <= target)
        print(
            f"{request.page:<21}{request.way:<9}{cost.size / 1024:>8.1f}{cpu * 1000:>8.2f}{1 / wall:>12.0f}"
            f"{middle:>8.2f}{min(times):>8.2f}{max(times):>9.2f}{verdict}"
        )
    for request, status in failed.items():
        print(f"{request.page:<21}{request.way:<9}  {request.address} answered {status}")
    return met


def main() -> int:
    """Measure and report; 1 when a page does not answer or misses its target."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        cookie = prepare(Path(folder))
        has_proc = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/schedstat").exists()
        where = "processor time of the worker" if has_proc else "in this process, without a server"
        with running_server() if has_proc else in_this_process() as (send, clock):
            costs, failed = measure(send, clock, cookie)
        if not any(request.address == EMPTY for request in costs):
            raise SystemExit("even the empty page fails: see the errors above")
        print(f"{where}, median of {len(next(iter(costs.values())).cpu)} rounds; requests one after the other")
        return 0 if report(costs, failed) else 1


if __name__ == "__main__":
    sys.exit(main())
