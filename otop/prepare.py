"""Brings up to date what the code needs and a checkout does not carry: schema, areas, compiled texts, fonts."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import polib

from otop import engine
from otop.engine import cluster
from otop.engine.place import PROJECT
from otop.engine.use import say

APPS = ("registry", "selection")
LOAD_AREAS = PROJECT / "registry" / "management" / "commands" / "load_areas.py"
FONTS = PROJECT / "registry" / "fonts.py"
LOCK_FILE = PROJECT / "requirements.lock"
TURN = 2_569_001  # the advisory lock of whoever brings a database up to date


def bring_up_to_date(tell: Callable[[str], None] = say) -> bool:
    """Bring files and database up to date, refusing in a sentence what it may not; says whether anything was due."""
    built = build_files(tell)
    urls = engine.in_force()
    migrated = bring_database(urls["DATABASE_URL"], urls["DATABASE_OWNER_URL"], tell)
    if os.environ.get("OTOP_MODE") == "production":
        cluster.check_plain_role(urls["DATABASE_URL"])
    return built or migrated


def bring_database(url: str, owner_url: str, tell: Callable[[str], None] = say) -> bool:
    """Migrate as owner and load the areas unless the database says that it holds them; says whether it was due."""
    wanted = state_wanted()
    if cluster.stamp(url) == wanted:
        return False
    if not owner_url:
        raise engine.EngineError(
            "The database is not up to date and DATABASE_OWNER_URL is not set: give the URL of the role that owns its "
            "tables, and run `python3 manage.py prepare`."
        )
    with cluster.session(owner_url) as link:
        cluster.rows(link, "SELECT pg_advisory_lock(%s)", TURN)
        if cluster.stamp(url) == wanted:
            return False
        if engine.external():
            cluster.dress_as_owner(owner_url, app_url=url)
        cluster.check(owner_url)
        tell("migrating the database")
        _command("migrate", "--noinput", url=url, owner_url=owner_url, OTOP_AS_OWNER="1")
        if LOAD_AREAS.exists():
            tell("loading the areas")
            _command("load_areas", url=url, owner_url=owner_url, OTOP_AS_OWNER="1")
        cluster.set_stamp(owner_url, wanted)
    return True


def state_wanted() -> str:
    """What a database must say it holds: a digest of all migrations, the loader of areas and the pinned packages."""
    return digest([*_migrations(), LOCK_FILE, LOAD_AREAS])


def _migrations() -> list[Path]:
    return [path for app in APPS for path in (PROJECT / app / "migrations").glob("*.py")]


def _command(*words: str, url: str, owner_url: str, **more: str) -> None:
    """Run a management command on that database; refuses with the end of what it said when it fails."""
    named = {"DATABASE_URL": url, "DATABASE_OWNER_URL": owner_url, "OTOP_PREPARED": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "otop", *words],
        cwd=PROJECT, env={**os.environ, **named, **more}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise engine.EngineError(f"`{words[0]}` failed:\n{done.stdout[-6000:]}")


def build_files(tell: Callable[[str], None] = say) -> bool:
    """Compile the texts and build the fonts where their sources are newer; says whether anything was due."""
    (engine.home() / "static").mkdir(parents=True, exist_ok=True)
    stale = [po for po in (PROJECT / "otop" / "locale").glob("*/LC_MESSAGES/*.po") if _is_stale(po)]
    for po in stale:
        tell(f"compiling {po.relative_to(PROJECT)}")
        _compile(po)
    built = _build_fonts(tell) or bool(stale)
    return _gather_static(tell) or built if os.environ.get("OTOP_MODE") == "production" else built


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def _compile(po: Path) -> None:
    fresh = po.with_suffix(f".{os.getpid()}")
    polib.pofile(str(po)).save_as_mofile(str(fresh))
    fresh.replace(po.with_suffix(".mo"))


def _build_fonts(tell: Callable[[str], None]) -> bool:
    target, note = engine.home() / "fonts", engine.home() / "fonts.json"
    target.mkdir(parents=True, exist_ok=True)
    wanted = json.dumps(digest([FONTS, LOCK_FILE]))
    if not FONTS.exists() or (note.exists() and note.read_text() == wanted):
        return False
    tell("building the fonts")
    line = "import sys, pathlib, registry.fonts; registry.fonts.build(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", line, str(target)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise engine.EngineError(f"The fonts could not be built:\n{done.stderr[-3000:]}")
    note.write_text(wanted)
    return True


def _gather_static(tell: Callable[[str], None]) -> bool:
    """Gather style, script and fonts under names of their content, which production serves; older ones stay for open pages."""
    note, sources = engine.home() / "static.json", PROJECT / "static"
    wanted = json.dumps(digest([FONTS, LOCK_FILE, *(path for path in sources.rglob("*") if path.is_file())]))
    if note.exists() and note.read_text() == wanted:
        return False
    tell("gathering the static files")
    _command("collectstatic", "--noinput", "--verbosity", "0", url=os.environ.get("DATABASE_URL", ""), owner_url="")
    note.write_text(wanted)
    return True


def digest(paths: Iterable[Path]) -> str:
    """One SHA-256 over names and contents of those of the files that exist."""
    whole = hashlib.sha256()
    for path in sorted(path for path in paths if path.exists()):
        whole.update(f"{path.relative_to(PROJECT)}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
