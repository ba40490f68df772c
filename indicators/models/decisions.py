"""The chain of decisions of a kadernota, and what each decision fixes.

What a decision fixes is stored first (a version, an edition with its entries, a correction, the witness); the decision
is inserted last and closes it: see guards.py.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from indicators.models.figures import Measurement
from indicators.models.programme import ProgrammeLine
from indicators.models.structure import YEAR_CHECK
from priorities.models import Kadernota, Version

models.CharField.register_lookup(Length)

LONGEST_REFERENCE = 100
NOTA, YEAR, TAKEN_OVER, CORRECTION = "nota", "year", "taken_over", "correction"
DECISION_KINDS = [
    (NOTA, "kadernota vastgesteld"),
    (YEAR, "jaar vastgesteld"),
    (TAKEN_OVER, "overgenomen"),
    (CORRECTION, "verbetering van een besluit"),
]


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions."""

    def of(self, kadernota: Kadernota) -> Self:
        """Return the editions of `kadernota` that a decision adopted, in the order of adoption."""
        return self.filter(kadernota=kadernota, decision__isnull=False).order_by("decision__sequence")


class Edition(models.Model):
    """The figures and lines of a year that one decision fixes, and the version that the year is judged under.

    An edition that `rejudges` its year under a newer version may have no entries; one person proposes that, another
    takes the decision.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="editions", verbose_name="kadernota")
    year = models.PositiveSmallIntegerField("jaar")
    number = models.PositiveSmallIntegerField("nummer")
    version = models.ForeignKey(Version, models.PROTECT, related_name="editions", verbose_name="beoordeeld volgens")
    rejudges = models.BooleanField("opnieuw beoordeeld", default=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ["kadernota", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "year", "number"], name="edition_number_unique"),
            models.CheckConstraint(name="edition_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="edition_year_plausible", condition=YEAR_CHECK),
            models.CheckConstraint(
                name="edition_rejudging_proposed", condition=Q(rejudges=False) | Q(proposed_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class EditionEntry(models.Model):
    """A revision of a figure or of a line that an edition holds. A revision is adopted once."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    measurement = models.OneToOneField(Measurement, models.PROTECT, null=True, related_name="entry")
    line = models.OneToOneField(ProgrammeLine, models.PROTECT, null=True, related_name="entry")

    class Meta:
        verbose_name = "onderdeel van een editie"
        verbose_name_plural = "onderdelen van edities"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="entry_figure_or_line",
                condition=Q(measurement__isnull=False, line__isnull=True)
                | Q(measurement__isnull=True, line__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measurement or self.line} (editie {self.edition})"


class Correction(models.Model):
    """A correction of the date or reference of an earlier decision, or a remark on it. The last one counts."""

    corrected = models.ForeignKey(
        "Decision", models.PROTECT, related_name="corrections", verbose_name="verbeterd besluit"
    )
    reference = models.CharField("verwijzing", max_length=LONGEST_REFERENCE, blank=True)
    decided_on = models.DateField("besluit van", null=True)
    remark = models.TextField("opmerking")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "verbetering van een besluit"
        verbose_name_plural = "verbeteringen van besluiten"
        default_permissions = ()
        constraints = [models.CheckConstraint(name="correction_remark_given", condition=~Q(remark=""))]


class Witness(models.Model):
    """The names behind a decision, as they were: recorders, editors, proposer and adopter.

    `content` is canonical JSON with a random salt. The public sees its hash only.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="+")
    content = models.TextField("inhoud")

    class Meta:
        verbose_name = "getuigenis"
        verbose_name_plural = "getuigenissen"
        default_permissions = ()
        constraints = [models.CheckConstraint(name="witness_content_given", condition=~Q(content=""))]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def of(self, kadernota: Kadernota) -> Self:
        """Return the chain of `kadernota`."""
        return self.filter(kadernota=kadernota).order_by("sequence")


class Decision(models.Model):
    """A link of the chain of a kadernota: what was decided, by whom, and the hashes that prove it.

    A decision that was taken over from a publication has a source instead of an adopter. `previous` is the chain hash
    of the decision before, `manifest` the hash of the newest manifest of sealed documents when it was taken.
    """

    kadernota = models.ForeignKey(
        Kadernota, models.PROTECT, related_name="decisions", verbose_name="kadernota", db_index=False
    )
    sequence = models.PositiveIntegerField("volgnummer")
    kind = models.CharField("soort", max_length=10, choices=DECISION_KINDS)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="decision")
    edition = models.OneToOneField(Edition, models.PROTECT, null=True, related_name="decision")
    correction = models.OneToOneField(Correction, models.PROTECT, null=True, related_name="decision")
    witness = models.OneToOneField(Witness, models.PROTECT, related_name="decision")
    reference = models.CharField("besluit", max_length=LONGEST_REFERENCE, blank=True)
    decided_on = models.DateField("besluit van", null=True)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.CharField("bron", max_length=300, blank=True)
    retrieved_on = models.DateField("overgenomen op", null=True)
    confirmations = models.JSONField("bevestigd", default=list)
    rules_version = models.PositiveSmallIntegerField("versie van de regels")
    recorded_at = models.DateTimeField("vastgelegd op")
    previous = models.CharField("vorige schakel", max_length=64)
    manifest = models.CharField("laatste manifest", max_length=64, blank=True)
    content_hash = models.CharField("hash van de inhoud", max_length=64)
    witness_hash = models.CharField("hash van de getuigenis", max_length=64)
    chain_hash = models.CharField("schakel", max_length=64)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["kadernota", "sequence"]
        default_permissions = ()
        permissions = [("adopt", "Kan vaststellen wat een ander vastlegde of voorbereidde")]
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "sequence"], name="decision_sequence_unique"),
            models.CheckConstraint(name="decision_sequence_from_one", condition=Q(sequence__gte=1)),
            models.CheckConstraint(
                name="decision_fixes_one_thing",
                condition=Q(kind=NOTA, version__isnull=False, edition__isnull=True, correction__isnull=True)
                | Q(kind__in=[YEAR, TAKEN_OVER], version__isnull=True, edition__isnull=False, correction__isnull=True)
                | Q(kind=CORRECTION, version__isnull=True, edition__isnull=True, correction__isnull=False),
            ),
            # Without an adopter only what was taken over from a publication: the first version, and figures.
            models.CheckConstraint(
                name="decision_adopted_or_taken_over",
                condition=(
                    Q(adopted_by__isnull=False, decided_on__isnull=False, source="", retrieved_on__isnull=True)
                    & Q(kind__in=[NOTA, YEAR, CORRECTION])
                    & ~Q(reference="")
                )
                | (
                    Q(adopted_by__isnull=True, retrieved_on__isnull=False)
                    & (Q(kind=TAKEN_OVER) | Q(kind=NOTA, sequence=1))
                    & ~Q(source="")
                ),
            ),
            models.CheckConstraint(
                name="decision_hashes_whole",
                condition=Q(
                    previous__length=64, content_hash__length=64, witness_hash__length=64, chain_hash__length=64
                )
                & (Q(manifest="") | Q(manifest__length=64)),
            ),
            models.CheckConstraint(name="decision_rules_from_one", condition=Q(rules_version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"besluit {self.sequence}"
