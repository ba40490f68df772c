"""Attempts to change what was decided with the triggers out of the way, as the owner of a database can.

Each attack is a function of a `Chain`; test_tampering.py has the fault that `verify` must find after it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F, Model, QuerySet

from indicators.actions.adopting import adopt
from indicators.actions.deciding import NeedsConfirmation
from indicators.actions.proposals import adopt_correction, propose_correction, propose_rejudging
from indicators.actions.versions import adopt_version, offer, save_draft, start_draft
from indicators.domain.chain import canonical_text, chain_hash, content_hash, witness_hash
from indicators.domain.nota import Nota, read_nota, write_nota
from indicators.domain.programme import ActivityState
from indicators.models import (
    Area,
    Break,
    Component,
    Correction,
    Decision,
    Edition,
    EditionEntry,
    Indicator,
    Measurement,
    ProgrammeLine,
    Proposal,
    Reading,
    Series,
    Source,
    Target,
    VersionEdit,
    Witness,
)
from indicators.readmodel.nota import nota_of
from indicators.readmodel.proof import content_of
from indicators.readmodel.verifying import fixed_content
from priorities.models import Kadernota, Organisation, Priority, Topic, Version
from tests.cast import DATE_QUESTIONS, NOW, adopt_year, make_user, record, record_activity

CODE, YEAR = "V3", 2021
ON = date(2026, 11, 20)


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A kadernota with a decision of every kind: taken over, a year, a version, a correction, a year judged again."""

    kadernota: Kadernota
    adopter: User
    stranger: User
    decisions: tuple[Decision, ...]

    @property
    def year(self) -> Decision:
        """The decision on a year with figures and a line."""
        return self.decisions[-4]

    @property
    def nota(self) -> Decision:
        """The decision on the second version."""
        return self.decisions[-3]

    @property
    def correction(self) -> Decision:
        """The correction of the decision on the year."""
        return self.decisions[-2]

    @property
    def rejudging(self) -> Decision:
        """The last decision, which judges the year under the second version."""
        return self.decisions[-1]

    @property
    def measurement(self) -> QuerySet[Measurement]:
        """The figure that the decision on the year fixes."""
        return Measurement.objects.filter(entry__edition=self.year.edition)

    @property
    def line(self) -> QuerySet[ProgrammeLine]:
        """The line that the decision on the year fixes."""
        return ProgrammeLine.objects.filter(entry__edition=self.year.edition)

    def component(self, version: Version | None = None) -> Component:
        """Return the component of V3 in a version, by default the first."""
        return Component.objects.get(
            indicator__version=version or self.decisions[0].version, indicator__code=CODE, name=""
        )

    def target(self) -> QuerySet[Target]:
        """Return the target of V3 for the year, in the first version."""
        return Target.objects.filter(component=self.component(), year=YEAR)


def with_target(nota: Nota, typed: str) -> Nota:
    """Return the nota with another target of V3 for the year."""
    data = write_nota(nota)
    for topic in data["topics"]:
        for indicator in topic.get("indicators", []):
            if indicator["code"] == CODE:
                indicator["components"][0]["targets"][str(YEAR)] = typed
                indicator["printed"][str(YEAR)] = typed
    return read_nota(data)


