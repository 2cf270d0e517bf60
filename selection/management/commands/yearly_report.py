"""Counts a year now and keeps its report."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.refusal import Refused
from registry.thai import parse_year_be
from selection.actions.reports import build_reports


class Command(BaseCommand):
    help = "Count the yearly figures of a year of the Buddhist Era (2569) and keep them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = parse_year_be(options["year"])
        except ValueError as error:
            raise CommandError(f"{options['year']!r} is not a year. Write it like 2569.") from error
        try:
            reports = build_reports(year_be=year, tell=lambda done, total: self.stdout.write(f"{done}/{total}"))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for report in reports:
            state = "frozen" if report.frozen else "provisional"
            words = (
                f"{report.year_be} {report.origin}: edition {report.edition}, {state}, {report.figures.count()} figures"
            )
            self.stdout.write(f"{words}, sha256 {report.digest}")
