"""The models of the administration and the addresses of its pages."""

from django.contrib.admin import ModelAdmin, site
from django.db.models import Model

# What the beheerder keeps, and what is only looked at; each with its app.
STRUCTURE = (
    "priorities.kadernota", "priorities.priority", "indicators.source", "indicators.area", "indicators.indicator",
    "indicators.component", "indicators.baseline", "indicators.reading", "indicators.break", "indicators.deadline",
)  # fmt: skip
LOOKED_AT = (
    "indicators.measurement", "indicators.target", "indicators.edition", "indicators.editionentry",
    "indicators.auditevent",
)  # fmt: skip


def own_admins() -> dict[str, ModelAdmin]:
    """Return the admin of each of our models, by app and model."""
    ours: dict[type[Model], ModelAdmin] = {
        model: admin for model, admin in site._registry.items() if model._meta.app_label in ("priorities", "indicators")
    }
    return {model._meta.label_lower: admin for model, admin in ours.items()}


def address(label: str, page: str) -> str:
    """Return the name of an admin page for `reverse`, for example of (indicators.area, changelist)."""
    return f"admin:{label.replace('.', '_')}_{page}"
