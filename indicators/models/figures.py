"""Measurements, and the editions that adopt them. Rows are replaced, never changed: see guards.py."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from indicators.domain.formatting import format_value
from indicators.domain.values import Value
from indicators.models.querysets import RevisionQuerySet
from indicators.models.structure import YEAR_CHECK, Area, Component
from indicators.models.value_columns import NO_VALUE, NUMBER, WITHHELD, value_checks, value_of
from priorities.models import Kadernota

models.TextField.register_lookup(Length)

LONGEST_EXPLANATION = 2000
KINDS = [("adopted", "vastgesteld"), ("taken_over", "overgenomen")]


class MeasurementQuerySet(RevisionQuerySet["Measurement"]):
    """Revisions of figures."""

    def of(self, kadernota: Kadernota) -> Self:
        """Return all revisions of the figures of `kadernota`, in all areas."""
        return self.filter(component__indicator__priority__kadernota=kadernota)

    def whole_area(self) -> Self:
        """Return the revisions for the whole municipality."""
        return self.filter(area__is_whole=True)

    def adopted(self) -> Self:
        """Return all revisions that an edition holds, in the order of adoption: the last one of a figure counts."""
        return self.filter(entry__isnull=False).order_by("entry__edition_id", "pk")

    def as_of(self, edition_pk: int) -> Self:
        """Return all revisions adopted up to and including this edition, in the order of adoption."""
        return self.adopted().filter(entry__edition_id__lte=edition_pk)


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions."""

    def of(self, kadernota: Kadernota) -> Self:
        """Return the editions of `kadernota`, in the order of adoption."""
        return self.filter(kadernota=kadernota).order_by("pk")


class Measurement(models.Model):
    """One revision of the figure of a component, an area and a year. A correction is a row that replaces this one."""

    component = models.ForeignKey(Component, models.PROTECT, related_name="measurements", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="measurements", db_index=False)
    year = models.PositiveSmallIntegerField("jaar")
    number = models.DecimalField("cijfer", null=True, **NUMBER)
    withheld = models.CharField("afgeschermd", max_length=1, blank=True, choices=WITHHELD)
    no_value = models.CharField("geen cijfer", max_length=3, blank=True, choices=NO_VALUE)
    provisional = models.BooleanField("voorlopig", default=False)
    sample = models.PositiveIntegerField("steekproef", null=True, help_text="Aantal ondervraagde personen.")
    explanation = models.TextField("toelichting", blank=True)
    source_note = models.CharField("herkomst", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("vastgelegd op")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        permissions = [("export_drafts", "Kan concepten uitvoeren")]
        indexes = [models.Index(fields=["component", "area", "year"], name="measurement_of")]
        constraints = [
            *value_checks("measurement"),
            models.UniqueConstraint(
                fields=["component", "area", "year"],
                condition=Q(replaces__isnull=True),
                name="measurement_first_unique",
            ),
            models.CheckConstraint(name="measurement_year_plausible", condition=YEAR_CHECK),
            models.CheckConstraint(
                name="measurement_sample_counts", condition=Q(sample__isnull=True) | Q(sample__gt=0)
            ),
            models.CheckConstraint(
                name="measurement_explanation_short",
                condition=Q(explanation__length__lte=LONGEST_EXPLANATION),
            ),
            models.CheckConstraint(
                name="measurement_has_an_origin", condition=Q(recorded_by__isnull=False) | ~Q(source_note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} in {self.year}: {format_value(self.value, self.component.unit)}"

    @property
    def value(self) -> Value:
        """The value in the domain."""
        return value_of(self.number, self.withheld, self.no_value, self.provisional)


class Edition(models.Model):
    """The figures and lines of a year that were adopted together by the college, or taken over from published data.

    `size` and `line_count` are the numbers of figures and lines that it holds; the database refuses any more.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="editions", verbose_name="kadernota")
    year = models.PositiveSmallIntegerField("jaar")
    number = models.PositiveSmallIntegerField("nummer")
    kind = models.CharField("soort", max_length=10, choices=KINDS)
    adopted_on = models.DateField("vastgesteld op", null=True)
    decision = models.CharField("besluit", max_length=100, blank=True)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.CharField("bron", max_length=200, blank=True)
    retrieved_on = models.DateField("overgenomen op", null=True)
    size = models.PositiveIntegerField("aantal cijfers")
    line_count = models.PositiveIntegerField("aantal regels van het programma", default=0)
    content_hash = models.CharField("vingerafdruk", max_length=64)
    recorded_at = models.DateTimeField("vastgelegd op")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ["kadernota", "pk"]
        permissions = [("adopt_edition", "Kan vaststellen wat een ander vastlegde")]
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "year", "number"], name="edition_number_unique"),
            models.CheckConstraint(name="edition_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="edition_adopted_or_taken_over",
                condition=(
                    Q(
                        kind="adopted",
                        adopted_on__isnull=False,
                        adopted_by__isnull=False,
                        retrieved_on__isnull=True,
                    )
                    & ~Q(decision="")
                )
                | (
                    Q(kind="taken_over", adopted_on__isnull=True, adopted_by__isnull=True, decision="")
                    & Q(retrieved_on__isnull=False)
                    & ~Q(source="")
                ),
            ),
            models.CheckConstraint(name="edition_year_plausible", condition=YEAR_CHECK),
            models.CheckConstraint(name="edition_holds_something", condition=Q(size__gte=1) | Q(line_count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class EditionEntry(models.Model):
    """A revision that an edition holds. A revision is adopted once."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    measurement = models.OneToOneField(Measurement, models.PROTECT, related_name="entry")

    class Meta:
        verbose_name = "vastgestelde meting"
        verbose_name_plural = "vastgestelde metingen"

    def __str__(self) -> str:
        return f"{self.measurement} (editie {self.edition})"
