"""The work list: whose turn it is, what is late, and what one is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.models import ImportFile, ImportRow, ImportState, Outcome, Question, Registration
from registry.views.worklist import sections
from registry.worklist import PROVIDERS, Due, Group, Line, due_within, lines_for, provider
from tests import make
from tests.registry import filings

pytestmark = pytest.mark.django_db
NOON = make.at(2026, 11, 19)


@pytest.fixture
def only(monkeypatch):
    """The table of providers with nothing but what the test adds."""
    monkeypatch.setattr("registry.worklist.gathering.PROVIDERS", kept := [])
    return kept


def a_line(what: str, due: date | None = None, group: Group = Group.MINE) -> Line:
    return Line(what=what, url="/", group=group, due=due)


def test_lines_stand_by_due_day_and_what_is_over_is_late(only):
    only.append(lambda user, at: [
        a_line("without a day"), a_line("tomorrow", date(2026, 11, 20)), a_line("yesterday", date(2026, 11, 18)),
        a_line("today", date(2026, 11, 19)), a_line("theirs", date(2026, 11, 1), Group.OTHERS),
    ])
    groups = lines_for(make.user(), NOON)
    assert [line.what for line in groups[Group.MINE]] == ["today", "tomorrow", "without a day"]
    assert [line.what for line in groups[Group.LATE]] == ["yesterday"]
    assert [line.what for line in groups[Group.OTHERS]] == ["theirs"]


def test_a_deadline_day_ends_at_midnight_in_bangkok(only):
    only.append(lambda user, at: [a_line("due", date(2026, 11, 19))])
    last, over = make.at(2026, 11, 19, 23, 59), make.at(2026, 11, 20, 0, 0)
    assert [bool(lines_for(make.user(), at)[Group.LATE]) for at in (last, over)] == [False, True]


def test_a_page_section_tells_days_left_and_days_over(only):
    only.append(lambda user, at: [a_line("a", date(2026, 11, 17))])
    [late] = sections(lines_for(make.user(), NOON), date(2026, 11, 19))
    assert (late["group"], late["lines"][0][1:]) == (Group.LATE, (-2, 2))


def test_each_app_adds_its_own_lines():
    def mine(user, at):
        return []

    try:
        assert provider(mine) in PROVIDERS
    finally:
        PROVIDERS.remove(mine)


def test_incomplete_products_are_one_line_for_who_can_complete_them():
    make.product(category=None)
    make.product(category=None, code=make.SISTER)
    make.product(category=None, code=make.ELSEWHERE)
    make.product()

    def counts(user) -> list[int | None]:
        return [line.count for line in lines_for(user, NOON)[Group.MINE] if "complete=no" in line.url]

    assert counts(make.amphoe_officer()) == [2]
    assert counts(make.recorder()) == [1]
    assert counts(make.central_officer()) == [3]
    member = make.user()
    make.seat(make.committee(), member)
    assert counts(member) == []


def test_imports_and_questions_wait_for_their_people(client):
    officer = make.amphoe_officer()
    file = ImportFile.objects.create(
        name="สินค้า.csv", digest="0" * 64, state=ImportState.CHECKED, rows=12, created_by=officer
    )
    row = ImportRow.objects.create(file=file, number=1, said={}, outcome=Outcome.QUESTION)
    Question.objects.create(
        identity="a", kind="area", said={}, message_th="ที่ไหน", message_en="where", area=make.area(), first_row=row
    )
    groups = lines_for(officer, NOON)
    assert any("สินค้า.csv" in line.what for line in groups[Group.MINE])
    assert [line.count for line in groups[Group.QUESTION]] == [1]
    assert lines_for(make.recorder(make.ELSEWHERE), NOON)[Group.QUESTION] == []
    client.force_login(officer)
    assert "สินค้า.csv" in client.get(reverse("registry:worklist")).content.decode()


def test_the_page_says_what_one_is(client):
    someone = make.recorder()
    committee = make.committee(name_th="คณะกรรมการอำเภอนามน")
    make.seat(committee, someone, role="secretary")
    client.force_login(someone)
    page = client.get(reverse("registry:worklist")).content.decode()
    for words in ("ตำบลหนองบัว อำเภอนามน จังหวัดกาฬสินธุ์", "คณะกรรมการอำเภอนามน", someone.full_name):
        assert words in page


def test_who_holds_nothing_is_told_what_to_do(client):
    client.force_login(make.user())
    answer = client.get(reverse("registry:worklist"))
    assert answer.status_code == 200
    assert not answer.context["offices"]
    assert not answer.context["seats"]
    assert [count for _group, _label, count in answer.context["counts"]] == [0] * 5
    assert "area" not in answer.context["form"].fields


def test_what_was_sent_is_told_with_who_has_it_now():
    recorder, officer = make.recorder(), make.amphoe_officer()
    filings.window()
    row = filings.filed(by=recorder)
    [line] = others(recorder)
    assert (row.producer.name in line.what, line.url) == (True, reverse("registry:registration-show", args=[row.public_id]))
    assert "อำเภอนามน" in line.why
    assert others(officer) == []
    Registration.objects.filter(pk=row.pk).update(state="checked")
    assert others(recorder)[0].why != line.why
    for state in (ImportState.CHECKING, ImportState.RUNNING, ImportState.DONE):
        ImportFile.objects.create(name=f"{state}.csv", digest=f"{state:0>64}", state=state, created_by=officer)
    assert sorted(line.what.split()[-1] for line in others(officer)) == ["checking.csv", "running.csv"]


def others(user) -> list[Line]:
    return lines_for(user, make.at(2030))[Group.OTHERS]


def test_the_list_is_narrowed_by_place_and_day_and_a_large_count_spreads_over_the_areas_below(client, monkeypatch):
    monkeypatch.setattr("registry.worklist.asking.PER_PAGE", 2)
    for code, many in ((make.HOME, 2), (make.SISTER, 1), (make.ELSEWHERE, 1)):
        for _each in range(many):
            make.product(category=None, code=code)
    ImportFile.objects.create(name="ก.csv", digest="0" * 64, state=ImportState.CHECKED, created_by=(officer := make.amphoe_officer()))
    client.force_login(officer)

    def page(**asked: str):
        answer = client.get(reverse("registry:worklist"), asked)
        assert answer.status_code == 200
        told = {section["group"]: [line for line, *_days in section["lines"]] for section in answer.context["sections"]}
        shown = {group: len(lines) for group, lines in told.items()}
        assert {group: count for group, _label, count in answer.context["counts"] if count} == shown
        return told.get(Group.MINE, []) + told.get(Group.LATE, [])

    def incomplete(lines: list[Line]) -> list[tuple]:
        return [(line.count, [(part.count, part.url) for part in line.parts]) for line in lines if "complete=no" in line.url]

    address = reverse("registry:product-list") + "?complete=no&area="
    assert incomplete(page()) == [(3, [(1, address + make.SISTER), (2, address + make.HOME)])]
    assert any("ก.csv" in line.what for line in page())
    assert incomplete(page(area=make.HOME)) == [(2, [])]
    assert not any("ก.csv" in line.what for line in page(area=make.HOME))
    assert incomplete(page(due="none")) == incomplete(page())
    assert {line.due for line in page(due="today")} <= {line.due for line in page() if line.due}
    assert incomplete(page(due="week")) == []
    assert page(area="99999999", due="never") == page()
    client.force_login(make.province_officer())
    [(_all, parts)] = incomplete(page())
    assert (make.PARENT, 3) in [(url[-4:], count) for count, url in parts]


def test_last_days_are_asked_for_by_how_far_they_are(only):
    days = {"over": -1, "today": 0, "week": 7, "month": 30, "later": 31}
    only.append(lambda user, at: [a_line("free"), *(a_line(name, NOON.date() + timedelta(days=n)) for name, n in days.items())])
    groups = lines_for(make.user(), NOON)

    def left(due: Due) -> list[str]:
        return [line.what for lines in due_within(groups, due, NOON.date()).values() for line in lines]

    assert left(Due.TODAY) == ["over", "today"]
    assert left(Due.WEEK) == ["over", "today", "week"]
    assert left(Due.MONTH) == ["over", "today", "week", "month"]
    assert left(Due.NONE) == ["free"]


@pytest.mark.parametrize("office", [None, "recorder", "amphoe_officer", "province_officer", "central_officer", "administrator"])
def test_the_page_costs_few_queries_for_every_office(client, office):
    someone = make.officer(office, CODES.get(office, "TH")) if office else make.user()
    if office is None:
        make.seat(make.committee(), someone, role="chair")
    client.force_login(someone)
    asked = []
    for _more in range(2):
        make.product(category=None)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("registry:worklist"))
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 10  # all that waits is one of them; who holds no office pays least


CODES = {"recorder": make.HOME, "amphoe_officer": make.PARENT, "province_officer": make.PROVINCE}
