"""The queries that all revisions share. A revision replaces an earlier row; together they form a chain."""

from typing import Self, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model, covariant=True)


class RevisionQuerySet(QuerySet[Row]):
    """Revisions that an edition can hold."""

    def current(self) -> Self:
        """Return the last revision of each chain, drafts included."""
        return self.filter(replaced_by__isnull=True)

    def drafts(self) -> Self:
        """Return the last revisions that no edition holds yet."""
        return self.current().filter(entry__isnull=True)
