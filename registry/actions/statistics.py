"""What the database knows of how its rows are spread, taken anew right after much was written.

PostgreSQL does so by itself a minute later; until then it takes a filled table for an empty one and joins all rows with
all: the first list after an import of 4,000 rows took minutes.
"""

from collections.abc import Iterable

from django.db import connection, models

MUCH = 200  # rows written at once, from which on it is worth the time


def refresh_statistics(kinds: Iterable[type[models.Model]]) -> None:
    """Takes the statistics of the tables of these models; they hold for this transaction, and for all when it is committed."""
    tables = sorted({kind._meta.db_table for kind in kinds})
    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh_statistics(%s)", [tables])
