"""The product's settings with the benchmark's own pages beside the product's, or SQLite without our queue."""

import os
from pathlib import Path

from yizhou.config.settings import *  # noqa: F403  # the product's settings are what is measured
from yizhou.config.settings import DATABASES, TEMPLATES

ROOT_URLCONF = "bench.pages.urls"
TEMPLATES.append(
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "usual",
        "DIRS": [Path(__file__).parent / "pages" / "templates"],
        "OPTIONS": {},
    }
)
if os.environ.get("BENCH_STOCK_SQLITE") == "1":
    # What most projects run: the busy handler decides who writes next.
    DATABASES["default"] |= {
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {
            **DATABASES["default"]["OPTIONS"],
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
        },
    }
