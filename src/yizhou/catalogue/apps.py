"""Start-up of the catalogue: a service with a broken item does not start."""

from django.apps import AppConfig

from yizhou.catalogue.queries import catalogue


class CatalogueConfig(AppConfig):
    """Reads and checks every item once; a FactError stops the start with file, key, reason and remedy."""

    name = "yizhou.catalogue"
    verbose_name = "办事事项"

    def ready(self) -> None:
        catalogue()
