"""Yearly figures come from dated facts: today's edits change no past year, two counts are one, a killed worker loses nothing."""

import csv
import io
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import psycopg2
import pytest
from django.test import Client

from otop.children import Child, worker_command
from registry.actions import jobs
from registry.actions.products import end_product
from registry.models import Category, Job, JobState, Leaf, Origin, Producer, Product
from registry.refusal import Refused
from registry.tasks import sweep
from selection.actions.reports import ask_for_report, build_reports
from selection.figures import count_year
from selection.models import Figure, YearlyReport
from tests import make
from tests.clones import OwnDatabase
from tests.live import running, wait_for_worker

YEAR = 2567


def figure(year: int, measure: str, split: str = "", key: str = "", origin: str = Origin.REAL) -> int:
    """The value of the newest edition, 0 when there is no such line."""
    report = YearlyReport.objects.filter(year_be=year, origin=origin).order_by("-edition")[0]
    return next(iter(report.figures.filter(measure=measure, split=split, key=key).values_list("value", flat=True)), 0)


@pytest.fixture
def three(db: None) -> list[Product]:
    """Three products of one producer, registered in 2567; one of them without a category."""
    home = make.producer(registered_on=date(2024, 3, 1))
    return [make.product(home, category=kind, registered_on=date(2024, 3, 2)) for kind in ("food", "apparel", None)]


def test_counts_what_was_registered_by_the_end_of_the_year(three: list[Product]) -> None:
    make.product(three[0].producer, registered_on=date(2025, 1, 1))
    build_reports(year_be=YEAR)
    assert figure(YEAR, "products") == 3
    assert figure(YEAR, "producers") == 1
    assert figure(YEAR, "products", "category", "food") == 1
    assert figure(YEAR, "products", "category", "none") == 1
    assert figure(YEAR, "products", "province", make.PROVINCE) == 3
    build_reports(year_be=YEAR - 1)
    assert figure(YEAR - 1, "products") == 0


def test_edits_of_today_leave_a_past_year_byte_for_byte_as_it_was(three: list[Product]) -> None:
    first = bytes(build_reports(year_be=YEAR)[0].body)
    Product.objects.update(category=Category.objects.get(code="herb"), name="ชื่อใหม่", registered_on=date(2026, 1, 1))
    Producer.objects.update(type="sme")
    end_product(product=three[0], version=three[0].version, ended_on=date(2026, 5, 1), by=None, at=make.at(2026, 5, 1))
    again = build_reports(year_be=YEAR)[0]
    assert bytes(again.body) == first
    assert (again.edition, again.frozen) == (1, True)
    now = {(row.measure, row.split, row.key): row.value for row in count_year(2569, Origin.REAL)}
    assert now["products", "", ""] == 2  # the act of ending is a fact of 2569, the edits past the actions are none


def test_counting_twice_keeps_one_report_and_one_leaf(three: list[Product]) -> None:
    build_reports(year_be=YEAR)
    leaves = Leaf.objects.count()
    build_reports(year_be=YEAR)
    assert YearlyReport.objects.filter(year_be=YEAR).count() == 2  # one per origin
    assert Leaf.objects.count() == leaves


def test_a_corrected_fact_makes_a_new_edition_beside_the_frozen_one(three: list[Product]) -> None:
    build_reports(year_be=YEAR)
    make.product(three[0].producer, registered_on=date(2024, 6, 1))  # found later, but it was there then
    build_reports(year_be=YEAR)
    editions = YearlyReport.objects.filter(year_be=YEAR, origin=Origin.REAL).order_by("edition")
    assert [(row.edition, row.frozen) for row in editions] == [(1, True), (2, True)]
    assert [row.figures.get(measure="products", split="").value for row in editions] == [3, 4]


def test_the_running_year_is_provisional_and_overwritten(three: list[Product]) -> None:
    build_reports(year_be=YEAR, at=make.at(2024, 12, 31, 23, 59))
    make.product(three[0].producer, registered_on=date(2024, 6, 1))
    build_reports(year_be=YEAR, at=make.at(2024, 12, 31, 23, 59))
    only = YearlyReport.objects.get(year_be=YEAR, origin=Origin.REAL)
    assert (only.edition, only.frozen, only.figures.get(measure="products", split="").value) == (1, False, 4)
    build_reports(year_be=YEAR, at=make.at(2025, 1, 1, 0, 0))
    only.refresh_from_db()
    assert (only.edition, only.frozen) == (1, True)


