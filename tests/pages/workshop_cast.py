"""What the tests of the workshop share: addresses, forms as a browser sends them, and a small nota."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from indicators.actions.versions import offer, questions_about, start_draft
from indicators.domain.nota import Nota, read_nota
from indicators.models.drafts import SUBSTANTIVE
from indicators.pages.workshop.drafts import Draft, find_draft
from priorities.models import Kadernota, Version
from tests.cast import NOW

NEW = {
    "organisation.name": "Waterstad",
    "organisation.slug": "waterstad",
    "organisation.cbs_code": "GM0999",
    "title": "Kadernota Veiligheid 2027-2030",
    "slug": "waterstad-2027-2030",
    "first_year": "2027",
    "last_year": "2030",
    "baseline_year": "2026",
    "first_target_year": "2027",
    "predecessor": "",
    "is_practice": "",
}


def client_of(user: User | None) -> Client:
    """Return a test client, logged in unless the user is None."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def url(name: str, slug: str = "", kind: str = SUBSTANTIVE, **more: Any) -> str:
    """Return the address of a page of the workshop; of a draft when `slug` is given."""
    kwargs = ({"slug": slug, "version_kind": kind} if slug else {}) | more
    return reverse(name, kwargs=kwargs)


class _Form(HTMLParser):
    """The fields of the forms of a page, as a browser would send them without a button."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select = ""
        self._text = ""
        self._name = ""
        self._disabled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        name, value = facts.get("name") or "", facts.get("value") or ""
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "input" and name and facts.get("type") not in ("checkbox", "radio", "file"):
            self.forms[-1][name] = value
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if self._select not in self.forms[-1] or "selected" in facts:
                self.forms[-1][self._select] = value
        elif tag == "textarea":
            self._name, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._name:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._name:
            self.forms[-1][self._name] = self._text.removeprefix("\n")
            self._name = ""


def form_of(content: bytes, field: str) -> dict[str, str]:
    """Return the fields of the form on a page that has this field."""
    parser = _Form()
    parser.feed(content.decode())
    return next(form for form in parser.forms if field in form)


def text_of(content: bytes) -> str:
    """Return the words of the main part of a page."""
    main = content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def small_nota(**facts: Any) -> Nota:
    """Return a nota with one priority and two indicators, one of which has two components."""
    component = {
        "key": "", "name": "", "short_name": "", "unit_word": "", "noun": "overvallen", "quantity": "count",
        "decimals": 0, "direction": "lower", "continues": None,
        "baseline": {"year": 2026, "value": "40", "from": None},
        "targets": {"2027": "38", "2030": "<30"}, "breaks": [],
    }  # fmt: skip
    indicator = {
        "code": "V1", "name": "Overvallen", "source": "Politie", "role": "effect", "cadence": "jaarlijks",
        "planned_years": None, "first_year": None, "last_year": None, "change_reason": "", "definition": "",
        "synonyms": [], "contact": "", "printed": {}, "components": [component],
    }  # fmt: skip
    parts = [
        component | {"name": "licht", "noun": "lichte boetes", "direction": "higher", "baseline": None, "targets": {}},
        component | {"name": "zwaar", "noun": "zware boetes", "baseline": None, "targets": {}},
    ]
    topic = {
        "key": "prioriteit-1", "kind": "priority", "number": 1, "name": "Buurt", "goal": "Minder overlast.",
        "summary": "", "goals": [], "focus_points": [], "approach": [], "partners": [], "budget": "",
        "indicators": [indicator, indicator | {"code": "V2", "name": "Boetes", "components": parts}],
    }  # fmt: skip
    data = {
        "format": 1, "slug": "waterstad-2027-2030",
        "organisation": {"slug": "waterstad", "name": "Waterstad", "cbs_code": "GM0999"},
        "is_practice": False, "predecessor": None, "area": {"code": "gemeente", "name": "Waterstad"},
        "title": "Kadernota Veiligheid 2027-2030", "printed_organisation": "Waterstad", "document": "",
        "summary": "", "finances": "", "first_year": 2027, "last_year": 2030, "baseline_year": 2026,
        "first_target_year": 2027, "topics": [topic], "readings": [],
    }  # fmt: skip
    return read_nota(data | facts)


def new_draft(keeper: User, **facts: Any) -> Draft:
    """Start a draft of a new kadernota."""
    version = start_draft(by=keeper, now=NOW, nota=small_nota(**facts))
    return draft_of(version.kadernota)


def next_draft(kadernota: Kadernota, keeper: User, kind: str = SUBSTANTIVE) -> Draft:
    """Start the next version of a kadernota."""
    start_draft(by=keeper, now=NOW, kadernota=kadernota, kind=kind)
    return draft_of(kadernota, kind)


def draft_of(kadernota: Kadernota, kind: str = SUBSTANTIVE) -> Draft:
    """Return the open draft of a kadernota, read anew."""
    draft = find_draft(kadernota, kind)
    assert draft is not None
    return draft


def offered(draft: Draft, keeper: User) -> Draft:
    """Offer a draft with every question confirmed."""
    version: Version = draft.version
    confirm = [question.code for question in questions_about(draft.nota)]
    offer(version=version, by=keeper, now=NOW, confirm=confirm)
    return draft_of(draft.kadernota, version.kind)
