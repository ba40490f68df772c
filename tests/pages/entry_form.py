"""The form of a year as a browser handles it: read from the page, filled in, submitted completely."""

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from tests.cast import PRACTICE, component_of


def address(year: int, slug: str = PRACTICE) -> str:
    """Return the address of the form of a year."""
    return f"/{slug}/invoeren/{year}/"


def field(kadernota, code: str, name: str = "", kind: str = "figure") -> str:
    """Return the name of a field of a component: the figure, or another kind."""
    return f"{kind}-{component_of(kadernota, code, name).series_id}"


class _Fields(HTMLParser):
    """Collect what a browser would send of the form of class `entry`."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.inside = False
        self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        name = facts.get("name") or ""
        if tag == "form":
            self.inside = facts.get("class") == "entry"
        if not self.inside or tag not in ("input", "textarea"):
            return
        self.attributes[name if facts.get("type") != "radio" else f"{name}:{facts['value']}"] = facts
        if tag == "textarea":
            self.textarea = name
            self.values[name] = ""
        elif facts.get("type") not in ("checkbox", "radio") or "checked" in facts:
            self.values[name] = facts.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""


def fields_of(response: HttpResponse) -> dict[str, str]:
    """Return what a browser would send of the form on this page, unchanged."""
    return _parsed(response).values


def attributes_of(response: HttpResponse, name: str) -> dict[str, str | None]:
    """Return the attributes of one control; a radio button is called name:value."""
    return _parsed(response).attributes[name]


def _parsed(response: HttpResponse) -> _Fields:
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser


def open_form(client: Client, year: int) -> dict[str, str]:
    """Open the page of a year; return what its form would send."""
    response = client.get(address(year))
    assert response.status_code == 200
    return fields_of(response)


def send(client: Client, year: int, fields: dict[str, str], **changes: str) -> HttpResponse:
    """Submit the form, with `changes` by the name of the field."""
    return client.post(address(year), fields | changes)


def messages_of(client: Client, year: int) -> str:
    """Return the page after saving, as text."""
    return client.get(address(year)).content.decode()
