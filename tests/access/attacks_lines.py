"""Attempts to change an adopted line of the programme.

Each attack is a function of a `Case` that tries one way; `ATTACKS` lists them with the expected outcome.
"""

from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.db.models import F, ProtectedError

from indicators.actions.errors import ActionRefused
from indicators.actions.recording_lines import withdraw_line
from indicators.actions.workflow import Conflict, send_back
from indicators.domain.programme import ActivityState
from indicators.models import EditionEntry, ProgrammeLine, SentBack
from priorities.models import Kadernota, Priority
from priorities.permissions import NotAllowed
from tests.access.attacks import Attack, Case, execute
from tests.access.states import YEAR
from tests.cast import NOW, adopt_year, record_activity

TITLE = "Wijkschouw"


def record_adopted_line(kadernota: Kadernota, officer: User) -> None:
    """Record the line that is adopted together with the figure of the case."""
    record_activity(kadernota, TITLE, YEAR, state=ActivityState.DONE, result="Vier buurten.", by=officer)


def line_of(case: Case) -> ProgrammeLine:
    """Return the first revision of the adopted line."""
    return ProgrammeLine.objects.get(title=TITLE, kadernota=case.kadernota)


def save_one_field(case: Case) -> None:
    row = line_of(case)
    row.result = "Acht buurten."
    row.save(update_fields=["result"])


def update_through_the_topic(case: Case) -> None:
    line_of(case).topic.lines.update(spent=1)


def move_to_a_theme(case: Case) -> None:
    theme = Priority.objects.filter(version=case.edition.version, kind="theme").first()
    ProgrammeLine.objects.filter(title=TITLE).update(topic=theme.topic)


def withdraw_by_update(case: Case) -> None:
    ProgrammeLine.objects.filter(title=TITLE).update(withdrawn=True, result="weg", replaces=F("pk"))


def delete_by_sql(case: Case) -> None:
    execute("DELETE FROM indicators_programmeline WHERE id = %s", line_of(case).pk)


def delete_the_entry(case: Case) -> None:
    EditionEntry.objects.filter(line=line_of(case)).delete()


def delete_the_line(case: Case) -> None:
    line_of(case).delete()


def delete_the_topic_by_sql(case: Case) -> None:
    execute("DELETE FROM priorities_topic")


def swap_the_line(case: Case) -> None:
    draft = record_activity(case.kadernota, "Campagne", YEAR, by=case.officer)
    EditionEntry.objects.filter(line=line_of(case)).update(line=draft)


def add_a_line_to_the_edition(case: Case) -> None:
    draft = record_activity(case.kadernota, "Campagne", YEAR, by=case.officer)
    EditionEntry.objects.bulk_create([EditionEntry(edition=case.edition, line=draft)])


def fork_the_chain(case: Case) -> None:
    row = line_of(case)
    for result in ("een", "twee"):
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        ProgrammeLine.objects.bulk_create(
            [ProgrammeLine(**values | {"id": None, "result": result, "replaces_id": row.pk})]
        )


def with_constraints_off(case: Case) -> None:
    with connection.constraint_checks_disabled():
        execute("DELETE FROM indicators_programmeline WHERE id = %s", line_of(case).pk)


def record_without_a_reason(case: Case) -> None:
    record_activity(case.kadernota, TITLE, YEAR, state=ActivityState.RUNNING, seen=line_of(case), by=case.officer)


def record_over_an_old_revision(case: Case) -> None:
    row = line_of(case)
    facts = {"state": ActivityState.DONE, "by": case.officer}
    record_activity(case.kadernota, TITLE, YEAR, seen=row, result="Vijf.", **facts)
    record_activity(case.kadernota, TITLE, YEAR, seen=row, result="Zes.", **facts)


def withdraw_as_adopter(case: Case) -> None:
    withdraw_line(seen=line_of(case).pk, kadernota=case.kadernota, reason="weg", by=case.adopter, now=NOW)


def withdraw_without_adopting(case: Case) -> None:
    """Record a withdrawal; the line stays in the programme until the withdrawal is adopted."""
    withdraw_line(seen=line_of(case).pk, kadernota=case.kadernota, reason="weg", by=case.officer, now=NOW)


def send_back_the_adopted_line(case: Case) -> None:
    send_back(
        model=ProgrammeLine, revision=line_of(case).pk, kadernota=case.kadernota, by=case.adopter, reason="nee", now=NOW
    )


def delete_a_return(case: Case) -> None:
    draft = record_activity(case.kadernota, "Campagne", YEAR, by=case.officer)
    send_back(model=ProgrammeLine, revision=draft.pk, kadernota=case.kadernota, by=case.adopter, reason="nee", now=NOW)
    SentBack.objects.filter(line=draft).delete()


def adopt_own_line(case: Case) -> None:
    record_activity(case.kadernota, "Campagne", YEAR, by=case.superuser)
    adopt_year(case.kadernota, YEAR, by=case.superuser)


# Description, attack, and the exception that stops it; None if it must have no effect.
ATTACKS: list[tuple[str, Attack, type[Exception] | None]] = [
    ("save one field", save_one_field, IntegrityError),
    ("update through the topic", update_through_the_topic, IntegrityError),
    ("move it to a theme", move_to_a_theme, IntegrityError),
    ("withdraw by update", withdraw_by_update, IntegrityError),
    ("delete by SQL", delete_by_sql, IntegrityError),
    ("delete the entry", delete_the_entry, IntegrityError),
    ("delete the line", delete_the_line, ProtectedError),
    ("delete the topic by SQL", delete_the_topic_by_sql, IntegrityError),
    ("swap the line in the edition", swap_the_line, IntegrityError),
    ("add a line to the edition", add_a_line_to_the_edition, IntegrityError),
    ("fork the chain", fork_the_chain, IntegrityError),
    ("with constraints off", with_constraints_off, IntegrityError),
    ("record without a reason", record_without_a_reason, ActionRefused),
    ("record over an old revision", record_over_an_old_revision, Conflict),
    ("withdraw as adopter", withdraw_as_adopter, NotAllowed),
    ("withdraw without adopting", withdraw_without_adopting, None),
    ("send back the adopted line", send_back_the_adopted_line, ActionRefused),
    ("delete a return", delete_a_return, IntegrityError),
    ("adopt own line, as superuser", adopt_own_line, ActionRefused),
]  # fmt: skip
