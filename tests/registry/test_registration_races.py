"""Two people decide, check, file or draft in the same moment, in real threads: one does it, the other is told."""

import pytest
from django.utils import timezone

from registry.actions.registration_decisions import check_registration
from registry.actions.registrations import draft_registration, file_registration
from registry.clock import bangkok_day
from registry.models import Meeting, ProducerFact, Registration, RegistrationCheck, RegistrationDecision
from tests import make
from tests.registry import filings
from tests.selection.test_races import race

pytestmark = pytest.mark.slow
TODAY = bangkok_day(timezone.now())


def test_two_leaders_decide_at_once_and_one_decision_stands(own_db):
    first = filings.registered(make.product(make.producer(type="owner")).producer, type="owner")
    one = filings.checked(first.producer, type="group")
    _body, seats = filings.committee()
    came = race(
        lambda: filings.decide(one, by=seats[0].user),
        lambda: filings.decide(one, by=seats[1].user, verdict="refuse", reason="ไม่มีการผลิตจริง"),
    )
    assert came.count(["registration_moved_on"]) == 1
    assert (RegistrationDecision.objects.filter(registration=one).count(), Meeting.objects.count()) == (1, 2)
    one.refresh_from_db()
    first.refresh_from_db()
    registered = one.state == "registered"
    assert (first.state, ProducerFact.objects.filter(type="group").count()) == (("renewed", 1) if registered else ("registered", 0))


def test_two_lists_in_opposite_order_do_not_lock_each_other_out(own_db):
    one, two = filings.checked(), filings.checked()
    came = race(lambda: filings.decide(one, two), lambda: filings.decide(two, one))
    assert sum(isinstance(given, Meeting) for given in came) == 1
    assert Registration.objects.filter(state="registered").count() == 2


def test_two_officers_check_and_two_recorders_file_at_once(own_db):
    filings.window()
    draft = filings.drafted()
    came = race(*[lambda: file_registration(by=None, registration=draft)] * 2)
    assert came.count(["registration_moved_on"]) == 1
    assert Registration.objects.get().turn == 1
    said = filings.all_yes(draft)
    came = race(
        lambda: check_registration(by=None, registration=draft, passed=True, said=said, position="ก"),
        lambda: check_registration(by=None, registration=draft, passed=False, said={}, position="ข", words="ขาดภาพ"),
    )
    assert came.count(["registration_moved_on"]) == 1
    assert RegistrationCheck.objects.count() == 1


def test_two_people_begin_a_registration_at_once_and_one_is_under_way(own_db):
    producer = make.product().producer
    came = race(*[lambda: draft_registration(by=None, producer=producer, type="group")] * 2)
    assert came.count(["registration_under_way"]) == 1
    assert Registration.objects.count() == 1
