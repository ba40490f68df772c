"""What a version says about figures: indicators with components, baselines, targets, breaks and readings.

A version that a decision adopted is never changed, and neither are these rows: see guards.py. Source, area and series
are identities of their own, which all versions share.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q

from indicators.domain.formatting import format_value
from indicators.domain.naming import component_label
from indicators.domain.targets import SIGNS, Bound, Sign, TargetRule, format_target
from indicators.domain.values import Direction, Role, Unit, UnitKind, Value, takes_sample
from indicators.models.value_columns import NO_VALUE, NUMBER, WITHHELD, value_checks, value_of
from priorities.models import Kadernota, Organisation, Priority, Version

YEAR_CHECK = Q(year__gte=1900, year__lte=2100)
UNITS = [("count", "aantal"), ("percentage", "percentage"), ("grade", "rapportcijfer")]
DIRECTIONS = [("lower", "lager is beter"), ("higher", "hoger is beter")]
ROLES = [("effort", "prestatie"), ("effect", "effect")]


class Source(models.Model):
    """An organisation that delivers figures. Its name is never changed: another name is another source."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sources", verbose_name="organisatie")
    name = models.CharField("naam", max_length=60)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="source_name_unique")]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """The area that a figure is about. The whole municipality is the default."""

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="areas", verbose_name="kadernota")
    code = models.SlugField("code", max_length=60)
    name = models.CharField("naam", max_length=100)
    is_whole = models.BooleanField("hele gemeente", default=False)

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        default_permissions = ()
        ordering = ["kadernota", "-is_whole", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "code"], name="area_code_unique"),
            models.UniqueConstraint(fields=["kadernota"], condition=Q(is_whole=True), name="area_one_whole"),
        ]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """The identity of a measured quantity through all versions: figures hang on it.

    Its key and kind of unit are never changed; name, decimals, direction and priority are content of a version.
    `continues` is the same quantity in the predecessor of the kadernota.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="series", verbose_name="kadernota")
    key = models.SlugField("sleutel", max_length=60)
    unit_kind = models.CharField("eenheid", max_length=10, choices=UNITS)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="zet voort")

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"
        ordering = ["kadernota", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kadernota", "key"], name="series_key_unique"),
            models.CheckConstraint(
                name="series_unit_known", condition=Q(unit_kind__in=[kind.value for kind in UnitKind])
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Indicator(models.Model):
    """A row of the table in the nota, with its cells as printed."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="indicators", verbose_name="versie")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="indicators", verbose_name="prioriteit")
    code = models.CharField("code", max_length=10)
    order = models.PositiveSmallIntegerField("volgorde")
    name = models.CharField("naam", max_length=200)
    source = models.ForeignKey(Source, models.PROTECT, related_name="indicators", verbose_name="bron")
    role = models.CharField("soort", max_length=10, choices=ROLES)
    definition = models.TextField("definitie", blank=True)
    synonyms = models.JSONField("ook bekend als", default=list, blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)
    cadence = models.CharField("meetfrequentie", max_length=40, default="jaarlijks")
    planned_years = models.JSONField(
        "geplande jaren", null=True, blank=True, help_text="Leeg: elk jaar. Anders een lijst van jaren."
    )
    first_year = models.PositiveSmallIntegerField("vanaf jaar", null=True, blank=True, help_text="Leeg: van begin af.")
    last_year = models.PositiveSmallIntegerField(
        "tot en met jaar", null=True, blank=True, help_text="Leeg: tot het eind."
    )
    change_reason = models.TextField("reden van de wijziging", blank=True)
    printed = models.JSONField("cellen zoals gedrukt", default=dict, help_text="Jaar en tekst van de cel.")

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        default_permissions = ()
        ordering = ["priority", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="indicator_code_unique"),
            models.UniqueConstraint(fields=["priority", "order"], name="indicator_order_unique"),
            models.CheckConstraint(name="indicator_role_known", condition=Q(role__in=[r.value for r in Role])),
            models.CheckConstraint(
                name="indicator_years_in_order",
                condition=Q(first_year__isnull=True) | Q(last_year__isnull=True) | Q(first_year__lte=F("last_year")),
            ),
            models.CheckConstraint(
                name="indicator_period_has_reason",
                condition=Q(first_year__isnull=True, last_year__isnull=True) | ~Q(change_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def takes_sample(self) -> bool:
        """Whether its figures may have a sample size."""
        return takes_sample(Role(self.role), (component.unit for component in self.components.all()))


class ComponentQuerySet(models.QuerySet["Component"]):
    """Components."""

    def of(self, kadernota: Kadernota) -> Self:
        """Return the components of the newest adopted version of `kadernota`, with series and indicator."""
        return self.filter(indicator__version=kadernota.version).select_related("series", "indicator")


class Component(models.Model):
    """A measured quantity of an indicator. The only component of an indicator has no name."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="components", verbose_name="indicator")
    series = models.ForeignKey(Series, models.PROTECT, related_name="components", verbose_name="reeks")
    name = models.CharField("naam", max_length=60, blank=True)
    short_name = models.CharField("korte naam", max_length=27, blank=True)
    unit_word = models.CharField("woord van de eenheid", max_length=40, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=1)
    decimals = models.PositiveSmallIntegerField("decimalen", default=0)
    noun = models.CharField("waarvan", max_length=80, help_text="Maakt de zin af: ‘In 2020 waren er 281 …’.")
    direction = models.CharField("richting", max_length=6, choices=DIRECTIONS)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        default_permissions = ()
        ordering = ["indicator", "order"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "series"], name="component_series_unique"),
            models.UniqueConstraint(fields=["indicator", "name"], name="component_name_unique"),
            models.UniqueConstraint(fields=["indicator", "order"], name="component_order_unique"),
            models.CheckConstraint(name="component_decimals_few", condition=Q(decimals__lte=4)),
            models.CheckConstraint(
                name="component_direction_known", condition=Q(direction__in=[way.value for way in Direction])
            ),
        ]

    def __str__(self) -> str:
        return component_label(self.indicator.code, self.name)

    @property
    def unit(self) -> Unit:
        """The unit in the domain."""
        return Unit(UnitKind(self.series.unit_kind), self.decimals)


class Baseline(models.Model):
    """The value at the start of the policy, with its year."""

    component = models.OneToOneField(Component, models.PROTECT, related_name="baseline", verbose_name="onderdeel")
    year = models.PositiveSmallIntegerField("jaar")
    number = models.DecimalField("cijfer", null=True, blank=True, **NUMBER)
    withheld = models.CharField("afgeschermd", max_length=1, blank=True, choices=WITHHELD)
    no_value = models.CharField("geen cijfer", max_length=3, blank=True, choices=NO_VALUE)
    provisional = models.BooleanField("voorlopig", default=False)
    from_series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+", verbose_name="uit de reeks")
    from_decision = models.ForeignKey(
        "indicators.Decision", models.PROTECT, null=True, related_name="+", verbose_name="uit het besluit"
    )

    class Meta:
        verbose_name = "nulmeting"
        verbose_name_plural = "nulmetingen"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="baseline_reference_whole",
                condition=Q(from_series__isnull=True, from_decision__isnull=True)
                | Q(from_series__isnull=False, from_decision__isnull=False),
            ),
            *value_checks("baseline"),
            models.CheckConstraint(name="baseline_year_plausible", condition=YEAR_CHECK),
        ]

    def __str__(self) -> str:
        return f"{self.component} in {self.year}: {format_value(self.value, self.component.unit)}"

    @property
    def value(self) -> Value:
        """The value in the domain."""
        return value_of(self.number, self.withheld, self.no_value, self.provisional)


class Target(models.Model):
    """What a year should bring for a component: an aim, a bound, or both."""

    component = models.ForeignKey(Component, models.PROTECT, related_name="targets", verbose_name="onderdeel")
    year = models.PositiveSmallIntegerField("jaar")
    aim = models.DecimalField("streven", null=True, blank=True, **NUMBER)
    sign = models.CharField("teken", max_length=1, blank=True, choices=[("", "")] + [(s.value, s.value) for s in Sign])
    bound = models.DecimalField("grens", null=True, blank=True, **NUMBER)

    class Meta:
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["component", "year"], name="target_year_unique"),
            models.CheckConstraint(name="target_aim_or_bound", condition=Q(aim__isnull=False) | Q(bound__isnull=False)),
            models.CheckConstraint(
                name="target_sign_with_bound",
                condition=Q(sign="", bound__isnull=True)
                | Q(sign__in=[sign.value for sign in Sign], bound__isnull=False),
            ),
            models.CheckConstraint(name="target_year_plausible", condition=YEAR_CHECK),
        ]

    def __str__(self) -> str:
        return f"{self.component} in {self.year}: {format_target(self.rule, self.component.unit)}"

    @property
    def rule(self) -> TargetRule:
        """The target in the domain."""
        return TargetRule(self.aim, Bound(SIGNS[self.sign], self.bound) if self.bound is not None else None)


class Reading(models.Model):
    """An unclear passage of the nota, how it is read, and who decided that."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="readings", verbose_name="versie")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="readings", verbose_name="indicator"
    )
    order = models.PositiveSmallIntegerField("volgorde")
    place = models.CharField("plaats in de nota", max_length=300)
    question = models.TextField("wat is onduidelijk")
    reading = models.TextField("leeswijze")
    other = models.TextField("andere lezing", blank=True)
    # Its keys are described in indicators/readmodel/readings.py.
    alternative = models.JSONField("andere lezing om mee te rekenen", null=True, blank=True, editable=False)
    decided_by = models.CharField("wie besliste", max_length=200)

    class Meta:
        verbose_name = "leeswijze"
        verbose_name_plural = "leeswijzen"
        ordering = ["version", "order"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="reading_order_unique")]

    def __str__(self) -> str:
        return self.question


class Break(models.Model):
    """A break in method: figures from this year on are not comparable with earlier ones."""

    component = models.ForeignKey(Component, models.PROTECT, related_name="breaks", verbose_name="onderdeel")
    year = models.PositiveSmallIntegerField("vanaf jaar")
    reason = models.TextField("reden")

    class Meta:
        verbose_name = "methodebreuk"
        verbose_name_plural = "methodebreuken"
        default_permissions = ()
        ordering = ["component", "year"]
        constraints = [
            models.UniqueConstraint(fields=["component", "year"], name="break_year_unique"),
            models.CheckConstraint(name="break_year_plausible", condition=YEAR_CHECK),
        ]

    def __str__(self) -> str:
        return f"{self.component} vanaf {self.year}"
