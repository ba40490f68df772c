"""The chain of a kadernota as public data, from which a stranger recomputes it: no names, witnesses as hashes only."""

import json
from collections.abc import Sequence
from typing import Any

from indicators.domain.chain import FORMAT, canonical_text, content_hash
from indicators.models import Decision, Manifest
from indicators.readmodel.cache import cached
from indicators.readmodel.proof import content_of, first_link_of
from indicators.readmodel.verifying import fixed_content
from priorities.models import Kadernota


def export_chain(kadernota: Kadernota, *, sequence: int, all_manifests: bool = False) -> dict[str, Any]:
    """Return the chain up to and including decision `sequence` as JSON data.

    Each decision has the keys `indicators.domain.chain.LINK_KEYS`. Only those manifests are included that these
    decisions name, so the data never changes; with `all_manifests` also those that no decision names yet.
    """
    rows = Decision.objects.of(kadernota).select_related(
        "kadernota__organisation", "version__based_on__decision", "edition", "correction__corrected"
    )
    decisions = list(rows.filter(sequence__lte=sequence))
    predecessor = kadernota.predecessor
    return {
        "format": FORMAT,
        "slug": kadernota.slug,
        "cbs_code": kadernota.organisation.cbs_code,
        "is_practice": kadernota.is_practice,
        "predecessor": predecessor.slug if predecessor else None,
        "first": first_link_of(kadernota),
        "decisions": [_link(decision) for decision in decisions],
        "manifests": _manifests(kadernota, None if all_manifests else decisions),
    }


def _link(decision: Decision) -> dict[str, Any]:
    return {
        "sequence": decision.sequence,
        "previous": decision.previous,
        "content": json.loads(_content_text(decision)),
        "content_hash": decision.content_hash,
        "witness_hash": decision.witness_hash,
        "manifest": decision.manifest,
        "chain_hash": decision.chain_hash,
    }


class _Changed(Exception):
    """The rows no longer give the content that the decision fixed. The argument is what they give, as text."""


def _content_text(decision: Decision) -> str:
    """Return the content of a decision as canonical JSON, from the cache: it never changes, and takes two overviews.

    Content that no longer fits its hash is returned as it is, for the reader to find, and is not cached.
    """
    try:
        return cached(("content", decision.pk, decision.chain_hash), lambda: _build_content(decision))
    except _Changed as error:
        return str(error)


def _build_content(decision: Decision) -> str:
    content = content_of(decision, fixed_content(decision))
    text = canonical_text(content)
    if content_hash(content) != decision.content_hash:
        raise _Changed(text)
    return text


def _manifests(kadernota: Kadernota, named_by: Sequence[Decision] | None) -> list[dict[str, Any]]:
    """Return the manifests of sealed documents, exactly as stored; only those that these decisions name, if given."""
    rows = Manifest.objects.filter(decision__kadernota=kadernota)
    if named_by is not None:
        rows = rows.filter(sha256__in={decision.manifest for decision in named_by})
    values = rows.order_by("decision__sequence").values_list("decision__sequence", "sha256", "content")
    return [{"sequence": sequence, "sha256": digest, "content": content} for sequence, digest, content in values]
