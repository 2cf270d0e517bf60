"""Takes a file of products in from the command line, with the same engine as the browser."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from registry.actions.imports import confirm_file, receive_file
from registry.intake.report import COLUMNS, plan_lines, row_lines, write_csv
from registry.intake.work import check_file, run_file, tallied, trial
from registry.models import ImportFile, ImportState, Origin, User
from registry.refusal import Refusal, Refused

NOT_TAKEN = 2  # exit code of a file that is refused


class Command(BaseCommand):
    help = (
        "Take a CSV or XLSX file of products in: every row is created, merged, asked about or refused, with the reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV or XLSX file")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row; write nothing")
        parser.add_argument(
            "--by", metavar="USER", help="the officer who brings it (his areas only); default: the register itself"
        )
        parser.add_argument("--report", type=Path, metavar="OUT.csv", help="write what became of each row")

    def handle(
        self, *args: Any, file: Path, dry_run: bool, by: str | None, report: Path | None, **options: Any
    ) -> None:
        user = _user(by)
        if not file.is_file():
            raise CommandError(f"There is no file {file}.", returncode=NOT_TAKEN)
        try:
            counts, lines = self._tried(file, user) if dry_run else self._taken(file, user)
        except Refused as refused:
            self._say_no(refused.refusals)
        if report is not None:
            with report.open("w", encoding="utf-8", newline="") as out:
                write_csv(out, COLUMNS, lines)
        self._table(counts, dry_run)

    def _tried(self, path: Path, user: User | None) -> tuple[Mapping[tuple[str, str], int], Iterable[list[object]]]:
        tried = trial(path, by=user, origin=user.origin if user else Origin.REAL)
        self._say([(notice.in_language("th"), notice.in_language("en")) for notice in tried.notices])
        return tallied((str(plan.outcome), plan.reason) for plan in tried.plans), plan_lines(tried.plans)

    def _taken(self, path: Path, user: User | None) -> tuple[Mapping[tuple[str, str], int], Iterable[list[object]]]:
        with path.open("rb") as content:
            file = receive_file(by=user, name=path.name, content=File(content), check=False)
        file = check_file(file)
        if file.state in (ImportState.REFUSED, ImportState.COLUMNS):
            self._say([(file.problem_th, file.problem_en)])
            sys.exit(NOT_TAKEN)
        self._say([(notice["th"], notice["en"]) for notice in file.notice])
        run_file(confirm_file(by=user, file=file, run=False), tell=self._progress)
        return tallied(ImportFile.objects.get(pk=file.pk).import_rows.values_list("outcome", "reason")), row_lines(file)

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"{done:,} / {total:,}")

    def _say(self, sentences: Iterable[tuple[str, str]]) -> None:
        """Each sentence in both languages, once where they are the same."""
        for thai, english in sentences:
            for text in dict.fromkeys((thai, english)):
                self.stderr.write(text)

    def _say_no(self, refusals: Iterable[Refusal]) -> None:
        self._say([(refusal.in_language("th"), refusal.in_language("en")) for refusal in refusals])
        sys.exit(NOT_TAKEN)

    def _table(self, counts: Mapping[tuple[str, str], int], dry_run: bool) -> None:
        """One line for each outcome and reason, then one for each outcome and one for all."""
        totals: dict[str, int] = {}
        for (outcome, reason), count in sorted(counts.items()):
            totals[outcome] = totals.get(outcome, 0) + count
            self.stdout.write(f"{outcome:10} {reason:30} {count:9,}")
        for outcome, count in totals.items():
            self.stdout.write(f"{outcome:10} {'all':30} {count:9,}")
        self.stdout.write(f"{'rows':10} {'nothing written' if dry_run else 'all':30} {sum(totals.values()):9,}")


def _user(name: str | None) -> User | None:
    if name is None:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active user {name}.", returncode=NOT_TAKEN)
    return user
