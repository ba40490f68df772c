"""The settings of `make run`, without hashed static files and without a log line for each conflict."""

from kadernota.settings import *  # noqa: F403
from kadernota.settings import BASE_DIR, LOGGING, STORAGES

STATIC_ROOT, STATICFILES_DIRS = BASE_DIR / "static", []
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}
