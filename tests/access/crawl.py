"""Follow every link from the start pages, within bounds, and collect the responses."""

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
MAX_QUERIES = 1  # query strings per path: the first one linked to
MAX_PAGES = 750
# Documents take long to write: crawl only those of the years with drafts.
DOCUMENT = re.compile(r"/(odt|pdf|docx|xlsx)/$")
DRAFT_YEARS = (f"/{REAL}/uitvoeringsprogramma/2021/", f"/{PRACTICE}/uitvoeringsprogramma/2022/")


def crawl(client: Client, start: Iterable[str], *, without: str = "/static/") -> dict[str, HttpResponse]:
    """Return the response of every address reachable from `start`, by address; skip paths below `without`."""
    queue, responses, queries = deque(start), {}, Counter()
    queued = set(queue)
    while queue and len(responses) < MAX_PAGES:
        address = queue.popleft()
        if address in responses:
            continue
        responses[address] = response = client.get(address)
        for link in links_in(response, address):
            path = urlsplit(link).path
            if link in queued or queries[path] >= MAX_QUERIES or not is_ours(path, without):
                continue
            queries[path] += 1
            queued.add(link)
            queue.append(link)
    assert not queue, "more pages than expected: raise the bounds knowingly"
    return responses


def links_in(response: HttpResponse, address: str) -> list[str]:
    """Return the addresses that a response links or redirects to, in order."""
    if location := response.headers.get("Location"):
        return [urljoin(address, location)]
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    page = response.content.decode()
    return [urljoin(address, unescape(link or data_link)) for link, data_link in LINK.findall(page)]


def is_ours(path: str, without: str) -> bool:
    """Tell whether to visit a path: of this site, outside the administration, and few of the documents."""
    if not path.startswith("/") or path.startswith(("/static/", "/beheer/", without)):
        return False
    return not DOCUMENT.search(path) or path.startswith(DRAFT_YEARS)


def routes_of(responses: dict[str, HttpResponse]) -> set[str | None]:
    """Return the names of the routes that answered with a page or a redirect."""
    paths = {urlsplit(address).path for address, response in responses.items() if response.status_code in (200, 302)}
    return {resolve(path).url_name for path in paths}
