"""Pages that look the same to everyone without an account: kept, and asked after instead of sent again.

The name of a page (its ETag) follows from what it is made of, so a browser that has the page gets "304" before
anything is loaded. Who is logged in gets a page of their own, which is kept nowhere (kadernota/middleware.py).
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from indicators.readmodel.cache import cache_version
from kadernota.version import code_version

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]

# With other words in its query a page is made anew, so that nobody fills the memory with pages that differ in nothing.
# So too a comparison (`van`, `naar`), as many as pairs of editions, and the answers to a search (`q`):
# both rest on a read model that is kept, and who asks the same again gets a 304.
KEPT_QUERIES = {"jaar", "editie", "bron", "status", "sort"}
KEPT_HEADERS = ("Content-Type", "Content-Disposition")
LARGEST = 256 * 1024  # bytes, compressed
# Of each process its own: at most 500 pages of some 10 kB. A page that changed has another name, so the hour (in
# seconds) only frees memory.
pages = LocMemCache("pages", {"TIMEOUT": 60 * 60, "OPTIONS": {"MAX_ENTRIES": 500}})
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


def public_page(view: View) -> View:
    """Answer who is not logged in with a page that may be kept: 304, from memory, or made now.

    The page may depend on the database, the address and the query; not on a cookie, the language or the moment. (A file
    tells when it was made: that is then when it was first asked for.)
    One that holds a token for a form, or sets a cookie, is not kept, and the log says so.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.user.is_authenticated or settings.DEBUG:
            return view(request, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:  # there may be a message waiting for this reader
            return _fresh(view(request, *args, **kwargs), "private, no-cache")
        name = _name(request)
        tag = f'W/"{name}"'
        response = get_conditional_response(request, etag=tag) or _kept(request, name)
        if response is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return _fresh(response, "no-cache")
            if _is_of_one_reader(request, response):
                logger.error("%s is declared public, but holds something of one reader", request.path)
                return _fresh(response, "private, no-store")
            response = _keep(request, name, response)
        response.headers["ETag"] = tag
        patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
        return _fresh(response, "public, no-cache")

    respond.is_public = True  # type: ignore[attr-defined]  # by which the tests find every such view
    return respond


def _fresh(response: HttpResponse, how: str) -> HttpResponse:
    response.headers.setdefault("Cache-Control", how)
    return response


def _name(request: HttpRequest) -> str:
    """Differs whenever the page might."""
    made_of = (
        cache_version(request),
        code_version(),
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        get_language(),
    )
    return hashlib.sha256("\n".join(map(str, made_of)).encode()).hexdigest()[:32]


def _is_of_one_reader(request: HttpRequest, response: HttpResponse) -> bool:
    return bool(response.cookies or response.streaming or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))


def _kept(request: HttpRequest, name: str) -> HttpResponse | None:
    found = pages.get(name)
    return _answer(request, *found) if found else None


def _keep(request: HttpRequest, name: str, response: HttpResponse) -> HttpResponse:
    """Keep the page, compressed once; of its headers only what it is, and the name of a file."""
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    kept = (gzip.compress(response.content, mtime=0), headers)
    asked = request.GET
    plain = set(asked) <= KEPT_QUERIES and all(len(asked.getlist(key)) == 1 for key in asked)
    if plain and len(kept[0]) <= LARGEST:
        pages.set(name, kept)
    return _answer(request, *kept)


def _answer(request: HttpRequest, compressed: bytes, headers: dict[str, str]) -> HttpResponse:
    if not ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(gzip.decompress(compressed), headers=headers)
    return HttpResponse(compressed, headers=headers | {"Content-Encoding": "gzip"})
