"""Seal editions with a progress bar on a terminal, none in a pipe. Ctrl+C keeps what is sealed."""

import shutil
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.models import Edition
from kadernota import clock
from reports.sealing import missing, seal

WIDTH = 30  # characters
INTERRUPTED = 130  # exit code of a program that Ctrl+C ended


def add_no_seal(parser: Any) -> None:
    """Add the option to a command that creates editions to seal their documents later."""
    parser.add_argument("--no-seal", dest="seal", action="store_false", help="Verzegel de documenten later, met seal.")


def draw_bar(stream: Any, done: int, total: int, label: str) -> None:
    """Draw the bar over the previous one, on a terminal only; end the line when all is done."""
    if not total or not stream.isatty():
        return
    filled = WIDTH * done // total
    bar = "█" * filled + "░" * (WIDTH - filled)
    line = f"{bar} {done} van {total}  {label}"[: shutil.get_terminal_size().columns - 1]
    # Without the red style of the error stream.
    stream.write("\r\x1b[2K" + line + ("\n" if done == total else ""), lambda text: text, ending="")
    stream.flush()


def seal_with_bar(command: BaseCommand, editions: Iterable[Edition]) -> int:
    """Seal the missing files of these editions, in order; return how many were stored.

    Raises CommandError after Ctrl+C, or when a document cannot be built; files sealed before that stay.
    """
    unsealed = [(edition, parts) for edition in editions if (parts := missing(edition))]
    total, done, stored = sum(len(parts) for _, parts in unsealed), 0, 0
    try:
        for edition, _ in unsealed:

            def show(number: int, of: int, part: Any, edition: Edition = edition, before: int = done) -> None:
                draw_bar(command.stderr, before + number, total, f"editie {edition}: {part.title}")

            draw_bar(command.stderr, done, total, f"editie {edition}")
            stored += seal(edition, now=clock.now(), progress=show)
            done = total - sum(len(missing(other)) for other, _ in unsealed)
    except KeyboardInterrupt:
        if command.stderr.isatty():
            command.stderr.write("")  # end the line of the bar
        left = sum(len(missing(other)) for other, _ in unsealed)
        raise CommandError(
            f"Gestopt. Verzegeld: {total - left} van {total} bestanden; dat blijft. De rest maakt manage.py seal.",
            returncode=INTERRUPTED,
        ) from None
    except Exception as error:
        raise CommandError(
            f"Verzegelen lukte niet: {error!r}. Wat er al was, blijft; manage.py seal gaat verder."
        ) from error
    return stored
