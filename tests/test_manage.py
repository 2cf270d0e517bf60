"""The entry on a bare machine: it makes its own environment once, renews it when a lock changes, and runs in it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
STUB = "import sys\nprint(sys.prefix, *sys.argv[1:])\n"

pytestmark = pytest.mark.slow


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout with the entry, empty lock files, and a command that says where it runs."""
    shutil.copy(PROJECT / "manage.py", tmp_path)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("# nothing\n")
    (tmp_path / "otop").mkdir()
    (tmp_path / "otop" / "__init__.py").write_text("")
    (tmp_path / "otop" / "__main__.py").write_text(STUB)
    return tmp_path


def run(checkout: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the entry with the Python that made ours, from elsewhere, in an empty environment."""
    python = Path(sys.base_prefix) / "bin" / "python3"
    env = {"PATH": os.defpath, "HOME": str(checkout), **more}
    command = [str(python), str(checkout / "manage.py"), *words]
    return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False, timeout=120)


def test_it_makes_its_environment_once_and_runs_in_it(bare: Path) -> None:
    first = run(bare, "prepare", "--flag")
    assert (first.returncode, first.stdout) == (0, f"{bare}/.venv prepare --flag\n"), first.stderr
    assert "making the environment" in first.stderr
    assert (run(bare, "prepare").stderr, run(bare, "prepare").stdout) == ("", f"{bare}/.venv prepare\n")


def test_a_changed_lock_renews_it_and_only_test_asks_for_the_second_lock(bare: Path) -> None:
    run(bare, "prepare")
    assert set(json.loads((bare / ".venv" / "otop.json").read_text())) == {"run"}
    assert "requirements-dev.lock" in run(bare, "test").stderr
    (bare / "requirements-dev.lock").write_text("# another\n")
    assert run(bare, "prepare").stderr == ""
    (bare / "requirements.lock").write_text("# another\n")
    assert "requirements.lock and requirements-dev.lock" in run(bare, "prepare").stderr


def test_a_broken_environment_is_made_anew(bare: Path) -> None:
    run(bare, "prepare")
    (bare / ".venv" / "bin" / "python").unlink()
    again = run(bare, "prepare")
    assert (again.returncode, "making the environment" in again.stderr) == (0, True), again.stderr


def test_a_package_that_is_not_locked_with_its_hash_is_refused(bare: Path) -> None:
    (bare / "requirements.lock").write_text("segno==1.6.6\n")
    refused = run(bare, "prepare")
    assert refused.returncode == 1
    assert not (bare / ".venv" / "otop.json").exists()


def test_who_brings_an_environment_of_his_own_may_say_so(bare: Path) -> None:
    own = run(bare, "prepare", OTOP_NO_BOOTSTRAP="1")
    assert (own.returncode, (bare / ".venv").exists()) == (0, False)