def make_chain(kadernota: Kadernota) -> Chain:
    """Add decisions of every kind to the real kadernota."""
    officer, adopter = make_user("recorder", "beleidsmedewerker"), make_user("decider", "vaststeller")
    keeper = make_user("preparer", "beheerder", first_name="Petra", last_name="Vos")
    record(kadernota, CODE, YEAR, "4.600", explanation="Meer meldingen.", by=officer)
    record_activity(kadernota, "Wijkschouw", YEAR, state=ActivityState.DONE, result="Vier buurten.", by=officer)
    year = adopt_year(kadernota, YEAR, by=adopter).decision
    version = start_draft(kadernota=kadernota, by=keeper, now=NOW, reason="De raad stelde bij.")
    save_draft(version=version, nota=with_target(nota_of(version), "4.900"), by=keeper, now=NOW)
    seen = offer_confirmed(version, keeper)
    facts = {"content_hash": seen, "reference": "raad 12", "decided_on": ON, "confirm": DATE_QUESTIONS}
    adopt_version(version=version, by=adopter, now=NOW, **facts)
    proposal = propose_correction(decision=year, remark="Het nummer klopte niet.", reference="B-9", by=keeper, now=NOW)
    adopt_correction(proposal=proposal, by=adopter, reference="college 3", on=ON, now=NOW)
    kadernota = Kadernota.objects.get(pk=kadernota.pk)
    again = propose_rejudging(kadernota=kadernota, year=YEAR, version=2, by=officer, now=NOW)
    facts = {"decision": "college 4", "on": ON, "now": NOW, "rejudging": again, "confirm": DATE_QUESTIONS}
    adopt(kadernota=kadernota, year=YEAR, by=adopter, **facts)
    decisions = Decision.objects.of(kadernota).select_related("version", "edition", "correction", "witness")
    return Chain(kadernota=kadernota, adopter=adopter, stranger=make_user("stranger"), decisions=tuple(decisions))


def offer_confirmed(version: Version, keeper: User) -> str:
    """Offer a draft and answer yes to whatever is asked; return the hash of its content."""
    try:
        return offer(version=version, by=keeper, now=NOW)
    except NeedsConfirmation as asked:
        return offer(version=version, by=keeper, now=NOW, confirm=[question.code for question in asked.questions])


Attack = Callable[[Chain], object]


def execute(statement: str, *values: Any) -> None:
    """Run an SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def delete(*querysets: QuerySet[Any]) -> None:
    """Delete rows past the ORM, which would refuse protected ones."""
    for rows in querysets:
        rows._raw_delete(using="default")


def set_decision(name: str, **columns: Any) -> Attack:
    """Return the attack that changes columns of a decision of the chain."""
    return lambda chain: Decision.objects.filter(pk=getattr(chain, name).pk).update(**columns)


def set_first(**columns: Any) -> Attack:
    """Return the attack that changes columns of the first decision."""
    return lambda chain: Decision.objects.filter(pk=chain.decisions[0].pk).update(**columns)


def set_figure(**columns: Any) -> Attack:
    """Return the attack that changes columns of the adopted figure."""
    return lambda chain: Measurement.objects.filter(pk=chain.measurement.get().pk).update(**columns)


def set_line(**columns: Any) -> Attack:
    """Return the attack that changes columns of the adopted line."""
    return lambda chain: ProgrammeLine.objects.filter(pk=chain.line.get().pk).update(**columns)


def set_rows(model: type[Model], **columns: Any) -> Attack:
    """Return the attack that changes a row of the first version."""
    paths = {Indicator: "version", Priority: "version", Reading: "version", Component: "indicator__version"}
    path = paths.get(model, "component__indicator__version")

    def attack(chain: Chain) -> None:
        row = model.objects.filter(**{path: chain.decisions[0].version}).first()
        assert model.objects.filter(pk=row.pk).update(**columns)

    return attack


def set_version(**columns: Any) -> Attack:
    """Return the attack that changes columns of the first version."""
    return lambda chain: Version.objects.filter(pk=chain.decisions[0].version_id).update(**columns)


def set_kadernota(**columns: Any) -> Attack:
    """Return the attack that changes columns of the kadernota itself."""
    return lambda chain: Kadernota.objects.filter(pk=chain.kadernota.pk).update(**columns)


# -- What a version says


def change_target(chain: Chain) -> None:
    assert chain.target().update(aim=1, bound=None, sign="")


def delete_target(chain: Chain) -> None:
    delete(chain.target())


def add_target(chain: Chain) -> None:
    Target.objects.create(component=chain.component(), year=2030, aim=1)


def move_target_between_versions(chain: Chain) -> None:
    """Put the target of the second version in the first, and the other way round."""
    first, second = chain.target(), Target.objects.filter(component=chain.component(chain.nota.version), year=YEAR)
    keys = first.get().pk, second.get().pk
    Target.objects.filter(pk=keys[0]).update(year=2099)
    Target.objects.filter(pk=keys[1]).update(component=chain.component())
    Target.objects.filter(pk=keys[0]).update(component=chain.component(chain.nota.version), year=YEAR)


def move_indicator_to_other_version(chain: Chain) -> None:
    row = chain.component().indicator
    second = chain.component(chain.nota.version).indicator
    Indicator.objects.filter(pk=second.pk).update(code="V99", order=99)
    Indicator.objects.filter(pk=row.pk).update(version=chain.nota.version, priority=second.priority)


def swap_codes(chain: Chain) -> None:
    rows = Indicator.objects.filter(version=chain.decisions[0].version, code__in=("V6", "V7"))
    first, second = rows.order_by("code")
    for pk, code in ((first.pk, "X"), (second.pk, "V6"), (first.pk, "V7")):
        Indicator.objects.filter(pk=pk).update(code=code)


def swap_series(chain: Chain) -> None:
    """Let two components measure each other's series: the figures change places."""
    one, two = (component_of_first(chain, code) for code in ("V6", "V7"))
    Component.objects.filter(pk=one.pk).update(series=two.series)
    Component.objects.filter(pk=two.pk).update(series=one.series)


