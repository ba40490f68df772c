"""A valid row of every model, and what the tests of the triggers share."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from indicators.actions.versions import start_draft
from indicators.models import (
    Area,
    Component,
    Deadline,
    Decision,
    Edition,
    EditionEntry,
    Measurement,
    Series,
    Source,
    Witness,
)
from indicators.models.guards import drop_triggers
from priorities.models import Priority, Topic
from tests.actions.versions import NOW, ON, adopted, make_people, small_nota

FREE_YEAR = 2024


def without_triggers():
    """Drop the triggers, until the test is over."""
    connection.check_constraints()  # PostgreSQL drops no trigger of a table with deferred checks
    drop_triggers(connection)


def assert_refused(*rows):
    """Assert that a trigger refuses to insert these rows together."""
    with pytest.raises(IntegrityError, match="does not belong"), transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)


class ValidRows:
    """Valid rows that a test changes in one respect.

    `kadernota` is a small one with an adopted version and a draft; `elsewhere` is another with an adopted version.
    Rows of the structure hang under the draft; `component` has a baseline and targets, `empty` has neither.
    """

    def __init__(self):
        self.keeper, _, self.adopter, _ = make_people()
        self.user = User.objects.create_user("officer")
        self.kadernota = adopted(small_nota(), keeper=self.keeper, adopter=self.adopter)
        self.elsewhere = adopted(small_nota((("slug",), "elders")), keeper=self.keeper, adopter=self.adopter)
        self.version = self.kadernota.version
        self.draft = start_draft(kadernota=self.kadernota, by=self.keeper, now=NOW)
        self.area = Area.objects.get(kadernota=self.kadernota)
        self.source = Source.objects.first()
        components = Component.objects.filter(indicator__version=self.draft).select_related("series", "indicator")
        self.component, self.empty = components.get(series__key="a1"), components.get(series__key="a2-deel")
        self.priority = Priority.objects.get(version=self.draft, kind="priority")
        self.series, self.topic = self.component.series, self.priority.topic
        self.number = 0

    def unique(self):
        """Return another number at each call."""
        self.number += 1
        return self.number

    def row(self, model, **facts):
        """Return an unsaved row that is valid but for `facts`."""
        return model(**(getattr(self, f"_{model.__name__.lower()}")() | facts))

    def saved(self, model, **facts):
        """Return a row in the database."""
        row = self.row(model, **facts)
        row.save()
        return row

    def new_series(self):
        """Return another series of the kadernota."""
        return Series.objects.create(kadernota=self.kadernota, key=f"nieuw-{self.unique()}", unit_kind="count")

    def _organisation(self):
        return {"slug": f"derde-{self.unique()}", "name": "Derde"}

    def _kadernota(self):
        return {"organisation": self.kadernota.organisation, "slug": f"volgende-{self.unique()}"}

    def _version(self):
        years = {"baseline_year": 2022, "first_year": 2023, "first_target_year": 2024, "last_year": 2026}
        return {"kadernota": self.kadernota, "title": "Volgende", "printed_organisation": "Elders", **years}

    def _topic(self):
        return {"kadernota": self.kadernota, "key": f"nieuw-{self.unique()}"}

    def _priority(self):
        return {"version": self.draft, "topic": self.saved(Topic), "number": 5, "name": "Vijfde", "goal": "Nog één."}

    def _source(self):
        return {"organisation": self.kadernota.organisation, "name": "Waterschap"}

    def _area(self):
        return {"kadernota": self.kadernota, "code": "noord", "name": "Noord"}

    def _series(self):
        return {"kadernota": self.kadernota, "key": f"nieuw-{self.unique()}", "unit_kind": "count"}

    def _indicator(self):
        return {
            "version": self.draft,
            "priority": self.priority,
            "code": "X2",
            "order": 98,
            "name": "Proef",
            "source": self.source,
            "role": "effect",
        }

    def _component(self):
        return {
            "indicator": self.empty.indicator,
            "series": self.new_series(),
            "name": "Brieven",
            "order": 3,
            "noun": "brieven",
            "direction": "higher",
        }

    def _baseline(self):
        return {"component": self.empty, "year": 2022, "number": Decimal(5)}

    def _target(self):
        return {"component": self.empty, "year": 2026, "aim": Decimal(5)}

    def _reading(self):
        texts = {"place": "p. 1", "question": "Hoe?", "reading": "Zo.", "decided_by": "de redactie"}
        return {"version": self.draft, "order": 99, **texts}

    def _break(self):
        return {"component": self.component, "year": 2025, "reason": "andere telling"}

    def _measurement(self):
        return {
            "kadernota": self.kadernota,
            "series": self.series,
            "area": self.area,
            "year": FREE_YEAR,
            "number": Decimal(5),
            "recorded_by": self.user,
            "recorded_at": NOW,
        }

    def _programmeline(self):
        return {
            "kadernota": self.kadernota,
            "topic": self.topic,
            "kind": "activity",
            "year": FREE_YEAR,
            "title": "Proef",
            "state": "loopt",
            "recorded_by": self.user,
            "recorded_at": NOW,
        }

    def _edition(self):
        year = FREE_YEAR
        number = 1 + Edition.objects.filter(kadernota=self.kadernota, year=year).count()
        return {"kadernota": self.kadernota, "year": year, "number": number, "version": self.version}

    def _editionentry(self):
        return {"edition": self.saved(Edition), "measurement": self.saved(Measurement)}

    def _correction(self):
        corrected = Decision.objects.get(kadernota=self.kadernota, sequence=1)
        return {"corrected": corrected, "remark": "Tikfout.", "proposed_by": self.keeper}

    def _witness(self):
        return {"kadernota": self.kadernota, "content": "{}"}

    def _decision(self):
        last = Decision.objects.of(self.kadernota).last()
        return {
            "kadernota": self.kadernota,
            "sequence": last.sequence + 1,
            "kind": "year",
            "edition": self.saved(EditionEntry).edition,
            "witness": self.saved(Witness),
            "reference": "B-1",
            "decided_on": ON,
            "adopted_by": self.adopter,
            "rules_version": 1,
            "recorded_at": NOW,
            "previous": last.chain_hash,
            "content_hash": "1" * 64,
            "witness_hash": "2" * 64,
            "chain_hash": "3" * 64,
        }

    def _proposal(self):
        return {
            "kadernota": self.kadernota,
            "kind": "correction",
            "proposed_by": self.keeper,
            "proposed_at": NOW,
        }

    def _versionedit(self):
        return {"version": self.draft, "path": "title", "label": "titel", "edited_by": self.keeper, "edited_at": NOW}

    def _sealeddocument(self):
        return {
            "decision": Decision.objects.get(kadernota=self.kadernota, sequence=1),
            "document": "bijlage",
            "format": "pdf",
            "name": "bijlage.pdf",
            "media_type": "application/pdf",
            "content": b"%PDF",
            "sha256": "0" * 64,
            "size": 4,
            "renderer": "2" * 64,
            "sealed_at": NOW,
        }

    def _manifest(self):
        decision = Decision.objects.get(kadernota=self.kadernota, sequence=1)
        return {"decision": decision, "content": "{}", "sha256": "0" * 64, "made_at": NOW}

    def _deadline(self):
        return {"kadernota": self.kadernota, "source": self.source, "year": 2025, "due_on": date(2026, 2, 1)}

    def _reminder(self):
        return {"deadline": self.saved(Deadline), "recipient": self.user, "sent_at": NOW}

    def _sentback(self):
        return {"measurement": self.saved(Measurement), "reason": "telfout", "sent_by": self.user, "sent_at": NOW}

    def _opendatarow(self):
        return {"kadernota": self.kadernota, "row_name": "1.1.1", "column_name": "GM0394", "series": self.series}

    def _auditevent(self):
        return {"at": NOW, "actor": self.user, "action": "record"}
