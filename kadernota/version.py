"""Which version of the program this is, as a fingerprint: pages that another version made are not ours."""

import hashlib
from functools import cache

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

FOLDERS = ("kadernota", "priorities", "indicators", "reports", "templates")


@cache
def code_version() -> str:
    """A fingerprint of the code, the templates, the names of the static files and the packages of this process."""
    digest = hashlib.sha256(django.get_version().encode())
    lock = settings.BASE_DIR / "requirements.txt"
    sources = [path for folder in FOLDERS for path in (settings.BASE_DIR / folder).rglob("*")]
    for path in sorted([lock, *(path for path in sources if path.suffix in (".py", ".html"))]):
        if path.is_file():
            digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    digest.update(getattr(staticfiles_storage, "manifest_hash", "").encode())
    return digest.hexdigest()
