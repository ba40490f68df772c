"""What the headers of every answer must say: the rules of internet.nl for a policy, and those beside it."""

import re
from collections.abc import Mapping

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CLOSED = {
    "default-src": ["'none'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"], "form-action": ["'self'"],
    "script-src": ["'self'"], "style-src": ["'self'"], "connect-src": ["'self'"], "font-src": ["'self'"],
}  # fmt: skip
# A picture may come with the page (the icon) or be made in it (the PNG of a chart); nothing else may.
IMAGES = {"'self'", "data:", "blob:"}


def directives_of(policy: str) -> dict[str, list[str]]:
    """The directives of a policy with their sources."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def policy_faults(headers: Mapping[str, str]) -> list[str]:
    """What is wrong with the security headers of one answer."""
    policy = headers.get("Content-Security-Policy", "")
    told = directives_of(policy)
    faults = [f"{name} {told.get(name)}" for name, sources in CLOSED.items() if told.get(name) != sources]
    if not set(told.get("img-src", ["*"])) <= IMAGES or set(told) - set(CLOSED) - {"img-src"}:
        faults.append(f"policy {policy!r}")
    faults += [f"{name}: {headers.get(name)}" for name, value in WANTED.items() if headers.get(name) != value]
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        faults.append("no Permissions-Policy")
    if "Access-Control-Allow-Origin" in headers:
        faults.append("open to other sites")
    faults += [
        f"{name} tells a version" for name in ("Server", "X-Powered-By") if re.search(r"\d", headers.get(name, ""))
    ]
    return faults
