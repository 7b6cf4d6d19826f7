"""Django settings. One module for every place: what differs comes from the environment (contracts.md §2)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from yizhou.config.home import folder, home, key_path, secret_key

PACKAGES = [
    name
    for name in [
        "core",
        "orgs",
        "events",
        "files",
        "notices",
        "ledgers",
        "policy",
        "indicators",
        "portal",
        "exports",
        "people",
        "merging",
        "reversing",
        "watching",
        "lists",
        "catalogue",
        "cases",
        "archives",
        "hall",
        "hotline",
        "visits",
        "petitions",
        "aid",
        "benefits",
        "resettlement",
        "jobs",
        "training",
        "honours",
        "martyrs",
        "stations",
        "tasks",
        "volunteers",
        "publicity",
        "party",
        "dossier",
        "lifecycle",
        "rings",
        "dashboards",
        "balances",
        "moves",
        "citizen",
        "demo",
        "config",
    ]
    if (Path(__file__).parents[1] / name / "__init__.py").exists()
]
YIZHOU_APPS = [f"yizhou.{name}" for name in PACKAGES]

DEBUG = False
SECRET_KEY = secret_key()
KEY_FILE = key_path()
BASE_URL = os.environ.get("YIZHOU_BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = [
    *filter(None, os.environ.get("YIZHOU_ALLOWED_HOSTS", "").split(",")),
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(BASE_URL).hostname or "localhost",
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = BASE_URL.startswith("https://")
IMPORTS_DIR = folder("imports")
FILES_DIR = folder("files")
EXPORTS_DIR = folder("exports")
FIGURES_DIR = folder("figures")
DEMO_FILE = home() / "demo.json"
DEMO = DEMO_FILE.exists()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "axes",
    *YIZHOU_APPS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yizhou.portal.middleware.SecureHeaders",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yizhou.portal.middleware.ActorOfRequest",
    "yizhou.portal.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "yizhou.config.urls"
WSGI_APPLICATION = "yizhou.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parents[1] / name / "templates" for name in PACKAGES],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "yizhou.portal.jinja.environment",
            "context_processors": ["yizhou.portal.context.shell"],
        },
    },
]


def database() -> dict[str, Any]:
    """SQLite in the data directory, or the PostgreSQL of ``DATABASE_URL``."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return {**dj_database_url.parse(url, conn_max_age=600), "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "yizhou.core.sqlite",
        "NAME": home() / "yizhou.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
    }


DATABASES = {"default": database()}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "yizhou.orgs.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "yizhou.orgs.passwords.ThreeClassesValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "yizhou.portal.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_ENGINE = "yizhou.portal.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "yizhou_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "yizhou_csrf"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Figures on pages are counted again only when something of theirs was written; tests write past the log.
REMEMBER_FIGURES = True

# Shown below every map (审图号); a public map of China needs one, which the deploying office holds.
MAP_APPROVAL = os.environ.get("YIZHOU_MAP_APPROVAL", "")

SMS_URL = os.environ.get("YIZHOU_SMS_URL", "")
SMS_SECRET_FILE = os.environ.get("YIZHOU_SMS_SECRET_FILE", "")

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "yizhou.core.logs.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # In a demonstration the log is where messages go.
    "loggers": {"yizhou.notices": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
    "axes.W003",
    "models.W040",  # SQLite leaves out what an index holds beside its keys: meant for PostgreSQL alone
]
