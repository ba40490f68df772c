"""Which version of the program this is, as a fingerprint: pages that another version made are not ours."""

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


def _may_be_on_a_page(name: str) -> bool:
    return name.isupper() and not SECRET.search(name)


@cache
def code_version() -> str:
    """A fingerprint of the code, the templates, the names of static files, the packages and the settings in use."""
    digest = hashlib.sha256(django.get_version().encode())
    lock = settings.BASE_DIR / "requirements.txt"
    sources = [path for folder in FOLDERS for path in (settings.BASE_DIR / folder).rglob("*")]
    for path in sorted([lock, *(path for path in sources if path.suffix in (".py", ".html"))]):
        if path.is_file():
            digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    digest.update(getattr(staticfiles_storage, "manifest_hash", "").encode())
    # What this installation says of itself stands in its settings; what is secret, or where things are, on no page.
    said = {name: getattr(settings, name, None) for name in sorted(dir(settings)) if _may_be_on_a_page(name)}
    digest.update(repr([(name, str(value)) for name, value in said.items() if isinstance(value, PLAIN)]).encode())
    return digest.hexdigest()
