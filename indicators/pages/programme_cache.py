"""The programme that a page shows, kept under the stamp of what the public sees; drafts only for who sees them."""

from django.http import HttpRequest

from indicators.pages.selection import Selection, known_kadernotas
from indicators.readmodel.cache import cache_version, cached
from indicators.readmodel.programme import Part, Programme, load_programme


def load_selected_programme(request: HttpRequest, selection: Selection) -> Programme:
    """The programme as of what `selection` shows. One query; none where the public's is kept."""
    overview, kadernota = selection.overview, selection.kadernota
    parts = known_kadernotas(request)[kadernota]
    if overview.with_drafts:
        return load_programme(kadernota, drafts=True, editions=overview.editions, parts=parts)
    key = ("programme", kadernota.pk, overview.edition.pk if overview.edition else None)
    return cached(
        cache_version(request),
        key,
        lambda: load_programme(kadernota, edition=overview.edition, editions=overview.editions, parts=parts),
    )


def load_selected_part(request: HttpRequest, selection: Selection, pk: int) -> Part:
    """Return one part with its lines. One query; none where the public version is cached.

    KeyError when it is a part of another kadernota.
    """
    if not selection.overview.with_drafts:
        return load_selected_programme(request, selection).part(pk)
    parts = known_kadernotas(request)[selection.kadernota]
    return load_programme(
        selection.kadernota, drafts=True, editions=selection.overview.editions, parts=parts, only=pk
    ).part(pk)
