"""The start page on an empty database, so without the fixtures that load a kadernota."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PRACTICE
from tests.pages.test_reading import check, page


def test_with_only_a_practice_kadernota_the_start_page_says_so(client: Client, practice) -> None:
    read = page(client, "/")
    check(read)
    assert "Er staat nog geen kadernota in" in read.text
    assert reverse("kadernotas") in read.links
    assert reverse("kadernota", args=[PRACTICE]) in page(client, reverse("kadernotas")).links


@pytest.mark.django_db
def test_without_any_kadernota_the_start_page_is_friendly(client: Client) -> None:
    check(page(client, "/"))
