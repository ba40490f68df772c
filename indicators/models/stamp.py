"""What the public can see has changed: one row a table, with a token that every change of that table renews."""

from django.db import models


class Stamp(models.Model):
    """The newest token of a table. Only the database itself writes here (stamp_triggers.py)."""

    name = models.CharField("tabel", max_length=63, primary_key=True)
    token = models.CharField("merk", max_length=36)

    class Meta:
        verbose_name = "merk van een tabel"
        verbose_name_plural = "merken van tabellen"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
