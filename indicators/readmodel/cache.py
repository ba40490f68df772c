"""In-process LRU cache of what the public sees; entries are keyed by the version of the public data.

Database triggers change the version with every change of public data (models/cache_triggers.py). Read the version
before the data: an entry is then at least as new as its version. Drafts are never cached.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection
from django.http import HttpRequest

# Entries in each process. An overview of twenty indicators is half a megabyte, but there is one for each edition; most
# entries are charts of some 6 kB.
MAX_ENTRIES = 500
Value = TypeVar("Value")

_entries: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def read_version() -> str:
    """Return the version of the public data, a hash. One query of a handful of rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, token FROM indicators_stamp ORDER BY name")
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def cache_version(request: HttpRequest) -> str:
    """Return the version for this request: read once for GET and HEAD, every time for a request that may write."""
    if request.method not in ("GET", "HEAD"):
        return read_version()
    version: str | None = getattr(request, "cache_version", None)
    if version is None:
        version = read_version()
        setattr(request, "cache_version", version)  # noqa: B010  # HttpRequest declares no such attribute
    return version


def cached(version: str | None, key: Hashable, build: Callable[[], Value]) -> Value:
    """Return the entry for this version and key, built if missing; build every time when `version` is None.

    Only for public data. Threads share the entries: never modify one. Exceptions are not cached.
    """
    if version is None:
        return build()
    entry_key = (version, key)
    with _lock:
        if entry_key in _entries:
            _entries.move_to_end(entry_key)
            return cast(Value, _entries[entry_key])
    value = build()
    with _lock:
        _entries[entry_key] = value
        while len(_entries) > MAX_ENTRIES:
            _entries.popitem(last=False)
    return value


def clear_cache() -> None:
    """Remove all entries, as a restart of the process does."""
    with _lock:
        _entries.clear()
