"""Runs a management command: with the engine standing and the database up to date where the command touches it."""

import os
import sys

from django.core.management import execute_from_command_line

from otop import engine, prepare
from registry.quiet import quiet_hook

WITHOUT_DATABASE = {
    "help", "version", "check", "makemessages", "compilemessages", "diffsettings", "collectstatic", "findstatic",
    "startapp", "startproject", "sendtestemail", "up",
}  # fmt: skip
AS_OWNER = {"migrate", "load_areas"}
BEFORE_MIGRATION = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations", "load_areas"}


def main(arguments: list[str]) -> int:
    """Run the command; a missing or refused server ends it with a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otop.settings")
    sys.excepthook = quiet_hook
    command = arguments[1] if len(arguments) > 1 else "help"
    if command == "test" and not engine.external():
        os.environ["OTOP_HOME"] = str(engine.throwaway(engine.home() / "test"))
    engine.make_home(engine.home())
    asks_help = command.startswith("-") or bool({"-h", "--help"} & set(arguments[2:]))
    if asks_help or command in WITHOUT_DATABASE or os.environ.get("OTOP_PREPARED"):
        execute_from_command_line(arguments)
        return 0
    try:
        with engine.hold():
            run_on_database(command, arguments)
    except engine.EngineError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def run_on_database(command: str, arguments: list[str]) -> None:
    """Run a command that touches the database: as its owner where it migrates, else after bringing it up to date."""
    if command in AS_OWNER:
        os.environ["OTOP_AS_OWNER"] = "1"
    if command == "test":
        prepare.build_files()  # its databases are clones of a template, which it brings up to date by itself
    elif command not in BEFORE_MIGRATION:
        done = prepare.bring_up_to_date()
        if arguments[1:] == ["prepare"]:
            print("brought up to date" if done else "nothing was due")
            return
    execute_from_command_line(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
