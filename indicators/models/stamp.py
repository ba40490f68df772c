"""Cache tokens: one for each table, renewed by every change of that table that the public sees."""

from django.db import models


class Stamp(models.Model):
    """The current token of a table. Only triggers write it (cache_triggers.py)."""

    name = models.CharField("tabel", max_length=63, primary_key=True)
    token = models.CharField("merk", max_length=36)

    class Meta:
        verbose_name = "merk van een tabel"
        verbose_name_plural = "merken van tabellen"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
