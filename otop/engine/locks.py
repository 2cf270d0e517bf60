"""File locks: they end with the process that holds them, however it ends."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from otop.engine.place import EngineError


def opened(path: Path) -> int:
    """A descriptor of the lock file, made when missing; refuses when it belongs to someone else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as fault:
        raise EngineError(
            f"{path.parent} belongs to another user: run this as that user, or choose another OTOP_HOME."
        ) from fault


def taken(descriptor: int, how: int) -> bool:
    """Take the lock if that needs no waiting; says whether it did."""
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise
    return True


@contextmanager
def locked(path: Path, how: int = fcntl.LOCK_EX) -> Iterator[int]:
    """Hold the lock file for the block, waiting for it; gives its descriptor."""
    descriptor = opened(path)
    try:
        fcntl.flock(descriptor, how)
        yield descriptor
    finally:
        os.close(descriptor)


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock file exclusively right now."""
    descriptor = opened(path)
    try:
        return taken(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)
