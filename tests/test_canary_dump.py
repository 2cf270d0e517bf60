"""A dump of the database, as a thief would have it, holds nothing of the people planted in it."""

import subprocess

from django.db import connection

from otop.engine.place import programs
from tests.canary import GIVEN, found_in
from tests.clones import OwnDatabase
from tests.test_canary import everything_done


def test_a_dump_holds_none_of_them(own_db: OwnDatabase) -> None:
    everything_done()
    command = [
        programs().folder / "pg_dump", "-h", connection.settings_dict["HOST"], "-U", "postgres", "--data-only", "--inserts", own_db.name,
    ]  # fmt: skip
    dumped = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "INSERT INTO public.registry_person " in dumped
    assert found_in(dumped) == set()
    assert GIVEN not in dumped
