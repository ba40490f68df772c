"""Settings.

What differs per installation comes from environment variables, all of them optional:

    DATABASE_URL           sqlite:///var/naam.sqlite3 (a relative path counts from this folder) or postgres://…
    SECRET_KEY             default: generated once, in var/secret_key
    DEBUG                  default: off
    ALLOWED_HOSTS          the host names of the site, with commas; default: this machine only
    CSRF_TRUSTED_ORIGINS   default: https:// and each of the allowed hosts, when HTTPS is on
    HTTPS                  default: on when ALLOWED_HOSTS is given
    TRUST_FORWARDED_PROTO  on when a proxy in front sets X-Forwarded-Proto itself; default: off
    LOG_LEVEL              default: WARNING
    EMAIL_URL              where e-mail goes: smtp+tls://user:password@host:587, smtp://host:25; default: printed
    EMAIL_FROM             the sender of our e-mail; default: monitor@localhost
    SITE_URL               the address of the site, for links in e-mail and to cite; default: no links in e-mail
    ACCESSIBILITY_STATUS   volledig, grotendeels, deels or niet, after the last audit; default: not audited
    ACCESSIBILITY_DATE     the day of that audit, as 2026-11-24
    ACCESSIBILITY_REPORT   the address of its report
    ACCESSIBILITY_CONTACT  the e-mail address for accessibility problems
"""

import contextlib
import os
import secrets
import sqlite3
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()


def read_or_make_secret_key(path: Path) -> str:
    """Return the key in `path`; generate it first when there is none.

    The key is written to a temporary file that is then linked into place: two processes that start at the same
    moment both read the same, complete key.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")  # mode 0600
        try:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(60))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # the other process was first
                os.link(draft, path)
        finally:
            os.unlink(draft)
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} is leeg of te kort. Verwijder het: er komt een nieuwe sleutel.")
    return key


def sqlite_journal(version: tuple[int, int, int]) -> str:
    """Return the journal mode that is safe with this SQLite: older ones can corrupt a WAL under load."""
    repaired = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0)
    return "WAL" if repaired else "DELETE"


def with_sqlite_options(database: dict[str, Any]) -> dict[str, Any]:
    """Return the settings under which SQLite loses no acknowledged row and refuses none under load."""
    name = database["NAME"]
    if name != ":memory:":
        name = str(BASE_DIR / name)  # an absolute path stays as it is
    # INSERT OR REPLACE deletes the row that is in the way; without recursive triggers no trigger sees that.
    pragmas = (
        f"journal_mode={sqlite_journal(sqlite3.sqlite_version_info)}",
        "synchronous=FULL",
        "recursive_triggers=ON",
    )
    options = {
        "transaction_mode": "IMMEDIATE",  # wait for the lock at the start, where waiting is possible
        "timeout": 20,  # seconds
        "init_command": ";".join(f"PRAGMA {pragma}" for pragma in pragmas),
    }
    return database | {"NAME": name, "OPTIONS": options | database.get("OPTIONS", {})}


def with_postgresql_options(database: dict[str, Any]) -> dict[str, Any]:
    """Return the database settings with short time limits, so that one stuck request does not hold up all."""
    limits = {"statement_timeout": "30s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s"}
    options = {
        "connect_timeout": 5,  # seconds
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }
    return database | {"CONN_HEALTH_CHECKS": True, "OPTIONS": options | database.get("OPTIONS", {})}


def database_from(url: str) -> dict[str, Any]:
    """Return Django's settings for a DATABASE_URL; refuse every engine but the two that are tested."""
    database = environ.Env.db_url_config(url)
    # Reads run outside a transaction; every write is atomic in its action.
    database |= {"ATOMIC_REQUESTS": False}
    database.setdefault("CONN_MAX_AGE", 600)
    engine = database.get("ENGINE")  # absent when the URL is not that of a database
    if engine == "django.db.backends.sqlite3":
        return with_sqlite_options(database)
    if engine == "django.db.backends.postgresql":
        return with_postgresql_options(database)
    raise ImproperlyConfigured("DATABASE_URL begint met sqlite:/// of met postgres://")


