"""Measurements: revisions of figures. Rows are replaced, never changed: see guards.py."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from indicators.domain.values import Value
from indicators.models.querysets import RevisionQuerySet
from indicators.models.structure import YEAR_CHECK, Area, Series
from indicators.models.value_columns import NO_VALUE, NUMBER, WITHHELD, value_checks, value_of
from priorities.models import Kadernota

models.TextField.register_lookup(Length)

LONGEST_EXPLANATION = 2000


class MeasurementQuerySet(RevisionQuerySet["Measurement"]):
    """Revisions of figures."""

    def of(self, kadernota: Kadernota) -> Self:
        """Return all revisions of the figures of `kadernota`, in all areas."""
        return self.filter(kadernota=kadernota)

    def whole_area(self) -> Self:
        """Return the revisions for the whole municipality."""
        return self.filter(area__is_whole=True)


class Measurement(models.Model):
    """One revision of the figure of a series, an area and a year. A correction is a row that replaces this one.

    A `retracted` revision takes the draft before it back: the last adopted revision of the figure counts again.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="measurements", db_index=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="measurements", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="measurements", db_index=False)
    year = models.PositiveSmallIntegerField("jaar")
    number = models.DecimalField("cijfer", null=True, **NUMBER)
    withheld = models.CharField("afgeschermd", max_length=1, blank=True, choices=WITHHELD)
    no_value = models.CharField("geen cijfer", max_length=3, blank=True, choices=NO_VALUE)
    provisional = models.BooleanField("voorlopig", default=False)
    sample = models.PositiveIntegerField("steekproef", null=True, help_text="Aantal ondervraagde personen.")
    explanation = models.TextField("toelichting", blank=True)
    source_note = models.CharField("herkomst", max_length=300, blank=True)
    retracted = models.BooleanField("teruggenomen", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("vastgelegd op")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        permissions = [("export_drafts", "Kan concepten uitvoeren")]
        default_permissions = ("add", "view")
        constraints = [
            *value_checks("measurement"),
            # Also the index by which the figures of a kadernota are found.
            models.UniqueConstraint(
                fields=["kadernota", "series", "area", "year"],
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
            models.CheckConstraint(
                name="measurement_retracted_replaces", condition=Q(retracted=False) | Q(replaces__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["kadernota", "year"], name="measurement_of")]

    def __str__(self) -> str:
        return f"{self.series} in {self.year}"

    @property
    def value(self) -> Value:
        """The value in the domain."""
        return value_of(self.number, self.withheld, self.no_value, self.provisional)
