"""Using the engine: start it when it is not running, hold it for a while, let it go."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from otop.engine import locks
from otop.engine.address import external, in_force
from otop.engine.place import PROJECT, EngineError, find, home, make_home

PATIENCE = 180.0  # seconds for a start: the first one makes a cluster, one after a crash recovers it
ENGINE_LOG = "engine.log"
LOG_LIMIT = 5_000_000  # bytes


def say(text: str) -> None:
    """Progress for a person, kept out of a command's own output."""
    print(text, file=sys.stderr, flush=True)


class Use:
    """One user's hold on the engine of OTOP_HOME: `descriptor` carries it on to children that inherit it."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self.folder, self.tell = folder, tell
        self.place = find(folder)
        make_home(folder)
        self.descriptor = locks.opened(folder / "engine.lock")
        if not locks.taken(self.descriptor, fcntl.LOCK_SH):
            fcntl.flock(self.descriptor, fcntl.LOCK_SH)  # a keeper is just stopping the servers

    def ensure(self) -> bool:
        """See that both servers answer, starting them when nobody has; says whether it started them."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with locks.locked(self.folder / "start.lock"):
                if not self.kept():
                    self._start()
                    return True
            if self.answers():
                return False
            time.sleep(0.05)
        raise EngineError(f"The engine does not answer; see {self.folder / ENGINE_LOG}.")

    def kept(self) -> bool:
        """Whether a keeper is there."""
        return not locks.is_free(self.folder / "keeper.lock")

    def answers(self) -> bool:
        """Whether both sockets take a connection."""
        return all(map(_takes_connection, (self.place.database_socket, self.place.broker_socket)))

    def release(self) -> None:
        """Let go; the keeper stops the servers when this was the last hold."""
        os.close(self.descriptor)

    def release_and_wait(self, seconds: float) -> bool:
        """Let go and wait for the servers to stop; says whether they have, which they do not while others hold them."""
        self.release()
        end, others = time.monotonic() + seconds, 0
        watch = locks.opened(self.folder / "engine.lock")
        try:
            while self.kept() and time.monotonic() < end and others < 10:
                others = others + 1 if locks.taken(watch, fcntl.LOCK_SH) else 0
                fcntl.flock(watch, fcntl.LOCK_UN)
                time.sleep(0.1)
        finally:
            os.close(watch)
        return not self.kept()

    def _start(self) -> None:
        self.tell("starting PostgreSQL and Valkey")
        log = self.folder / ENGINE_LOG
        reading, writing = os.pipe()
        mode = "wb" if log.exists() and log.stat().st_size > LOG_LIMIT else "ab"
        with log.open(mode) as output:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "otop.engine.keeper", str(self.folder), str(writing)],
                cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                pass_fds=(writing,), start_new_session=True,
            )  # fmt: skip
        os.close(writing)
        last = ""
        with os.fdopen(reading) as report:
            for line in report:
                last = line.strip()
                if last == "ready":
                    break
                if not last.startswith("failed: "):
                    self.tell(last)
        if last != "ready":
            keeper.wait(10)
            raise EngineError(last.removeprefix("failed: ") + "\n" + _tail(log) if last else _tail(log))
        keeper.returncode = 0  # it lives on by itself: nobody waits for it
        self.place = find(self.folder)


def _takes_connection(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-15:]
    return "\n".join(["The engine did not start. Its log ends with:", *lines, f"(the whole log: {log})"])


@contextmanager
def hold(tell: Callable[[str], None] = say) -> Iterator[Use | None]:
    """The servers stand during the block: those of the environment (then it gives None), else our own."""
    if external():
        missing = [name for name, url in in_force().items() if not url and name == "DATABASE_URL"]
        if missing:
            raise EngineError(f"{missing[0]} is not set.")
        yield None
        return
    use = Use(home(), tell)
    try:
        use.ensure()
        yield use
    finally:
        use.release()
