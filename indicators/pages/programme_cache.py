"""The programme that a page shows, kept under the stamp of what the public sees; drafts only for who sees them."""

from django.http import HttpRequest

from indicators.pages.selection import Shown, known_kadernotas
from indicators.readmodel.cache import once, stamp_of
from indicators.readmodel.programme import Part, Programme, load_programme


def shown_programme(request: HttpRequest, shown: Shown) -> Programme:
    """The programme as of what `shown` shows. One query; none where the public's is kept."""
    overview, kadernota = shown.overview, shown.kadernota
    parts = known_kadernotas(request)[kadernota]
    if overview.with_drafts:
        return load_programme(kadernota, drafts=True, editions=overview.editions, parts=parts)
    key = ("programme", kadernota.pk, overview.edition.pk if overview.edition else None)
    return once(
        stamp_of(request),
        key,
        lambda: load_programme(kadernota, edition=overview.edition, editions=overview.editions, parts=parts),
    )


def shown_part(request: HttpRequest, shown: Shown, pk: int) -> Part:
    """One part with its lines, as of what `shown` shows. One query, of its own lines; none where the public's is kept.

    KeyError when it is a part of another kadernota.
    """
    if not shown.overview.with_drafts:
        return shown_programme(request, shown).part(pk)
    parts = known_kadernotas(request)[shown.kadernota]
    return load_programme(shown.kadernota, drafts=True, editions=shown.overview.editions, parts=parts, only=pk).part(pk)
