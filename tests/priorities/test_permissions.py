"""The permissions of the three groups, superusers and anonymous visitors."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from priorities.permissions import (
    NotAllowed,
    check_adopt,
    check_prepare,
    check_record,
    check_seal,
    check_see_drafts,
    check_see_versions_in_preparation,
    may_adopt,
    may_prepare,
    may_record,
    may_seal,
    may_see_drafts,
    may_see_versions_in_preparation,
)
from tests.cast import make_user

pytestmark = pytest.mark.django_db

QUESTIONS = (may_record, may_adopt, may_see_drafts, may_seal, may_prepare, may_see_versions_in_preparation)
RIGHTS = {
    "beleidsmedewerker": (True, False, True, True, False, False),
    "vaststeller": (False, True, True, True, False, True),
    "beheerder": (False, False, False, False, True, True),
    "": (False, False, False, False, False, False),
}


def rights_of(user):
    return tuple(may(user) for may in QUESTIONS)


@pytest.mark.parametrize(("group", "rights"), RIGHTS.items())
def test_groups(group, rights):
    user = make_user("iemand", group)
    assert rights_of(user) == rights


@pytest.mark.parametrize("group", RIGHTS)
def test_staff_alone_gives_no_right(group):
    user = make_user("iemand", group, is_staff=True)
    assert rights_of(user) == RIGHTS[group]


def test_superuser_may_do_all(superuser):
    assert all(rights_of(superuser))


@pytest.mark.parametrize("may", QUESTIONS)
def test_without_account_or_with_a_closed_one_nothing_is_allowed(may, superuser, officer, keeper):
    superuser.is_active = officer.is_active = keeper.is_active = False
    assert not may(AnonymousUser())
    assert not may(superuser)
    assert not may(officer)
    assert not may(keeper)


@pytest.mark.parametrize(
    ("check", "who"),
    [
        (check_record, "beleidsmedewerker"),
        (check_adopt, "vaststeller"),
        (check_see_drafts, "beleidsmedewerker"),
        (check_seal, "vastlegt of vaststelt"),
        (check_prepare, "beheerder"),
        (check_see_versions_in_preparation, "beheerder"),
    ],
)
def test_refusing_says_who_may(check, who):
    with pytest.raises(NotAllowed, match=who):
        check(make_user("iemand"))
    with pytest.raises(NotAllowed):
        check(AnonymousUser())


def test_no_group_may_delete_or_touch_what_is_recorded():
    allowed = {
        f"{app}.{codename}"
        for app, codename in Group.objects.values_list("permissions__content_type__app_label", "permissions__codename")
    }
    assert not {right for right in allowed if ".delete_" in right}
    assert not {right for right in allowed if ".change_" in right}
    assert not {right for right in allowed if right.startswith(("auth.", "sessions.", "admin."))}


def test_the_groups_are_these_three():
    assert set(Group.objects.values_list("name", flat=True)) == {"beleidsmedewerker", "vaststeller", "beheerder"}


def test_all_rights_are_asked_for_in_one_query(django_assert_num_queries):
    user = make_user("iemand", "beleidsmedewerker")
    user.user_permissions.add(Permission.objects.get(codename="adopt"))
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        assert may_record(user) and may_adopt(user) and may_see_drafts(user)
    assert user.get_all_permissions() == ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))


def test_a_right_that_is_taken_away_is_gone_at_the_next_request():
    user = make_user("iemand", "beleidsmedewerker")
    assert may_record(User.objects.get(pk=user.pk))
    user.groups.clear()
    assert not may_record(User.objects.get(pk=user.pk))
