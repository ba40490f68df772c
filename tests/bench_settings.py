"""The settings of `make run`, with the URLconf of the benchmark and a folder of its own for static files."""

import os
from pathlib import Path

from kadernota.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench_urls"
STATIC_ROOT = Path(os.environ["BENCH_FOLDER"]) / "static"
# Hashed names as in production; not precompressed, which takes long and does not affect a page.
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
