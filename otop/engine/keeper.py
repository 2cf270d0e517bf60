"""The keeper: a small detached process, parent of both servers, that stops them when the last user has gone.

Locks, all in OTOP_HOME and all ended by the death of their holder: `engine.lock` is held shared by every user and taken
exclusively by the keeper to stop; `keeper.lock` is held by the one keeper; `start.lock` by whoever is starting one.
"""

import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from otop.engine import locks
from otop.engine.place import EngineError, Place, find, make
from otop.engine.servers import Server, start_broker, start_database

TICK = 0.1  # seconds between two looks
QUICK_DEATH = 10.0  # seconds: a server that lives shorter than this counts towards giving up
GIVE_UP = 5


class Keeper:
    """Starts the servers of one place, restarts one that dies, stops them in order."""

    def __init__(self, place: Place, tell: Callable[[str], None]) -> None:
        self.place, self.tell = place, tell
        self.servers: dict[str, Server] = {}
        self.deaths: list[float] = []
        self.ending = False

    def start(self) -> None:
        """Start whatever is not running."""
        makers: dict[str, Callable[[], Server]] = {
            "broker": lambda: start_broker(self.place),
            "database": lambda: start_database(self.place, self.tell),
        }
        for name, maker in makers.items():
            if name not in self.servers:
                self.servers[name] = maker()

    def look(self) -> None:
        """Restart a server that has died; gives up after several quick deaths."""
        for name, server in list(self.servers.items()):
            if server.process.poll() is None:
                continue
            self.tell(f"the {name} has died ({server.process.returncode}) and is started again")
            now = time.monotonic()
            self.deaths = [when for when in self.deaths if when > now - QUICK_DEATH * GIVE_UP] + [now]
            if len(self.deaths) > GIVE_UP:
                raise EngineError(f"The {name} dies again and again; its log is above.")
            del self.servers[name]
            self.start()

    def stop(self) -> None:
        """Stop both, the database last."""
        for name, seconds in (("broker", 4.0), ("database", 8.0)):
            if name in self.servers:
                self.servers.pop(name).stop(seconds)


def keep(folder: Path, report: int) -> int:
    """Run the engine of OTOP_HOME `folder` until nobody uses it; tells its start on the descriptor `report`."""
    keeper_lock, users_lock = locks.opened(folder / "keeper.lock"), locks.opened(folder / "engine.lock")
    if not _becomes_the_one(keeper_lock):
        return 0
    voice: list[int] = [report]

    def tell(text: str) -> None:
        print(time.strftime("%Y-%m-%d %H:%M:%S"), text, flush=True)
        if voice:
            try:
                os.write(voice[0], f"{text}\n".encode())
            except BrokenPipeError:
                voice.clear()

    place = find(folder)
    keeper = Keeper(place, tell)
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, lambda _number, _frame: setattr(keeper, "ending", True))
    try:
        make(place)
        _sweep(place)
        keeper.start()
        tell("ready")
        os.close(report)
        voice.clear()
        while not keeper.ending and not locks.taken(users_lock, fcntl.LOCK_EX):
            keeper.look()
            time.sleep(TICK)
    except (EngineError, OSError) as fault:
        tell(f"failed: {fault}")
        return 1
    finally:
        keeper.stop()
        os.close(keeper_lock)  # before the users' lock: who gets that one must not find a keeper still standing
    return 0


def _becomes_the_one(keeper_lock: int) -> bool:
    """Take the keeper's lock; others may be looking at it for an instant."""
    for _attempt in range(40):
        if locks.taken(keeper_lock, fcntl.LOCK_EX):
            return True
        time.sleep(0.05)
    return False


def _sweep(place: Place) -> None:
    """Remove half-made copies of programs that a killed keeper left."""
    for leftover in place.state.glob(".bin-*"):
        shutil.rmtree(leftover, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1]), int(sys.argv[2])))
