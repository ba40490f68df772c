"""Template tags of the monitor: one line each over a function that says it all."""

from typing import Any

from django import template

from indicators.pages.layout import Layout, layout_for

register = template.Library()


@register.simple_tag(takes_context=True)
def page_frame(context: dict[str, Any]) -> Layout | None:
    """The frame of this page, from `selection` (or only `kadernota`) in its context; None without a request."""
    request = context.get("request")
    return layout_for(request, context.get("selection"), context.get("kadernota")) if request else None
