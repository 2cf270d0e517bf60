"""Finds the database and the broker by URL, else runs its own PostgreSQL and Valkey; knows no Django."""

from otop.engine.address import external, in_force, maker_url, urls, with_database
from otop.engine.place import EngineError, home, make_home, throwaway
from otop.engine.use import Use, hold

__all__ = [
    "EngineError",
    "Use",
    "external",
    "hold",
    "home",
    "in_force",
    "make_home",
    "maker_url",
    "throwaway",
    "urls",
    "with_database",
]
