"""Headers that Django and django-csp do not set themselves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def permissions_policy(get_response: Respond) -> Respond:
    """Add a Permissions-Policy: no page uses the camera, the microphone or the location."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return respond


def no_store_for_staff(get_response: Respond) -> Respond:
    """Set Cache-Control: no-store for logged-in users, whose pages may contain drafts, and no-cache for others.

    Must come after the authentication middleware. For logged-in users it overrides the header of the view. A public
    response may be stored, but must be revalidated: it may date from before the latest edition.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return respond
