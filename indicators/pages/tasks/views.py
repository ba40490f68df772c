"""The tasks of an officer, and the page that each user starts on after logging in."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.pages.guards import get_permitted_kadernota, parse_year, user_of
from indicators.pages.selection import Selection, front_kadernota
from indicators.pages.tasks.page import build_todo, latest_open_year
from indicators.readmodel.tasks import load_tasks
from kadernota import clock
from priorities.permissions import may_adopt, may_record


@login_required
@require_safe
def task_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the tasks of a year by source, with the deadline."""
    kadernota = get_permitted_kadernota(request, slug, may=may_record)
    tasks, today = load_tasks(kadernota), clock.today()
    text = request.GET.get("jaar", "")
    year = parse_year(kadernota, text) if text else latest_open_year(tasks, today=today)
    page = build_todo(tasks, year, today=today)
    return render(request, "tasks/tasks.html", {"selection": Selection(kadernota, tasks.recorded, year), "page": page})


@login_required
@require_safe
def after_login(request: HttpRequest) -> HttpResponse:
    """Redirect to the tasks, the drafts to adopt, the admin, or the start page: the first that this user may see."""
    return HttpResponseRedirect(_start_url(user_of(request), today=clock.today()))


def _start_url(user: User, *, today: date) -> str:
    kadernota = front_kadernota()
    if kadernota and may_record(user):
        return reverse("mijn-werk", args=[kadernota.slug])
    if kadernota and may_adopt(user):
        tasks = load_tasks(kadernota)
        drafted = [year for year in kadernota.years if tasks.drafts(year)]
        year = max(drafted, default=0) or latest_open_year(tasks, today=today)
        return reverse("vaststellen", args=[kadernota.slug, year])
    return reverse("admin:index") if user.is_staff else reverse("begin")
