"""The sealed documents of a decision: each document in each format, with its hash, and the manifest of all."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from indicators.models.decisions import Decision

models.CharField.register_lookup(Length)

DOCUMENTS = [("bijlage", "bijlage"), ("programma", "uitvoeringsprogramma"), ("cijfers", "cijfers en oordelen")]


class SealedDocument(models.Model):
    """One document of a decision in one format, with the SHA-256 of its bytes. Its manifest covers it.

    `renderer` is the hash of the code that wrote it: only the same code gives the same bytes again.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="sealed_documents", verbose_name="besluit")
    document = models.CharField("document", max_length=20, choices=DOCUMENTS)
    format = models.CharField("formaat", max_length=10)
    name = models.CharField("bestandsnaam", max_length=300)
    media_type = models.CharField("mediatype", max_length=100)
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("aantal bytes")
    renderer = models.CharField("versie van de opmaak", max_length=64)
    sealed_at = models.DateTimeField("verzegeld op")

    class Meta:
        verbose_name = "verzegeld document"
        verbose_name_plural = "verzegelde documenten"
        ordering = ["decision", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["decision", "document", "format"], name="sealed_once"),
            models.UniqueConstraint(fields=["decision", "name"], name="sealed_name_unique"),
            models.CheckConstraint(
                name="sealed_document_known", condition=Q(document__in=[key for key, _ in DOCUMENTS])
            ),
            models.CheckConstraint(name="sealed_file_named", condition=~Q(name="") & ~Q(format="") & ~Q(media_type="")),
            models.CheckConstraint(name="sealed_size_true", condition=Q(size__gte=1) & Q(size=Length("content"))),
            models.CheckConstraint(name="sealed_hash_whole", condition=Q(sha256__length=64, renderer__length=64)),
        ]

    def __str__(self) -> str:
        return self.name


class Manifest(models.Model):
    """The list of the sealed documents of a decision with their hashes, made when the last one is sealed.

    `content` is canonical JSON: the chain hash of the decision, the digest of the code that wrote the files, and the
    name, size and hash of each file. The hash of the newest manifest goes into the next decision.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="manifest_of", verbose_name="besluit")
    content = models.TextField("inhoud")
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "manifest"
        verbose_name_plural = "manifesten"
        ordering = ["decision"]
        default_permissions = ()
        constraints = [models.CheckConstraint(name="manifest_hash_whole", condition=Q(sha256__length=64))]

    def __str__(self) -> str:
        return f"manifest van {self.decision}"
