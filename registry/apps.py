"""The book: areas, people, producers, products, and the machinery every room shares."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Register")

    def ready(self) -> None:
        autodiscover_modules("tasks")  # each app's tasks name the kinds of job they can do
        autodiscover_modules("worklist")  # and the lines they add to the work list
        autodiscover_modules("merging")  # and what of theirs stands against making two rows one
