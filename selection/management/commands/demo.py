"""Builds the sample: invented people, products and rounds, everything marked as such."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registry.actions.acts import moment
from registry.clock import BE_OFFSET, bangkok_day
from registry.models import Origin, User
from selection.actions.reports import build_reports
from selection.models import YearlyReport
from selection.sample.build import build, is_built
from selection.sample.incoming import is_taken_in, take_in
from selection.sample.people import Login


class Command(BaseCommand):
    help = "Build the sample (people, products, rounds). Refuses on a database of your own; does nothing when it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get("DATABASE_URL") and os.environ.get("OTOP_DEMO_FORCE") != "1":
            raise CommandError("DATABASE_URL names a database of your own: the sample is built only in the engine that comes along.")
        if settings.PRODUCTION:
            raise CommandError("The sample is for local mode only.")
        if is_whole():
            self.stdout.write("sample: already there, nothing to do")
            return
        if not is_built():
            logins = build(tell=self._tell)
            keep_logins(settings.OTOP_HOME / "sample-logins.json", logins)
            self._tell(f"{len(logins)} logins in {settings.OTOP_HOME / 'sample-logins.json'}")
        if not is_taken_in():
            self._tell("a file with questions")
            take_in(User.objects.get(username="amphoe"))
        self._tell("yearly reports")
        for year_be in years():
            build_reports(year_be=year_be)
        self._tell("done")

    def _tell(self, what: str) -> None:
        self.stdout.write(f"sample: {what}")
        self.stdout.flush()


def years() -> range:
    """The years the sample has something to count in, as Buddhist Era years."""
    this_year = bangkok_day(moment(None)).year + BE_OFFSET
    return range(this_year - 4, this_year + 1)


def is_whole() -> bool:
    """Whether nothing is left to do: a sample that was broken off goes on where it stopped."""
    counted = YearlyReport.objects.filter(origin=Origin.SAMPLE).exists()
    return is_built() and is_taken_in() and counted


def keep_logins(path: Path, logins: list[Login]) -> None:
    """Writes the logins where only this user can read them, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(logins, file, ensure_ascii=False, indent=1)
    fresh.replace(path)
