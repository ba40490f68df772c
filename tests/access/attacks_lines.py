"""Ways round the immutability of an adopted line of the programme. Each takes the case and tries."""

from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from indicators.actions import ActionRefused, LineConflict, send_back_line, withdraw_line
from indicators.domain.programme import ActivityState
from indicators.models import EditionLine, LineSentBack, ProgrammeLine
from priorities.models import Kadernota, Priority
from priorities.permissions import NotAllowed
from tests.access.attacks import Case, sql
from tests.access.states import YEAR
from tests.cast import NOW, adopt_year, record_activity

TITLE = "Wijkschouw"


def record_before_adopting(kadernota: Kadernota, officer: User) -> None:
    """A line of the year that is adopted with the figure of the case."""
    record_activity(kadernota, TITLE, YEAR, state=ActivityState.DONE, result="Vier buurten.", by=officer)


def line(case: Case) -> ProgrammeLine:
    return ProgrammeLine.objects.get(title=TITLE, priority__kadernota=case.kadernota)


def save_one_field(case: Case) -> None:
    row = line(case)
    row.result = "Acht buurten."
    row.save(update_fields=["result"])


def update_through_the_priority(case: Case) -> None:
    line(case).priority.lines.update(spent=1)


def move_to_another_priority(case: Case) -> None:
    other = Priority.objects.filter(kadernota=case.kadernota, kind="theme").first()
    ProgrammeLine.objects.filter(title=TITLE).update(priority=other)


def withdraw_by_update(case: Case) -> None:
    ProgrammeLine.objects.filter(title=TITLE).update(withdrawn=True, result="weg")


def delete_past_the_orm(case: Case) -> None:
    ProgrammeLine.objects.filter(pk=line(case).pk)._raw_delete(using="default")


def delete_the_entry(case: Case) -> None:
    EditionLine.objects.filter(line=line(case)).delete()


def delete_the_line(case: Case) -> None:
    line(case).delete()


def delete_the_priority_by_sql(case: Case) -> None:
    sql("DELETE FROM priorities_priority")


def swap_the_line(case: Case) -> None:
    draft = record_activity(case.kadernota, "Campagne", YEAR, by=case.officer)
    EditionLine.objects.filter(line=line(case)).update(line=draft)


def one_more_in_the_edition(case: Case) -> None:
    draft = record_activity(case.kadernota, "Campagne", YEAR, by=case.officer)
    EditionLine.objects.bulk_create([EditionLine(edition=case.edition, line=draft)])


def another_count(case: Case) -> None:
    case.edition.line_count = 9
    case.edition.save()


def a_fork_of_the_chain(case: Case) -> None:
    row = line(case)
    for result in ("een", "twee"):
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        ProgrammeLine.objects.bulk_create(
            [ProgrammeLine(**values | {"id": None, "result": result, "replaces_id": row.pk})]
        )


def with_constraints_off(case: Case) -> None:
    with connection.constraint_checks_disabled():
        sql("DELETE FROM indicators_programmeline WHERE id = %s", line(case).pk)


def record_without_a_reason(case: Case) -> None:
    record_activity(case.kadernota, TITLE, YEAR, state=ActivityState.RUNNING, seen=line(case), by=case.officer)


def record_over_an_old_one(case: Case) -> None:
    row = line(case)
    facts = {"state": ActivityState.DONE, "by": case.officer}
    record_activity(case.kadernota, TITLE, YEAR, seen=row, result="Vijf.", **facts)
    record_activity(case.kadernota, TITLE, YEAR, seen=row, result="Zes.", **facts)


def withdraw_as_adopter(case: Case) -> None:
    withdraw_line(seen=line(case).pk, kadernota=case.kadernota, reason="weg", by=case.adopter, now=NOW)


def withdraw_without_adopting(case: Case) -> None:
    """It stays in the programme until that it was withdrawn is adopted."""
    withdraw_line(seen=line(case).pk, kadernota=case.kadernota, reason="weg", by=case.officer, now=NOW)


def send_back_what_is_adopted(case: Case) -> None:
    send_back_line(revision=line(case).pk, kadernota=case.kadernota, by=case.adopter, reason="nee", now=NOW)


def unsay_a_return(case: Case) -> None:
    draft = record_activity(case.kadernota, "Campagne", YEAR, by=case.officer)
    send_back_line(revision=draft.pk, kadernota=case.kadernota, by=case.adopter, reason="nee", now=NOW)
    LineSentBack.objects.filter(line=draft).delete()


def adopt_ones_own(case: Case) -> None:
    record_activity(case.kadernota, "Campagne", YEAR, by=case.superuser)
    adopt_year(case.kadernota, YEAR, by=case.superuser)


WAYS = [
    ("save one field", save_one_field, IntegrityError),
    ("update through the priority", update_through_the_priority, IntegrityError),
    ("move it to a theme", move_to_another_priority, IntegrityError),
    ("withdraw by update", withdraw_by_update, IntegrityError),
    ("delete past the ORM", delete_past_the_orm, IntegrityError),
    ("delete the entry", delete_the_entry, IntegrityError),
    ("delete the line", delete_the_line, ProtectedError),
    ("delete the priority by SQL", delete_the_priority_by_sql, IntegrityError),
    ("another line in the edition", swap_the_line, IntegrityError),
    ("one more in the edition", one_more_in_the_edition, IntegrityError),
    ("another count of lines", another_count, IntegrityError),
    ("a fork of the chain", a_fork_of_the_chain, IntegrityError),
    ("with constraints off", with_constraints_off, IntegrityError),
    ("record without a reason", record_without_a_reason, ActionRefused),
    ("record over an old one", record_over_an_old_one, LineConflict),
    ("withdraw as adopter", withdraw_as_adopter, NotAllowed),
    ("withdraw without adopting", withdraw_without_adopting, None),
    ("send back what is adopted", send_back_what_is_adopted, ActionRefused),
    ("unsay a return", unsay_a_return, IntegrityError),
    ("adopt one's own, as superuser", adopt_ones_own, ActionRefused),
]  # fmt: skip