# This installation

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_make_secret_key(VAR_DIR / "secret_key")

_hosts = [host for host in env.list("ALLOWED_HOSTS", default=[]) if host]
ALLOWED_HOSTS = _hosts or ["localhost", "127.0.0.1", "[::1]"]
HTTPS = env.bool("HTTPS", default=bool(_hosts))

_own_origins = [f"https://{'*' * host.startswith('.')}{host}" for host in _hosts if host != "*"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=_own_origins if HTTPS else [])

_database_url = env.str("DATABASE_URL", default="") or "sqlite:///var/kadernota.sqlite3"
DATABASES = {"default": database_from(_database_url)}
if DATABASES["default"]["NAME"] == str(VAR_DIR / "kadernota.sqlite3"):
    VAR_DIR.mkdir(mode=0o700, exist_ok=True)

# Applications

INSTALLED_APPS = [
    "priorities",
    "indicators",
    "reports",
    "django_tables2",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # so that templates/ can replace the template of a form field
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Early, so that error pages have the policies too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kadernota.middleware.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Compression can leak a secret that is the same on each page; Django masks its CSRF token anew for each.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kadernota.middleware.no_store_for_staff",
    "indicators.actions.audit.AuditMiddleware",  # after authentication: the log needs the user
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "kadernota.urls"
WSGI_APPLICATION = "kadernota.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # with cached templates
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# In the memory of each process. "pages" are the public pages, some 10 kB each (indicators/pages/http_cache.py). The key
# of a page changes with its content, so the timeout (in seconds) only frees memory.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # see indicators/domain/formatting.py

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Authentication

AUTHENTICATION_BACKENDS = ["kadernota.auth.SingleQueryBackend"]
LOGIN_URL = "inloggen"
LOGIN_REDIRECT_URL = "na-inloggen"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a long working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Browser security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],  # the icon in the page; the PNG that a chart is saved as
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
if HTTPS and env.bool("TRUST_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True

# Uploads

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the grid of 300 components and ten years stays below it
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes; a larger file goes to disk, the importer refuses it

# E-mail: the reminders

_email = environ.Env.email_url_config(env.str("EMAIL_URL", default="") or "consolemail://")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = (_email.get(f"EMAIL_USE_{name}", False) for name in ("TLS", "SSL"))
EMAIL_FILE_PATH = _email["EMAIL_FILE_PATH"] or None
EMAIL_TIMEOUT = 10  # seconds; a reminder is sent inside the transaction that notes it
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="monitor@localhost")
SITE_URL = env.str("SITE_URL", default="").rstrip("/")

# Accessibility statement

ACCESSIBILITY_STATUS = env.str("ACCESSIBILITY_STATUS", default="")
if ACCESSIBILITY_STATUS not in ("", "volledig", "grotendeels", "deels", "niet"):
    raise ImproperlyConfigured("ACCESSIBILITY_STATUS is volledig, grotendeels, deels of niet")
ACCESSIBILITY_DATE = env.str("ACCESSIBILITY_DATE", default="")
if ACCESSIBILITY_DATE:
    try:
        ACCESSIBILITY_DATE = date.fromisoformat(ACCESSIBILITY_DATE)
    except ValueError as error:
        raise ImproperlyConfigured("ACCESSIBILITY_DATE is een dag, zoals 2026-11-24") from error
ACCESSIBILITY_REPORT = env.str("ACCESSIBILITY_REPORT", default="")
ACCESSIBILITY_CONTACT = env.str("ACCESSIBILITY_CONTACT", default="")

# Logging: plain lines on standard error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        # Replace Django's own handlers (mail to administrators, console in debug) by the root handler.
        "django": {"handlers": [], "propagate": True},
        # It warns about every response to a HEAD request, since Django gives that a body, which is then dropped.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
