"""Access to the pages of one year: log-in, method, kadernota, year and permission, in that order."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from indicators.actions.audit import denied_404
from priorities.models import Kadernota

View = Callable[..., HttpResponse]
Permission = Callable[[User | AnonymousUser], bool]
AnonymousView = Callable[[HttpRequest, str, int], HttpResponse]

PAGE_METHODS = ("GET", "HEAD", "POST")


def to_login(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Redirect to the log-in page, which leads back to this address."""
    return redirect_to_login(request.get_full_path())


def for_year(
    *, may: Permission, methods: Sequence[str] = PAGE_METHODS, anonymous: AnonymousView = to_login
) -> Callable[[View], View]:
    """Decorate a view of one year: it gets the kadernota instead of the slug of its address.

    Anonymous users get the answer of `anonymous`. An unknown kadernota, a year outside its period and a missing
    permission look the same: 404. The last is logged.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def respond(request: HttpRequest, slug: str, year: int, **rest: object) -> HttpResponse:
            if not request.user.is_authenticated:
                return anonymous(request, slug, year)
            return permitted(request, slug, year, **rest)

        @require_http_methods(list(methods))
        def permitted(request: HttpRequest, slug: str, year: int, **rest: object) -> HttpResponse:
            kadernota = get_object_or_404(Kadernota.objects.adopted(), slug=slug)
            check_year(kadernota.version.years, year)
            check_permission(request, kadernota, may=may)
            return view(request, kadernota, year, **rest)

        return respond

    return decorate


def get_permitted_kadernota(request: HttpRequest, slug: str, *, may: Permission) -> Kadernota:
    """Return the kadernota; raise Http404 if it does not exist or this user lacks permission."""
    kadernota = get_object_or_404(Kadernota.objects.adopted(), slug=slug)
    check_permission(request, kadernota, may=may)
    return kadernota


def check_permission(request: HttpRequest, kadernota: Kadernota, *, may: Permission) -> None:
    """Log the request and raise Http404 if this user lacks permission."""
    if not may(request.user):
        raise denied_404(request, request.path, kadernota_id=kadernota.pk)


def check_year(years: range, year: int) -> None:
    """Raise Http404 for a year outside the period of the kadernota."""
    if year not in years:
        raise Http404("Dit jaar hoort niet bij deze kadernota.")


def parse_year(years: range, text: str) -> int:
    """Return the year of a query parameter; raise Http404 for anything else than one of these years."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    check_year(years, year)
    return year


def user_of(request: HttpRequest) -> User:
    """Return the user of a request that passed a guard, for the type checker: never an anonymous one."""
    assert isinstance(request.user, User)
    return request.user
