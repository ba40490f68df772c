"""Static files as in production: every file that a stylesheet or script refers to exists."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests.repository.tree import files, text_of

pytestmark = pytest.mark.engine_free


def test_collects_with_hashed_names(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    url = staticfiles_storage.url("vendor/plotly-basic.min.js")
    assert re.fullmatch(r"/static/vendor/plotly-basic\.min\.[0-9a-f]{12}\.js", url)


def test_every_static_file_that_a_template_names_exists() -> None:
    named = {
        name
        for path in files(".html", under="templates")
        for name in re.findall(r"""\{%\s*static\s+["']([^"']+)["']""", text_of(path))
    }
    assert named
    assert not [name for name in sorted(named) if not Path("static", name).exists()]


@pytest.mark.django_db
def test_is_served_by_the_site_itself(client: Client) -> None:
    response = client.get("/static/vendor/plotly.css")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/css")
    b"".join(response.streaming_content)
    response.close()
