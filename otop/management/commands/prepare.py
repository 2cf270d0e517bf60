"""`prepare`: brings environment, engine, schema, areas, texts and fonts up to date."""

from django.core.management.base import BaseCommand

from otop import prepare


class Command(BaseCommand):
    help = "Bring environment, database, areas, texts and fonts up to date, as every command that needs them does."
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        """Reached only with other words on the line: manage.py does the work before Django is set up."""
        self.stdout.write("brought up to date" if prepare.bring_up_to_date(self.stdout.write) else "nothing was due")
