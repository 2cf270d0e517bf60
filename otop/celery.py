"""The Celery app of the worker, of beat, and of whoever sends work."""

import ctypes
import os
import signal
import sys
import warnings

from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import beat_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otop.settings")

warnings.simplefilter("ignore", SecurityWarning)  # one command on a bare machine is root's as often as not
BEAT_RUNS = "beat runs"

app = Celery("otop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**_kwargs: object) -> None:
    """A child of the pool whose worker was killed ends at once, so that its job is free for the next worker."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


@beat_init.connect
def say_that_beat_runs(**_kwargs: object) -> None:
    """The supervisor waits for this line."""
    print(BEAT_RUNS, flush=True)