def component_of_first(chain: Chain, code: str) -> Component:
    """Return a component of the first version."""
    return Component.objects.get(indicator__version=chain.decisions[0].version, indicator__code=code)


def add_break(chain: Chain) -> None:
    Break.objects.create(component=chain.component(), year=YEAR, reason="andere telling")


def rename_source(chain: Chain) -> None:
    Source.objects.filter(pk=chain.component().indicator.source_id).update(name="Rekenkamer")


def change_unit(chain: Chain) -> None:
    Series.objects.filter(pk=chain.component().series_id).update(unit_kind="grade")


def rename_series(chain: Chain) -> None:
    Series.objects.filter(pk=chain.component().series_id).update(key="anders")


def rename_topic(chain: Chain) -> None:
    Topic.objects.filter(pk=chain.line.get().topic_id).update(key="anders")


def rename_area(chain: Chain) -> None:
    Area.objects.filter(kadernota=chain.kadernota, is_whole=True).update(name="Elders")


def change_code_of_area(chain: Chain) -> None:
    Area.objects.filter(kadernota=chain.kadernota, is_whole=True).update(code="elders")


def change_cbs_code(chain: Chain) -> None:
    Organisation.objects.filter(pk=chain.kadernota.organisation_id).update(cbs_code="GM9999")


# -- Figures, lines and editions


def swap_values(chain: Chain) -> None:
    rows = Measurement.objects.filter(entry__edition__year=2019).order_by("pk")
    one, two = rows[0], rows[1]
    Measurement.objects.filter(pk=one.pk).update(number=two.number)
    Measurement.objects.filter(pk=two.pk).update(number=one.number)


def move_figure_to_other_year(chain: Chain) -> None:
    Measurement.objects.filter(pk=chain.measurement.get().pk).update(
        year=2018, replaces=None, series=other_series(chain)
    )


def other_series(chain: Chain) -> Series:
    """Return a series of V2, which has no figure in 2018 that was taken over."""
    return component_of_first(chain, "V2").series


def move_entry_to_other_edition(chain: Chain) -> None:
    entry = EditionEntry.objects.filter(edition__year=2019, measurement__isnull=False).first()
    EditionEntry.objects.filter(pk=entry.pk).update(edition=chain.year.edition)


def delete_entry(chain: Chain) -> None:
    delete(EditionEntry.objects.filter(pk=EditionEntry.objects.filter(edition__year=2019).first().pk))


def add_entry(chain: Chain) -> None:
    EditionEntry.objects.create(edition=chain.year.edition, measurement=record_draft(chain))


def record_draft(chain: Chain) -> Measurement:
    """Record a draft of V2."""
    record(chain.kadernota, "V2", YEAR, "6,2", by=make_user("helper", "beleidsmedewerker"))
    return Measurement.objects.latest("pk")


def swap_entry_for_draft(chain: Chain) -> None:
    draft = record_draft(chain)
    EditionEntry.objects.filter(measurement=chain.measurement.get()).update(measurement=draft)


