"""Starting the next kadernota, with the structure of this one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from indicators.actions import ActionRefused, start_next_kadernota
from indicators.models import Indicator
from indicators.pages.guards import get_permitted_kadernota, user_of
from indicators.pages.next_kadernota.forms import NextKadernotaForm, suggested_values
from kadernota import clock
from priorities.models import Kadernota, PriorityKind
from priorities.permissions import may_start_kadernota


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_next(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form that starts the next kadernota; by POST, start it."""
    kadernota = get_permitted_kadernota(request, slug, may=may_start_kadernota)
    if request.method != "POST":
        return _render(request, kadernota, NextKadernotaForm(initial=suggested_values(kadernota)))
    form = NextKadernotaForm(request.POST)
    if not form.is_valid():
        return _render(request, kadernota, form, status=422)
    try:
        started = start_next_kadernota(previous=kadernota, by=user_of(request), now=clock.now(), **form.cleaned_data)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _render(request, kadernota, form, status=409)
    messages.success(request, f"{started.title} is begonnen. De streefwaarden zijn nog leeg.")
    return HttpResponseRedirect(reverse("kadernota", args=[started.slug]), status=303)


def _render(request: HttpRequest, kadernota: Kadernota, form: NextKadernotaForm, *, status: int = 200) -> HttpResponse:
    context = {
        "kadernota": kadernota,
        "form": form,
        "priorities": kadernota.priorities.filter(kind=PriorityKind.PRIORITY).count(),
        "indicators": Indicator.objects.filter(
            priority__kadernota=kadernota, priority__kind=PriorityKind.PRIORITY, last_year__isnull=True
        ).count(),
    }
    return render(request, "next_kadernota/next_kadernota.html", context, status=status)
