"""The data of the interactive charts, for who asks for them: static/js/charts.js does, at the first press of a button.

Under the same rules as the page that the chart stands on: the public gets what is adopted, in its newest edition or in
the one that is asked for; who may see drafts gets these too.
"""

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from indicators.pages.indicator import course_id, has_chart
from indicators.pages.shown import load_shown

from ..charts import PRIORITY_CHART, component_figure, priority_figure
from ..public import public_page


@require_safe
@public_page
def indicator_grafiek(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """The charts of an indicator in one year: of each component its figure, by the name that it has on the page."""
    shown = load_shown(request, slug)
    row = shown.overview.row(code)
    if row is None:
        raise Http404("Deze indicator is er niet.")
    return JsonResponse(
        {
            course_id(part): component_figure(shown.overview, row, part, shown.year)
            for part in row.components
            if has_chart(part)
        }
    )


@require_safe
@public_page
def prioriteit_grafiek(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """The chart of a priority in one year, by the name that it has on the page."""
    shown = load_shown(request, slug)
    row = next((row for row in shown.overview.priorities if row.number == number), None)
    if row is None:
        raise Http404("Deze prioriteit is er niet.")
    return JsonResponse({PRIORITY_CHART: priority_figure(shown.overview, row, shown.year)})
