"""The version of the code. It is part of the key of every cached page, so that a new release starts with no pages."""

import hashlib
import re
from datetime import date
from functools import cache

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

FOLDERS = ("kadernota", "priorities", "indicators", "reports", "templates")
SECRET = re.compile(r"KEY|PASSWORD|SECRET|TOKEN|USER|HOST")
PLAIN = (str, int, date, type(None))


@cache
def code_version() -> str:
    """Return a hash of the code, the templates, the names of static files, the packages and the public settings."""
    digest = hashlib.sha256(django.get_version().encode())
    lock = settings.BASE_DIR / "requirements.txt"
    sources = [path for folder in FOLDERS for path in (settings.BASE_DIR / folder).rglob("*")]
    for path in sorted([lock, *(path for path in sources if path.suffix in (".py", ".html"))]):
        if path.is_file():
            digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    digest.update(getattr(staticfiles_storage, "manifest_hash", "").encode())
    # Secrets and host names are on no page.
    names = [name for name in sorted(dir(settings)) if name.isupper() and not SECRET.search(name)]
    values = [(name, getattr(settings, name, None)) for name in names]
    digest.update(repr([(name, str(value)) for name, value in values if isinstance(value, PLAIN)]).encode())
    return digest.hexdigest()
