"""Run the gunicorn of `make run`, for the benchmark and the stress test."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS_TO_START = 30.0


@contextlib.contextmanager
def gunicorn(
    *, workers: int, log_level: str, env: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run gunicorn on a free port; yield its process and the port. Without `env` it inherits the environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "--bind": f"127.0.0.1:{port}",
        "--worker-class": "gthread",
        "--workers": str(workers),
        "--threads": "4",
        "--log-level": log_level,
    }
    command = [sys.executable, "-m", "gunicorn", "kadernota.wsgi:application", "--no-control-socket"]
    server = subprocess.Popen(command + [word for option in options.items() for word in option], cwd=ROOT, env=env)
    try:
        _wait_until_open(port, server)
        yield server, port
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_open(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server accepts connections; raise SystemExit when it stops or takes too long."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("gunicorn did not start")
