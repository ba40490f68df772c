"""The annual programme: activities and amounts. Rows are replaced, never changed: see guards.py."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from indicators.domain.programme import ActivityState, LineKind
from indicators.models.figures import LONGEST_EXPLANATION
from indicators.models.querysets import RevisionQuerySet
from indicators.models.structure import YEAR_CHECK
from indicators.models.value_columns import DecimalSize
from priorities.models import Kadernota, Topic

models.CharField.register_lookup(Length)

AMOUNT: DecimalSize = {"max_digits": 14, "decimal_places": 2}
TOO_MUCH = Decimal(10) ** 12
# In characters. A result is as long as an explanation of a figure.
LONGEST_LINE = {"effort": 500, "title": 300, "partners": 500, "planned": 100, "result": LONGEST_EXPLANATION}


def _in_range(name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0, f"{name}__lt": TOO_MUCH})


class LineQuerySet(RevisionQuerySet["ProgrammeLine"]):
    """Revisions of lines of the programme."""

    def of(self, kadernota: Kadernota) -> Self:
        """Return all revisions of the lines of `kadernota`, withdrawn ones too."""
        return self.filter(kadernota=kadernota)


class ProgrammeLine(models.Model):
    """One revision of a line of a year's programme: an activity, or an amount with its purpose.

    A change is a row that replaces this one. A withdrawn line was entered by mistake; `result` says why. A `retracted`
    revision takes the draft before it back: the last adopted revision of the line counts again.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="lines", db_index=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="lines", verbose_name="onderdeel van de nota")
    kind = models.CharField("soort", max_length=10, choices=[(kind.value, kind.word) for kind in LineKind])
    year = models.PositiveSmallIntegerField("jaar")
    effort = models.CharField("wij zetten in op", max_length=LONGEST_LINE["effort"], blank=True)
    title = models.CharField("wat", max_length=LONGEST_LINE["title"])
    partners = models.CharField("met wie", max_length=LONGEST_LINE["partners"], blank=True)
    planned = models.CharField("wanneer", max_length=LONGEST_LINE["planned"], blank=True)
    state = models.CharField(
        "stand", max_length=10, blank=True, choices=[(state.value, state.word) for state in ActivityState]
    )
    result = models.TextField("resultaat of toelichting", blank=True)
    budget = models.DecimalField("begroot", null=True, blank=True, **AMOUNT)
    spent = models.DecimalField("besteed", null=True, blank=True, **AMOUNT)
    withdrawn = models.BooleanField("ingetrokken", default=False)
    retracted = models.BooleanField("teruggenomen", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("vastgelegd op")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "regel van het programma"
        verbose_name_plural = "regels van het programma"
        default_permissions = ()
        indexes = [models.Index(fields=["kadernota", "year"], name="line_of")]
        constraints = [
            models.CheckConstraint(
                name="line_state_fits_kind",
                condition=Q(kind=LineKind.ACTIVITY.value, state__in=[state.value for state in ActivityState])
                | Q(kind=LineKind.FINANCE.value, state=""),
            ),
            models.CheckConstraint(name="line_titled", condition=~Q(title="")),
            models.CheckConstraint(name="line_year_plausible", condition=YEAR_CHECK),
            models.CheckConstraint(name="line_amounts_in_range", condition=_in_range("budget") & _in_range("spent")),
            models.CheckConstraint(
                name="line_texts_short",
                condition=Q(
                    effort__length__lte=LONGEST_LINE["effort"],
                    title__length__lte=LONGEST_LINE["title"],
                    partners__length__lte=LONGEST_LINE["partners"],
                    planned__length__lte=LONGEST_LINE["planned"],
                    result__length__lte=LONGEST_LINE["result"],
                ),
            ),
            models.CheckConstraint(
                name="line_withdrawn_with_reason",
                condition=Q(withdrawn=False) | (Q(replaces__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="line_retracted_replaces", condition=Q(retracted=False) | Q(replaces__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"
