"""The chain of decisions: canonical JSON, its hashes, and the check of an exported chain.

A link is the SHA-256 of canonical JSON: keys in order, texts in NFC, numbers with a fraction as text, moments in UTC
with microseconds. Every hash covers the number of the format.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

FORMAT = 1
LINK_KEYS = frozenset({"sequence", "previous", "content", "content_hash", "witness_hash", "manifest", "chain_hash"})


def canonical_data(value: object) -> Any:
    """Return `value` as the JSON data that canonical JSON has for it.

    Raises ValueError for what has no canonical form: a float, NaN, a moment without time zone, keys that are not text
    or that are equal in NFC.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case Decimal():
            return decimal_text(value)
        case datetime():
            if value.tzinfo is None:
                raise ValueError(f"{value} has no time zone")
            return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
        case date():
            return value.isoformat()
        case Mapping():
            return _canonical_mapping(value)
        case list() | tuple():
            return [canonical_data(item) for item in value]
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _canonical_mapping(value: Mapping[Any, object]) -> dict[str, Any]:
    data = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise ValueError(f"{key!r} is not a text")
        data[unicodedata.normalize("NFC", key)] = canonical_data(item)
    if len(data) != len(value):
        raise ValueError("two keys are the same text")
    return data


def decimal_text(number: Decimal) -> str:
    """Return a number as plain text without exponent or trailing zeros: 4500, 6.2, 0."""
    if not number.is_finite():
        raise ValueError(f"{number} is not a number")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def canonical_text(value: object) -> str:
    """Return the canonical JSON of `value`. Raises ValueError for what has no canonical form."""
    text = json.dumps(canonical_data(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text.encode()  # half of a surrogate pair is no character
    return text


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def first_link(*, slug: str, cbs_code: str, is_practice: bool, predecessor: str | None) -> str:
    """Return what the first decision of a kadernota has as its previous link. `predecessor` is a slug."""
    content = {"slug": slug, "cbs_code": cbs_code, "is_practice": is_practice, "predecessor": predecessor}
    return content_hash(content)


def content_hash(content: Mapping[str, object]) -> str:
    """Return the hash of the content of a decision, or of an offered draft."""
    return sha256(canonical_text({**content, "format": FORMAT}))


def witness_text(people: Mapping[str, object], *, salt: str) -> str:
    """Return the canonical JSON of the people behind a decision. The random salt keeps names from being guessed."""
    return canonical_text({**people, "format": FORMAT, "salt": salt})


def witness_hash(text: str) -> str:
    """Return the hash of a stored witness (`witness_text`)."""
    return sha256(text)


def chain_hash(*, sequence: int, previous: str, content_hash: str, witness_hash: str, manifest: str) -> str:
    """Return the link of a decision. `manifest` is the hash of the newest manifest when it was taken, or ""."""
    return sha256(canonical_text([FORMAT, sequence, previous, content_hash, witness_hash, manifest]))


@dataclass(frozen=True)
class Fault:
    """A fault in an exported chain: the number of the link (0: the chain as a whole), and a code.

    The codes: form (not a link, or no canonical content), sequence, previous, content (its hash, or its own number),
    chain (the chain hash), and expected (the expected hash is not in the chain).
    """

    sequence: int
    code: str


def check_chain(links: Sequence[object], *, first: str, expect: str | None = None) -> list[Fault]:
    """Return the faults of an exported chain, link by link; an empty list when there are none.

    `links` are parsed JSON objects with the keys LINK_KEYS, `first` is the first link (`first_link`), and `expect` is
    a chain hash that was published: without it, links that are missing at the end cannot be noticed.
    """
    faults = []
    previous = first
    hashes = set()
    for number, link in enumerate(links, start=1):
        if not isinstance(link, Mapping) or not link.keys() >= LINK_KEYS:
            faults.append(Fault(number, "form"))
            previous = ""
            continue
        faults += [Fault(number, code) for code in _link_faults(link, number, previous)]
        previous = str(link["chain_hash"])
        hashes.add(previous)
    if expect is not None and expect not in hashes:
        faults.append(Fault(0, "expected"))
    return faults


def _link_faults(link: Mapping[str, Any], number: int, previous: str) -> list[str]:
    faults = []
    if isinstance(link["sequence"], bool) or link["sequence"] != number:
        faults.append("sequence")
    if link["previous"] != previous:
        faults.append("previous")
    try:
        content = link["content"]
        if content_hash(content) != link["content_hash"] or content.get("sequence") != number:
            faults.append("content")
        own = {key: link[key] for key in ("sequence", "previous", "content_hash", "witness_hash", "manifest")}
        if chain_hash(**own) != link["chain_hash"]:
            faults.append("chain")
    except (ValueError, TypeError, AttributeError):
        faults.append("form")
    return faults
