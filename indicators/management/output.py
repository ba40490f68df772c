"""Writing the result of a command to a file."""

import errno
import os
import shutil
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.management.arguments import MISTAKE


def add_output_argument(parser: CommandParser) -> None:
    """Add the name of the file to write."""
    parser.add_argument("--output", metavar="BESTAND", help="Zonder dit: de eigen naam, in deze map.")


def check_output(output: str | None) -> None:
    """Raise CommandError for an empty file name."""
    if output == "":
        raise CommandError("--output noemt geen bestand.", returncode=MISTAKE)


def write_output(command: BaseCommand, path: Path, content: bytes) -> None:
    """Write the file and print its size. Raises CommandError."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise CommandError(f"{path} is niet te schrijven: {error.strerror}.", returncode=MISTAKE) from error
    command.stdout.write(f"{path}: {f'{len(content):,}'.replace(',', '.')} bytes")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file completely or not at all, through a temporary file beside it. Raises OSError.

    A symbolic link is followed and an existing file keeps its mode. Pipes and devices are written to directly.
    """
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as pipe:
            pipe.write(content)
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
