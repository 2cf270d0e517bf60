#!/usr/bin/env python3
"""The entry: makes and keeps up to date the project's own environment in .venv, then runs the command in it.

Until the environment stands, only the standard library is used, in a syntax old enough for the version check to run.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "otop.json"
LOCKS = {"run": PROJECT / "requirements.lock", "dev": PROJECT / "requirements-dev.lock"}
LEAST = (3, 11)


def say(text):
    print(text, file=sys.stderr, flush=True)


def stop(text):
    say(text)
    sys.exit(1)


def main():
    """Run the command in the environment, making or renewing that first when its lock files have changed."""
    if sys.version_info < LEAST:
        stop("Python {}.{} or newer is needed; this is {}.".format(*LEAST, sys.version.split()[0]))
    if os.environ.get("OTOP_NO_BOOTSTRAP"):
        return run()
    parts = ["run", "dev"] if sys.argv[1:2] == ["test"] else ["run"]
    if not is_ready(parts):
        with open(PROJECT / ".venv.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_ready(parts):
                make(parts)
    elif Path(sys.prefix) == VENV:
        return run()
    os.execv(PYTHON, [str(PYTHON), str(PROJECT / "manage.py"), *sys.argv[1:]])


def run():
    sys.path.insert(0, str(PROJECT))
    runpy.run_module("otop", run_name="__main__", alter_sys=False)


def digest(part):
    return hashlib.sha256(LOCKS[part].read_bytes()).hexdigest()


def noted():
    """What the environment was made from: hash of the lock file by part; nothing when it does not stand."""
    try:
        return json.loads(STAMP.read_text()) if PYTHON.exists() else {}
    except (OSError, ValueError):
        return {}


def is_ready(parts):
    note = noted()
    return all(note.get(part) == digest(part) for part in parts)


def make(parts):
    """Make .venv when it is missing or broken, install the locked packages, and note what it was made from."""
    note = noted()
    if not works(PYTHON):
        say("making the environment in {}".format(VENV))
        note = {}
        shutil.rmtree(str(VENV), ignore_errors=True)
        make_venv()
    due = [part for part in ("run", "dev") if part in parts or part in note]
    say("installing the packages of {}".format(" and ".join(LOCKS[part].name for part in due)))
    install([LOCKS[part] for part in due])
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps({part: digest(part) for part in due}) + "\n")
    fresh.replace(STAMP)


def works(python):
    return python.exists() and call([python, "-c", "import sys; assert sys.version_info >= (3, 11)"])


def call(command):
    """Run it without its output; says whether it went well."""
    try:
        words = [str(word) for word in command]
        return subprocess.call(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def tried(command):
    """Run it; gives nothing when it went well, else the end of what it said."""
    try:
        done = subprocess.run(
            [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
        )
    except OSError as fault:
        return str(fault)
    return "" if done.returncode == 0 else "\n".join(done.stdout.splitlines()[-15:]) or "it failed without a word"


def make_venv():
    """An empty environment by uv, else by venv with pip, else by venv without."""
    uv = shutil.which("uv")
    ways = [[uv, "venv", "--quiet", "--python", sys.executable, VENV]] if uv else []
    if importlib.util.find_spec("venv"):
        ways += [[sys.executable, "-m", "venv", VENV]] if importlib.util.find_spec("ensurepip") else []
        ways += [[sys.executable, "-m", "venv", "--without-pip", VENV]]
    for way in ways:
        if call(way) and works(PYTHON):
            return
        shutil.rmtree(str(VENV), ignore_errors=True)
    stop("This Python can make no environment: install its venv module (on Debian: apt install python3-venv), or uv.")


def install(files):
    """Install the locked packages, checked against their hashes, by uv, else by pip (of the environment, or ours)."""
    wanted = ["--require-hashes", *[word for path in files for word in ("-r", path)]]
    uv, quiet = shutil.which("uv"), ["--quiet", "--disable-pip-version-check", "--no-input"]
    ways = [[uv, "pip", "install", "--quiet", "--python", PYTHON, *wanted]] if uv else []
    if call([PYTHON, "-m", "pip", "--version"]):
        ways.append([PYTHON, "-m", "pip", "install", *quiet, *wanted])
    elif importlib.util.find_spec("pip"):
        ways.append([sys.executable, "-m", "pip", "--python", PYTHON, "install", *quiet, *wanted])
    if not ways:
        stop("There is no pip here: install it (on Debian: apt install python3-pip or python3-venv), or uv.")
    for way in ways:
        fault = tried(way)
        if not fault:
            return
        say("{} could not install them:\n{}".format(Path(str(way[0])).name, fault))
        if way is not ways[-1]:
            say("trying with pip")
    stop("The packages could not be installed; the reason is above.")


if __name__ == "__main__":
    main()
