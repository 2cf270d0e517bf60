"""Changes areas: a new name, a new code, a division or a union; shows what it moves, and does it with --confirm."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from registry.actions.boundaries import Orders, Plan, Tally, change_areas, preview_of, read_moves, read_parts
from registry.models import ChangeKind, ChangeState, User
from registry.refusal import Refusal, Refused
from registry.thai import parse_date

NOT_DONE = 2  # exit code of an act that is refused


class Command(BaseCommand):
    help = "Rename areas, give new codes, divide or unite them. Without --confirm nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=ChangeKind.values)
        parser.add_argument("areas", nargs="+", metavar="CODE", help="the areas that change, by their codes of today")
        parser.add_argument("--on", required=True, help="the day it takes effect, such as 2011-03-23 or 23/3/2554")
        parser.add_argument("--gazette", required=True, help="the legal reference in one line")
        parser.add_argument("--source-note", default="", help="where this was read, and by whom")
        parser.add_argument("--by", metavar="USER", required=True, help="the officer who answers for it")
        parser.add_argument("--code", default="", help="the new code; of a union the code all go into")
        parser.add_argument("--name-th", default="", help="the new Thai name, without prefix")
        parser.add_argument("--name-en", default="", help="the new English name, without prefix")
        parser.add_argument("--part", action="append", default=[], metavar="'CODE THAI / ENGLISH'", help="an area that begins")
        parser.add_argument("--move", action="append", default=[], metavar="OLD=NEW", help="the new code of an area below")
        parser.add_argument("--ends", action="store_true", help="the divided area ends; otherwise it goes on with its code")
        parser.add_argument("--confirm", action="store_true", help="write it")

    def handle(self, *args: Any, confirm: bool, by: str, on: str, gazette: str, **options: Any) -> None:
        user, now = User.objects.filter(username=by, is_active=True).first(), timezone.now()
        if user is None:
            raise CommandError("There is no active user of this name.", returncode=NOT_DONE)
        try:
            day, orders = parse_date(on), self._orders(**options)
        except ValueError as odd:
            raise CommandError(f"This cannot be read: {odd}", returncode=NOT_DONE) from odd
        plan, tallies = preview_of(orders, day, now)
        with override("en"):
            self._show(plan, tallies)
        if not confirm:
            self.stdout.write("Nothing was written. Add --confirm to do it.")
            sys.exit(NOT_DONE if any(plan.problems) else 0)
        try:
            change = change_areas(by=user, orders=orders, on=day, gazette=gazette, source_note=options["source_note"], at=now)
        except Refused as refused:
            self._refused(refused.refusals)
            sys.exit(NOT_DONE)
        done = change.state == ChangeState.DONE
        self.stdout.write(f"{change.public_id}: {'done' if done else 'planned for ' + day.isoformat()}")

    def _orders(self, *, kind: str, areas: list[str], part: list[str], move: list[str], ends: bool, **rest: Any) -> Orders:
        return Orders.of({
            "kind": kind, "areas": areas, "code": rest["code"], "name_th": rest["name_th"], "name_en": rest["name_en"],
            "parts": read_parts(part), "moves": read_moves(move), "keeps": not ends,
        })

    def _show(self, plan: Plan, tallies: list[Tally]) -> None:
        for step in plan.begins:
            self.stdout.write(f"  begins   {step.code} {step.name_th} / {step.name_en}")
        for step in plan.changes:
            before = step.area.code if step.area else ""
            self.stdout.write(f"  changes  {before} -> {step.code} {step.name_th} / {step.name_en}")
        for step in plan.ends:
            self.stdout.write(f"  ends     {step.code} {step.name_th}, becomes {', '.join(dict.fromkeys(step.heirs))}")
        for tally in tallies:
            self.stdout.write(f"  {tally.count:>8,}  {tally.what}: {tally.fate}" if tally.count else f"  {0:>8}  {tally.what}")
        self._refused([refusal for refusal in plan.problems if refusal is not None])

    def _refused(self, refusals: Any) -> None:
        said: list[Refusal] = list(refusals)
        for refusal in said:
            for text in dict.fromkeys((refusal.in_language("th"), refusal.in_language("en"))):
                self.stderr.write(text)
