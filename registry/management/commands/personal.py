"""The rights of a person from the command line: copy, correct, erase; and keeping: retain, rotate."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registry.actions.erasure import apply_retention, erase_person, seal_anew
from registry.actions.persons import correct_person
from registry.actions.reveals import access_copy
from registry.models import SEALED, Person, User
from registry.refusal import Refused

NOT_DONE = 2  # exit code of an act that is refused


class Command(BaseCommand):
    help = "Access copy, correction and erasure of a person's data; erasing what is over its term; turning the keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act, words in (
            ("copy", "write all that is held on a person as JSON"),
            ("correct", "correct one field; the new value is read from standard input, so that no shell remembers it"),
            ("erase", "erase a person's data, unless the law demands keeping"),
        ):
            one = acts.add_parser(act, help=words)
            one.add_argument("person", help="the number of the record, eight letters")
            one.add_argument("--by", metavar="USER", required=True, help="the officer who answers for it")
            if act == "correct":
                one.add_argument("--field", choices=SEALED, required=True)
            else:
                one.add_argument("--words", required=True, help="what for, such as the number of the request")
        acts.add_parser("retain", help="erase what is over its term now; the same happens every night")
        acts.add_parser("rotate", help="make a new key and seal everything anew; old keys still read")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act}")(**options)
        except Refused as refused:
            for refusal in refused.refusals:
                for text in dict.fromkeys((refusal.in_language("th"), refusal.in_language("en"))):
                    self.stderr.write(text)
            sys.exit(NOT_DONE)

    def _copy(self, *, person: str, by: str, words: str, **_options: Any) -> None:
        user = _user(by)
        copy = access_copy(by=user, person=_person(person, user), words=words)
        self.stdout.write(json.dumps(copy, ensure_ascii=False, indent=1))

    def _correct(self, *, person: str, by: str, field: str, **_options: Any) -> None:
        user = _user(by)
        row = _person(person, user)
        text = sys.stdin.readline().strip()
        if not text:
            raise CommandError("Nothing was written to standard input: the field stays as it is.", returncode=NOT_DONE)
        correct_person(by=user, person=row, version=row.version, told={field: text}, left_on=row.left_on)
        self.stdout.write(f"{row.public_id} {field}: corrected")

    def _erase(self, *, person: str, by: str, words: str, **_options: Any) -> None:
        user = _user(by)
        row = _person(person, user)
        erase_person(by=user, person=row, version=row.version, words=words)
        self.stdout.write(f"{row.public_id}: erased")

    def _retain(self, **_options: Any) -> None:
        for what, count in apply_retention().items():
            self.stdout.write(f"{what}: {count:,}")

    def _rotate(self, **_options: Any) -> None:
        try:
            version = settings.PERSONAL_KEYS.add()
        except PermissionError as given:
            version = settings.PERSONAL_KEYS.newest()
            self.stderr.write(f"No new key was made. {given}")
        self.stdout.write(f"key {version}: {seal_anew():,} persons sealed anew")


def _person(number: str, user: User) -> Person:
    row = Person.objects.visible_to(user).select_related("producer__area").filter(public_id=number.upper()).first()
    if row is None:
        raise CommandError("There is no such record in the areas of this officer.", returncode=NOT_DONE)
    return row


def _user(name: str) -> User:
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError("There is no active user of this name.", returncode=NOT_DONE)
    return user
