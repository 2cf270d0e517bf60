"""The engine: where it lies, who may use it, how long it stands, and what a database of it allows."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from otop import engine
from otop.engine import cluster, locks, place
from tests.clones import OwnDatabase
from tests.live import processes

PROJECT = Path(__file__).resolve().parent.parent
NOBODY = place.Account(65534, 65534)
HOLDER = "import sys, time; from otop import engine\nwith engine.hold(): print('held', flush=True); time.sleep(600)"


def test_a_short_plain_path_holds_the_engine_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "account", lambda: None)
    assert place.find(tmp_path / "a").state == tmp_path / "a"


@pytest.mark.parametrize("name", ["x" * 90, "ที่เก็บ", "with space", "a,b"])
def test_a_path_that_sockets_or_urls_cannot_name_has_its_engine_elsewhere(tmp_path: Path, name: str) -> None:
    found = place.find(tmp_path / name)
    assert found.state == place.elsewhere(tmp_path / name)
    assert len(found.state.name) == len("otop-") + 12
    assert len(os.fsencode(found.database_socket)) <= place.LONGEST_SOCKET


def test_a_closed_folder_on_the_way_is_out_of_reach() -> None:
    with tempfile.TemporaryDirectory() as name:
        inner = Path(name) / "inner"
        inner.mkdir()
        inner.parent.chmod(0o755)
        assert place.reaches(NOBODY, inner)
        inner.parent.chmod(0o700)
        assert not place.reaches(NOBODY, inner)
        assert place.reaches(None, inner)


def test_a_name_in_the_environment_of_another_copy_is_not_believed(tmp_path: Path) -> None:
    home = tmp_path / "copied"
    home.mkdir()
    (home / "engine").write_text("/var/tmp/otop-000000000000\n")
    assert place.find(home).state in (home, place.elsewhere(home))


def test_the_apps_role_is_plain_and_the_owner_is_not_it(own_db: OwnDatabase) -> None:
    cluster.check_plain_role(own_db.url)
    with pytest.raises(engine.EngineError, match="owner of tables"):
        cluster.check_plain_role(own_db.owner_url)
    with cluster.session(own_db.url) as link, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cluster.rows(link, "CREATE TABLE mine (id int)")


def test_the_app_may_read_and_write_what_the_owner_makes(own_db: OwnDatabase) -> None:
    with cluster.session(own_db.owner_url) as link:
        cluster.rows(link, "CREATE TABLE made (id serial, name text)")
    with cluster.session(own_db.url) as link:
        cluster.rows(link, "INSERT INTO made (name) VALUES ('ผ้าไหม')")
        assert cluster.rows(link, "SELECT id, name FROM made") == [(1, "ผ้าไหม")]
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cluster.rows(link, "TRUNCATE made")


def test_thai_text_has_trigrams(own_db: OwnDatabase) -> None:
    cluster.check(own_db.url)


def test_a_database_says_what_it_holds(own_db: OwnDatabase) -> None:
    assert len(cluster.stamp(own_db.url)) == 64
    cluster.set_stamp(own_db.owner_url, "other")
    assert cluster.stamp(own_db.url) == "other"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A data folder with an engine of its own; what it leaves elsewhere is removed."""
    folder = tmp_path / "home"
    yield folder
    elsewhere = place.elsewhere(folder)
    subprocess.run(["rm", "-rf", str(elsewhere)], check=True)


def holder(home: Path) -> "subprocess.Popen[str]":
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "OTOP_PREPARED"}}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=PROJECT, env={**env, "OTOP_HOME": str(home)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout
    with process.stdout as output:
        assert output.readline() == "held\n"
    return process


def stops(home: Path, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if locks.is_free(home / "keeper.lock"):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.kill
def test_the_engine_outlives_who_started_it_and_the_last_one_out_stops_it(home: Path) -> None:
    first, second = holder(home), holder(home)
    for process, alone in ((first, False), (second, True)):
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert stops(home, 10.0 if alone else 1.0) is alone


@pytest.mark.kill
def test_a_killed_keeper_takes_its_servers_along_and_the_next_start_recovers(home: Path) -> None:
    first = holder(home)
    [keeper] = [pid for pid, words in processes(home).items() if "otop.engine.keeper" in words]
    os.kill(keeper, signal.SIGKILL)
    assert stops(home)
    second = holder(home)
    assert not stops(home, 0.5)
    for process in (first, second):
        process.kill()
        process.wait()
    assert stops(home)
