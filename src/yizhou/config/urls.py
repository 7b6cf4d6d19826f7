"""Root of all addresses. Packages bring their own ``urls`` and ``api``; here only where each hangs."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

MOUNTS = {
    "portal": "",
    "people": "people/",
    "merging": "merging/",
    "reversing": "reversing/",
    "watching": "watching/",
    "lists": "lists/",
    "exports": "exports/",
    "cases": "cases/",
    "ledgers": "ledgers/",
    "indicators": "",
    "events": "log/",
    "orgs": "orgs/",
    "catalogue": "items/",
    "notices": "notices/",
    "rings": "rings/",
    "dashboards": "",
    "balances": "balances/",
    "visits": "visits/",
    "dossier": "dossier/",
    "files": "files/",
    "archives": "archives/",
    "lifecycle": "lifecycle/",
    "moves": "moves/",
    "citizen": "my/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path(mount, include(f"yizhou.{package}.urls"))
    for package, mount in MOUNTS.items()
    if find_spec(f"yizhou.{package}") and find_spec(f"yizhou.{package}.urls")
]
urlpatterns.append(path("api/v1/", include("yizhou.config.api")))
handler404 = "yizhou.config.errors.not_found"
handler500 = "yizhou.config.errors.failed"
