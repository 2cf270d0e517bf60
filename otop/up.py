"""The supervisor: everything the site needs, from nothing, in one process that ends it all again."""

import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from ipaddress import ip_address
from types import FrameType
from urllib.parse import urlsplit

from django.core.management import get_commands
from kombu.exceptions import OperationalError

from otop import engine, prepare
from otop.celery import BEAT_RUNS
from otop.celery import app as celery_app
from otop.children import Child, beat_command, web_command, worker_command
from otop.engine import locks

READY_WITHIN = 90.0  # seconds from the start of the children
BUSY_PORT = 2  # exit code


class Ended(Exception):
    """A person or the system asked the site to end."""


class Failed(Exception):
    """The site cannot run; the text says why."""


def tell(text: str) -> None:
    """One line for the person who watches, at once."""
    print(text, flush=True)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except OSError:
        door.close()
        raise
    return door


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Site:
    """Web, worker and beat on one engine, watched until the end."""

    def __init__(self, door: socket.socket, use: engine.Use | None) -> None:
        self.door, self.use = door, use
        host, port = door.getsockname()[:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self.beat_lock = locks.opened(engine.home() / "beat.lock")
        self.children = self._children()

    def _children(self) -> list[Child]:
        """Web, beat and worker in the order in which they are stopped; each keeps the engine while it lives."""
        env = {**os.environ, "OTOP_PREPARED": "1", "DJANGO_SETTINGS_MODULE": "otop.settings"}
        held = [self.use.descriptor] if self.use else []
        door = self.door.fileno()
        children = [Child("web", web_command(door), env=env, inherit=[*held, door], tell=tell)]
        if locks.taken(self.beat_lock, fcntl.LOCK_EX):
            children.append(Child("beat", beat_command(), env=env, inherit=held, tell=tell))
        else:
            tell("another `up` on the same data runs beat already")
        worker = Child(
            "worker", worker_command(), env=env, inherit=held, tell=tell, at_parents_death=signal.SIGQUIT
        )  # fmt: skip
        return [*children, worker]

    def start(self) -> None:
        """Start the children and wait until all of them do their work."""
        for child in reversed(self.children):
            child.start()
        end = time.monotonic() + READY_WITHIN
        missing = self.missing()
        while missing:
            self.look()
            if time.monotonic() > end:
                raise Failed(f"not ready after {READY_WITHIN:.0f} s: {', '.join(missing)} does not answer")
            time.sleep(0.1)
            missing = self.missing()

    def missing(self) -> list[str]:
        """What does not answer yet: the worker, then by /healthz database, broker and web, then beat."""
        if not worker_answers():
            return ["worker"]
        try:
            with urllib.request.urlopen(as_the_proxy_asks(f"{self.url}/healthz"), timeout=10) as answer:  # noqa: S310
                state = json.load(answer)
        except urllib.error.HTTPError as fault:
            state = _json(fault.read())
        except OSError:
            return ["web"]
        missing = [name for name, word in state.items() if word != "ok"]
        silent = [each.name for each in self.children if each.name == "beat" and not each.said(BEAT_RUNS)]
        return missing + silent

    def look(self) -> None:
        """Start again what has died: the engine at once, a child after a pause."""
        if self.use and not self.use.kept():
            tell("the engine has died and is started again")
            self.use.ensure()
        for child in self.children:
            if not child.look():
                tell("\n".join(child.lines))
                raise Failed(f"{child.name} dies again and again; its last words are above")

    def stop(self) -> None:
        """Stop the children in order, then let the engine go."""
        for child, seconds in zip(self.children, (5.0, 2.0, 4.0)[-len(self.children) :], strict=True):
            if hasattr(child, "process"):
                child.stop(seconds, then=signal.SIGQUIT if child.name == "worker" else signal.SIGKILL)
        self.door.close()


def as_the_proxy_asks(url: str) -> urllib.request.Request:
    """A request to our own address for the public host, which is the only one that answers in production."""
    public = urlsplit(os.environ.get("OTOP_PUBLIC_URL", ""))
    headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme} if os.environ.get("OTOP_MODE") == "production" else {}
    return urllib.request.Request(url, headers=headers)  # noqa: S310 - our own address


def worker_answers() -> bool:
    """Whether some worker answers through the broker within half a second."""
    try:
        return bool(celery_app.control.ping(timeout=0.5, limit=1))
    except (OperationalError, OSError):
        return False


def _json(body: bytes) -> dict[str, str]:
    try:
        found = json.loads(body)
    except ValueError:
        return {"web": "down"}
    return found if isinstance(found, dict) else {"web": "down"}


def run(host: str, port: int) -> int:
    """Run the site until Ctrl-C or SIGTERM; gives the exit code."""
    refusal = _refusal(host)
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    try:
        door = listen(host, port)
    except OSError as fault:
        print(f"port {port} on {host} cannot be used ({fault.strerror}): choose another with --port N", file=sys.stderr)
        return BUSY_PORT
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, _end)
    with door:
        return _run(door)


def _refusal(host: str) -> str:
    """Why the site may not be run like this, or nothing."""
    if os.environ.get("OTOP_MODE", "local") == "local" and not is_loopback(host):
        return f"In local mode only this machine may reach the site: {host} needs OTOP_MODE=production."
    if engine.external() and not os.environ.get("CELERY_BROKER_URL"):
        return "DATABASE_URL is set but CELERY_BROKER_URL is not: give the URL of a broker (Valkey, Redis or RabbitMQ)."
    return ""


def _end(_number: int, _frame: FrameType | None) -> None:
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)  # we are ending: nothing may break that off
    raise Ended


def _run(door: socket.socket) -> int:
    use: engine.Use | None = None
    site: Site | None = None
    code = 0
    try:
        if not engine.external():
            use = engine.Use(engine.home(), tell)
            use.ensure()
            if use.place.state != use.folder:
                tell(f"data and programs of the engine lie in {use.place.state}")
        prepare.bring_up_to_date(tell)
        make_sample()
        site = Site(door, use)
        tell("starting web, worker and beat")
        site.start()
        announce(site.url)
        while True:
            site.look()
            time.sleep(0.5)
    except Ended:
        tell("stopping")
    except (Failed, engine.EngineError) as fault:
        print(fault, file=sys.stderr, flush=True)
        code = 1
    finally:
        if site:
            site.stop()
        if use and not use.release_and_wait(6.0):
            tell("the engine goes on: others are using it")
    tell("stopped")
    return code


def make_sample() -> None:
    """Build the sample where it is missing; only on our own engine, and only in local mode."""
    if engine.external() or os.environ.get("OTOP_MODE", "local") != "local" or "demo" not in get_commands():
        return
    tell("looking after the sample")
    command = [sys.executable, "-m", "otop", "demo"]
    child = Child("sample", command, env={**os.environ, "OTOP_PREPARED": "1"}, tell=tell)
    child.start()
    try:
        if child.process.wait() != 0:
            child.reader.join(1.0)
            raise Failed("the sample could not be built; the reason is above")
    finally:
        child.stop(2.0)


def announce(url: str) -> None:
    """The line that says that everything runs, alone on its line, then how to sign in to the sample."""
    tell(f"ready {url}")
    book = engine.home() / "sample-logins.json"
    if os.environ.get("OTOP_MODE", "local") != "local" or engine.external() or not book.exists():
        return
    for login in json.loads(book.read_text()):
        role = f"{login['role_th']} ({login['role_en']})"
        tell(f"  {login['username']:<22} {login['password']:<18} {role}, {login['area']}")
