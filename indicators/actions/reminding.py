"""Remind officers by e-mail of figures that are due: each person once for each deadline."""

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
from indicators.readmodel.revisions import name_of
from indicators.readmodel.tasks import Gap, Tasks, deadline_words, load_tasks
from priorities.models import Kadernota

AHEAD = timedelta(days=7)
OFFICERS = "beleidsmedewerker"


@dataclass(frozen=True)
class Due:
    """A deadline within a week or past, with the figures that are missing."""

    kadernota: Kadernota
    deadline: Deadline
    missing: tuple[Gap, ...]


@dataclass(frozen=True)
class Letter:
    """One e-mail to one officer, about one or more deadlines."""

    recipient: User
    dues: tuple[Due, ...]


class SendingFailed(Exception):
    """The mail server did not accept the e-mail; nothing is stored, so the next run tries again."""


def due_letters(*, today: date) -> list[Letter]:
    """Return the e-mails to send on this day; reminders that were sent before are left out."""
    dues = list(_dues(today))
    recipients = User.objects.filter(is_active=True, groups__name=OFFICERS).exclude(email="").order_by("username")
    sent = set(Reminder.objects.values_list("deadline_id", "recipient_id"))
    letters = []
    for recipient in recipients.distinct():
        new = tuple(due for due in dues if (due.deadline.pk, recipient.pk) not in sent)
        if new:
            letters.append(Letter(recipient, new))
    return letters


def send(letter: Letter, *, today: date, now: datetime) -> bool:
    """Send one reminder; False when another run sent it first. Raises SendingFailed.

    The Reminder rows are written before the e-mail is sent and in the same transaction: a second run waits for them,
    and a failure to send rolls them back.
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
    """Return the subject: how many figures are missing."""
    count = sum(len(due.missing) for due in letter.dues)
    return f"Monitor: {counted(count, 'cijfer ontbreekt', 'cijfers ontbreken')} nog"


def text(letter: Letter, *, today: date) -> str:
    """Return the text: the missing figures by deadline, and where to fill them in."""
    parts = [f"Beste {name_of(letter.recipient)},"]
    for due in letter.dues:
        kadernota, deadline = due.kadernota, due.deadline
        version = kadernota.version
        practice = " (om te oefenen)" if kadernota.is_practice else ""
        lines = [
            f"{version.title}, {version.printed_organisation}{practice}",
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
    """Yield the deadlines within a week or past with missing figures; load each kadernota once."""
    adopted = Kadernota.objects.adopted()
    near = Deadline.objects.filter(due_on__lte=today + AHEAD, kadernota__in=adopted)
    loaded: dict[int, Tasks] = {}
    for deadline in near.select_related("kadernota", "source").order_by("kadernota", "due_on", "pk"):
        tasks = loaded.get(deadline.kadernota_id) or load_tasks(deadline.kadernota)
        loaded[deadline.kadernota_id] = tasks
        if deadline.year not in tasks.recorded.years:
            continue
        missing = tuple(gap for gap in tasks.missing(deadline.year) if gap.row.source == deadline.source.name)
        if missing:
            yield Due(deadline.kadernota, deadline, missing)
