"""The processes of the site: how each is started, its words passed on with its name, and how it is stopped."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from otop.engine.place import PROJECT
from otop.engine.servers import dies_with_parent

WEB_WORKERS = 2
WEB_THREADS = 4
POOL = 2  # processes of the worker
KEPT_LINES = 40
QUICK_DEATH = 20.0  # seconds: a child that lives shorter than this counts towards giving up
GIVE_UP = 5


def web_command(descriptor: int, workers: int = WEB_WORKERS) -> list[str]:
    """The web server on a socket that is already listening."""
    return [
        sys.executable, "-m", "gunicorn", "otop.wsgi", "--bind", f"fd://{descriptor}",
        "--worker-class", "gthread", "--workers", str(workers), "--threads", str(WEB_THREADS),
        "--timeout", "60", "--graceful-timeout", "4", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip


def worker_command(name: str = "worker") -> list[str]:
    """The worker; how jobs are acknowledged and redelivered stands in the settings."""
    return [
        sys.executable, "-m", "celery", "--quiet", "-A", "otop", "worker",
        "--pool", "prefork", "--concurrency", str(POOL),
        "--prefetch-multiplier", "1",
        "--without-gossip", "--without-mingle",
        "--hostname", f"{name}-{os.getpid()}@%h", "--loglevel", "WARNING",
    ]  # fmt: skip


def beat_command() -> list[str]:
    """The clock that starts what is due."""
    return [sys.executable, "-m", "celery", "--quiet", "-A", "otop", "beat", "--pidfile=", "--loglevel", "WARNING"]


class Child:
    """One process of the site; it and all it starts end together."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        inherit: Sequence[int] = (),
        tell: Callable[[str], None] = print,
        at_parents_death: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name, self.command, self.env, self.inherit, self.tell = name, command, env, inherit, tell
        self.at_parents_death = at_parents_death
        self.lines: deque[str] = deque(maxlen=KEPT_LINES)
        self.deaths: deque[float] = deque(maxlen=GIVE_UP)
        self.again_at = 0.0

    def start(self) -> None:
        """Start it, its output passed on line by line."""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=PROJECT, env={**self.env, "PYTHONUNBUFFERED": "1"}, pass_fds=tuple(self.inherit),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True, preexec_fn=dies_with_parent(self.at_parents_death),
        )  # fmt: skip
        self.reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout
        with process.stdout as output:
            for line in output:
                self.lines.append(line.rstrip())
                if line.strip():
                    self.tell(f"{self.name:<6} | {line.rstrip()}")

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def said(self, words: str) -> bool:
        """Whether one of its last lines holds these words."""
        return any(words in line for line in tuple(self.lines))

    def look(self) -> bool:
        """Start it again when it has died, waiting longer each time; says False when it dies again and again."""
        now = time.monotonic()
        if self.lives:
            return True
        if not self.again_at:
            self._end_group()
            self.deaths.append(now - self.began)
            quick = sum(1 for lived in self.deaths if lived < QUICK_DEATH)
            if quick == GIVE_UP:
                return False
            wait = 0.5 * 2**quick if quick else 0.0
            self.again_at = now + wait
            self.tell(f"{self.name} has died ({self.process.returncode}) and starts again in {wait:.1f} s")
        if now >= self.again_at:
            self.again_at = 0.0
            self.start()
        return True

    def stop(self, seconds: float, *, then: signal.Signals = signal.SIGKILL) -> None:
        """Stop it in order; after `seconds` by the signal `then`, at the very end by force with all it started."""
        for sign, patience in ((signal.SIGTERM, seconds), (then, 2.0), (signal.SIGKILL, 2.0)):
            if self.lives:
                self.process.send_signal(sign)
                try:
                    self.process.wait(patience)
                except subprocess.TimeoutExpired:
                    continue
        self._end_group()
        self.reader.join(1.0)

    def kill(self) -> None:
        """End it and all it started at once, as a failing machine would."""
        self._end_group()
        self.process.wait()
        self.reader.join(1.0)

    def _end_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
