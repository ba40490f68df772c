"""Changing a target by a decision of the council: what it would do is shown before it is recorded."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from indicators.actions import ActionRefused, change_target
from indicators.actions.audit import refused
from indicators.models import Component
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection
from indicators.pages.target.page import Preview, TargetForm, build_target_page, preview, standing_targets
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import IndicatorRow
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_change_target


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_target_page(request: HttpRequest, slug: str, code: str, year: int) -> HttpResponse:
    """Show the targets of an indicator in a year; by POST first show what a new one does, then record it."""
    selection, row = _load(request, slug, code, year)
    components = _components(row)
    today = clock.today()
    if request.method != "POST":
        fresh = TargetForm(components=components, today=today, initial={"seen": standing_targets(row, year)})
        return _page(request, selection, row, fresh)
    form = TargetForm(request.POST, components=components, today=today)
    if not form.is_valid():
        return _page(request, selection, row, form, status=422)
    facts = form.cleaned_data
    change = preview(selection.overview, row, year, facts["component"], form.rule)
    if request.POST.get("viewed") != change.viewed or "vastleggen" not in request.POST:
        return _page(request, selection, row, form, change=change)
    try:
        target = change_target(
            component=components[facts["component"]],
            year=year,
            text=facts["text"],
            decision=facts["decision"],
            decided_on=facts["decided_on"],
            reason=facts["reason"],
            by=request.user,
            now=clock.now(),
            seen=facts["seen"].get(facts["component"]),
        )
    except ActionRefused as why:
        form.add_error(None, str(why))
        return _page(request, selection, row, _with_present_targets(form, row, year), status=409)
    messages.success(
        request, f"De streefwaarde van {change.label} voor {year} is nu {change.after}, bij besluit {target.decision}."
    )
    return HttpResponseRedirect(links_for(request, selection).indicator(row.code), status=303)


def _load(request: HttpRequest, slug: str, code: str, year: int) -> tuple[Selection, IndicatorRow]:
    kadernota = get_object_or_404(Kadernota, slug=slug)
    if not may_change_target(request.user):
        raise refused(request, request.path, kadernota_id=kadernota.pk)
    if year not in kadernota.years:
        raise Http404("Dit jaar hoort niet bij deze kadernota.")
    overview = load_overview(kadernota)
    row = overview.row(code)
    if row is None or not row.counts_in(year):
        raise Http404("Deze indicator is er niet, of hij wordt dit jaar niet gevolgd.")
    return Selection(kadernota, overview, year), row


def _components(row: IndicatorRow) -> dict[int, Component]:
    rows = Component.objects.filter(indicator_id=row.pk).select_related("indicator__priority__kadernota")
    return {component.pk: component for component in rows.order_by("order")}


def _with_present_targets(form: TargetForm, row: IndicatorRow, year: int) -> TargetForm:
    """The same form over what stands there now: the page shows it, so a next press of the button means it."""
    form.data = form.data.copy()
    form.data["seen"] = form.fields["seen"].prepare_value(standing_targets(row, year))
    return form


def _page(
    request: HttpRequest,
    selection: Selection,
    row: IndicatorRow,
    form: TargetForm,
    *,
    change: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    if status == 409:
        selection = Selection(selection.kadernota, load_overview(selection.kadernota), selection.year)
        row = selection.overview.row(row.code) or row
    context = {
        "selection": selection,
        "row": row,
        "form": form,
        "change": change,
        "page": build_target_page(selection.overview, row, selection.year),
        "indicator_url": links_for(request, selection).indicator(row.code),
    }
    return render(request, "target/target.html", context, status=status)
