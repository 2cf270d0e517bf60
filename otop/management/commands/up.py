"""`up`: prepares everything, runs the site, says when it is ready, and ends it all again."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from otop import up


class Command(BaseCommand):
    help = "Prepare everything and run the site: database, broker, web, worker and beat."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port; 0 takes a free one")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")

    def handle(self, *_args: object, **options: object) -> None:
        sys.exit(up.run(str(options["host"]), int(str(options["port"]))))
