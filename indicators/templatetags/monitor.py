"""Template tags of the monitor."""

from typing import Any

from django import template

from indicators.pages.layout import Layout, layout_for

register = template.Library()


@register.simple_tag(takes_context=True)
def page_layout(context: dict[str, Any]) -> Layout | None:
    """Return the layout of this page, from `selection` or `kadernota` in the context. None without a request."""
    request = context.get("request")
    return layout_for(request, context.get("selection"), context.get("kadernota")) if request else None
