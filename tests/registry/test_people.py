"""Logins, offices and seats; the door and its brake."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from registry.actions.committees import create_committee, end_seat, give_seat
from registry.actions.logins import MOST_TRIES, count_try
from registry.actions.people import appoint, create_user, end_appointment
from registry.models import CommitteeKind, LoginTry, Office, Producer, Product
from registry.refusal import Refused
from registry.rules import holds
from tests import make

pytestmark = pytest.mark.django_db
GOOD = "ผ้าขิด-ลายดอกแก้ว-46"


def codes(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(**kwargs)
    return raised.value.codes


def login(client, username: str, password: str = GOOD, **rest):
    return client.post(reverse("registry:login"), {"username": username, "password": password}, **rest)


def test_an_officer_appoints_below_himself_in_his_subtree():
    chief, newcomer = make.amphoe_officer(), make.user()
    assert not holds(newcomer, [Office.RECORDER], make.area(), make.at(2026))
    appoint(by=chief, user=newcomer, office="recorder", area=make.area(), order_no="1/2569", at=make.at(2026))
    assert holds(newcomer, [Office.RECORDER], make.area(), make.at(2026))


@pytest.mark.parametrize(("office", "code"), [
    ("recorder", make.ELSEWHERE), ("amphoe_officer", make.PARENT), ("administrator", make.CENTRE),
])
def test_nobody_appoints_to_his_own_office_or_above_or_elsewhere(office, code):
    assert codes(
        appoint, by=make.amphoe_officer(), user=make.user(), office=office, area=make.area(code), order_no="1"
    ) == ["may_not_appoint"]


def test_an_appointment_needs_its_order_and_the_right_level():
    assert codes(appoint, by=None, user=make.user(), office="recorder", area=make.area("46"), order_no=" ") == [
        "office_elsewhere", "order_missing",
    ]


def test_an_appointment_counts_on_its_first_and_last_day():
    someone = make.user()
    make.appointment(someone, "recorder", make.HOME, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    seen = [holds(someone, ["recorder"], make.area(), make.at(2026, month, day))
            for month, day in ((2, 28), (3, 1), (3, 31), (4, 1))]
    assert seen == [False, True, True, False]


def test_ending_an_appointment_ends_the_reach():
    someone = make.user()
    held = make.appointment(someone, "amphoe_officer", make.PARENT)
    make.producer()
    assert Producer.objects.visible_to(someone).count() == 1
    end_appointment(by=None, appointment=held, ends_on=date.today() - timedelta(days=2))
    assert Producer.objects.visible_to(someone).count() == 0
    assert codes(end_appointment, by=None, appointment=held) == ["ended_already"]


def test_an_acting_officer_reaches_the_second_amphoe_too():
    chief = make.amphoe_officer()
    make.appointment(chief, "amphoe_officer", make.OTHER_AMPHOE, kind="acting", reason="vacant")
    assert holds(chief, ["amphoe_officer"], make.area("460301"), make.at(2026))


@pytest.mark.parametrize(("username", "password", "code"), [
    ("ก", GOOD, "user_name_odd"), ("-x-", GOOD, "user_name_odd"), ("x" * 61, GOOD, "user_name_odd"),
    ("somchai", "1qaz2wsx3edc", "password_weak"), ("somchai", "short", "password_weak"),
])
def test_a_login_has_a_plain_name_and_a_good_password(username, password, code):
    assert codes(create_user, by=None, username=username, name_th="สมชาย", password=password) == [code]


def test_a_user_name_is_taken_once_in_any_case():
    make.user("somchai")
    assert codes(create_user, by=None, username="SomChai", name_th="สมชาย") == ["user_name_taken"]


def test_a_recorder_adds_nobody():
    assert codes(create_user, by=make.recorder(), username="somchai", name_th="สมชาย") == ["may_not_add_people"]


def test_a_committee_has_one_chair_and_each_member_one_seat():
    committee = make.committee()
    chair = make.seat(committee, role="chair")
    assert codes(give_seat, by=None, committee=committee, user=make.user(), role="chair") == ["role_taken"]
    assert codes(give_seat, by=None, committee=committee, user=chair.user) == ["seated_already"]
    end_seat(by=None, seat=chair)
    assert give_seat(by=None, committee=committee, user=make.user(), role="chair").role == "chair"


def test_a_committee_stands_at_its_level_and_is_kept_by_its_office():
    kind, home = CommitteeKind.AMPHOE, make.area(make.PARENT)
    assert codes(create_committee, by=None, kind=kind, area=make.area("46"), name_th="กรรมการ") == ["committee_elsewhere"]
    assert codes(create_committee, by=make.recorder(), kind=kind, area=home, name_th="กรรมการ") == ["not_your_committee"]
    create_committee(by=make.amphoe_officer(), kind=kind, area=home, name_th="กรรมการ")
    assert codes(create_committee, by=None, kind=kind, area=home, name_th="กรรมการ") == ["committee_exists"]


def test_members_see_their_area_and_judges_do_not():
    product = make.product()
    member, judge = make.user(), make.user()
    make.seat(make.committee(), member)
    make.seat(make.committee(CommitteeKind.JUDGES, make.CENTRE), judge)
    assert list(Product.objects.visible_to(member)) == [product]
    assert list(Product.objects.visible_to(judge)) == []


def test_signing_in_gives_a_new_session_and_leads_on(client):
    make.user("somchai", password=GOOD)
    client.get(reverse("registry:login"))
    client.session.save()
    before = client.session.session_key
    answer = client.post(
        reverse("registry:login") + "?next=/producers/", {"username": " SomChai ", "password": GOOD, "next": "/producers/"}
    )
    assert (answer.status_code, answer.url) == (302, "/producers/")
    assert client.session.session_key != before


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "/login/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, onward):
    make.user("somchai", password=GOOD)
    answer = client.post(reverse("registry:login"), {"username": "somchai", "password": GOOD, "next": onward})
    assert answer.url == reverse("registry:worklist")
    assert client.get(reverse("registry:login"), {"next": onward}).url == reverse("registry:worklist")


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client):
    make.user("somchai", password=GOOD)
    make.user("closed", password=GOOD)
    type(make.user()).objects.filter(username="closed").update(is_active=False)
    answers = {
        login(client, name, word).context["form"].errors.as_text()
        for name, word in (("somchai", "wrong"), ("nobody", "wrong"), ("closed", GOOD))
    }
    assert len(answers) == 1


def test_guessing_is_braked_and_the_owner_elsewhere_is_not(client):
    make.user("somchai", password=GOOD)
    statuses = [login(client, "somchai", "wrong").status_code for _try in range(MOST_TRIES + 1)]
    assert statuses == [422] * MOST_TRIES + [429]
    assert login(client, "somchai").status_code == 429
    assert login(client, "other", "wrong").status_code == 422
    assert login(client, "somchai", REMOTE_ADDR="10.1.2.3").status_code == 302


def test_the_brake_lets_go_after_ten_minutes():
    began = make.at(2026, 5, 5, 10)
    for minute in range(MOST_TRIES):
        assert count_try(username="a", address="b", at=began + timedelta(seconds=minute)) is None
    assert count_try(username="a", address="b", at=began + timedelta(minutes=9)).code == "too_many_tries"
    assert count_try(username="a", address="b", at=began + timedelta(minutes=10, seconds=1)) is None


def test_a_good_login_starts_the_count_anew(client):
    make.user("somchai", password=GOOD)
    login(client, "somchai", "wrong")
    login(client, "somchai")
    assert not LoginTry.objects.exists()


@pytest.mark.parametrize("sent", [
    {}, {"username": "\x00", "password": "x"}, {"username": "a" * 100_000, "password": "b" * 100_000},
    {"username": ["a", "b"], "password": ["c", "d"]},
])
def test_nonsense_at_the_door_is_an_error_of_the_form(client, sent):
    assert client.post(reverse("registry:login"), sent).status_code == 422


def test_signing_out_is_a_post(client):
    client.force_login(make.user())
    assert client.get(reverse("registry:logout")).status_code == 405


def test_the_admin_opens_to_administrators_only(client):
    index = reverse("admin:index")
    assert client.get(index, follow=True).redirect_chain[-1][0].startswith(reverse("registry:login"))
    client.force_login(make.central_officer())
    assert client.get(index, follow=True).status_code == 404
    client.force_login(make.administrator())
    assert client.get(index).status_code == 200


def test_the_admin_shows_people_and_appointments_and_changes_neither(client):
    client.force_login(make.administrator())
    held = make.recorder().appointments.get()
    assert client.get(reverse("admin:registry_appointment_changelist")).status_code == 200
    assert client.get(reverse("admin:registry_appointment_add")).status_code == 403
    change = client.post(reverse("admin:registry_appointment_change", args=[held.pk]), {"order_no": "9/2569"})
    assert change.status_code == 403
    assert client.get(reverse("admin:registry_user_add")).status_code == 403