def test_samples_are_counted_apart(three: list[Product]) -> None:
    sample = make.producer(origin=Origin.SAMPLE, name="กลุ่มตัวอย่าง", registered_on=date(2024, 3, 1))
    make.product(sample, registered_on=date(2024, 3, 1))
    build_reports(year_be=YEAR)
    assert (figure(YEAR, "products"), figure(YEAR, "products", origin=Origin.SAMPLE)) == (3, 1)


@pytest.mark.parametrize("year", [2543, 2601])
def test_a_year_without_a_report_is_refused_with_the_years_there_are(db: None, year: int) -> None:
    with pytest.raises(Refused) as refused:
        build_reports(year_be=year)
    assert refused.value.codes == ["no_such_year"]
    assert not YearlyReport.objects.exists()


def test_only_a_central_officer_asks_for_a_count(db: None) -> None:
    with pytest.raises(Refused) as refused:
        ask_for_report(year_be=YEAR, by=make.amphoe_officer())
    assert refused.value.codes == ["central_officer_only"]
    central = make.central_officer()
    assert ask_for_report(year_be=YEAR, by=central) == ask_for_report(year_be=YEAR, by=central)
    assert Job.objects.count() == 1


def test_pages_and_files_say_the_same(three: list[Product], client: Client) -> None:
    build_reports(year_be=YEAR)
    assert client.get(f"/reports/{YEAR}/").status_code == 200
    assert client.get("/reports/2566/").status_code == 404
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/reports/{YEAR}/figures.xlsx").content))
    lines = list(csv.DictReader(io.StringIO(client.get(f"/reports/{YEAR}/figures.csv").content.decode("utf-8-sig"))))
    from_book = [row[3] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    kept = list(Figure.objects.filter(report__origin=Origin.REAL).values_list("value", flat=True))
    assert from_book == [int(line["value"]) for line in lines] == kept
    assert len(kept) > 5


def test_the_form_names_a_year_that_is_none(db: None, client: Client) -> None:
    client.force_login(make.central_officer())
    page = client.post("/reports/", {"year": "ปีหน้า"})
    assert page.status_code == 422
    assert "ปีหน้า" in page.content.decode()
    assert client.post("/reports/", {"year": "๒๕๖๗"}).status_code == 302
    assert Job.objects.get().subject == "2567"


def test_the_command_counts_and_refuses_in_words(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    central = make.central_officer()
    job = ask_for_report(year_be=YEAR, by=central)
    claimed = jobs.claim(job.pk)
    assert claimed is not None
    jobs.finish(claimed, jobs.RUNNERS[job.kind](claimed))
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, job.total, job.total)


@pytest.mark.kill
def test_a_worker_killed_in_the_middle_of_counting_loses_and_doubles_nothing(
    own_db: OwnDatabase, settings: Any
) -> None:
    """The table is held so that the worker stands in its work, the worker is killed −9, another one finishes it."""
    settings.JOB_SILENT_SECONDS = 2
    central = make.central_officer()
    make.product(make.producer(registered_on=date(2024, 3, 1)), registered_on=date(2024, 3, 1))
    env = {**own_db.env, "OTOP_JOB_SILENT_SECONDS": "2"}
    holder = psycopg2.connect(own_db.owner_url)
    holder.cursor().execute("LOCK TABLE selection_yearlyreport IN ACCESS EXCLUSIVE MODE")
    with running(Child("worker", worker_command("test"), env=env)) as first:
        wait_for_worker(first)
        job = ask_for_report(year_be=YEAR, by=central)
        wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.RUNNING)
        first.kill()
    holder.rollback()
    holder.close()
    assert not YearlyReport.objects.exists()
    with running(Child("worker", worker_command("test2"), env=env)) as second:
        wait_for_worker(second)
        wait_until(lambda: bool(sweep()) or not Job.objects.get(pk=job.pk).is_open)
        wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE)
    job.refresh_from_db()
    assert job.attempts == 2
    assert YearlyReport.objects.filter(year_be=YEAR).count() == 2
    assert figure(YEAR, "products") == 1


def wait_until(happens: Callable[[], object], patience: float = 60.0) -> None:
    """Waits for something to come true; fails when it does not."""
    end = time.monotonic() + patience
    while not happens():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)
