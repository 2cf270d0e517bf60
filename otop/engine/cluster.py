"""What is done inside a database server: roles, databases, rights, clones, and the stamp of what a database holds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import extensions, sql

from otop.engine.place import EngineError

THAI_PROBE = "ผ้าไหม"
MINIMUM_VERSION = 150_000
EXTENSIONS = ("pg_trgm", "btree_gin")
SCHEMA_RIGHTS = ("REVOKE CREATE ON SCHEMA public FROM PUBLIC", "GRANT USAGE, CREATE ON SCHEMA public TO {owner}")
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {app}",
    """ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
       GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}""",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)


class Unanswered(EngineError):
    """The server does not answer, or refuses the connection."""


@contextmanager
def session(url: str) -> Iterator[extensions.connection]:
    """A connection in autocommit for the block; refuses when the server does not let us in."""
    try:
        link = psycopg2.connect(url, application_name="otop-engine", connect_timeout=10)
    except psycopg2.OperationalError as fault:
        raise Unanswered(f"The database does not let us in: {str(fault).strip()}") from fault
    link.autocommit = True
    try:
        yield link
    finally:
        link.close()


def rows(link: extensions.connection, statement: str | sql.Composable, *values: object) -> list[tuple[Any, ...]]:
    """Run one statement; gives its rows, none where it has none."""
    with link.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def answers(url: str, seconds: float) -> bool:
    """Whether the server answers within `seconds`."""
    end = time.monotonic() + seconds
    while True:
        try:
            with session(url):
                return True
        except Unanswered:
            if time.monotonic() > end:
                return False
            time.sleep(0.02)


def make_roles(link: extensions.connection) -> None:
    """The two plain roles of the embedded server: one owns the tables, one serves."""
    present = {name for (name,) in rows(link, "SELECT rolname FROM pg_roles")}
    for role in ("otop_owner", "otop_app"):
        if role not in present:
            rows(link, sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def make_database(link: extensions.connection, name: str, owner: str) -> bool:
    """Make an empty UTF-8 database of `owner` unless it is there; says whether it made it."""
    if rows(link, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        return False
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
    rows(link, statement.format(sql.Identifier(name), sql.Identifier(owner)))
    return True


def dress(url: str, *, owner: str, app: str) -> None:
    """Give a database its extensions, and `app` the daily rights on what `owner` will make in it."""
    with session(url) as link:
        present = {name for (name,) in rows(link, "SELECT extname FROM pg_extension")}
        for extension in EXTENSIONS:
            if extension not in present:
                rows(link, sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        for statement in (*SCHEMA_RIGHTS, *GRANTS):
            rows(link, sql.SQL(statement).format(owner=sql.Identifier(owner), app=sql.Identifier(app)))


def check(url: str) -> None:
    """Refuse a server that is too old, or in whose database Thai text has no trigrams (a C locale loses it silently)."""
    with session(url) as link:
        if link.server_version < MINIMUM_VERSION:
            raise EngineError(f"PostgreSQL {link.server_version // 10_000} is too old: 15 or newer is needed.")
        [(found,)] = rows(link, "SELECT count(*) FROM pg_proc WHERE proname = 'show_trgm'")
        if not found:
            raise EngineError("The database lacks pg_trgm: run CREATE EXTENSION pg_trgm in it as its owner.")
        [(trigrams,)] = rows(link, "SELECT cardinality(show_trgm(%s))", THAI_PROBE)
        if not trigrams:
            raise EngineError(
                "This database was made with a C locale, in which Thai text cannot be searched: "
                "make it anew with LC_CTYPE 'C.UTF-8' (or th_TH.UTF-8)."
            )


def stamp(url: str) -> str:
    """What the database says it holds (a comment on it), empty when it says nothing."""
    with session(url) as link:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        return rows(link, query)[0][0] or ""


def set_stamp(url: str, text: str) -> None:
    """Write what the database holds; needs its owner."""
    with session(url) as link:
        [(name,)] = rows(link, "SELECT current_database()")
        rows(link, sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(text)))


def clone(url: str, source: str, target: str) -> None:
    """Copy the database `source`, which nobody is using, under the name `target`, with its owner and stamp."""
    with session(url) as link:
        query = (
            "SELECT pg_get_userbyid(datdba), shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        )
        [(owner, text)] = rows(link, query, source)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        rows(link, statement.format(*map(sql.Identifier, (target, source, owner))))
        rows(link, sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(target), sql.Literal(text or "")))


def drop(url: str, name: str) -> None:
    """Drop a database with whoever is still connected to it; nothing happens when it is not there."""
    with session(url) as link:
        rows(link, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def rename(url: str, name: str, other: str) -> None:
    """Rename a database that nobody is using."""
    with session(url) as link:
        rows(link, sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(other)))


def databases(url: str, beginning: str) -> list[str]:
    """The names of the databases that begin so, the oldest first."""
    with session(url) as link:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid"
        return [name for (name,) in rows(link, query, beginning)]



def dress_as_owner(owner_url: str, *, app_url: str) -> None:
    """The same on a server of someone else, as far as the owner of the tables may do it."""
    with session(app_url) as link:
        [(app,)] = rows(link, "SELECT current_user")
    with session(owner_url) as link:
        [(owner,)] = rows(link, "SELECT current_user")
        for extension in EXTENSIONS:
            if not rows(link, "SELECT 1 FROM pg_extension WHERE extname = %s", extension):
                rows(link, sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
        if app != owner:
            for statement in GRANTS:
                rows(link, sql.SQL(statement).format(owner=sql.Identifier(owner), app=sql.Identifier(app)))


def check_plain_role(url: str) -> None:
    """Refuse to serve as a superuser or as the owner of tables: what is append-only would not be."""
    with session(url) as link:
        query = """
            SELECT current_user, rolsuper, EXISTS (
                SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                WHERE relowner = r.oid AND relkind IN ('r', 'p') AND nspname = 'public')
            FROM pg_roles r WHERE rolname = current_user"""
        [(name, is_super, owns)] = rows(link, query)
    if is_super or owns:
        kind = "a superuser" if is_super else "the owner of tables"
        raise EngineError(
            f"DATABASE_URL connects as {name}, {kind}: give a plain role there and the owner in DATABASE_OWNER_URL."
        )


def role_of(url: str) -> str:
    """The role that a URL connects as."""
    return str(extensions.parse_dsn(url).get("user", ""))
