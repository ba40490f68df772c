"""Responses with a file to download."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from reports.sealing import SealedFile, bytes_of


def sealed_response(request: HttpRequest, file: SealedFile) -> HttpResponse:
    """Return a sealed file, or 304 without reading its bytes. Its ETag is its SHA-256."""
    return file_response(
        request, lambda: bytes_of(file), name=file.name, media_type=file.media_type, etag=f'"{file.sha256}"'
    )


def file_response(
    request: HttpRequest, content: Callable[[], bytes], *, name: str, media_type: str, etag: str | None
) -> HttpResponse:
    """Return a file as attachment, or 304 when the client has it; `content` is called only if needed.

    A file with an ETag (quotes included) is public and may be cached with revalidation. Without ETag it is private.
    """
    response = get_conditional_response(request, etag=etag) if etag else None
    if response is None:
        response = HttpResponse(content(), content_type=media_type)
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, no-cache" if etag else "no-store, private"
    if etag:
        response["ETag"] = etag
    return response
