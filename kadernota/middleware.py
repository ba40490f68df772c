"""Headers that Django and django-csp do not set themselves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]

# Nothing here needs a sensor, a place, a payment or another window.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def permissions_policy(get_response: Respond) -> Respond:
    """Tell the browser that no page uses camera, microphone, location and such."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return respond


def no_store_for_staff(get_response: Respond) -> Respond:
    """Keep every answer to a logged-in person out of all caches: it may hold a draft.

    Stands below the authentication middleware. It overwrites what a view says, because no page for a
    logged-in person is worth the risk that the next one at the same machine finds it. What the public gets may
    be kept, but is asked after each time: a cache must not hold on to figures from before the last edition.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return respond
