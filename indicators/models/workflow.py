"""The workflow: deadlines, reminders, figures sent back, rows of open data, and the audit log."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.models.figures import Measurement
from indicators.models.programme import ProgrammeLine
from indicators.models.structure import YEAR_CHECK, Series, Source
from priorities.models import Kadernota

RESULTS = [("done", "gedaan"), ("refused", "geweigerd")]


class Deadline(models.Model):
    """The last day on which a source delivers its figures of a year."""

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="deadlines", verbose_name="kadernota")
    source = models.ForeignKey(Source, models.PROTECT, related_name="deadlines", verbose_name="bron")
    year = models.PositiveSmallIntegerField("jaar")
    due_on = models.DateField("uiterlijk op")

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        default_permissions = ()
        ordering = ["kadernota", "year", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "source", "year"], name="deadline_unique"),
            models.CheckConstraint(name="deadline_year_plausible", condition=YEAR_CHECK),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year}: {self.due_on}"


class Reminder(models.Model):
    """A reminder of a deadline, sent to a person at most once."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("verstuurd op")

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["deadline", "recipient"], name="reminder_once")]


class SentBack(models.Model):
    """A revision of a figure or line that an adopter sent back, with the reason. The next revision answers it."""

    measurement = models.OneToOneField(Measurement, models.PROTECT, null=True, related_name="sent_back")
    line = models.OneToOneField(ProgrammeLine, models.PROTECT, null=True, related_name="sent_back")
    reason = models.TextField("reden")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("teruggestuurd op")

    class Meta:
        verbose_name = "teruggestuurd concept"
        verbose_name_plural = "teruggestuurde concepten"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="sent_back_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="sent_back_figure_or_line",
                condition=Q(measurement__isnull=False, line__isnull=True)
                | Q(measurement__isnull=True, line__isnull=False),
            ),
        ]


class OpenDataRow(models.Model):
    """The component that a row of a published table is for: set by an officer, used by every later import."""

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="open_data_rows", verbose_name="kadernota")
    row_name = models.CharField("naam van de rij", max_length=200)
    column_name = models.CharField("naam van de kolom", max_length=200)
    series = models.ForeignKey(Series, models.PROTECT, related_name="open_data_rows", verbose_name="reeks")

    class Meta:
        verbose_name = "koppeling met open data"
        verbose_name_plural = "koppelingen met open data"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "row_name", "column_name"], name="open_data_row_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.row_name} → {self.series}"


class AuditEvent(models.Model):
    """An event in the audit log: who did what, to what, when, from where, and whether it was refused."""

    at = models.DateTimeField("tijdstip", db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="wie")
    actor_name = models.CharField("naam", max_length=150, blank=True)
    action = models.CharField("handeling", max_length=40)
    subject = models.CharField("waarop", max_length=200, blank=True)
    result = models.CharField("uitkomst", max_length=10, choices=RESULTS, default="done")
    origin = models.CharField("vanwaar", max_length=60, blank=True)
    # Without a constraint: the log outlives a kadernota that is thrown away before its first decision.
    kadernota = models.ForeignKey(
        Kadernota, models.DO_NOTHING, null=True, related_name="+", verbose_name="kadernota", db_constraint=False
    )

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="audit_result_known", condition=Q(result__in=["done", "refused"])),
            models.CheckConstraint(name="audit_action_named", condition=~Q(action="")),
        ]
