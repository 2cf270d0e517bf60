"""What `test` runs: the checks of the code, then the tests, each timed, all counted in one closing line."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from otop.engine.place import PROJECT
from otop.engine.servers import dies_with_parent

HARD_STOP = 40 * 60  # seconds for everything
LONG = "journey or kill or slow"
IMPORTS = "from importlinter.cli import lint_imports_command as command; command()"
PRODUCTION = {"OTOP_MODE": "production", "OTOP_PUBLIC_URL": "https://otop.example"}


@dataclass(frozen=True)
class Check:
    """One check of the code: a command line of this Python."""

    name: str
    words: tuple[str, ...]
    env: tuple[tuple[str, str], ...] = ()


CHECKS = (
    Check("types", ("-m", "mypy")),
    Check("style", ("-m", "ruff", "check", "--quiet", "--output-format", "concise", ".")),
    Check("imports", ("-c", IMPORTS)),
    Check("migrations", ("-m", "otop", "makemigrations", "--check", "--dry-run")),
    Check("production", ("-m", "otop", "check", "--deploy", "--fail-level", "WARNING"), tuple(PRODUCTION.items())),
)


@dataclass(frozen=True)
class Count:
    """How many passed, failed, were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(words: Sequence[str], *, quick: bool, deep: bool) -> int:
    """Run the checks and the tests, or only the tests that `words` (for pytest) name; gives the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what it started ends with it
    end = time.monotonic() + HARD_STOP
    count = Count()
    if not any((PROJECT / word.split("::")[0]).exists() for word in words if not word.startswith("-")):
        with ThreadPoolExecutor(2) as pool:
            for done in pool.map(lambda check: _check(check, end), CHECKS):
                count += done
    tests, code = _tests(words, quick=quick, deep=deep, end=end)
    count += tests
    failed = count.failed or code
    print(f"\n{count}", flush=True)
    return 1 if failed else 0


def _check(check: Check, end: float) -> Count:
    began = time.monotonic()
    code, output = _within(["-W", "ignore", *check.words], dict(check.env), end, quiet=True)
    print(f"{check.name:<11} {'ok' if code == 0 else 'FAILED':<7} {time.monotonic() - began:5.1f} s", flush=True)
    if code != 0:
        print(output.rstrip(), flush=True)
    return Count(passed=1) if code == 0 else Count(failed=1)


def _tests(words: Sequence[str], *, quick: bool, deep: bool, end: float) -> tuple[Count, int]:
    """Run pytest in random order; the seed is printed and can be given as OTOP_SEED."""
    seed = os.environ.get("OTOP_SEED") or str(random.SystemRandom().randrange(2**32))
    print(f"tests       OTOP_SEED={seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        named = any(word.startswith(("-n", "--numprocesses")) for word in words)
        line = [
            "-m", "pytest", "-q", "-p", "randomly", f"--randomly-seed={seed}", f"--hypothesis-seed={seed}",
            f"--junitxml={report}", *([] if named else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]),
            *(["-m", f"not ({LONG})"] if quick else []), *words,
        ]  # fmt: skip
        code, _output = _within(line, {"OTOP_SEED": seed, **({"OTOP_DEEP": "1"} if deep else {})}, end)
        count = _counted(report)
    print(f"tests       {'ok' if code == 0 else 'FAILED':<7} {time.monotonic() - began:5.1f} s", flush=True)
    return count, code


def _within(words: Sequence[str], env: dict[str, str], end: float, *, quiet: bool = False) -> tuple[int, str]:
    """Run this Python with `words` until `end` at most; gives the exit code, and what it said when quiet."""
    process = subprocess.Popen(
        [sys.executable, *words], cwd=PROJECT, env={**os.environ, "OTOP_PREPARED": "1", **env}, text=True,
        stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=dies_with_parent(signal.SIGINT),
        stdout=subprocess.PIPE if quiet else None, stderr=subprocess.STDOUT if quiet else None,
    )  # fmt: skip
    try:
        output, _nothing = process.communicate(timeout=max(1.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        _end(process)
        return 1, f"stopped: all of it may take {HARD_STOP // 60} minutes"
    except BaseException:
        _end(process)
        raise
    return process.returncode, output or ""


def _end(process: subprocess.Popen[str]) -> None:
    """End a run that must not go on: first kindly, so that pytest still tells what failed until then."""
    os.killpg(process.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=30)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _counted(report: Path) -> Count:
    """The counts in a JUnit report; a run that wrote none has failed as a whole."""
    if not report.exists():
        return Count(failed=1)
    failed = skipped = whole = 0
    for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 - written by our own run
        whole += int(suite.get("tests", "0"))
        failed += int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        skipped += int(suite.get("skipped", "0"))
    return Count(max(0, whole - failed - skipped), failed, skipped)
