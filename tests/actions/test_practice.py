"""The practice municipality: invented figures recorded with the actions, and practice accounts."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from indicators.actions.practice import ACCOUNTS, ADOPTER, COLLEAGUE, KEEPER, OFFICER, PASSWORD, load_practice
from indicators.models import Edition, Measurement
from priorities.permissions import may_adopt, may_record, may_see_drafts
from tests.cast import NOW, overview_of, read_fixture

pytestmark = pytest.mark.django_db


def load_again():
    nota, figures = read_fixture("oefengemeente_2018_2022"), read_fixture("oefencijfers_2018_2022")
    return load_practice(nota=nota, figures=figures, now=NOW)


def test_it_says_that_it_is_for_practice(practice):
    assert practice.is_practice and practice.organisation.name == "Oefengemeente"
    overview = overview_of(practice)
    assert overview.is_practice and len(overview.rows) == 21


def test_its_history_is_as_real_as_any(practice):
    editions = list(Edition.objects.of(practice))
    assert editions and {edition.decision.kind for edition in editions} == {"year"}
    for edition in editions:
        decision = edition.decision
        assert decision.adopted_by.username == ADOPTER
        assert not edition.entries.filter(measurement__recorded_by=decision.adopted_by).exists()
        assert not edition.entries.filter(measurement__recorded_at__gt=decision.recorded_at).exists()
    corrected = Measurement.objects.of(practice).filter(replaces__entry__isnull=False, entry__isnull=False)
    assert corrected.exists() and not corrected.filter(explanation="").exists()
    assert Measurement.objects.of(practice).drafts().exists()
    assert not Measurement.objects.of(practice).exclude(source_note="").exists()


def test_again_changes_nothing(practice):
    before = list(Measurement.objects.values()), list(Edition.objects.values()), list(User.objects.values())
    _, report = load_again()
    assert (report.added, report.differences) == ({}, [])
    assert (list(Measurement.objects.values()), list(Edition.objects.values()), list(User.objects.values())) == before


def test_the_accounts(practice):
    users = {login: User.objects.get(username=login) for login in ACCOUNTS}
    for login, user in users.items():
        assert authenticate(username=login, password=PASSWORD) == user and not user.is_superuser
    assert may_record(users[OFFICER]) and may_record(users[COLLEAGUE]) and not may_adopt(users[OFFICER])
    assert may_adopt(users[ADOPTER]) and not may_record(users[ADOPTER])
    assert users[KEEPER].is_staff and not may_see_drafts(users[KEEPER])
    assert not any(users[login].is_staff for login in (OFFICER, COLLEAGUE, ADOPTER))


def test_an_account_that_is_there_keeps_its_password(practice):
    user = User.objects.get(username=OFFICER)
    user.set_password("iets anders")
    user.save()
    load_again()
    user.refresh_from_db()
    assert user.check_password("iets anders")
