"""The queries that all revisions share. A revision replaces an earlier row; together they form a chain."""

from typing import Self, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model, covariant=True)


class RevisionQuerySet(QuerySet[Row]):
    """Revisions that an edition can hold."""

    def current(self) -> Self:
        """Return the last revision of each chain, drafts and retracted ones included."""
        return self.filter(replaced_by__isnull=True)

    def drafts(self) -> Self:
        """Return the last revisions that no edition holds yet and that nobody took back."""
        return self.current().filter(entry__isnull=True, retracted=False)

    def adopted(self) -> Self:
        """Return all revisions that a decision adopted, in the order of adoption: the last one of a chain counts."""
        return self.filter(entry__edition__decision__isnull=False).order_by("entry__edition__decision__sequence", "pk")

    def as_of(self, sequence: int) -> Self:
        """Return all revisions adopted up to and including this decision, in the order of adoption."""
        return self.adopted().filter(entry__edition__decision__sequence__lte=sequence)
