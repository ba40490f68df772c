"""Rules for the headers of every response: the policy that internet.nl asks for, and other security headers."""

import re
from collections.abc import Mapping

REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SOURCES = {
    "default-src": ["'none'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"], "form-action": ["'self'"],
    "script-src": ["'self'"], "style-src": ["'self'"], "connect-src": ["'self'"], "font-src": ["'self'"],
}  # fmt: skip
# data: for the icon in the page, blob: for the PNG of a chart.
IMAGE_SOURCES = {"'self'", "data:", "blob:"}


def directives_of(policy: str) -> dict[str, list[str]]:
    """Return the sources of each directive of a policy."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def policy_faults(headers: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the security headers of a response."""
    policy = headers.get("Content-Security-Policy", "")
    directives = directives_of(policy)
    faults = [f"{name} {directives.get(name)}" for name, sources in SOURCES.items() if directives.get(name) != sources]
    if not set(directives.get("img-src", ["*"])) <= IMAGE_SOURCES or set(directives) - set(SOURCES) - {"img-src"}:
        faults.append(f"policy {policy!r}")
    faults += [f"{name}: {headers.get(name)}" for name, value in REQUIRED.items() if headers.get(name) != value]
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        faults.append("no Permissions-Policy")
    if "Access-Control-Allow-Origin" in headers:
        faults.append("open to other sites")
    faults += [
        f"{name} tells a version" for name in ("Server", "X-Powered-By") if re.search(r"\d", headers.get(name, ""))
    ]
    return faults
