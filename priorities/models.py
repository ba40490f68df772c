"""The policy document: a kadernota and its parts."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

LONGEST_SLUG, LONGEST_TITLE = 60, 200
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# First path segments of the site's own pages, which hide a kadernota with that slug.
RESERVED_SLUGS = {"beheer", "inloggen", "uitloggen", "na-inloggen", "hoe-wij-oordelen", "toegankelijkheid", "static"}


def check_slug(slug: str) -> None:
    """Raise ValidationError unless `slug` can be the first path segment of a kadernota's pages."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise ValidationError(
            "Schrijf het adres in kleine letters, cijfers en streepjes, zoals veiligheid-2023-2026: "
            f"ten hoogste {LONGEST_SLUG} tekens."
        )
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"‘{slug}’ is het adres van een andere pagina.")


class Kadernota(models.Model):
    """A policy framework of one organisation, with its period, baseline year and target years."""

    slug = models.SlugField("adres", max_length=LONGEST_SLUG, unique=True, validators=[check_slug])
    title = models.CharField("titel", max_length=LONGEST_TITLE)
    organisation = models.CharField("organisatie", max_length=100)
    document = models.CharField("bron", max_length=300, blank=True)
    summary = models.TextField("samenvatting", blank=True)
    finances = models.TextField("financiën", blank=True, help_text="Wat de nota in het geheel zegt over geld.")
    is_practice = models.BooleanField("om te oefenen", default=False)
    first_year = models.PositiveSmallIntegerField("eerste jaar")
    last_year = models.PositiveSmallIntegerField("laatste jaar")
    baseline_year = models.PositiveSmallIntegerField("jaar van de nulmeting")
    first_target_year = models.PositiveSmallIntegerField("eerste streefjaar")

    class Meta:
        verbose_name = "kadernota"
        verbose_name_plural = "kadernota's"
        ordering = ["is_practice", "-first_year", "pk"]
        constraints = [
            models.CheckConstraint(
                name="kadernota_years_in_order",
                condition=Q(baseline_year__gte=1900)
                & Q(last_year__lte=2100)
                & Q(baseline_year__lt=F("first_year"))
                & Q(first_year__lte=F("first_target_year"))
                & Q(first_target_year__lte=F("last_year")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.organisation})"

    @property
    def years(self) -> range:
        """The years for which figures are recorded."""
        return range(self.first_year, self.last_year + 1)

    @property
    def target_years(self) -> range:
        """The years with targets."""
        return range(self.first_target_year, self.last_year + 1)


class PriorityKind(models.TextChoices):
    """The kind of a part of the kadernota. A theme has no indicators."""

    PRIORITY = "priority", "prioriteit"
    THEME = "theme", "overig veiligheidsthema"
    VTH = "vth", "vergunningen, toezicht en handhaving"


class Priority(models.Model):
    """A part of a kadernota, numbered within its kind: a priority, another theme, or the cycle of permits (VTH).

    The JSON lists have one plain text for each item. A theme has its actors in `partners`, its efforts in `approach`
    and its budget programmes in `budget`; the cycle of permits has its steps in `focus_points`.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="priorities", verbose_name="kadernota")
    kind = models.CharField("soort", max_length=10, choices=PriorityKind.choices, default=PriorityKind.PRIORITY)
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("naam", max_length=200)
    goal = models.TextField("doel in één zin", blank=True, help_text="Verplicht bij een prioriteit.")
    summary = models.TextField("samenvatting", blank=True)
    goals = models.JSONField("doelen", default=list, blank=True)
    focus_points = models.JSONField("focuspunten", default=list, blank=True, help_text="Lijst van naam en tekst.")
    approach = models.JSONField("aanpak", default=list, blank=True)
    partners = models.JSONField("partners", default=list, blank=True)
    budget = models.TextField("financiën", blank=True)

    class Meta:
        verbose_name = "prioriteit of thema"
        verbose_name_plural = "prioriteiten en thema's"
        ordering = ["kadernota", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "kind", "number"], name="priority_number_unique"),
            models.UniqueConstraint(fields=["kadernota"], condition=Q(kind="vth"), name="priority_one_vth"),
            models.CheckConstraint(name="priority_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="priority_kind_known", condition=Q(kind__in=PriorityKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.kind == PriorityKind.PRIORITY else self.name
