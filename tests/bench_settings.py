"""The settings of `make run`, with the bench's own addresses and its own folder for static files."""

import os
from pathlib import Path

from kadernota.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench_urls"
STATIC_ROOT = Path(os.environ["BENCH_FOLDER"]) / "static"
# Hashed names as in production; not compressed beforehand, which takes long and costs no request anything.
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
