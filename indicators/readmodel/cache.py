"""What may be kept in memory: what the public sees, for as long as nothing of it changes in the database.

The stamp is the state of all tokens (stamp_triggers.py). Whoever keeps something reads the stamp first and the data
after: what is kept is then at least as new as its stamp. A draft is never kept.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest

# Objects in each process. An overview of twenty indicators is half a megabyte, but there are no more of those than
# editions; of the others, pictures of some 6 kB, there are many.
KEPT_AT_MOST = 500
Made = TypeVar("Made")

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def read_version() -> str:
    """The stamp of what the public sees. One query, of a handful of rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, token FROM indicators_stamp ORDER BY name")
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def cache_version(request: HttpRequest) -> str:
    """The stamp for this request: read once where it only reads, each time anew where it may write."""
    if request.method not in ("GET", "HEAD"):
        return read_version()
    stamp: str | None = getattr(request, "cache_version", None)
    if stamp is None:
        stamp = request.cache_version = read_version()  # type: ignore[attr-defined]
    return stamp


def cached(stamp: str | None, key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, made once for this stamp in this process; without a stamp, each time. Only what all may see.

    What it gives is shared between threads: nobody may change it. An exception is not kept.
    """
    if stamp is None:
        return make()
    name = (stamp, key)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    made = make()
    with _lock:
        _kept[name] = made
        while len(_kept) > KEPT_AT_MOST:
            _kept.popitem(last=False)
    return made


def clear_cache() -> None:
    """Throw away all that is kept, as a process does that starts."""
    with _lock:
        _kept.clear()
