"""The selection of a request: edition, year, and whether drafts count; 404 for what does not exist."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from indicators.pages.selection import load_selection
from tests.cast import adopt_year, record
from tests.pages.notas import load_empty

pytestmark = pytest.mark.django_db


def selection(kadernota, query="", user=None):
    request = RequestFactory().get(f"/?{query}")
    request.user = user or AnonymousUser()
    return load_selection(request, kadernota.slug)


def test_the_public_sees_no_drafts(real, officer):
    record(real, "V3", 2019, "4.400", by=officer)
    assert not selection(real).overview.with_drafts
    assert selection(real).overview.row("V3").components[0].figures[2019].value is None


@pytest.mark.parametrize(
    ("who", "sees"), [("officer", True), ("adopter", True), ("keeper", False), ("superuser", True)]
)
def test_who_sees_drafts(real, who, sees, request):
    user = request.getfixturevalue(who)
    assert selection(real, user=user).overview.with_drafts is sees


def test_an_edition_is_shown_as_it_was_also_to_officers(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    adopt_year(real, 2019, by=adopter)
    view = selection(real, "editie=2019-1", officer)
    assert (view.year, view.overview.with_drafts, view.overview.edition.label) == (2019, False, "2019-1")
    assert view.overview.row("V3").components[0].figures[2019].value is None
    assert selection(real, "editie=2019-2").overview.row("V3").components[0].figures[2019].printed == "4.400"


@pytest.mark.parametrize(
    "query",
    [
        "editie=2019-9", "editie=2019", "editie=x", "editie=2019-1-1", "editie=-1", "editie=99999999999999999999-1",
        "editie=２０１９-1", "editie=2019-%00", "jaar=2017", "jaar=2023", "jaar=x", "jaar=20190", "jaar=-2019",
        "jaar=２０１９", "jaar=2019.0", "jaar=%00",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(real, query):
    with pytest.raises(Http404):
        selection(real, query)


def test_an_edition_of_another_kadernota_is_not_there(real):
    other = load_empty()
    assert selection(real, "editie=2019-1").year == 2019
    with pytest.raises(Http404):
        selection(other, "editie=2019-1")
    assert selection(other).year == 2018, "no edition yet: the first year"


def test_the_year_that_is_shown(real):
    assert selection(real).year == 2022
    assert selection(real, "jaar=2020").year == 2020
    assert selection(real, "editie=2020-1").year == 2020
    assert selection(real, "editie=2020-1&jaar=2019").year == 2019
    assert selection(real, "editie=").year == 2022


def test_a_kadernota_that_is_not_there(real):
    real.slug = "bestaat-niet"
    with pytest.raises(Http404):
        selection(real)
