"""The watch over papers that end: told 90, 30 and 7 days ahead, each once, also after a missed day; the list; the work list."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry.actions import expiry, jobs
from registry.actions.expiry import ask_for_watch, run_watch, tell_of_endings
from registry.actions.products import end_product
from registry.clock import bangkok_day
from registry.models import Conformity, ExpiryNotice, Job
from registry.tasks import expiry_watch_due
from registry.worklist import Group, lines_for
from tests import make

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


def told() -> list[int]:
    return list(ExpiryNotice.objects.order_by("id").values_list("days", flat=True))


def noon(days_before: int):
    day = END - timedelta(days=days_before)
    return make.at(day.year, day.month, day.day)


def today() -> date:
    return bangkok_day(timezone.now())


def a_paper(ends_in: int, product=None, code: str = "tcps") -> Conformity:
    return make.conformity(product or make.product(), code, valid_to=today() + timedelta(days=ends_in))


def test_each_threshold_is_told_once_on_its_day():
    make.conformity(make.product(), valid_to=END)
    counts = {days: tell_of_endings(by=None, at=noon(days)) for days in range(95, -3, -1)}
    assert {days for days, count in counts.items() if count} == {90, 30, 7}
    assert told() == [90, 30, 7]


def test_running_twice_tells_once():
    make.conformity(make.product(), valid_to=END)
    assert [tell_of_endings(by=None, at=noon(30)) for _turn in range(3)] == [1, 0, 0]


@pytest.mark.parametrize(("first_watch", "tells"), [(89, [90]), (31, [90]), (29, [30]), (8, [30]), (6, [7]), (0, [7]), (-1, [])])
def test_a_missed_day_is_made_good_by_the_nearest_threshold_only(first_watch, tells):
    make.conformity(make.product(), valid_to=END)
    tell_of_endings(by=None, at=noon(first_watch))
    assert told() == tells


def test_a_renewed_paper_an_ended_product_and_a_paper_without_an_end_are_not_told():
    renewed, ended = make.product(), make.product()
    make.conformity(renewed, valid_to=END)
    make.conformity(renewed, number="248/2552", valid_to=END + timedelta(days=700))
    make.conformity(ended, valid_to=END)
    end_product(by=None, product=ended, version=1)
    make.conformity(make.product(), "peacock", no_end=True)
    make.conformity(make.product(), valid_from=None, valid_to=None)
    tell_of_endings(by=None, at=noon(5))
    assert told() == []


def test_another_last_day_is_told_anew():
    held = make.conformity(make.product(), valid_to=END)
    tell_of_endings(by=None, at=noon(5))
    Conformity.objects.filter(pk=held.pk).update(valid_to=END + timedelta(days=2))
    tell_of_endings(by=None, at=noon(5))
    assert told() == [7, 7]


def test_what_was_told_is_told_once_and_never_taken_back_by_the_databases_own_word():
    held = make.conformity(make.product(), valid_to=END)
    notice = ExpiryNotice.objects.create(conformity=held, valid_to=END, days=7)
    with pytest.raises(IntegrityError, match="an_end_is_told_once_a_threshold"), transaction.atomic():
        ExpiryNotice.objects.create(conformity=held, valid_to=END, days=7)
    with pytest.raises(IntegrityError, match="an_end_is_told_90_30_or_7"), transaction.atomic():
        ExpiryNotice.objects.create(conformity=held, valid_to=END, days=8)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        notice.delete()


def test_the_day_has_one_job_however_often_beat_asks():
    a_paper(5)
    first = expiry_watch_due()
    assert first == expiry_watch_due()
    job = jobs.claim(Job.objects.get().pk)
    assert job is not None
    result = run_watch(job)
    jobs.finish(job, result)
    assert result == {"told": 1}
    assert expiry_watch_due() == ""
    assert ask_for_watch(by=None, at=timezone.now() + timedelta(days=1)) is not None
    assert jobs.RUNNERS[expiry.KIND] is run_watch


# --- the list -------------------------------------------------------------------------------------------------------------


def test_the_list_is_ordered_by_last_day_then_thai_and_narrowed_by_days_standard_and_area(client):
    for name, days, code in (("แก้ว", 5, "tcps"), ("กาบ", 5, "tcps"), ("ขิด", -3, "tcps"), ("ไหม", 80, "peacock"), ("ไกล", 91, "tcps")):
        a_paper(days, make.product(name=name), code)
    make.conformity(make.product(name="ไม่มีวัน"), valid_from=None, valid_to=None)
    a_paper(5, make.product(name="ที่อื่น", code=make.ELSEWHERE))
    client.force_login(make.amphoe_officer())

    def names(**asked: str) -> list[str]:
        page = client.get(reverse("registry:expiring-list"), asked)
        assert page.status_code == 200
        return [row.product.name for row in page.context["page_obj"]]

    assert names() == ["ขิด", "กาบ", "แก้ว", "ไหม"]
    assert names(within="7") == ["กาบ", "แก้ว"]
    assert names(within="90", standard="peacock") == ["ไหม"]
    assert names(within="lapsed") == ["ขิด"]
    assert names(within="undated") == ["ไม่มีวัน"]
    assert names(area=make.SISTER) == []
    assert names(within="x") == names(standard="x") == []
    client.force_login(make.central_officer())
    assert "ที่อื่น" in names(within="7")


# --- the work list --------------------------------------------------------------------------------------------------------


def lines(user, group: Group = Group.EXPIRING) -> list:
    return [line for line in lines_for(user, timezone.now())[group] if "standards" in line.url]


def test_a_few_papers_have_a_line_each_once_they_were_told_of():
    held = a_paper(5)
    officer = make.amphoe_officer()
    assert lines(officer) == []
    tell_of_endings(by=None)
    [line] = lines(officer)
    assert held.product.name in line.what
    assert held.public_id in line.url
    assert (line.due, bool(line.why)) == (held.valid_to, True)
    assert lines(make.recorder(make.ELSEWHERE)) == []
    assert lines(make.user()) == []


def test_the_lines_cost_as_many_queries_for_many_papers_as_for_one(django_assert_num_queries):
    officer = make.central_officer()
    a_paper(5)
    tell_of_endings(by=None)
    lines(officer)
    with CaptureQueriesContext(connection) as one:
        lines(officer)
    for _more in range(8):
        a_paper(5)
    tell_of_endings(by=None)
    with django_assert_num_queries(len(one)):
        assert [line.count for line in lines(officer)] == [9]


def test_many_papers_are_one_line_a_threshold_and_lapsed_ones_are_late(monkeypatch):
    monkeypatch.setattr("registry.worklist.asking.FEW", 0)
    for ends_in in (-3, -1, 2, 6, 20, 60, 61):
        a_paper(ends_in)
    tell_of_endings(by=None)
    officer = make.amphoe_officer()
    assert [(line.url.split("=")[1], line.count) for line in lines(officer)] == [("7", 2), ("30", 1), ("90", 2)]
    [late] = lines(officer, Group.LATE)
    assert (late.count, "lapsed" in late.url) == (2, True)
    monkeypatch.setattr("registry.worklist.asking.FEW", 2)
    assert [line.count for line in lines(officer, Group.LATE)] == [None, None]
