"""The URLs of the servers: those of the environment, else of our own engine."""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit

from otop.engine.place import EngineError, Place, find, home

NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL")


def urls(folder: Path | None = None) -> dict[str, str]:
    """The URLs of the embedded servers of OTOP_HOME `folder`, by the name of their variable; starts nothing."""
    return of_place(find(folder or home()))


def of_place(place: Place) -> dict[str, str]:
    """The URLs of the servers at `place`."""
    return {
        "DATABASE_URL": database_url(place, "otop_app", "otop"),
        "DATABASE_OWNER_URL": database_url(place, "otop_owner", "otop"),
        "CELERY_BROKER_URL": f"redis+socket://{place.broker_socket}",
    }


def database_url(place: Place, role: str, database: str) -> str:
    """The URL of `database` at `place` for `role`: a socket's folder stands where a host's name would."""
    return f"postgres://{role}@{quote(str(place.data), safe='')}/{database}"


def external() -> bool:
    """Whether the environment names a database of its own, so that no engine is started."""
    return bool(os.environ.get("DATABASE_URL"))


def in_force() -> dict[str, str]:
    """The URLs that hold here, empty where a variable is missing: those of the environment, else of the engine."""
    given = {name: os.environ.get(name, "") for name in NAMES}
    if external():
        return given
    return {name: given[name] or url for name, url in urls().items()}


def maker_url() -> str:
    """The URL of a role that may make databases: the engine's superuser, else the owner; refuses without either."""
    if not external():
        return database_url(find(home()), "postgres", "postgres")
    owner = os.environ.get("DATABASE_OWNER_URL", "")
    if not owner:
        raise EngineError("DATABASE_OWNER_URL is not set: give the URL of the role that owns the tables.")
    return owner


def with_database(url: str, name: str) -> str:
    """The same URL for another database of the same server."""
    return urlsplit(url)._replace(path=f"/{quote(name)}").geturl()
