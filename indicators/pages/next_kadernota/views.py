"""Starting the next kadernota from this one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from indicators.actions import ActionRefused, start_next_kadernota
from indicators.actions.audit import refused
from indicators.models import Indicator
from indicators.pages.next_kadernota.forms import NextKadernotaForm, suggested
from kadernota import clock
from priorities.models import Kadernota, PriorityKind
from priorities.permissions import may_start_kadernota


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_next(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form with which the next kadernota begins; by POST, start it."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    if not may_start_kadernota(request.user):
        raise refused(request, request.path, kadernota_id=kadernota.pk)
    if request.method != "POST":
        return _page(request, kadernota, NextKadernotaForm(initial=suggested(kadernota)))
    form = NextKadernotaForm(request.POST)
    if not form.is_valid():
        return _page(request, kadernota, form, status=422)
    try:
        started = start_next_kadernota(previous=kadernota, by=request.user, now=clock.now(), **form.cleaned_data)
    except ActionRefused as why:
        form.add_error(None, str(why))
        return _page(request, kadernota, form, status=409)
    messages.success(request, f"{started.title} is begonnen. De streefwaarden zijn nog leeg.")
    return HttpResponseRedirect(reverse("kadernota", args=[started.slug]), status=303)


def _page(request: HttpRequest, kadernota: Kadernota, form: NextKadernotaForm, *, status: int = 200) -> HttpResponse:
    context = {
        "kadernota": kadernota,
        "form": form,
        "priorities": kadernota.priorities.filter(kind=PriorityKind.PRIORITY).count(),
        "indicators": Indicator.objects.filter(
            priority__kadernota=kadernota, priority__kind=PriorityKind.PRIORITY, last_year__isnull=True
        ).count(),
    }
    return render(request, "next_kadernota/next_kadernota.html", context, status=status)
