"""Keep what was typed on the entry page while its writer logs in again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.http import HttpRequest

from indicators.models import Measurement
from indicators.pages.entry.lines import Typed, YearBook, stored
from indicators.pages.form_recovery import load_typed, store_typed


def changed(book: YearBook, typed: Mapping[str, Typed], revisions: Mapping[int, Measurement]) -> dict[str, Typed]:
    """Only what its writer changed, so that no figure of another is kept along."""
    found = {}
    for key, item in typed.items():
        base = revisions.get(item.seen) if item.seen else None
        shown = stored(book.lines[key], base, adopted=hasattr(base, "entry"))
        if (item.figure, item.explanation, item.sample, item.choice) != (
            shown.figure,
            shown.explanation,
            shown.sample,
            "",
        ):
            found[key] = item
    return found


def keep(request: HttpRequest, path: str, writer: int, typed: Mapping[str, Typed], now: datetime) -> bool:
    """Keep what was typed until `writer` is back. False, and nothing kept, when it is too much."""
    size = sum(len(item.figure) + len(item.explanation) + len(item.sample) for item in typed.values())
    return store_typed(request, path, writer, {key: asdict(item) for key, item in typed.items()}, size=size, now=now)


def kept(request: HttpRequest, path: str, now: datetime) -> dict[str, Typed]:
    """What this person typed on this page before the log-in ended. What is another's or too old is thrown away."""
    return {key: Typed(**item) for key, item in load_typed(request, path, now).items()}