def hide_an_adopted_figure(chain: Chain) -> None:
    """Add a revision of the adopted figure to an edition that was decided before."""
    row = chain.measurement.get()
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    revision = Measurement.objects.create(**values | {"id": None, "number": 1, "replaces_id": row.pk})
    EditionEntry.objects.create(edition=chain.year.edition, measurement=revision)


def set_edition(**columns: Any) -> Attack:
    """Return the attack that changes columns of the edition of the year."""
    return lambda chain: Edition.objects.filter(pk=chain.year.edition_id).update(**columns)


def judge_under_other_version(chain: Chain) -> None:
    Edition.objects.filter(pk=chain.year.edition_id).update(version=chain.nota.version)


def orphan_edition(chain: Chain) -> None:
    Edition.objects.create(kadernota=chain.kadernota, year=2018, number=9, version=chain.nota.version)


# -- People


def change_recorder(chain: Chain) -> None:
    set_figure(recorded_by=chain.stranger)(chain)


def change_recorder_of_line(chain: Chain) -> None:
    set_line(recorded_by=chain.stranger)(chain)


def change_adopter(chain: Chain) -> None:
    Decision.objects.filter(pk=chain.year.pk).update(adopted_by=chain.stranger)


def forget_adopter(chain: Chain) -> None:
    """Present an adopted year as taken over from a publication, which needs no adopter."""
    Decision.objects.filter(pk=chain.year.pk).update(
        adopted_by=None, kind="taken_over", source="elders", retrieved_on=ON, decided_on=None, reference=""
    )


def add_adopter(chain: Chain) -> None:
    """Present what was taken over as adopted."""
    Decision.objects.filter(pk=chain.decisions[1].pk).update(
        adopted_by=chain.adopter, kind="year", source="", retrieved_on=None, decided_on=ON, reference="B"
    )


def change_editor(chain: Chain) -> None:
    VersionEdit.objects.filter(version=chain.nota.version).update(edited_by=chain.stranger)


def delete_edits(chain: Chain) -> None:
    delete(VersionEdit.objects.filter(version=chain.nota.version))


def change_proposer(chain: Chain) -> None:
    Proposal.objects.filter(version=chain.nota.version).update(proposed_by=chain.stranger)


def change_proposer_of_correction(chain: Chain) -> None:
    Correction.objects.filter(pk=chain.correction.correction_id).update(proposed_by=chain.stranger)


def change_proposer_of_rejudging(chain: Chain) -> None:
    Edition.objects.filter(pk=chain.rejudging.edition_id).update(proposed_by=chain.stranger)


def rename_in_witness(chain: Chain) -> None:
    witness = Witness.objects.get(pk=chain.nota.witness_id)
    Witness.objects.filter(pk=witness.pk).update(content=witness.content.replace("Petra Vos", "Niemand"))


def swap_witnesses(chain: Chain) -> None:
    one, two = chain.year.witness, chain.nota.witness
    Witness.objects.filter(pk=one.pk).update(content=two.content)
    Witness.objects.filter(pk=two.pk).update(content=one.content)


def make_witness_anew(chain: Chain) -> None:
    """Name another adopter everywhere, with a witness and a hash that fit; the link no longer does."""
    people = json.loads(chain.nota.witness.content)
    people["adopter"] = {"account": chain.stranger.pk, "username": "stranger", "name": ""}
    text = canonical_text(people)
    Witness.objects.filter(pk=chain.nota.witness_id).update(content=text)
    Decision.objects.filter(pk=chain.nota.pk).update(adopted_by=chain.stranger, witness_hash=witness_hash(text))


# -- The chain itself


def set_correction(**columns: Any) -> Attack:
    """Return the attack that changes columns of the correction."""
    return lambda chain: Correction.objects.filter(pk=chain.correction.correction_id).update(**columns)


def delete_middle_decision(chain: Chain) -> None:
    """Delete the correction with its proposal; the decision after it does not follow on the one before."""
    delete_decision(chain.correction)


def delete_decision(decision: Decision) -> None:
    """Delete a decision with all that it fixes, but for the rows of a version."""
    delete(Proposal.objects.filter(decision=decision), Decision.objects.filter(pk=decision.pk))
    if decision.edition_id:
        delete(EditionEntry.objects.filter(edition=decision.edition_id))
        delete(Edition.objects.filter(pk=decision.edition_id))
    delete(Correction.objects.filter(pk=decision.correction_id), Witness.objects.filter(pk=decision.witness_id))


