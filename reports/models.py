"""The sealed documents of an edition: each document in each format, with its hash.

A row is added once and never changed: database triggers lock the table (indicators/models/guards.py).
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from indicators.models import Edition

models.CharField.register_lookup(Length)

DOCUMENTS = [("bijlage", "bijlage"), ("programma", "uitvoeringsprogramma"), ("cijfers", "cijfers en oordelen")]


class SealedDocument(models.Model):
    """One document of an edition in one format, with the SHA-256 of its bytes.

    `source` is the hash of the document independent of the format: a later rendering is compared only when it has the
    same source. `renderer` is the hash of the code that wrote the file, `rules` the version of the rule table.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sealed_documents", verbose_name="editie")
    document = models.CharField("document", max_length=20, choices=DOCUMENTS)
    format = models.CharField("formaat", max_length=10)
    name = models.CharField("bestandsnaam", max_length=300)
    media_type = models.CharField("mediatype", max_length=100)
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("aantal bytes")
    source = models.CharField("vingerafdruk van de inhoud", max_length=64)
    renderer = models.CharField("versie van de opmaak", max_length=64)
    rules = models.PositiveSmallIntegerField("versie van de regels")
    sealed_at = models.DateTimeField("verzegeld op")

    class Meta:
        verbose_name = "verzegeld document"
        verbose_name_plural = "verzegelde documenten"
        ordering = ["edition", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "document", "format"], name="sealed_once"),
            models.UniqueConstraint(fields=["edition", "name"], name="sealed_name_unique"),
            models.CheckConstraint(
                name="sealed_document_known", condition=Q(document__in=[key for key, _ in DOCUMENTS])
            ),
            models.CheckConstraint(name="sealed_file_named", condition=~Q(name="") & ~Q(format="") & ~Q(media_type="")),
            models.CheckConstraint(name="sealed_size_true", condition=Q(size__gte=1) & Q(size=Length("content"))),
            models.CheckConstraint(
                name="sealed_hashes_whole",
                condition=Q(sha256__length=64, source__length=64, renderer__length=64),
            ),
            models.CheckConstraint(name="sealed_rules_from_one", condition=Q(rules__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.name} (editie {self.edition})"
