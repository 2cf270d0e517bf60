"""Secrets of this installation: given by the environment, else made once in OTOP_HOME, readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret(home: Path, name: str, *, given: str = "") -> str:
    """The secret `name`: from `given` (lines `name=value`, or a path to such a file), else kept 0600 in `home/keys`."""
    text = Path(given).read_text() if given and Path(given).is_file() else given
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if key.strip() == name and value.strip():
            return value.strip()
    return _kept(home / "keys" / name)


def _kept(path: Path) -> str:
    """Read the file, or make it so that of two processes starting at once both end with the same value."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        if not path.exists():
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
            os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink(missing_ok=True)
    return path.read_text()
