"""Keeps the Thai catalogue complete: lists what has no Thai yet, adds Thai from a JSON file, drops what nobody says."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation.template import templatize

CATALOGUE = Path(settings.BASE_DIR) / "otop" / "locale" / "th" / "LC_MESSAGES" / "django.po"
MARKERS = {"_", "N_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy"}
SAID_IN_TEMPLATE = re.compile(r"""(?:gettext|\b_)\(\s*u?(?P<text>(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))""", re.DOTALL)
APPS = ("registry", "selection", "otop")


class Command(BaseCommand):
    help = "List msgids without Thai as JSON; --add FILE.json merges {English: Thai}; --prune drops unused ones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--add", nargs="*", default=[])
        parser.add_argument("--prune", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile(wrapwidth=120)
        catalogue.metadata = {
            "Language": "th",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        held = {entry.msgid: entry for entry in catalogue}
        for name in options["add"]:
            for msgid, thai in json.loads(Path(name).read_text()).items():
                _put(catalogue, held, msgid, thai)
        said = set(said_anywhere())
        if options["prune"]:
            for entry in [entry for entry in catalogue if entry.msgid not in said]:
                catalogue.remove(entry)
        if options["add"] or options["prune"]:
            catalogue.sort(key=lambda entry: entry.msgid)
            CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(CATALOGUE))
        missing = sorted(said - {entry.msgid for entry in catalogue if entry.msgstr})
        self.stdout.write(json.dumps(missing, ensure_ascii=False, indent=1))


def _put(catalogue: polib.POFile, held: dict[str, polib.POEntry], msgid: str, thai: str) -> None:
    if msgid in held:
        held[msgid].msgstr = thai
        return
    entry = polib.POEntry(msgid=msgid, msgstr=thai, flags=["python-format"] if re.search(r"%\(\w+\)", msgid) else [])
    held[msgid] = entry
    catalogue.append(entry)


def said_anywhere() -> Iterator[str]:
    """Every msgid of code and templates."""
    base = Path(settings.BASE_DIR)
    for app in APPS:
        for path in sorted((base / app).rglob("*.py")):
            yield from said_in_code(path.read_text())
    for path in sorted((base / "templates").rglob("*.*")):
        yield from said_in_template(path.read_text())


def said_in_code(source: str) -> Iterator[str]:
    """The literal first arguments of calls that mark a text for translation."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and node.args
            and _name(node.func) in MARKERS
            and isinstance(node.args[0], ast.Constant)
        ):
            text = node.args[0].value
            if isinstance(text, str) and text:
                yield text


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def said_in_template(source: str) -> Iterator[str]:
    """What Django itself would extract from a template."""
    for match in SAID_IN_TEMPLATE.finditer(templatize(source)):
        yield ast.literal_eval(match["text"])
