from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Baza praktyków")

    def ready(self) -> None:
        from home import registry

        from . import addresses, providers

        addresses.connect()
        registry.totals.register("people", providers.people_in_the_base)
