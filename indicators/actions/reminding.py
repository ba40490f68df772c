"""Reminding officers by e-mail of figures that are due: each person once for each deadline, never twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from indicators.domain.dutch import counted
from indicators.models import Deadline, Reminder
from indicators.readmodel.tasks import Gap, deadline_words, load_tasks
from priorities.models import Kadernota

AHEAD = timedelta(days=7)
OFFICERS = "beleidsmedewerker"


@dataclass(frozen=True)
class Due:
    """A deadline that is near or past, with the figures that are missing."""

    kadernota: Kadernota
    deadline: Deadline
    missing: tuple[Gap, ...]


@dataclass(frozen=True)
class Letter:
    """What one officer is reminded of, in one e-mail."""

    recipient: User
    dues: tuple[Due, ...]


class SendingFailed(Exception):
    """The e-mail could not be handed over; nothing is noted, so a next run tries again."""


def letters(*, today: date) -> list[Letter]:
    """Who must be reminded of what on this day; what was sent before is left out."""
    dues = list(_dues(today))
    recipients = User.objects.filter(is_active=True, groups__name=OFFICERS).exclude(email="").order_by("username")
    sent = set(Reminder.objects.values_list("deadline_id", "recipient_id"))
    found = []
    for recipient in recipients.distinct():
        new = tuple(due for due in dues if (due.deadline.pk, recipient.pk) not in sent)
        if new:
            found.append(Letter(recipient, new))
    return found


def send(letter: Letter, *, today: date, now: datetime) -> bool:
    """Send one reminder; False when another run sent it first. Raises SendingFailed.

    The notes are written before the e-mail is sent and in the same transaction: who comes second waits and finds
    them; when sending fails they are undone.
    """
    try:
        with transaction.atomic():
            for due in letter.dues:
                Reminder.objects.create(deadline=due.deadline, recipient=letter.recipient, sent_at=now)
            try:
                send_mail(subject(letter), text(letter, today=today), None, [letter.recipient.email])
            except OSError as error:  # smtplib's errors are OSErrors too
                raise SendingFailed(str(error)) from error
    except IntegrityError:
        return False
    return True


def subject(letter: Letter) -> str:
    """The subject: how many figures are missing."""
    count = sum(len(due.missing) for due in letter.dues)
    return f"Monitor: {counted(count, 'cijfer ontbreekt', 'cijfers ontbreken')} nog"


def text(letter: Letter, *, today: date) -> str:
    """The e-mail: of each deadline the figures that are missing, and where to fill them in."""
    parts = [f"Beste {letter.recipient.get_full_name() or letter.recipient.get_username()},"]
    for due in letter.dues:
        kadernota, deadline = due.kadernota, due.deadline
        practice = " (om te oefenen)" if kadernota.is_practice else ""
        lines = [
            f"{kadernota.title}, {kadernota.organisation}{practice}",
            f"Cijfers over {deadline.year} van {deadline.source}. {deadline_words(deadline.due_on, today)}",
            "Hiervan is nog niets vastgelegd:",
            *(f"- {gap.label} {gap.row.name}" for gap in due.missing),
        ]
        if settings.SITE_URL:
            path = reverse("mijn-werk", args=[kadernota.slug])
            lines.append(f"Invullen: {settings.SITE_URL}{path}?jaar={deadline.year}")
        parts.append("\n".join(lines))
    parts.append("Is een cijfer er nog niet? Leg dan pm of n.b. vast, met een toelichting.")
    parts.append("U krijgt deze herinnering één keer per termijn.")
    return "\n\n".join(parts) + "\n"


def _dues(today: date) -> Iterator[Due]:
    """The deadlines within a week or past of which figures are missing; the read model once for each kadernota."""
    near = Deadline.objects.filter(due_on__lte=today + AHEAD).select_related("kadernota", "source")
    works = {}
    for deadline in near.order_by("kadernota", "due_on", "pk"):
        work = works.get(deadline.kadernota_id) or load_tasks(deadline.kadernota)
        works[deadline.kadernota_id] = work
        if deadline.year not in work.recorded.years:
            continue
        missing = tuple(gap for gap in work.missing(deadline.year) if gap.row.source == deadline.source.name)
        if missing:
            yield Due(deadline.kadernota, deadline, missing)
