"""The wires: settings, supervisor, commands; nothing imports this app."""

from django.apps import AppConfig

from otop import checks  # noqa: F401 - they register themselves
from otop.celery import app as celery_app


class OtopConfig(AppConfig):
    name = "otop"

    def ready(self) -> None:
        """Every process sends its work through the one Celery app, from whatever thread."""
        celery_app.set_default()
