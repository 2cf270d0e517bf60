"""Real processes on a test's own database: a web server, a worker."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from otop.celery import app
from otop.children import Child, web_command, worker_command
from otop.up import listen
from tests.clones import OwnDatabase

PATIENCE = 60.0  # seconds for a process to come up


def processes(home: Path) -> dict[int, str]:
    """The living processes whose command line or environment names the data folder, by id."""
    named = home / "engine"
    folders = {str(home), named.read_text().strip() if named.exists() else str(home)}
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            surroundings = (entry / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if words and (any(folder in words for folder in folders) or f"OTOP_HOME={home}\0" in surroundings):
            found[int(entry.name)] = words
    return found


@dataclass(frozen=True)
class LiveSite:
    """A web server: where it is, and its process."""

    url: str
    process: Child


@contextmanager
def running(child: Child) -> Iterator[Child]:
    """The child runs for the block and is gone after it, with all it started."""
    child.start()
    try:
        yield child
    finally:
        child.kill()


@pytest.fixture
def site(own_db: OwnDatabase) -> Iterator[LiveSite]:
    """A real web server on this test's database, on a free port."""
    with listen("127.0.0.1", 0) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        child = Child("web", web_command(door.fileno(), workers=1), env=own_db.env, inherit=[door.fileno()])
        with running(child):
            wait_for_answer(url, child)
            yield LiveSite(url, child)


@pytest.fixture
def worker(own_db: OwnDatabase) -> Iterator[Child]:
    """A real worker on this test's database and its own part of the broker; `app` of this process sends to it."""
    child = Child("worker", worker_command("test"), env=own_db.env)
    with running(child):
        wait_for_worker(child)
        yield child


def wait_for_answer(url: str, child: Child) -> None:
    """Wait until the web server answers anything at all; fails with its words when it ends first."""
    end = time.monotonic() + PATIENCE
    while child.lives and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{url}/static/none", timeout=PATIENCE).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the web server does not answer:\n" + "\n".join(child.lines))


def wait_for_worker(child: Child) -> None:
    """Wait until the worker answers through the broker; fails with its words when it ends first."""
    end = time.monotonic() + PATIENCE
    while child.lives and time.monotonic() < end:
        if app.control.ping(timeout=0.5, limit=1):
            return
    pytest.fail("the worker does not answer:\n" + "\n".join(child.lines))
