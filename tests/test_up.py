"""The one command, really run: from nothing to ready, stopped in order, killed and started again."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from otop import engine
from tests.live import processes

PROJECT = Path(__file__).resolve().parent.parent
READY_WITHIN = 600.0  # seconds: the first start makes everything, the sample included
STOPPED_WITHIN = 15.0

pytestmark = [pytest.mark.slow, pytest.mark.kill, pytest.mark.timeout(900)]


RUNS: list["Up"] = []


class Up:
    """One run of `manage.py up` on a data folder of its own."""

    def __init__(self, home: Path, *words: str, **settings: str) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("OTOP_", "DATABASE_", "CELERY_"))}
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, str(PROJECT / "manage.py"), "up", *words], cwd="/", env={**env, **settings, "OTOP_HOME": str(home)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        RUNS.append(self)

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as output:
            self.lines.extend(line.rstrip() for line in output)

    def ready(self) -> str:
        """The address that it prints when it is ready."""
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            for line in tuple(self.lines):
                if match := re.fullmatch(r"ready (http://127\.0\.0\.1:\d+)", line):
                    return match.group(1)
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        pytest.fail("never ready:\n" + "\n".join(self.lines))

    def end(self, sign: signal.Signals) -> tuple[int, float]:
        """Send the signal; gives exit code and seconds until it ended."""
        began = time.monotonic()
        self.process.send_signal(sign)
        code = self.process.wait(60)
        self.reader.join(10)
        return code, time.monotonic() - began


def pid_of(home: Path, words: str) -> int:
    """The lowest id of the processes of the site whose command line holds these words, waiting for one."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if found := [pid for pid, line in processes(home).items() if words in line]:
            return min(found)
        time.sleep(0.1)
    pytest.fail(f"no process of {words}: {processes(home)}")


def health(url: str) -> dict[str, str]:
    with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
        state: dict[str, str] = json.load(answer)
    return state


def healthy_again(url: str, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if set(health(url).values()) == {"ok"}:
                return True
        except OSError:
            pass
        time.sleep(0.3)
    return False


def gone(home: Path, seconds: float = STOPPED_WITHIN) -> dict[int, str]:
    """What is still running of the site after at most `seconds`."""
    end = time.monotonic() + seconds
    while processes(home) and time.monotonic() < end:
        time.sleep(0.1)
    return processes(home)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that the runs of this file share, so that only the first makes everything."""
    folder = engine.throwaway(tmp_path_factory.mktemp("up") / "data")
    yield folder
    end_all(folder)
    named = folder / "engine"
    if named.exists():
        shutil.rmtree(named.read_text().strip(), ignore_errors=True)


def end_all(home: Path) -> None:
    """Kill whatever a test left."""
    for pid in processes(home):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture(autouse=True)
def _nothing_left(home: Path) -> Iterator[None]:
    yield
    end_all(home)
    while RUNS:
        run = RUNS.pop()
        run.process.wait(10)
        run.reader.join(10)


def test_it_gets_ready_and_ends_in_order(home: Path) -> None:
    for sign in (signal.SIGTERM, signal.SIGINT):
        up = Up(home, "--port", "0")
        assert health(up.ready()) == {"database": "ok", "broker": "ok", "worker": "ok"}
        code, seconds = up.end(sign)
        assert (code, seconds < STOPPED_WITHIN, gone(home, 0.5)) == (0, True, {})


def test_a_busy_port_is_named(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        up = Up(home, "--port", str(port))
        assert up.process.wait(60) == 2
        up.reader.join(10)
        assert str(port) in up.lines[-1]


def test_only_this_machine_is_served_in_local_mode(home: Path) -> None:
    up = Up(home, "--host", "0.0.0.0", "--port", "0")
    assert up.process.wait(60) == 1
    up.reader.join(10)
    assert "OTOP_MODE=production" in up.lines[-1]


def test_what_is_killed_comes_back(home: Path) -> None:
    up = Up(home, "--port", "0")
    url = up.ready()
    for words in ("celery --quiet -A otop worker", "gunicorn otop.wsgi", "postgres -D", "valkey-server", "otop.engine.keeper"):
        os.kill(pid_of(home, words), signal.SIGKILL)
        time.sleep(0.5)
        assert healthy_again(url), f"after the death of {words}: {up.lines[-30:]}"
    code, seconds = up.end(signal.SIGINT)
    assert (code, seconds < STOPPED_WITHIN, gone(home, 0.5)) == (0, True, {})


def test_after_the_death_of_the_whole_the_next_start_recovers(home: Path) -> None:
    up = Up(home, "--port", "0")
    up.ready()
    up.end(signal.SIGKILL)
    assert gone(home) == {}
    again = Up(home, "--port", "0")
    again.ready()
    end_all(home)
    again.process.wait(10)
    last = Up(home, "--port", "0")
    assert healthy_again(last.ready())
    assert last.end(signal.SIGTERM)[0] == 0
    assert gone(home, 0.5) == {}


def test_two_runs_on_the_same_data_share_one_engine(home: Path) -> None:
    first, second = Up(home, "--port", "0"), Up(home, "--port", "0")
    assert first.ready() != second.ready()
    assert first.end(signal.SIGINT)[0] == 0
    assert healthy_again(second.ready())
    assert second.end(signal.SIGINT)[0] == 0
    assert gone(home, 0.5) == {}


def test_production_serves_style_under_names_of_its_content(home: Path) -> None:
    """Behind a proxy that ends TLS: ready, no sample logins, the style at an address that may be kept for ever."""
    up = Up(home, "--port", "0", OTOP_MODE="production", OTOP_PUBLIC_URL="https://otop.example")
    url = up.ready()
    headers = {"Host": "otop.example", "X-Forwarded-Proto": "https"}

    def get(path: str) -> tuple[str, str]:
        with urllib.request.urlopen(urllib.request.Request(url + path, headers=headers), timeout=10) as answer:
            return answer.read().decode(errors="replace"), answer.headers["Cache-Control"] or ""

    page, _kept = get("/")
    style = re.search(r'/static/otop\.[0-9a-f]{12}\.css', page)
    assert style, page[:600]
    body, kept = get(style.group())
    assert "immutable" in kept
    for font in set(re.findall(r"fonts/[\w.-]+woff2", body)):
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font), font
        assert get(f"/static/{font}")[1] == kept
    assert up.end(signal.SIGTERM)[0] == 0
    assert not [line for line in up.lines if "central " in line or "Traceback" in line], up.lines
