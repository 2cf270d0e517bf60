"""Pointing Django at a cloned database, and what a child process needs to know to work on the same one."""

import os
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import redis
from django.core.files.storage import storages
from django.db import connection, connections

from otop import engine
from otop.celery import app

NOWHERE = "memory://"  # work sent by a test without a worker of its own reaches nobody


@contextmanager
def pointed_at(name: str, *, broker_url: str = NOWHERE, files: Path) -> Iterator[None]:
    """Inside the block this process works on the database `name`, that broker, and files under `files`."""
    settings = connection.settings_dict
    before = settings["NAME"], settings["OPTIONS"], app.conf.broker_url
    places = {alias: storages[alias]._location for alias in ("default", "public")}
    connections.close_all()
    settings["NAME"], settings["OPTIONS"] = name, {**settings["OPTIONS"], "options": "-c synchronous_commit=off"}
    _send_to(broker_url)
    for alias, folder in (("default", "private"), ("public", "public")):
        _store_in(alias, files / folder)
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"], settings["OPTIONS"] = before[:2]
        _send_to(before[2])
        for alias, place in places.items():
            _store_in(alias, place)


def _send_to(broker_url: str) -> None:
    """Celery of this process sends to that broker from now on."""
    app.conf.broker_url = broker_url
    app._after_fork()  # it forgets its open connections


def _store_in(alias: str, folder: Path) -> None:
    storage = storages[alias]
    storage._location = str(folder)
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)


@dataclass(frozen=True)
class OwnDatabase:
    """A database of one test: `env` makes child processes work on it, with its files and its part of the broker."""

    name: str
    home: Path

    @property
    def url(self) -> str:
        return engine.with_database(engine.in_force()["DATABASE_URL"], self.name)

    @property
    def owner_url(self) -> str:
        return engine.with_database(engine.in_force()["DATABASE_OWNER_URL"], self.name)

    @cached_property
    def broker_url(self) -> str:
        """A numbered part of the broker, so that this test's worker never meets another."""
        url = engine.in_force()["CELERY_BROKER_URL"]
        if url.startswith("redis+socket:"):
            return f"{url}?virtual_host={random.randint(1, 4095)}"
        return urlsplit(url)._replace(path=f"/{random.randint(1, 15)}").geturl() if url.startswith("redis") else url

    @property
    def env(self) -> Mapping[str, str]:
        """The environment for a child process."""
        for shared in ("fonts", "keys", "static"):
            if not (self.home / shared).exists():
                (self.home / shared).symlink_to(engine.home() / shared)
        return {
            **os.environ,
            "OTOP_HOME": str(self.home),
            "OTOP_PREPARED": "1",
            "DATABASE_URL": self.url,
            "DATABASE_OWNER_URL": self.owner_url,
            "CELERY_BROKER_URL": self.broker_url,
        }

    def forget_messages(self) -> None:
        """Empty this test's part of the broker."""
        parts = urlsplit(self.broker_url)
        if parts.scheme == "redis+socket":
            number = int(parse_qs(parts.query)["virtual_host"][0])
            redis.Redis(unix_socket_path=parts.path, db=number).flushdb()
        elif parts.scheme.startswith("redis"):
            redis.Redis.from_url(self.broker_url).flushdb()
