"""Handing out what is sealed: the stored bytes, named by their own hash."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from reports.sealing import SealedFile, bytes_of


def hand_out_sealed(request: HttpRequest, file: SealedFile) -> HttpResponse:
    """A sealed file. Its tag is its SHA-256, so who has it gets 304 without its bytes being read."""
    return hand_out(request, lambda: bytes_of(file), name=file.name, media_type=file.media_type, tag=file.sha256)


def hand_out(request: HttpRequest, make: Callable[[], bytes], *, name: str, media_type: str, tag: str) -> HttpResponse:
    """A file that is the same for everybody and may be kept, but is asked after each time."""
    quoted = f'"{tag}"'
    response = get_conditional_response(request, etag=quoted)
    if response is None:
        response = HttpResponse(make(), content_type=media_type)
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, no-cache"
    response["ETag"] = quoted
    return response
