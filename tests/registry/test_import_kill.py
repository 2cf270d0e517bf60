"""A worker at an import, and one killed in the middle: the next goes on, nothing is missing or made twice."""

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db.models.functions import Now

from otop.children import Child
from registry.actions import jobs
from registry.actions.imports import confirm_file, receive_file
from registry.intake.work import run_job
from registry.models import ImportFile, ImportRow, Job, Producer, Product, ProductFact, ProductSource, Question
from tests.clones import OwnDatabase
from tests.registry.files import as_csv, checked, ends, row

# Takes the open job and works in small chunks; the parent kills it with signal 9 while it does.
CHILD = """
import django; django.setup()
from registry.actions import jobs
from registry.intake import work
from registry.models import Job
job = jobs.claim(Job.objects.open().get(kind="import_run").pk)
work.run_file.__defaults__ = (None, 20)
print("working", flush=True)
work.run_job(job)
"""


@pytest.mark.kill
def test_a_killed_import_ends_with_the_same_result(own_db: OwnDatabase):
    rows = [
        row(f"ผ้าทอลายที่ {n}", producer="" if n % 7 == 0 else f"กลุ่มที่ {n % 40} นาดี", source="s", source_ref=str(n))
        for n in range(400)
    ]
    file = checked(*rows, *rows[:50])
    promised = list(file.import_rows.order_by("number").values_list("outcome", "reason"))
    confirm_file(by=None, file=file)
    for pause in (0.15, 0.4):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD],
            env={**own_db.env, "DJANGO_SETTINGS_MODULE": "otop.settings"},
            stdout=subprocess.PIPE,
        )
        assert child.stdout.readline() == b"working\n"
        time.sleep(pause)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        Job.objects.filter(state="running").update(heartbeat_at=Now() - timedelta(hours=1))
    file.refresh_from_db()
    killed_at = file.taken
    job = jobs.claim(Job.objects.get(kind="import_run").pk)
    assert job is not None
    jobs.finish(job, run_job(job))
    file.refresh_from_db()
    assert (file.state, file.taken, killed_at < 450) == ("done", 450, True)
    assert list(file.import_rows.order_by("number").values_list("outcome", "reason")) == promised
    made = Product.objects.count()
    assert (
        made
        == ProductFact.objects.count()
        == ProductSource.objects.count()
        == sum(outcome == "created" for outcome, _r in promised)
    )
    assert Producer.objects.count() == 40
    assert Question.objects.count() == sum(outcome == "question" for outcome, _r in promised[:400])
    assert not ImportRow.objects.filter(outcome="created", product=None).exists()


@pytest.mark.slow
def test_a_real_worker_checks_a_file_and_takes_it_in(own_db: OwnDatabase, worker: Child):
    file = receive_file(by=None, name="a.csv", content=ContentFile(as_csv(row(), row("น้ำพริก", producer=""))))
    wait_until(file, "checked")
    confirm_file(by=None, file=file)
    wait_until(file, "done")
    assert ends(file) == [("created", "no_category"), ("question", "producer_missing")]
    assert Job.objects.filter(state="done").count() == 2


def wait_until(file: ImportFile, state: str) -> None:
    """Waits for the worker; fails after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        file.refresh_from_db()
        if file.state == state:
            return
        time.sleep(0.1)
    pytest.fail(f"the file is still {file.state}")
