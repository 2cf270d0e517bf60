"""Tests work on clones of one migrated, area-loaded database: one a process, and one for each that commits."""

import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings as site
from django.utils import translation
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from otop import engine, prepare, template
from tests.clones import OwnDatabase, pointed_at

pytest_plugins = ["tests.live", "tests.browser", "tests.canary"]

site.WHITENOISE_AUTOREFRESH = True  # else each of thousands of clients reads all static files before its first request
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test
LONG = {"journey", "kill", "slow"}
NUMBERS = itertools.count(1)
STACK = ExitStack()

settings.register_profile("gate", deadline=None, max_examples=100)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile("deep" if os.environ.get("OTOP_DEEP") else "gate")


def pytest_configure(config: pytest.Config) -> None:
    """Let the engine stand for the whole run and bring the template up to date, once for all processes of the run."""
    STACK.enter_context(engine.hold())
    if not hasattr(config, "workerinput"):
        prepare.build_files()
        template.sweep()
        os.environ["OTOP_TEMPLATE"] = template.bring()


def pytest_unconfigure() -> None:
    """Let the engine go."""
    STACK.close()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a failure at once: a run that is cut off has still told what failed until then."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nFAILED {report.nodeid} ({report.when})", flush=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would flush a database: a test that commits takes `own_db`. Long files go first: two halves, one end."""
    items.sort(key=lambda item: not LONG & {mark.name for mark in item.iter_markers()})
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        commits = any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))
        if commits or names & {"transactional_db", "live_server"} or {"own_db", "db"} <= names:
            raise pytest.UsageError(f"{item.nodeid}: a test that commits takes own_db, and no other database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The database of this process: a clone, dropped afterwards; the app's plain role works in it."""
    name = template.clone(os.environ["OTOP_TEMPLATE"], 0)
    try:
        with django_db_blocker.unblock(), pointed_at(name, files=tmp_path_factory.mktemp("files")):
            yield
    finally:
        template.drop(name)


@pytest.fixture
def own_db(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnDatabase]:
    """A clone for this test alone, which may commit in it and show it to other processes; dropped afterwards."""
    name = template.clone(os.environ["OTOP_TEMPLATE"], next(NUMBERS))
    own = OwnDatabase(name, tmp_path_factory.mktemp("home"))
    own.forget_messages()
    try:
        with django_db_blocker.unblock(), pointed_at(name, broker_url=own.broker_url, files=own.home):
            yield own
    finally:
        own.forget_messages()
        template.drop(name)


@pytest.fixture(autouse=True)
def language() -> None:
    """Every test begins in the site's own language: a page asked for in English leaves its thread in English."""
    translation.activate(site.LANGUAGE_CODE)
