"""Test under load that no edit is lost: `python -m tests.stress`, on SQLite and on a real PostgreSQL.

Start gunicorn with two worker processes, as `make run` does. Thirty-two users log in and make sixty edits each through
the form of a year, on six figures, so that they conflict all the time; halfway one worker is killed with SIGKILL.
Afterwards every acknowledged figure must be a revision in an unbroken chain, replacing the revision that its writer
saw, and there may be no other revisions. The exit status is 1 if that fails.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.postgres import NoServer
from tests.postgres import server as postgres_server
from tests.stress_client import Person
from tests.web_server import ROOT, gunicorn

CLIENTS, EDITS, OFFICERS, WORKERS = 32, 60, 8, 2
TIME_LIMIT = 240.0  # seconds of editing on each engine; edits not sent by then are reported


@dataclass(kw_only=True)
class Result:
    """The result of one database engine."""

    engine: str
    seconds: float = 0.0
    people: list[Person] = field(default_factory=list)
    killed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def outcomes(self) -> Counter[str]:
        """Number of edits by outcome: saved, yielded to a colleague, unanswered, given up."""
        return Counter(edit.outcome for person in self.people for edit in person.edits)

    @property
    def statuses(self) -> Counter[int]:
        """Number of responses by status."""
        return sum((person.statuses for person in self.people), Counter())


def environment(database: str) -> dict[str, str]:
    """Return the environment of the server: only what it needs, with a secret key of its own."""
    own = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.stress_settings", "LOG_LEVEL": "ERROR"}
    return {"PATH": os.environ["PATH"], "SECRET_KEY": secrets.token_urlsafe(60)} | own


def in_django(env: dict[str, str], code: str, data: Any = None) -> Any:
    """Evaluate `code`, which may use `data`, in a process with Django and this database; return its value."""
    begin = "import json, sys, django; django.setup(); data = json.load(sys.stdin); from tests import stress_check; "
    command = [sys.executable, "-c", f"{begin}print(json.dumps({code}))"]
    process = subprocess.run(command, cwd=ROOT, env=env, input=json.dumps(data), capture_output=True, text=True)
    if process.returncode:
        raise SystemExit(f"{code}: {process.stderr}")
    return json.loads(process.stdout.splitlines()[-1])


def children_of(pid: int) -> list[int]:
    """Return the ids of the child processes."""
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in listing.stdout.split()]


def press(engine: str, database: str) -> Result:
    """Test one engine: prepare, let all users edit at once, kill one worker halfway, compare."""
    env, result = environment(database), Result(engine=engine)
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)
    plan = in_django(env, f"stress_check.prepare({OFFICERS})")
    with gunicorn(workers=WORKERS, log_level="critical", env=env) as (server, port):
        result.people = [
            Person(
                host="127.0.0.1",
                port=port,
                number=number,
                username=plan["people"][number % OFFICERS],
                password=plan["password"],
                path=plan["path"],
                components=plan["components"],
            )
            for number in range(CLIENTS)
        ]
        start = time.monotonic()
        threads = [
            threading.Thread(target=work, args=(person, start + TIME_LIMIT, result.faults), daemon=True)
            for person in result.people
        ]
        for thread in threads:
            thread.start()
        kill_one_halfway(server, result, threads, start)
        for thread in threads:
            thread.join()
        result.seconds = time.monotonic() - start
    edits = [edit for person in result.people for edit in person.edits_as_dicts()]
    result.faults += in_django(env, "stress_check.losses(data)", edits)
    result.faults += [f"STATUS {status}: {count}" for status, count in result.statuses.items() if status >= 500]
    if not result.killed:
        result.faults.append("no process was killed: half of the edits was not reached")
    elif not sum(person.cut_off for person in result.people):
        result.faults.append("the killed process served nobody: the test proves nothing")
    return result


def work(person: Person, deadline: float, faults: list[str]) -> None:
    """Make the edits of one user; an exception becomes a fault of the result."""
    try:
        person.work(EDITS, deadline)
    except Exception as error:
        faults.append(f"{person.username} ({person.number}) stopped: {type(error).__name__}: {error}")
    finally:
        person.close()


def kill_one_halfway(
    server: subprocess.Popen[bytes], result: Result, threads: list[threading.Thread], start: float
) -> None:
    """Kill one of the two workers with SIGKILL after half of the edits, or of the time."""
    while any(thread.is_alive() for thread in threads):
        done = sum(len(person.edits) for person in result.people)
        if done >= CLIENTS * EDITS / 2 or time.monotonic() - start > TIME_LIMIT / 2:
            victim = children_of(server.pid)[0]
            os.kill(victim, signal.SIGKILL)
            result.killed = victim
            return
        time.sleep(0.05)


@contextlib.contextmanager
def own_database(address: str) -> Iterator[str]:
    """Create a database on this server; yield its address and drop it afterwards."""
    name = f"stress_{os.getpid()}"
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def table(results: list[Result]) -> str:
    """Return the numbers as a table with a column for each engine."""
    rows: list[tuple[str, list[Any]]] = [
        ("people at once", [CLIENTS for _ in results]),
        ("edits asked", [sum(len(person.edits) for person in result.people) for result in results]),
        ("  of", [CLIENTS * EDITS for _ in results]),
        *(
            (f"  {word}", [result.outcomes[word] for result in results])
            for word in ("saved", "yielded", "unanswered", "given up")
        ),
        ("answers 409 (conflict)", [result.statuses[409] for result in results]),
        ("answers 5xx", [sum(n for s, n in result.statuses.items() if s >= 500) for result in results]),
        ("connections cut off", [sum(person.cut_off for person in result.people) for result in results]),
        ("processes killed", [bool(result.killed) * 1 for result in results]),
        ("seconds", [round(result.seconds) for result in results]),
        ("faults", [len(result.faults) for result in results]),
    ]
    lines = [f"{'':24}" + "".join(f"{result.engine:>14}" for result in results)]
    return "\n".join(lines + [f"{name:24}" + "".join(f"{value:>14}" for value in values) for name, values in rows])


def main() -> int:
    """Test both engines; return 1 when anything was lost or broken, 3 when there is no PostgreSQL."""
    results, status = [], 0
    with tempfile.TemporaryDirectory(prefix="stress-") as folder:
        results.append(press("sqlite", f"sqlite:///{folder}/stress.sqlite3"))
    try:
        with postgres_server() as address, own_database(address) as database:
            results.append(press("postgresql", database))
    except NoServer as error:
        print(f"\n*** NOT TRIED ON POSTGRESQL: no server could be started.\n{error}\n", file=sys.stderr)
        status = 3
    print(table(results))
    for result in results:
        for fault in result.faults[:20]:
            print(f"{result.engine}: {fault}")
    return 1 if any(result.faults for result in results) else status


if __name__ == "__main__":
    raise SystemExit(main())
