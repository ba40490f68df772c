"""In-process LRU cache of what never changes: the state of a kadernota after a decision, and what follows from it.

Keys hold the chain hash of the decision, so an entry needs no version and is never wrong. Entries hold primary keys, so
keys hold that of the row too: a kadernota that is loaded again has the same hashes. Drafts are never cached.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

# Of the pickled entries of a process; in memory they take some four times as much.
MAX_BYTES = 12 * 1024 * 1024
Value = TypeVar("Value")

_entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
_builders: dict[Hashable, Lock] = {}
_lock = Lock()
_size = 0


def cached(key: Hashable, build: Callable[[], Value]) -> Value:
    """Return the entry with this key, built if missing: by one thread, while others that need it wait.

    Only for public data. Threads share the entries: never modify one. Exceptions are not cached.
    """
    with _lock:
        if key in _entries:
            return cast(Value, _read(key))
        builder = _builders.setdefault(key, Lock())
    with builder:
        with _lock:
            if key in _entries:
                return cast(Value, _read(key))
        try:
            value = build()
            _store(key, value, len(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)))
        finally:
            with _lock:
                _builders.pop(key, None)
    return value


def _read(key: Hashable) -> Any:
    _entries.move_to_end(key)
    return _entries[key][0]


def _store(key: Hashable, value: Any, size: int) -> None:
    """Store an entry, and remove those that were not used for the longest time until all fit."""
    global _size
    with _lock:
        _size += size - _entries.pop(key, (None, 0))[1]
        _entries[key] = (value, size)
        while _size > MAX_BYTES:
            _, (_, removed) = _entries.popitem(last=False)
            _size -= removed


def clear_cache() -> None:
    """Remove all entries, as a restart of the process does."""
    global _size
    with _lock:
        _entries.clear()
        _size = 0
