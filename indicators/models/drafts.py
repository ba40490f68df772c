"""What waits for a second person besides figures and lines: drafts of versions, corrections, judging a year again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.models.decisions import Decision
from priorities.models import Kadernota, Version

SUBSTANTIVE, EDITORIAL, CORRECTION, REJUDGING = "substantive", "editorial", "correction", "rejudging"
PROPOSAL_KINDS = [
    (SUBSTANTIVE, "inhoudelijke versie"),
    (EDITORIAL, "redactionele versie"),
    (CORRECTION, "verbetering van een besluit"),
    (REJUDGING, "opnieuw beoordelen"),
]
DRAFT, OFFERED, SENT_BACK, ADOPTED, DISCARDED = "draft", "offered", "sent_back", "adopted", "discarded"
STATES = [
    (DRAFT, "in bewerking"),
    (OFFERED, "aangeboden"),
    (SENT_BACK, "teruggestuurd"),
    (ADOPTED, "vastgesteld"),
    (DISCARDED, "weggegooid"),
]
OPEN = (DRAFT, OFFERED, SENT_BACK)


class Proposal(models.Model):
    """A proposal of one person that another takes a decision on.

    `content_hash` is what was offered: the adopter takes that and nothing else. `details` has what a correction or a
    judgement again consists of: year and version, or decision, reference, date and remark.
    """

    kadernota = models.ForeignKey(Kadernota, models.PROTECT, related_name="proposals", verbose_name="kadernota")
    kind = models.CharField("soort", max_length=11, choices=PROPOSAL_KINDS)
    state = models.CharField("stand", max_length=9, choices=STATES, default=DRAFT)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="proposal")
    details = models.JSONField("voorstel", default=dict)
    content_hash = models.CharField("hash van het aanbod", max_length=64, blank=True)
    remark = models.TextField("reden van terugsturen", blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("begonnen op")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["kadernota", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="proposal_kind_known", condition=Q(kind__in=[key for key, _ in PROPOSAL_KINDS])
            ),
            models.CheckConstraint(name="proposal_state_known", condition=Q(state__in=[key for key, _ in STATES])),
            models.UniqueConstraint(
                fields=["kadernota", "kind"],
                condition=Q(kind__in=[SUBSTANTIVE, EDITORIAL], state__in=OPEN),
                name="proposal_one_open_draft",
            ),
            models.CheckConstraint(
                name="proposal_draft_has_version",
                condition=~Q(kind__in=[SUBSTANTIVE, EDITORIAL]) | Q(version__isnull=False) | Q(state=DISCARDED),
            ),
            models.CheckConstraint(
                name="proposal_offered_with_hash", condition=~Q(state=OFFERED) | ~Q(content_hash="")
            ),
            models.CheckConstraint(
                name="proposal_adopted_by_decision",
                condition=Q(state=ADOPTED, decision__isnull=False) | (~Q(state=ADOPTED) & Q(decision__isnull=True)),
            ),
        ]


class VersionEdit(models.Model):
    """One change in a draft of a version: what, from, to, by whom. Gone with a draft that is thrown away."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="edits", verbose_name="versie")
    path = models.CharField("plaats", max_length=300)
    label = models.CharField("wat", max_length=300)
    old = models.TextField("van", blank=True)
    new = models.TextField("naar", blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField("gewijzigd op")

    class Meta:
        verbose_name = "wijziging in een concept"
        verbose_name_plural = "wijzigingen in concepten"
        ordering = ["version", "pk"]
        default_permissions = ()
