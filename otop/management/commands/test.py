"""`test`: everything that must hold before a change lands."""

import sys

from django.core.management.base import BaseCommand

from otop import gate

HELP = """manage.py test [--quick | --deep] [words for pytest]

Checks types, style, imports between floors, migrations and production settings, then runs the tests in random order.
  --quick   without journeys, kills and slow tests
  --deep    with many more generated cases
Words that name files or folders run only those tests. OTOP_SEED repeats an order; OTOP_HOME is the data folder.
"""


class Command(BaseCommand):
    help = "Check the code and run the tests; words that are not ours go to pytest."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Our own reading of the line, since most of it belongs to pytest."""
        words = argv[2:]
        if {"-h", "--help"} & set(words):
            print(HELP, end="")
            return
        ours = {"--quick", "--deep"}
        rest = [word for word in words if word not in ours]
        try:
            sys.exit(gate.run(rest, quick="--quick" in words, deep="--deep" in words))
        except KeyboardInterrupt:
            sys.exit("interrupted: nothing is known")
