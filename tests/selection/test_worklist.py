"""What the rounds put on whose work list, in which group, leading where."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.actions.acts import moment
from registry.models import Origin, User
from registry.views.worklist import look_once
from registry.worklist import Group, Line, lines_for
from selection.actions import category_panels, forum
from selection.models import Round
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def lines(user: User) -> dict[str, list[Line]]:
    """The selection's lines of a fresh request, by group."""
    fresh = User.objects.get(pk=user.pk)
    # what the register asks of every producer and product, whatever rounds there are
    others = {reverse(f"registry:{name}") for name in ("confirm-list", "quality")}
    by_group = {
        group.value: [line for line in found if line.url not in others] for group, found in lines_for(fresh, moment(None)).items()
    }
    return {group: found for group, found in by_group.items() if found}


def mine(user: User) -> list[Line]:
    return lines(user).get(Group.MINE, [])


def passed() -> dict[int, tuple]:
    today = way.today()
    return {1: (today - timedelta(days=30), today - timedelta(days=2))}


def test_a_recorder_is_asked_for_his_forum_until_it_is_settled():
    round_, recorder = way.open_round(), make.recorder()
    (line,) = mine(recorder)
    assert line.url == reverse("selection:forum-list", args=[round_.key])
    assert line.due == way.stage(round_, 1).closes_on

    panel = forum.convene_forum(round_=round_, area=make.area(), by=recorder)
    assert mine(recorder)[0].url == reverse("selection:forum-show", args=[panel.public_id])
    way.settled_forum(round_, [make.product()])
    [sent] = lines(recorder).pop(Group.OTHERS)
    assert (sent.count, sent.due, mine(recorder)) == (1, way.stage(round_, 2).closes_on, [])


def test_an_amphoe_officer_is_told_how_many_forums_are_left():
    round_, officer = way.open_round(), make.amphoe_officer()
    tambons = make.area(make.PARENT).get_children().count()
    assert mine(officer)[0].count == tambons
    way.settled_forum(round_, [make.product()])
    assert mine(officer)[0].count == tambons - 1


def test_after_its_days_a_forum_is_late_and_a_central_officer_may_close_the_stage():
    round_, recorder = way.open_round(days=passed()), make.recorder()
    assert [line.due for line in lines(recorder)[Group.LATE]] == [way.stage(round_, 1).closes_on]
    (late,) = lines(way.central())[Group.LATE]
    assert late.url == reverse("selection:stage-close", args=[round_.key, 1])


def test_nothing_waits_in_rounds_that_are_drafts_or_of_the_other_kind():
    way.draft_round("2569", criteria_sets=False)
    recorder, sample = make.recorder(), make.recorder(make.SISTER, origin=Origin.SAMPLE)
    assert lines(recorder) == {}
    way.open_round("2570")
    assert lines(sample) == {}
    assert [line.url for line in lines(way.central())[Group.LATE]] == [reverse("selection:round-show", args=["2569"])]


def test_what_came_up_waits_for_those_who_lead_and_is_told_to_the_others():
    done = way.through(1)
    body = done.amphoe
    (line,) = mine(body.chair)
    assert (line.count, line.url) == (5, reverse("selection:panel-list", args=[done.round.key]))
    assert [line.count for line in lines(body.members[0])[Group.OTHERS]] == [5]
    panel = way.convened(done.round, 2, body)
    assert mine(body.secretary)[0].url == reverse("selection:panel-show", args=[panel.public_id])
    assert lines(done.province.chair) == {}
    done.take(2)
    assert {group: [line.count for line in found] for group, found in lines(body.chair).items()} == {Group.OTHERS: [5]}
    assert [line.count for line in mine(done.province.chair)] == [5]


def test_members_at_the_provinces_meeting_are_asked_for_their_sheets():
    done = way.through(2)
    panel = way.convened(done.round, 3, done.province)
    member = done.province.members[0]
    (sheets,) = mine(member)
    assert (sheets.count, sheets.url) == (10, reverse("selection:sheet-list", args=[panel.public_id]))
    entry = done.entries[0]
    way.signed(panel, entry, "ก", way.LEVELS["ก"][0], by=member)
    assert mine(member)[0].count == 9
    for other in done.entries:
        for part in ("ก", "ข"):
            if (other, part) != (entry, "ก"):
                way.signed(panel, other, part, way.LEVELS[part][0], by=member)
    [signed] = [line for line in lines(member)[Group.OTHERS] if line.url == sheets.url]
    assert (signed.count, mine(member)) == (10, [])


def test_judges_sign_and_are_asked_again_where_marks_lie_apart():
    done = way.through(3)
    assert [line.count for line in mine(way.central())] == [1]
    bench = way.judges()
    panel = category_panels.convene_category_panel(round_=done.round, committee=bench.committee, by=way.central())
    judge = bench.members[0]
    assert [line.count for line in mine(judge)] == [5]
    whole, none = way.LEVELS["ค"][0], way.LEVELS["ค"][-1]
    for entry in done.entries:
        for number, user in enumerate(bench.users):
            way.signed(panel, entry, "ค", none if number == 0 and entry == done.entries[0] else whole, by=user)
    (again,) = mine(judge)
    assert again.count == 1
    assert "Second" in again.what or "สอง" in again.what


def test_the_national_committee_decides_and_a_central_officer_announces():
    done = way.through(4)
    assert [line.count for line in mine(done.national.chair)] == [5]
    done.take(5)
    assert lines(done.national.chair) == {}
    (line,) = mine(way.central())
    assert (line.count, line.url) == (5, reverse("selection:round-announce", args=[done.round.key]))
    done.take(6)
    assert lines(way.central()) == {}


def test_the_list_asks_as_often_for_three_rounds_as_for_one():
    officer = make.amphoe_officer()

    def asked() -> int:
        fresh = User.objects.get(pk=officer.pk)
        with CaptureQueriesContext(connection) as seen:
            look_once(fresh, moment(None))  # as the page does
            lines_for(fresh, moment(None))
        return len(seen)

    way.open_round("2569")
    one = asked()
    for key in ("2570", "2571"):
        way.open_round(key)
    assert Round.objects.count() == 3
    assert asked() == one <= 10
