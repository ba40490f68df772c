"""The policy document: an organisation, its kadernota's, and their versions.

A kadernota is an identity; what it says is in its versions. A version that a decision adopted is never changed
(indicators/models/guards.py); one that no decision adopted is a draft, which the public does not see.
"""

import re
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

LONGEST_SLUG, LONGEST_TITLE = 60, 200
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Path segments of the site's own pages, which hide a kadernota with that slug: the first, and those of the workshop.
RESERVED_SLUGS = {
    "beheer",
    "inloggen",
    "uitloggen",
    "na-inloggen",
    "hoe-wij-oordelen",
    "kadernotas",
    "toegankelijkheid",
    "static",
    "werkplaats",
    "nieuw",
    "uit-blad",
}
VERSION_KINDS = [("substantive", "inhoudelijk"), ("editorial", "redactioneel")]


def check_slug(slug: str) -> None:
    """Raise ValidationError unless `slug` can be the first path segment of a kadernota's pages."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise ValidationError(
            "Schrijf het adres in kleine letters, cijfers en streepjes, zoals veiligheid-2023-2026: "
            f"ten hoogste {LONGEST_SLUG} tekens."
        )
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"‘{slug}’ is het adres van een andere pagina.")


class Organisation(models.Model):
    """A municipality, or another organisation that adopts kadernota's."""

    slug = models.SlugField("adres", max_length=LONGEST_SLUG, unique=True)
    name = models.CharField("naam", max_length=100)
    cbs_code = models.CharField("CBS-code", max_length=10, blank=True)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class KadernotaQuerySet(models.QuerySet["Kadernota"]):
    """Kadernota's."""

    def adopted(self) -> Self:
        """Return the kadernota's with an adopted version: those that the public sees."""
        return self.filter(
            models.Exists(Version.objects.filter(kadernota=models.OuterRef("pk"), decision__isnull=False))
        )


class Kadernota(models.Model):
    """A policy framework of one organisation: the root of its versions, figures and decisions."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="kadernotas", verbose_name="organisatie"
    )
    slug = models.SlugField("adres", max_length=LONGEST_SLUG, unique=True, validators=[check_slug])
    is_practice = models.BooleanField("om te oefenen", default=False)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="volgt op"
    )

    objects = KadernotaQuerySet.as_manager()

    class Meta:
        verbose_name = "kadernota"
        verbose_name_plural = "kadernota's"
        ordering = ["is_practice", "pk"]
        default_permissions = ()
        permissions = [("prepare_version", "Kan een versie van een kadernota voorbereiden")]
        constraints = [
            models.CheckConstraint(
                name="kadernota_not_its_own_predecessor",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @cached_property
    def version(self) -> "Version":
        """The newest adopted version. Raises Version.DoesNotExist when there is none. One query, once."""
        return self.versions.filter(decision__isnull=False).latest("decision__sequence")


class Version(models.Model):
    """What a kadernota says: its period and texts, and the rows that hang under it.

    A draft is a version that no decision points at. `reason` says what changed and why.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="versions", verbose_name="kadernota")
    kind = models.CharField("soort", max_length=11, choices=VERSION_KINDS, default="substantive")
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="gaat uit van")
    reason = models.TextField("wat verandert er, en waarom", blank=True)
    title = models.CharField("titel", max_length=LONGEST_TITLE)
    printed_organisation = models.CharField("organisatie zoals gedrukt", max_length=100)
    document = models.CharField("bron", max_length=300, blank=True)
    summary = models.TextField("samenvatting", blank=True)
    finances = models.TextField("financiën", blank=True)
    first_year = models.PositiveSmallIntegerField("eerste jaar")
    last_year = models.PositiveSmallIntegerField("laatste jaar")
    baseline_year = models.PositiveSmallIntegerField("jaar van de nulmeting")
    first_target_year = models.PositiveSmallIntegerField("eerste streefjaar")

    class Meta:
        verbose_name = "versie van een kadernota"
        verbose_name_plural = "versies van kadernota's"
        ordering = ["kadernota", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="version_kind_known", condition=Q(kind__in=[key for key, _ in VERSION_KINDS])),
            models.CheckConstraint(
                name="version_editorial_on_another",
                condition=Q(kind="substantive") | Q(based_on__isnull=False),
            ),
            models.CheckConstraint(
                name="version_years_in_order",
                condition=Q(baseline_year__gte=1900)
                & Q(last_year__lte=2100)
                & Q(baseline_year__lt=F("first_year"))
                & Q(first_year__lte=F("first_target_year"))
                & Q(first_target_year__lte=F("last_year")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.printed_organisation})"

    @property
    def years(self) -> range:
        """The years for which figures are recorded."""
        return range(self.first_year, self.last_year + 1)

    @property
    def target_years(self) -> range:
        """The years with targets."""
        return range(self.first_target_year, self.last_year + 1)


class Topic(models.Model):
    """The identity of a priority, theme or cycle of permits through all versions. Lines of the programme hang on it."""

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="topics", verbose_name="kadernota")
    key = models.SlugField("sleutel", max_length=60)

    class Meta:
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kadernota", "key"], name="topic_key_unique")]

    def __str__(self) -> str:
        return self.key


class PriorityKind(models.TextChoices):
    """The kind of a part of the kadernota. A theme has no indicators."""

    PRIORITY = "priority", "prioriteit"
    THEME = "theme", "overig veiligheidsthema"
    VTH = "vth", "vergunningen, toezicht en handhaving"


class Priority(models.Model):
    """What a version says about a topic: a priority, another theme, or the cycle of permits (VTH).

    It is numbered within its kind. The JSON lists have one plain text for each item. A theme has its actors in
    `partners`, its efforts in `approach` and its budget programmes in `budget`; the cycle of permits has its steps in
    `focus_points`.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="priorities", verbose_name="versie")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="priorities", verbose_name="onderwerp")
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
        ordering = ["version", "kind", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "topic"], name="priority_topic_unique"),
            models.UniqueConstraint(fields=["version", "kind", "number"], name="priority_number_unique"),
            models.UniqueConstraint(fields=["version"], condition=Q(kind="vth"), name="priority_one_vth"),
            models.CheckConstraint(name="priority_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="priority_kind_known", condition=Q(kind__in=PriorityKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.kind == PriorityKind.PRIORITY else self.name
