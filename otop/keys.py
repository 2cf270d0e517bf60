"""Secrets of this installation: given by the environment, else made once in OTOP_HOME, readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret(home: Path, name: str, *, given: str = "") -> str:
    """The secret `name`: from `given` (lines `name=value`, or a path to such a file), else kept 0600 in `home/keys`."""
    return _lines(given).get(name) or _kept(home / "keys" / name)


class Ring:
    """Keys of one name by version, `name-1`, `name-2` …; new values take the newest, old ones keep theirs.

    Versions are looked for again when one is asked that was not there before, so a process that runs reads what
    another has written with a newer key.
    """

    def __init__(self, home: Path, name: str, *, given: str = "") -> None:
        self.home, self.name, self.given = home, name, given
        self._texts: dict[int, str] = {}

    def newest(self) -> int:
        """The highest version this process knows; the first one is made when there is none."""
        if not self._texts:
            self._read()
        return max(self._texts)

    def text(self, version: int) -> str:
        """The key of this version; KeyError when there is none."""
        if version not in self._texts:
            self._read()
        return self._texts[version]

    def add(self) -> int:
        """Makes the next version in `home/keys`; its number. Keys given by the environment are added there instead."""
        self._read()
        version = max(self._texts) + 1
        if any(name.startswith(f"{self.name}-") for name in _lines(self.given)):
            raise PermissionError(f"OTOP_KEYS holds these keys: add a line {self.name}-{version}=… there, then start again")
        self._texts[version] = _kept(self.home / "keys" / f"{self.name}-{version}")
        return version

    def _read(self) -> None:
        secret(self.home, f"{self.name}-1", given=self.given)
        kept = [path.name for path in (self.home / "keys").glob(f"{self.name}-*")]
        for name in {*kept, *_lines(self.given)}:
            version = name.removeprefix(f"{self.name}-")
            if name.startswith(f"{self.name}-") and version.isascii() and version.isdigit():
                self._texts[int(version)] = secret(self.home, name, given=self.given)


def _lines(given: str) -> dict[str, str]:
    """What `given` holds: lines `name=value`, or a path to such a file."""
    text = Path(given).read_text() if given and Path(given).is_file() else given
    pairs = (line.partition("=") for line in text.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


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
