"""An HTTP client that edits the form of a year: logs in, confirms warnings, resolves conflicts, logs its edits."""

import http.client
import random
import re
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 60.0  # seconds for one answer
MAX_TRIES = 12  # of one edit
INPUT = re.compile(r"<input\b([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
TEXTAREA = re.compile(r'<textarea\b[^>]*\bname="([^"]+)"[^>]*>([^<]*)</textarea>')
CLASH = re.compile(r'name="rival-(\d+)" value="(\d+)"')


@dataclass(kw_only=True)
class Edit:
    """An edit of one figure: the component and value, the revision it replaces, and the outcome."""

    component: int
    figure: int
    text: str  # the explanation, unique
    seen: int | None = None
    outcome: str = "given up"  # saved, yielded, unanswered, given up
    tries: int = 0


@dataclass(kw_only=True)
class Person:
    """A user with their own connection, cookies and random generator."""

    host: str
    port: int
    number: int
    username: str
    password: str
    path: str
    components: list[int]
    edits: list[Edit] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    cut_off: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def work(self, edits: int, deadline: float) -> None:
        """Log in and make `edits` edits, or as many as the time allows."""
        rng = random.Random(self.number)
        form = self.log_in()
        for turn in range(edits):
            if time.monotonic() > deadline:
                return
            figure = 1000 + self.number * 100 + turn
            text = f"klant {self.number}, bewerking {turn}"
            edit = Edit(component=rng.choice(self.components), figure=figure, text=text)
            self.edits.append(edit)
            form = self.send_edit(edit, form, rng)

    def send_edit(self, edit: Edit, form: dict[str, str], rng: random.Random) -> dict[str, str]:
        """Send an edit until it is saved, yielded or cut off; return the form as it is then."""
        typed = {f"figure-{edit.component}": str(edit.figure), f"explanation-{edit.component}": edit.text}
        form = form | typed
        while edit.tries < MAX_TRIES:
            edit.tries += 1
            seen = form.get(f"seen-{edit.component}", "")
            if form.get(f"choice-{edit.component}") == "mine":
                seen = form[f"rival-{edit.component}"]
            answer = self.request("POST", self.path, form)
            if answer is None:
                edit.outcome = "unanswered"
                return self.open_form()
            status, page = answer
            if status == 303:
                yields = form.get(f"choice-{edit.component}") == "colleague"
                edit.outcome, edit.seen = ("yielded", None) if yields else ("saved", int(seen) if seen else None)
                return self.open_form()
            if status not in (409, 422):
                return self.open_form()
            form = fields_of(page) | confirmations(page)
            for key, _ in CLASH.findall(page):
                form[f"choice-{key}"] = "mine" if rng.random() < 0.75 else "colleague"
        return self.open_form()

    def log_in(self) -> dict[str, str]:
        """Log in through the page; return the form of the year."""
        page = self.page("/inloggen/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, "the log-in page has no token"
        data = {"username": self.username, "password": self.password, "csrfmiddlewaretoken": token[1]}
        answer = self.request("POST", "/inloggen/", data)
        assert answer and answer[0] == 302, f"{self.username} could not log in: {answer and answer[0]}"
        return self.open_form()

    def open_form(self) -> dict[str, str]:
        """Return the fields of the form of the year, unchanged."""
        return fields_of(self.page(self.path))

    def page(self, path: str) -> str:
        """Return a page; retry when the connection breaks, because a server process may be killed."""
        for _ in range(5):
            answer = self.request("GET", path)
            if answer and answer[0] == 200:
                return answer[1]
            time.sleep(0.5)
        raise AssertionError(f"{path} gives no page: {answer and answer[0]}")

    def request(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str] | None:
        """Return status and body, or None when the connection broke before the response."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
            self.connection.request(method, path, urlencode(data) if data is not None else None, headers)
            response = self.connection.getresponse()
            body = response.read().decode()
        except (http.client.HTTPException, OSError):
            self.cut_off += 1
            self.close()
            return None
        self.statuses[response.status] += 1
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if method == "POST" or response.headers.get("Connection") == "close":
            self.close()  # a new connection may reach the other process
        return response.status, body

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def edits_as_dicts(self) -> list[dict[str, Any]]:
        """Return the edits, to compare them with the database."""
        return [asdict(edit) for edit in self.edits]


def _inputs(page: str) -> list[dict[str, str]]:
    """Return the attributes of each input of the form of a year."""
    form = page.split('<form class="entry"', 1)[1].split("</form>", 1)[0]
    return [dict(ATTRIBUTE.findall(attributes)) for attributes in INPUT.findall(form)]


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send of the form of a year."""
    form = page.split('<form class="entry"', 1)[1].split("</form>", 1)[0]
    boxes = ("checkbox", "radio")
    fields = {
        item["name"]: unescape(item.get("value", ""))
        for item in _inputs(page)
        if item.get("type") not in boxes or "checked" in item
    }
    return fields | {name: unescape(text).lstrip("\n") for name, text in TEXTAREA.findall(form)}


def confirmations(page: str) -> dict[str, str]:
    """Return the fields that confirm every warning."""
    boxes = [item for item in _inputs(page) if item.get("name", "").startswith("confirm-") and item.get("value")]
    return {item["name"]: unescape(item["value"]) for item in boxes}
