"""The product's own settings in a data directory of this process alone, with a hasher that costs nothing.

Anything else that differs from production would be something the tests do not test.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="yizhou-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["YIZHOU_HOME"] = _home
(Path(_home) / "static").mkdir()
# Chromium is driven from an event loop in the same thread as the ORM calls of an e2e test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from yizhou.config.settings import *  # noqa: E402, F403 - the environment above has to stand first
from yizhou.config.settings import DATABASES  # noqa: E402 - as above

if DATABASES["default"]["ENGINE"] == "yizhou.core.sqlite":
    # A file, as in production: WAL, locks and several connections cannot be tried in memory.
    DATABASES["default"]["TEST"] = {"NAME": f"{_home}/test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Pages must show what a test has just written, with or without an event.
REMEMBER_FIGURES = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
