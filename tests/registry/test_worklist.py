"""The work list: whose turn it is, what is late, and what one is."""

from datetime import date

import pytest
from django.urls import reverse

from registry.models import ImportFile, ImportRow, ImportState, Outcome, Question
from registry.views.worklist import sections
from registry.worklist import PROVIDERS, Group, Line, lines_for, provider
from tests import make

pytestmark = pytest.mark.django_db
NOON = make.at(2026, 11, 19)


@pytest.fixture
def only(monkeypatch):
    """The table of providers with nothing but what the test adds."""
    monkeypatch.setattr("registry.worklist.lines.PROVIDERS", kept := [])
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


def test_the_page_costs_the_same_with_one_line_and_with_many(client, django_assert_max_num_queries):
    someone = make.amphoe_officer()
    client.force_login(someone)
    make.product(category=None)
    with django_assert_max_num_queries(30) as one:
        client.get(reverse("registry:worklist"))
    for _more in range(3):
        make.product(category=None)
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("registry:worklist"))


def test_who_holds_nothing_is_told_what_to_do(client):
    client.force_login(make.user())
    answer = client.get(reverse("registry:worklist"))
    assert answer.status_code == 200
    assert not answer.context["offices"]
    assert not answer.context["seats"]
