"""A valid row of every model, and what the tests of the triggers share."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.models import Component, Deadline, Edition, Indicator, Measurement, ProgrammeLine, Source
from indicators.models.guards import drop_triggers
from priorities.models import Kadernota
from tests.cast import NOW, component_of, whole_area

FREE_YEAR = 2019  # V3 has no measurement then


def without_triggers():
    """Drop the triggers, until the test is over."""
    connection.check_constraints()  # PostgreSQL drops no trigger of a table with deferred checks
    drop_triggers(connection)


def assert_refused(*rows):
    """Assert that a trigger refuses to insert these rows together."""
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)


def other_kadernota():
    """Create a second kadernota, without parts."""
    years = {"baseline_year": 2017, "first_year": 2018, "first_target_year": 2019, "last_year": 2022}
    return Kadernota.objects.create(slug="elders", title="E", organisation="E", **years)


def new_edition(kadernota, year, user, *, number=7, size=1, line_count=0):
    """Create an edition that holds nothing yet."""
    return Edition.objects.create(
        kadernota=kadernota,
        year=year,
        number=number,
        kind="adopted",
        adopted_on=date(2021, 3, 2),
        decision="B",
        adopted_by=user,
        size=size,
        line_count=line_count,
        content_hash="0" * 64,
        recorded_at=NOW,
    )


class ValidRows:
    """Valid rows that a test changes in one respect. `priority`, `component` and so on are those of V3 in the nota."""

    def __init__(self, kadernota, user):
        self.kadernota, self.user = kadernota, user
        self.area, self.source = whole_area(kadernota), Source.objects.get(name="Politie")
        self.component = component_of(kadernota, "V3")
        self.indicator = self.component.indicator
        self.priority = self.indicator.priority
        self.parts = component_of(kadernota, "V14", "Waarschuwingen").indicator

    def new_component(self, **facts):
        indicator = Indicator.objects.create(
            priority=self.priority, code="X1", order=99, name="Proef", source=self.source, role="effect"
        )
        values = {"indicator": indicator, "unit_kind": "count", "noun": "proeven", "direction": "lower"}
        return Component(**values | facts)

    def row(self, model, **facts):
        """Return an unsaved row that is valid but for `facts`."""
        return model(**(getattr(self, f"_{model.__name__.lower()}")() | facts))

    def _kadernota(self):
        years = {"baseline_year": 2022, "first_year": 2023, "first_target_year": 2024, "last_year": 2026}
        return {"slug": "volgende", "title": "Volgende", "organisation": "Elders", **years}

    def _priority(self):
        return {"kadernota": self.kadernota, "number": 5, "name": "Vijfde", "goal": "Nog één."}

    def _source(self):
        return {"name": "Waterschap"}

    def _area(self):
        return {"kadernota": self.kadernota, "code": "noord", "name": "Noord"}

    def _indicator(self):
        return {
            "priority": self.priority,
            "code": "X2",
            "order": 98,
            "name": "Proef",
            "source": self.source,
            "role": "effect",
        }

    def _component(self):
        return {
            "indicator": self.parts,
            "name": "Brieven",
            "order": 3,
            "unit_kind": "count",
            "noun": "brieven",
            "direction": "higher",
        }

    def _baseline(self):
        component = self.new_component()
        component.save()
        return {"component": component, "year": 2017, "number": Decimal(5)}

    def _target(self):
        return {"component": self.component, "area": self.area, "year": 2018, "aim": Decimal(5), "recorded_at": NOW}

    def _reading(self):
        return {
            "kadernota": self.kadernota,
            "order": 99,
            "place": "p. 1",
            "question": "Hoe?",
            "reading": "Zo.",
            "decided_by": "de redactie",
        }

    def _break(self):
        return {"component": self.component, "year": 2020, "reason": "andere telling"}

    def _measurement(self):
        return {
            "component": self.component,
            "area": self.area,
            "year": FREE_YEAR,
            "number": Decimal(5),
            "recorded_by": self.user,
            "recorded_at": NOW,
        }

    def _edition(self):
        return {
            "kadernota": self.kadernota,
            "year": FREE_YEAR,
            "number": 9,
            "kind": "adopted",
            "decision": "B-1",
            "adopted_on": date(2020, 3, 2),
            "adopted_by": self.user,
            "size": 1,
            "content_hash": "0" * 64,
            "recorded_at": NOW,
        }

    def _sealeddocument(self):
        return {
            "edition": self.saved(Edition),
            "document": "bijlage",
            "format": "pdf",
            "name": "bijlage.pdf",
            "media_type": "application/pdf",
            "content": b"%PDF",
            "sha256": "0" * 64,
            "size": 4,
            "source": "1" * 64,
            "renderer": "2" * 64,
            "rules": 1,
            "sealed_at": NOW,
        }

    def _editionentry(self):
        edition = self.saved(Edition)
        return {"edition": edition, "measurement": self.saved(Measurement)}

    def _deadline(self):
        return {"kadernota": self.kadernota, "source": self.source, "year": 2020, "due_on": date(2021, 2, 1)}

    def _reminder(self):
        return {"deadline": self.saved(Deadline), "recipient": self.user, "sent_at": NOW}

    def _sentback(self):
        return {"measurement": self.saved(Measurement), "reason": "telfout", "sent_by": self.user, "sent_at": NOW}

    def _opendatarow(self):
        return {"kadernota": self.kadernota, "row_name": "1.1.1", "column_name": "GM0394", "component": self.component}

    def _auditevent(self):
        return {"at": NOW, "actor": self.user, "action": "record"}

    def _programmeline(self):
        return {
            "priority": self.priority,
            "kind": "activity",
            "year": FREE_YEAR,
            "title": "Proef",
            "state": "loopt",
            "recorded_by": self.user,
            "recorded_at": NOW,
        }

    def _editionline(self):
        return {"edition": self.saved(Edition, size=0, line_count=1), "line": self.saved(ProgrammeLine)}

    def _linesentback(self):
        return {"line": self.saved(ProgrammeLine), "reason": "welke wijk?", "sent_by": self.user, "sent_at": NOW}

    def saved(self, model, **facts):
        """Return a row in the database."""
        row = self.row(model, **facts)
        row.save()
        return row
