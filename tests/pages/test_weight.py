"""The first view of a page takes at most 25 kB in a few requests, all of them to this site."""

import re

import pytest
from django.test import Client

from tests.cast import PRACTICE, REAL
from tests.pages.weight import LOADED, weigh

BUDGET = 25_000  # bytes on the line
REQUESTS = 4  # the page, the theme, the look, and where there is a chart its script; the icon comes with the page
WORK = 5  # for an officer one sheet more, and on the form of a year its script


@pytest.mark.parametrize("path", ["/", "/prioriteit/1/", "/prioriteit/3/", "/indicator/V5/", "/indicator/V14/"])
@pytest.mark.parametrize("slug", [REAL, PRACTICE])
def test_the_first_view_fits_the_budget(client: Client, real, practice, slug: str, path: str) -> None:
    weight = weigh(client, f"/{slug}{path}")
    assert weight.total <= BUDGET, weight.parts
    assert len(weight.parts) <= REQUESTS, weight.parts


@pytest.mark.parametrize("path", ["vergelijken/", "hoe-wij-oordelen/", "bijlage/2020/", "zoeken/", "editie/2020-1/"])
def test_the_other_public_pages_need_no_more_requests(client: Client, practice, path: str) -> None:
    weight = weigh(client, f"/{PRACTICE}/{path}")
    assert len(weight.parts) <= REQUESTS, weight.parts


@pytest.mark.parametrize("path", ["", "prioriteit/1/", "mijn-werk/", "invoeren/2022/", "uit-bestand/2022/"])
def test_work_asks_for_one_style_sheet_more(client: Client, practice, officer, path: str) -> None:
    client.force_login(officer)
    weight = weigh(client, f"/{PRACTICE}/{path}")
    assert len(weight.parts) <= WORK, weight.parts


def test_no_page_names_another_host(client: Client, practice) -> None:
    for path in ("/", "/prioriteit/1/", "/indicator/V5/", "/bijlage/2020/", "/editie/2020-1/"):
        html = client.get(f"/{PRACTICE}{path}").content.decode()
        loaded = re.findall(r"""(?:src|srcset|data-[a-z-]+)="(?:https?:)?//[^"]+\"""", html)
        assert not loaded, path


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="stylesheet" href="/static/a.css">',
        '<link rel="icon" href="/static/a.svg" type="image/svg+xml">',
        '<script src="/static/a.js" defer></script>',
        '<img alt="" src="/static/a.png">',
    ],
)
def test_whatever_loads_is_weighed(tag: str) -> None:
    assert LOADED.search(tag)
