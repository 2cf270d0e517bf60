"""A migrated, area-loaded database that tests clone, one for each state of the migrations."""

import os
from collections.abc import Callable

from otop import engine, prepare
from otop.engine import cluster, locks
from otop.engine.use import say

BEGINNING = "otop_template_"
CLONES = "otop_clone_"
KEPT = 3  # templates: other runs may still be cloning that of the code they began with


def bring(tell: Callable[[str], None] = say) -> str:
    """Build the template of today's code when it is missing; gives its name. The engine must stand."""
    name = BEGINNING + prepare.state_wanted()[:12]
    maker = engine.maker_url()
    with locks.locked(engine.home() / "template.lock"):
        present = cluster.databases(maker, BEGINNING)
        if name not in present:
            tell("building the database that tests clone")
            _build(maker, name, tell)
            for old in present[: -KEPT + 1]:
                cluster.drop(maker, old)
    return name


def _build(maker: str, name: str, tell: Callable[[str], None]) -> None:
    """Build it under another name, so that a template that is there is whole."""
    half = f"otop_building_{os.getpid()}"
    for left in cluster.databases(maker, "otop_building_"):
        cluster.drop(maker, left)
    urls = engine.in_force()
    owner_url = engine.with_database(urls["DATABASE_OWNER_URL"], half)
    with cluster.session(maker) as link:
        cluster.make_database(link, half, cluster.role_of(urls["DATABASE_OWNER_URL"]))
    if not engine.external():
        cluster.dress(engine.with_database(maker, half), owner="otop_owner", app="otop_app")
    prepare.bring_database(engine.with_database(urls["DATABASE_URL"], half), owner_url, tell)
    cluster.rename(maker, half, name)


def clone(template: str, number: int) -> str:
    """Clone the template for this process; gives the name of the clone, which holds the process's id."""
    name = f"{CLONES}{os.getpid()}_{number}"
    maker = engine.maker_url()
    cluster.drop(maker, name)
    cluster.clone(maker, template, name)
    return name


def drop(name: str) -> None:
    """Drop a clone, whoever is still connected to it."""
    cluster.drop(engine.maker_url(), name)


def sweep() -> None:
    """Drop the clones of processes that have ended without doing so."""
    maker = engine.maker_url()
    for name in cluster.databases(maker, CLONES):
        pid = int(name.removeprefix(CLONES).split("_")[0])
        if not _runs(pid):
            cluster.drop(maker, name)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
