"""Celery's side of the selection: what kinds of job it does, and the yearly date of the report."""

from celery import shared_task
from django.utils import timezone

from registry.actions import jobs
from registry.clock import year_be_at
from selection.actions import boundaries
from selection.actions.reports import KIND, ask_for_report, run_report

jobs.register(KIND, run_report)
FOLLOWING = (boundaries.list_anew, boundaries.rounds_there)  # what rounds have to do with changes of areas


@shared_task(name="selection.tasks.yearly_report_due")
def yearly_report_due() -> str:
    """Asks for the report of the year that has just ended; gives the job's public id."""
    return ask_for_report(year_be=year_be_at(timezone.now()) - 1, by=None).public_id