def delete_middle_and_number_again(chain: Chain) -> None:
    delete_decision(chain.correction)
    Decision.objects.filter(pk=chain.rejudging.pk).update(sequence=F("sequence") - 1, previous=chain.nota.chain_hash)


def swap_decisions(chain: Chain) -> None:
    one, two = chain.correction, chain.rejudging
    for pk, sequence in ((one.pk, 99), (two.pk, one.sequence), (one.pk, two.sequence)):
        Decision.objects.filter(pk=pk).update(sequence=sequence)


def delete_last_row_only(chain: Chain) -> None:
    """Delete the last decision and leave its edition and witness."""
    Proposal.objects.filter(decision=chain.rejudging).update(state="discarded", decision=None)
    delete(Decision.objects.filter(pk=chain.rejudging.pk))


def delete_at_the_end(chain: Chain) -> None:
    """Delete the last decision with everything that it fixes."""
    delete_decision(chain.rejudging)


def forge_content_hash(chain: Chain) -> None:
    """Change the last reference, and the hash of the content with it."""
    decision = Decision.objects.get(pk=chain.rejudging.pk)
    decision.reference = "iets anders"
    digest = content_hash(content_of(decision, fixed_content(decision)))
    Decision.objects.filter(pk=decision.pk).update(reference=decision.reference, content_hash=digest)


def link_again(chain: Chain, start: int = 1) -> None:
    """Compute every hash anew from the rows as they are now, from the decision with this sequence on."""
    decisions = list(Decision.objects.of(chain.kadernota).select_related("edition", "version", "correction"))
    previous = decisions[start - 2].chain_hash if start > 1 else decisions[0].previous
    for number, decision in enumerate(decisions[start - 1 :], start=start):
        decision.sequence, decision.previous = number, previous
        Decision.objects.filter(pk=decision.pk).update(sequence=number, previous=previous)
        digest = content_hash(content_of(decision, fixed_content(decision)))
        previous = chain_hash(
            sequence=number,
            previous=previous,
            content_hash=digest,
            witness_hash=decision.witness_hash,
            manifest=decision.manifest,
        )
        Decision.objects.filter(pk=decision.pk).update(content_hash=digest, chain_hash=previous)


def forge_middle_link(chain: Chain) -> None:
    """Change a decision and its own hashes, but not those of the decisions after it."""
    Decision.objects.filter(pk=chain.year.pk).update(reference="iets anders")
    later = Decision.objects.filter(sequence__gt=chain.year.sequence, kadernota=chain.kadernota)
    kept = list(later.values("pk", "previous", "content_hash", "chain_hash"))
    link_again(chain, chain.year.sequence)
    for columns in kept:
        later.filter(pk=columns.pop("pk")).update(**columns)


def change_a_version_and_link_again(chain: Chain) -> None:
    Version.objects.filter(pk=chain.nota.version_id).update(reason="Iets anders.")
    link_again(chain, chain.nota.sequence)


def change_a_figure_and_link_again(chain: Chain) -> None:
    set_figure(number=1)(chain)
    link_again(chain, chain.year.sequence)


def change_a_day_and_link_again(chain: Chain) -> None:
    set_decision("year", decided_on=date(2019, 1, 1))(chain)
    link_again(chain, chain.year.sequence)


def drop_a_decision_and_link_again(chain: Chain) -> None:
    delete_decision(chain.correction)
    link_again(chain, chain.correction.sequence)


def own_decision(chain: Chain) -> None:
    """Append a decision whose adopter recorded the figure, with hashes and a witness that fit."""
    both = User.objects.get(username="recorder")
    people = json.loads(chain.year.witness.content)
    people["adopter"] = {"account": both.pk, "username": "recorder", "name": ""}
    text = canonical_text(people)
    Witness.objects.filter(pk=chain.year.witness_id).update(content=text)
    Decision.objects.filter(pk=chain.year.pk).update(adopted_by=both, witness_hash=witness_hash(text))
    link_again(chain, chain.year.sequence)
