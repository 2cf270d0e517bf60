"""Loads the tree of areas: centre, regions, provinces, amphoes, tambons."""

from typing import Any

from django.core.management.base import BaseCommand

from registry.actions.areas import load_areas


class Command(BaseCommand):
    help = "Load the areas of Thailand into an empty table (does nothing when they are there)."

    def handle(self, *args: Any, **options: Any) -> None:
        count = load_areas()
        self.stdout.write(f"areas: {count or 'already loaded'}")
