"""Which revisions of a figure: the current ones, the adopted ones, those as of an edition, those a user may see."""

from typing import Self

from django.db.models import QuerySet


class TargetQuerySet(QuerySet):
    """Targets of the components of a kadernota."""

    def of(self, kadernota) -> Self:
        """All revisions of this kadernota's targets."""
        return self.filter(component__indicator__priority__kadernota=kadernota)

    def current(self) -> Self:
        """The end of each chain: the target as it stands now."""
        return self.filter(replaced_by__isnull=True)


class MeasurementQuerySet(QuerySet):
    """Revisions of figures."""

    def of(self, kadernota) -> Self:
        """All revisions of this kadernota's figures, of whatever area."""
        return self.filter(component__indicator__priority__kadernota=kadernota)

    def whole_area(self) -> Self:
        """Only those of the whole municipality."""
        return self.filter(area__is_whole=True)

    def current(self) -> Self:
        """The end of each chain: the newest revision, drafts included."""
        return self.filter(replaced_by__isnull=True)

    def drafts(self) -> Self:
        """Newest revisions that no edition holds yet."""
        return self.current().filter(entry__isnull=True)

    def adopted(self) -> Self:
        """Every revision that an edition holds, in the order of adoption: of each figure the last one counts."""
        return self.filter(entry__isnull=False).order_by("entry__edition_id", "pk")

    def as_of(self, edition) -> Self:
        """Every revision adopted up to and including this edition, in the order of adoption."""
        return self.adopted().filter(entry__edition_id__lte=edition.pk)


class EditionQuerySet(QuerySet):
    """Editions of a kadernota."""

    def of(self, kadernota) -> Self:
        """This kadernota's editions, in the order of adoption."""
        return self.filter(kadernota=kadernota).order_by("pk")


class LineQuerySet(QuerySet):
    """Revisions of lines of the programme."""

    def of(self, kadernota) -> Self:
        """All revisions of this kadernota's lines, withdrawn ones too."""
        return self.filter(priority__kadernota=kadernota)

    def current(self) -> Self:
        """The end of each chain: the newest revision, drafts included."""
        return self.filter(replaced_by__isnull=True)

    def drafts(self) -> Self:
        """Newest revisions that no edition holds yet."""
        return self.current().filter(entry__isnull=True)
