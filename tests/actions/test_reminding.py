"""Reminders by e-mail: to whom, of what, and never twice."""

from datetime import date
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from indicators.actions.reminding import letters, send
from indicators.models import Deadline, Reminder, Source
from tests.cast import NOW, make_user, record

pytestmark = pytest.mark.django_db
TODAY = date(2021, 3, 1)


@pytest.fixture
def people(real):
    make_user("anna", "beleidsmedewerker", email="anna@example.org", first_name="Anna", last_name="de Wit")
    make_user("bram", "beleidsmedewerker", email="bram@example.org")
    make_user("zonder", "beleidsmedewerker")
    make_user("weg", "beleidsmedewerker", email="weg@example.org", is_active=False)
    make_user("carla", "vaststeller", email="carla@example.org")


def due(kadernota, source, due_on, year=2020):
    return Deadline.objects.create(
        kadernota=kadernota, source=Source.objects.get(name=source), year=year, due_on=due_on
    )


def run(*options, today=TODAY):
    call_command("send_reminders", "--today", today.isoformat(), *options)


@pytest.mark.parametrize(
    ("due_on", "reminds"),
    [(date(2021, 3, 8), True), (date(2021, 3, 9), False), (date(2021, 3, 1), True), (date(2020, 1, 1), True)],
)
def test_a_week_ahead_or_past(real, people, due_on, reminds):
    due(real, "VRK", due_on)
    run()
    assert [message.to for message in mail.outbox] == ([["anna@example.org"], ["bram@example.org"]] if reminds else [])


def test_the_letter_names_what_is_missing_and_where_to_go(real, people):
    due(real, "VRK", date(2021, 2, 26))
    due(real, "RIEC", date(2021, 3, 4))
    with patch("django.conf.settings.SITE_URL", "https://monitor.example.org"):
        run()
    message = mail.outbox[0]
    assert message.subject == "Monitor: 2 cijfers ontbreken nog"
    assert "Beste Anna de Wit," in message.body
    assert "- V21 Aantal crisisoefeningen" in message.body
    assert "26 februari 2021: 3 dagen te laat" in message.body
    assert f"https://monitor.example.org/{real.slug}/mijn-werk/?jaar=2020" in message.body


def test_never_twice_but_a_new_deadline_is_new(real, people):
    due(real, "VRK", TODAY)
    run()
    run(today=date(2021, 3, 20))
    assert len(mail.outbox) == 2
    due(real, "RIEC", TODAY)
    run()
    assert len(mail.outbox) == 4
    assert "V21" not in mail.outbox[-1].body
    assert Reminder.objects.count() == 4


def test_nothing_is_sent_of_what_is_recorded(real, people, superuser):
    due(real, "VRK", TODAY)
    record(real, "V21", 2020, "pm", explanation="Volgt in mei.", by=superuser)
    run()
    assert mail.outbox == []


def test_a_dry_run_sends_and_notes_nothing(real, people, capsys):
    due(real, "VRK", TODAY)
    run("--dry-run")
    assert mail.outbox == [] and not Reminder.objects.exists()
    assert "Zou versturen: anna <anna@example.org>" in capsys.readouterr().out


def test_a_failed_send_is_told_undone_and_tried_again(real, people, capsys):
    due(real, "VRK", TODAY)

    def refuse_anna(subject, text, sender, recipients):
        if recipients == ["anna@example.org"]:
            raise OSError("geen verbinding")

    with patch("indicators.actions.reminding.send_mail", refuse_anna), pytest.raises(CommandError, match="1 van de 2"):
        run()
    assert "Niet verstuurd: anna" in capsys.readouterr().err
    assert [reminder.recipient.username for reminder in Reminder.objects.all()] == ["bram"]
    run()
    assert [message.to for message in mail.outbox] == [["anna@example.org"]]


def test_of_two_runs_at_once_one_sends(real, people):
    due(real, "VRK", TODAY)
    mine, theirs = letters(today=TODAY), letters(today=TODAY)
    assert send(mine[0], today=TODAY, now=NOW)
    assert not send(theirs[0], today=TODAY, now=NOW)
    assert len(mail.outbox) == 1


def test_a_day_that_is_none(real):
    with pytest.raises(CommandError, match="geen datum"):
        call_command("send_reminders", "--today", "gisteren")
