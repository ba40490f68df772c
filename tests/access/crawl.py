"""Follows every link from the start pages, within bounds, and keeps each answer."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.cast import PRACTICE, REAL

LINK = re.compile(r'\b(?:href|src|action)="([^"#]+)|\bdata-[a-z-]+="(/[^"#]+)')
MOST_QUERIES = 1  # of one path, as the first link to it has it
MOST_PAGES = 550
# A file takes a while to make: only those of the years with drafts, and of the document that holds the other.
COSTLY = re.compile(r"/(odt|pdf|docx|xlsx)/$")
WORTH_IT = (f"/{REAL}/uitvoeringsprogramma/2021/", f"/{PRACTICE}/uitvoeringsprogramma/2022/")


def crawl(client: Client, start: Iterable[str], *, without: str = "/static/") -> dict[str, HttpResponse]:
    """The answer of every address that can be reached from `start`, by address; nothing below `without`."""
    waiting, answers, queries = deque(start), {}, Counter()
    asked_for = set(waiting)
    while waiting and len(answers) < MOST_PAGES:
        address = waiting.popleft()
        if address in answers:
            continue
        answers[address] = response = client.get(address)
        for link in links_in(response, address):
            path = urlsplit(link).path
            if link in asked_for or queries[path] >= MOST_QUERIES or not is_ours(path, without):
                continue
            queries[path] += 1
            asked_for.add(link)
            waiting.append(link)
    assert not waiting, "more pages than expected: raise the bounds knowingly"
    return answers


def links_in(response: HttpResponse, address: str) -> list[str]:
    """The addresses that this answer leads to, in order."""
    if location := response.headers.get("Location"):
        return [urljoin(address, location)]
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    page = response.content.decode()
    return [urljoin(address, unescape(link or other)) for link, other in LINK.findall(page)]


def is_ours(path: str, without: str) -> bool:
    """Whether to go there: pages of this site, not the administration, few of the costly files."""
    if not path.startswith("/") or path.startswith(("/static/", "/beheer/", without)):
        return False
    return not COSTLY.search(path) or path.startswith(WORTH_IT)


def routes_of(answers: dict[str, HttpResponse]) -> set[str | None]:
    """The names of the routes that gave a page, or led on to one."""
    paths = {urlsplit(address).path for address, response in answers.items() if response.status_code in (200, 302)}
    return {resolve(path).url_name for path in paths}
