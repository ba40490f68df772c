"""HTTP caching for public pages: a page cache in each process, ETags and 304 responses.

The ETag of a page is its cache key (`page_key`), so a browser that has the page gets 304 Not Modified before anything
is loaded. Logged-in users get a fresh page each time, which no cache stores (kadernota/middleware.py).
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from indicators.pages.selection import front_head, head_of
from indicators.readmodel.public import site_key
from kadernota.version import code_version

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
Scope = Callable[..., object]
Entry = tuple[bytes, dict[str, str]]  # of the page cache: the compressed content and the headers

# Pages with other query parameters are not stored: anybody could fill the memory with invented ones. Nor are
# comparisons (`van`, `naar`) and searches (`q`): there are too many, and their read models are cached.
CACHED_QUERIES = {"jaar", "editie", "bron", "status", "sort"}
CACHED_HEADERS = ("Content-Type", "Content-Disposition")
MAX_BYTES = 256 * 1024  # compressed
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


def page_key(request: HttpRequest, scope: object) -> str:
    """Return the cache key of a page: it differs whenever the page may differ. `scope` is what its content hangs on."""
    parts = (
        scope,
        code_version(),
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        get_language(),
    )
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def page_scope(request: HttpRequest, slug: str = "", **_: object) -> object:
    """Return what a page of a kadernota hangs on: the head of its chain. Without a slug: that of the front page."""
    head = head_of(request, slug) if slug else front_head(request)
    return head.key if head else None


def site_scope(request: HttpRequest, **_: object) -> object:
    """Return what a page about all kadernota's hangs on: the newest decision of any."""
    return site_key()


def public_page(view: View, scope: Scope = page_scope) -> View:
    """Serve anonymous visitors from the page cache or with 304 Not Modified.

    The page may depend on the database, the address and the query; not on cookies, the language or the time. (The
    creation time inside a file is that of the first request for it.) A page with a CSRF token or a cookie is not
    cached, and logged as an error.
    """

    def cached_view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        key = page_key(request, scope(request, **kwargs))
        tag = f'W/"{key}"'
        not_modified = get_conditional_response(request, etag=tag)
        if not_modified is not None:
            not_modified.headers["ETag"] = tag
            return not_modified
        entry: Entry | None = caches["pages"].get(key)
        if entry is None:
            response = view(request, **kwargs)
            if response.status_code != 200 or _is_personal(request, response):
                return response
            entry = _entry(response)
            if _may_be_stored(request, entry):
                caches["pages"].set(key, entry)
        cached = _cached_response(request, *entry)
        cached.headers["ETag"] = tag
        return cached

    @wraps(view)
    def respond(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.user.is_authenticated or settings.DEBUG:
            return view(request, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:  # a message may be waiting for this visitor
            response, cache_control = view(request, **kwargs), "private, no-cache"
        else:
            response = cached_view(request, **kwargs)
            cache_control = "public, no-cache"
            if _is_personal(request, response):
                logger.error("%s is declared public, but holds something of one reader", request.path)
                cache_control = "private, no-store"
            elif response.status_code not in (200, 304):
                cache_control = "no-cache"
            if cache_control == "public, no-cache":
                patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
            else:
                response.headers.pop("ETag", None)
        response.headers.setdefault("Cache-Control", cache_control)
        return response

    respond.is_public = True  # type: ignore[attr-defined]  # the tests find every public view by it
    return respond


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a response sets a cookie or holds a CSRF token; a stream cannot be checked."""
    return bool(response.cookies or response.streaming or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))


def _entry(response: HttpResponse) -> Entry:
    headers = {name: response.headers[name] for name in CACHED_HEADERS if name in response.headers}
    return gzip.compress(response.content, mtime=0), headers


def _may_be_stored(request: HttpRequest, entry: Entry) -> bool:
    query = request.GET
    is_plain = set(query) <= CACHED_QUERIES and all(len(query.getlist(name)) == 1 for name in query)
    return is_plain and len(entry[0]) <= MAX_BYTES


def _cached_response(request: HttpRequest, compressed: bytes, headers: dict[str, str]) -> HttpResponse:
    if not ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(gzip.decompress(compressed), headers=headers)
    return HttpResponse(compressed, headers=headers | {"Content-Encoding": "gzip"})
