"""What the public sees of a kadernota: one small query for the head of its chain, the rest from the cache."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q

from indicators.models import Decision
from indicators.readmodel.cache import cached
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last decision of a kadernota, its newest manifest and its newest sealed document (0: none)."""

    kadernota: Kadernota
    sequence: int
    chain_hash: str
    manifest: int
    document: int

    @property
    def key(self) -> tuple[str, int, int]:
        """What every public page of the kadernota depends on."""
        return self.chain_hash, self.manifest, self.document


KADERNOTA_COLUMNS = ("id", "organisation_id", "slug", "is_practice", "predecessor_id")
# Plain SQL: every public request asks this, and compiling the query takes longer than the rest of a cached page.
HEAD = f"""
    SELECT {", ".join(f"k.{column}" for column in KADERNOTA_COLUMNS)}, d.sequence, d.chain_hash, (
        SELECT MAX(m.id) FROM indicators_manifest m JOIN indicators_decision sealed ON sealed.id = m.decision_id
        WHERE sealed.kadernota_id = k.id), (
        SELECT MAX(f.id) FROM indicators_sealeddocument f JOIN indicators_decision sealed ON sealed.id = f.decision_id
        WHERE sealed.kadernota_id = k.id)
    FROM priorities_kadernota k JOIN indicators_decision d ON d.kadernota_id = k.id
    WHERE k.slug = %s ORDER BY d.sequence DESC LIMIT 1"""


def find_head(slug: str) -> Head | None:
    """Return the head of the kadernota with this slug; None when it has no decision, so is not public. One query."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD, [slug])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, sequence, chain_hash, manifest, document = row
    return Head(
        kadernota=Kadernota.from_db(connection.alias, KADERNOTA_COLUMNS, columns),
        sequence=sequence,
        chain_hash=chain_hash,
        manifest=manifest or 0,
        document=document or 0,
    )


def public_overview(kadernota: Kadernota, head: Head | None = None) -> Overview:
    """Return the state of a kadernota after its last decision, from the cache. Without `head` it is read."""
    head = head or find_head(kadernota.slug)
    if head is None:
        raise Kadernota.DoesNotExist(f"{kadernota} has no decision")
    return _cached_overview(kadernota, head.sequence, head.chain_hash)


def _cached_overview(kadernota: Kadernota, sequence: int, chain_hash: str) -> Overview:
    return cached(("overview", kadernota.pk, chain_hash), lambda: load_overview(kadernota, sequence=sequence))


def overview_at(kadernota: Kadernota, newest: Overview, sequence: int) -> Overview:
    """Return the state of a kadernota after decision `sequence` of its chain, with its edition if it has one."""
    decision = newest.chain.decisions[sequence - 1]
    overview = _cached_overview(kadernota, decision.sequence, decision.chain_hash)
    return replace(overview, edition=overview.chain.decisions[-1].edition)


def cached_for(overview: Overview, key: Hashable, build: Callable[[], Value]) -> Value:
    """Return what follows from an overview and nothing else, from the cache; built each time with drafts.

    A decision that is pending has no hash: what follows from it is never cached either.
    """
    head = overview.chain.head
    if overview.with_drafts or head is None or not head.chain_hash:
        return build()
    return cached((head.chain_hash, key), build)


def site_key() -> tuple[int, int]:
    """Return what pages about all kadernota's depend on: the newest decision and manifest. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT MAX(id) FROM indicators_decision), (SELECT MAX(id) FROM indicators_manifest)")
        decision, manifest = cursor.fetchone()
    return decision or 0, manifest or 0


def front_slug() -> str:
    """Return the slug of the kadernota of the front page, or "": the newest real one with an edition. Cached."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, chain_hash FROM indicators_decision ORDER BY id DESC LIMIT 1")
        newest = cursor.fetchone()
    return cached(("front", *newest), _find_front) if newest else ""


def _find_front() -> str:
    """Find the front page's kadernota: real before practice, then those with an edition, then the newest."""
    rows = Kadernota.objects.adopted().annotate(
        has_edition=Exists(Decision.objects.filter(kadernota=OuterRef("pk"), edition__isnull=False)),
        first_year=Max("versions__first_year", filter=Q(versions__decision__isnull=False)),
    )
    first = rows.order_by("is_practice", "-has_edition", "-first_year", "pk").first()
    return first.slug if first else ""
