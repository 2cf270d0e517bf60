"""Appointments at full depth: who appoints whom, heads, standing in, ends, slips; one-time codes; the pages of officers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.actions.login_codes import give_code, set_password
from registry.actions.people import appoint, correct_appointment, end_appointment
from registry.actions.registration_decisions import check_registration
from registry.clock import bangkok_day, end_of_day
from registry.history import history_of
from registry.models import Appointment, History, LoginCode, OfficeTitle, Producer, User
from registry.refusal import Conflict, Refused
from registry.rules import holds, may_register, signs_as
from registry.signature import Kind, Signature, position_lines
from registry.worklist.terms import own_terms, terms_below
from tests import make
from tests.registry import filings

pytestmark = pytest.mark.django_db
GOOD = "ผ้าขิด-ลายดอกแก้ว-46"
HEAD = {"office": "amphoe_officer", "leads": True, "order_no": "5/2569"}


def codes(act: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as raised, transaction.atomic():
        act(**kwargs)
    return raised.value.codes


def refused_by_postgres(rule: str, **changes: Any) -> bool:
    """Whether the database itself stops such a row, naming the rule."""
    someone = make.user()
    told = {"user": someone, "office": "amphoe_officer", "area": make.area(make.PARENT), "starts_on": make.LONG_AGO, "order_no": "1"}
    try:
        with transaction.atomic():
            Appointment.objects.create(**told | changes)
    except IntegrityError as error:
        return rule in str(error)
    return False


def test_nobody_appoints_ends_or_corrects_himself_and_a_delegate_passes_nothing_on() -> None:
    chief, newcomer, day = make.administrator(), make.user(), date(2026, 1, 1)
    own = chief.appointments.get()
    assert codes(appoint, by=chief, user=chief, office="recorder", area=make.area(), order_no="1") == ["not_for_himself"]
    assert codes(end_appointment, by=chief, appointment=own, reason="moved", order_no="2") == ["not_for_himself"]
    assert codes(correct_appointment, by=chief, appointment=own, version=1, order_no="3") == ["not_for_himself"]
    head, delegate = make.user(), make.user()
    make.appointment(head, "province_officer", make.PROVINCE, leads=True)
    make.appointment(delegate, "province_officer", make.PROVINCE, kind="delegated", stands_for=head)
    asked = {"user": newcomer, "office": "recorder", "area": make.area(), "order_no": "1", "starts_on": day}
    assert codes(appoint, by=delegate, **asked) == ["delegated_only"]
    assert may_register(delegate, make.area(), timezone.now()) is None
    assert appoint(by=head, **asked).origin == "real"


def test_one_person_heads_an_office_at_a_time() -> None:
    first, second, place = make.user(), make.user(), make.area(make.PARENT)
    held = appoint(by=None, user=first, area=place, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), **HEAD)
    assert codes(appoint, by=None, user=second, area=place, starts_on=date(2026, 6, 30), **HEAD) == ["office_headed"]
    assert appoint(by=None, user=second, area=place, starts_on=date(2026, 7, 1), **HEAD).leads
    assert codes(correct_appointment, by=None, appointment=held, version=1, ends_on=date(2026, 7, 1), at=make.at(2026, 2)) == [
        "office_headed"
    ]
    sample = make.user(origin="sample")
    assert appoint(by=None, user=sample, area=place, starts_on=date(2026, 1, 1), **HEAD).origin == "sample"
    assert codes(appoint, by=None, user=first, area=make.area(), office="recorder", leads=True, order_no="1") == ["office_without_head"]
    assert codes(appoint, by=None, user=first, area=place, starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 2),
                 office="amphoe_officer", order_no="1") == ["office_held"]  # fmt: skip


def test_what_may_never_be_is_refused_by_the_database() -> None:
    holder = make.amphoe_officer()
    appoint(by=None, user=holder, area=make.area(make.OTHER_AMPHOE), **HEAD)
    assert refused_by_postgres("an_office_has_one_head_at_a_time", leads=True, area=make.area(make.OTHER_AMPHOE))
    for odd in ({"kind": "acting"}, {"kind": "acting", "reason": "leave"}, {"stands_for": holder}, {"kind": "delegated"},
                {"kind": "acting", "reason": "vacant", "stands_for": holder}):  # fmt: skip
        assert refused_by_postgres("who_stands_in_names_for_whom_and_why", **odd), odd
    assert refused_by_postgres("nobody_stands_in_for_himself", user=holder, stands_for=holder, kind="delegated")
    assert refused_by_postgres("only_these_offices_have_a_head", leads=True, office="recorder", area=make.area())
    assert refused_by_postgres("an_early_end_names_its_order", end_reason="moved", ends_on=date(2026, 1, 1))
    held = holder.appointments.first()
    for change in (f"area_id = {make.area().pk}", f"user_id = {make.user().pk}", "kind = 'delegated'"):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_appointment SET {change} WHERE id = %s", [held.pk])
    assert refused_by_postgres("an_appointment_has_the_origin_of_its_holder", origin="sample")


def test_who_stands_in_names_the_holder_or_a_vacant_post() -> None:
    head, deputy, other, place = make.user(name_th="สมชาย ใจดี"), make.user(), make.user(), make.area(make.PARENT)
    asked = {"by": None, "user": deputy, "area": place, "kind": "acting", **HEAD}
    asked |= {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 5)}
    assert codes(appoint, **asked) == ["acting_reason_missing"]
    assert codes(appoint, **asked, reason="leave") == ["stands_for_missing"]
    assert codes(appoint, **asked, reason="leave", stands_for=other) == ["stands_for_no_holder"]
    assert codes(appoint, **asked, reason="leave", stands_for=deputy) == ["stands_for_himself"]
    appoint(by=None, user=head, area=place, starts_on=date(2026, 1, 1), **HEAD)
    assert codes(appoint, **asked, reason="vacant") == ["post_not_vacant"]
    assert codes(appoint, **asked, reason="vacant", stands_for=head) == ["vacant_with_holder", "post_not_vacant"]
    held = appoint(**asked, reason="leave", stands_for=head, position="นักวิชาการพัฒนาชุมชนชำนาญการ")
    assert (held.acting, held.signature("th", OfficeTitle.objects.worded()).other) == (True, "สมชาย ใจดี")
    assert [holds(deputy, ["amphoe_officer"], make.area(), make.at(2026, 3, day)) for day in (1, 5, 6)] == [True, True, False]


def test_signatures_are_worded_as_thai_papers_word_them() -> None:
    def block(kind: Kind, own: str = "นักวิชาการพัฒนาชุมชนชำนาญการ", language: str = "th") -> tuple[str, ...]:
        title = "พัฒนาการอำเภอนามน" if language == "th" else "Head of Community Development, Amphoe Na Mon"
        return Signature("นางสมหญิง ใจดี", own, kind, title, "นายสมชาย ใจดี", language).lines

    name = "(นางสมหญิง ใจดี)"
    assert block(Kind.SUBSTANTIVE, "") == (name, "พัฒนาการอำเภอนามน")
    assert block(Kind.ACTING) == (name, "นักวิชาการพัฒนาชุมชนชำนาญการ รักษาราชการแทน", "พัฒนาการอำเภอนามน")
    assert block(Kind.IN_POST, "") == (name, "รักษาการในตำแหน่ง", "พัฒนาการอำเภอนามน")
    assert block(Kind.DELEGATED)[1].endswith(" ปฏิบัติราชการแทน")
    assert block(Kind.ACTING, "Specialist", "en")[1:] == ("Specialist, acting for the", "Head of Community Development, Amphoe Na Mon")
    whole = Signature("นางสมหญิง ใจดี", "", Kind.ACTING, "พัฒนาการอำเภอนามน", "นายสมชาย ใจดี").whole
    assert whole == "นางสมหญิง ใจดี ตำแหน่ง รักษาราชการแทนพัฒนาการอำเภอนามน (แทน นายสมชาย ใจดี)"
    for office, code, title in (
        ("province_officer", "46", "พัฒนาการจังหวัดกาฬสินธุ์"), ("central_officer", "TH", "อธิบดีกรมการพัฒนาชุมชน"),
        ("amphoe_officer", "1001", "หัวหน้าฝ่ายพัฒนาชุมชนและสวัสดิการสังคม เขตพระนคร"),
    ):  # fmt: skip
        assert make.appointment(make.user(), office, code, leads=True).title("th", OfficeTitle.objects.worded()) == title


def test_history_keeps_both_names_of_an_act_done_for_another() -> None:
    head, deputy = make.user(name_th="สมชาย ใจดี"), make.user(name_th="สมหญิง ทองดี")
    make.appointment(head, "amphoe_officer", make.PARENT, leads=True)
    make.appointment(deputy, "amphoe_officer", make.PARENT, position="นักวิชาการพัฒนาชุมชน")
    by_herself = make.producer(by=deputy)
    acting = make.appointment(
        deputy, "amphoe_officer", make.PARENT, leads=True, kind="acting", reason="duty", stands_for=head, position="นักวิชาการพัฒนาชุมชน"
    )
    assert signs_as(User.objects.get(pk=deputy.pk), make.area(), timezone.now()) == acting
    for_him = make.producer(by=User.objects.get(pk=deputy.pk))
    assert [history_of(row)[-1].who for row in (by_herself, for_him)] == [
        "สมหญิง ทองดี", "สมหญิง ทองดี ตำแหน่ง นักวิชาการพัฒนาชุมชน รักษาราชการแทนพัฒนาการอำเภอนามน (แทน สมชาย ใจดี)",
    ]  # fmt: skip


def test_an_end_has_its_order_and_a_slip_is_corrected_with_both_texts_kept() -> None:
    chief, held = make.amphoe_officer(), make.recorder().appointments.get()
    assert codes(end_appointment, by=chief, appointment=held, reason="moved") == ["order_missing"]
    correct_appointment(by=chief, appointment=held, version=1, order_no="๑๓/๒๕๖๗", order_on=date(2024, 1, 10), ends_on=date(2099, 1, 1))
    kept = History.objects.get(act="appointment_corrected")
    assert (kept.before["order_no"], kept.after["order_no"], kept.by) == ("๑๒/๒๕๖๗", "๑๓/๒๕๖๗", chief)
    with pytest.raises(Conflict), transaction.atomic():
        correct_appointment(by=chief, appointment=Appointment.objects.get(pk=held.pk), version=1, order_no="4")
    assert codes(correct_appointment, by=chief, appointment=held, version=2, order_on=date(2019, 1, 1)) == ["order_day_odd"]
    assert codes(end_appointment, by=chief, appointment=held, ends_on=date(2100, 1, 1), reason="moved", order_no="5") == ["ends_later"]
    held.refresh_from_db()
    end_appointment(by=chief, appointment=held, ends_on=date(2026, 1, 31), reason="moved", order_no="5/2569", at=make.at(2026, 1, 20))
    held.refresh_from_db()
    assert (held.ends_on, held.end_reason, held.end_order_no) == (date(2026, 1, 31), "moved", "5/2569")
    assert codes(correct_appointment, by=chief, appointment=held, version=held.version, order_no="6") == ["ended_already"]


def test_rights_begin_and_stop_at_midnight_in_bangkok() -> None:
    someone, first, last = make.user(), date(2026, 3, 1), date(2026, 3, 31)
    make.appointment(someone, "recorder", make.HOME, starts_on=first, ends_on=last)
    begins, ends, second = end_of_day(first - timedelta(days=1)), end_of_day(last), timedelta(seconds=1)
    seen = [may_register(someone, make.area(), at) is None for at in (begins - second, begins, ends - second, ends)]
    assert seen == [False, True, True, False]


def test_a_session_whose_last_office_ended_sees_nothing_at_once(client: Client) -> None:
    someone, today = make.recorder(), bangkok_day(timezone.now())
    producer = make.producer()
    page = reverse("registry:producer-show", args=[producer.public_id])
    client.force_login(someone)
    assert client.get(page).status_code == 200
    Appointment.objects.filter(user=someone).update(ends_on=today)
    assert client.get(page).status_code == 200  # the last day still counts
    Appointment.objects.filter(user=someone).update(ends_on=today - timedelta(days=1))
    assert client.get(page).status_code == 404
    assert client.post(reverse("registry:producer-new"), {"name": "กลุ่มใหม่"}).status_code == 403
    assert Producer.objects.count() == 1
    User.objects.filter(pk=someone.pk).update(is_active=False)
    assert client.get(reverse("registry:worklist")).status_code == 302


def test_a_code_is_given_by_who_is_over_all_that_the_owner_holds(client: Client) -> None:
    chief, recorder = make.amphoe_officer(), make.recorder()
    assert len(give_code(by=chief, user=recorder)) == 14
    make.appointment(recorder, "central_officer", make.CENTRE)
    assert codes(give_code, by=chief, user=recorder) == ["may_not_give_code"]
    member = make.recorder()
    make.seat(make.committee("national", make.CENTRE), member)
    assert codes(give_code, by=chief, user=member) == ["may_not_give_code"]
    assert codes(give_code, by=chief, user=chief) == ["may_not_give_code"]
    assert codes(give_code, by=make.central_officer(), user=make.administrator()) == ["may_not_give_code"]
    assert codes(give_code, by=make.administrator(), user=make.user(is_staff=True, origin="sample")) == ["may_not_give_code"]
    newcomer = make.user()
    assert codes(give_code, by=chief, user=newcomer) == ["may_not_give_code"]
    assert give_code(by=make.administrator(), user=newcomer)


def test_a_code_works_once_and_for_a_week(client: Client) -> None:
    someone, url = make.user("somchai", password="เดิม-ลายดอกแก้ว-46"), reverse("registry:password-set")
    old = Client()
    old.force_login(someone)
    first, code = give_code(by=None, user=someone), give_code(by=None, user=someone)
    assert code not in str(LoginCode.objects.values_list())

    def sent(word: str, password: str = GOOD, again: str = GOOD) -> Any:
        return client.post(url, {"username": " SomChai", "code": word, "password": password, "again": again})

    wrong = [sent(first), sent("0" * 12), client.post(url, {"username": "x", "code": code, "password": GOOD, "again": GOOD})]
    assert {answer.status_code for answer in wrong} == {422}
    assert len({answer.context["form"].errors.as_text() for answer in wrong}) == 1
    assert "password" in sent(code, "short", "short").context["form"].errors
    assert "again" in sent(code, GOOD, "x").context["form"].errors
    typed = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert sent(typed).status_code == 302
    assert old.get(reverse("registry:worklist")).status_code == 302  # other sessions are over
    assert client.login(username="somchai", password=GOOD)
    assert sent(code).status_code == 422
    late = give_code(by=None, user=someone, at=timezone.now() - timedelta(days=8))
    assert codes(set_password, username="somchai", code=late, password=GOOD) == ["code_wrong"]


def test_an_officer_makes_a_login_gives_its_code_and_appoints_on_the_pages(client: Client) -> None:
    chief = make.amphoe_officer()
    client.force_login(chief)
    told = {"title": "นาย", "name_th": "บุญมี ดีงาม", "username": "boonmee.d"}
    made = client.post(reverse("registry:officer-new"), told)
    newcomer = User.objects.get(username="boonmee.d")
    assert made["Location"] == (home := reverse("registry:officer-show", args=[newcomer.public_id]))
    assert not newcomer.has_usable_password()
    assert "boonmee.d" in client.get(home).content.decode()
    asks, key = reverse("registry:officer-code", args=[newcomer.public_id]), {"form_key": "9b2d8f40-8a54-4e0a-9d43-0a4c4f1f0a11"}
    slip = client.post(asks, key)
    assert slip.context["code"] in slip.content.decode()
    assert client.post(asks, key).status_code == 302
    url = reverse("registry:appointment-new", args=[newcomer.public_id])
    sent = {"office": "recorder", "area": make.HOME, "area_typed": "", "kind": "substantive", "order_no": "7/2569", "starts_on": "1/1/2569"}
    assert {choice for choice, _words in client.get(url).context["form"].fields["office"].choices} == {"", "recorder"}
    outside = client.post(url, sent | {"area": make.ELSEWHERE})
    assert (outside.status_code, bool(outside.context["form"].errors)) == (403, True)
    assert client.post(url, sent).status_code == 302
    held = newcomer.appointments.get()
    assert (held.area.code, held.order_no, held.created_by) == (make.HOME, "7/2569", chief)
    listed = client.get(reverse("registry:officer-list") + "?office=recorder").content.decode()
    assert "บุญมี ดีงาม" in listed
    end = reverse("registry:appointment-end", args=[held.public_id])
    assert client.post(end, {"ends_on": "", "reason": "x", "version": "1"}).status_code == 422
    done = client.post(end, {"ends_on": "31/1/2569", "reason": "moved", "order_no": "9/2569", "version": "1"})
    assert done.status_code == 302
    assert "บุญมี ดีงาม" not in client.get(reverse("registry:officer-list")).content.decode()
    assert "บุญมี ดีงาม" in client.get(reverse("registry:officer-list") + "?state=ended").content.decode()


def test_somebody_from_elsewhere_is_appointed_by_user_name_and_the_centre_needs_no_area(client: Client) -> None:
    make.officer("amphoe_officer", make.ELSEWHERE[:4], username="from.afar")
    client.force_login(make.administrator())
    url = reverse("registry:appointment-by-name")
    sent = {"username": "FROM.afar", "office": "central_officer", "kind": "substantive", "order_no": "1", "starts_on": "1/1/2569"}
    unknown = client.post(url, sent | {"username": "nobody.here"})
    assert "username" in unknown.context["form"].errors
    assert client.post(url, sent).status_code == 302
    assert User.objects.get(username="from.afar").appointments.get(office="central_officer").area.code == "TH"
    assert "area" in client.post(url, sent | {"office": "recorder"}).context["form"].errors
    typed = {"office": "amphoe_officer", "area_typed": "นามน กาฬสินธุ์"}  # an amphoe and a tambon have that name
    assert client.post(url, sent | typed).status_code == 302
    assert User.objects.get(username="from.afar").appointments.filter(area__code=make.PARENT).exists()



def test_the_check_and_its_sheet_name_the_office_that_is_stood_in_for(client: Client) -> None:
    head, deputy = make.user(name_th="สมชาย ใจดี"), make.user(name_th="สมหญิง ทองดี")
    make.appointment(head, "amphoe_officer", make.PARENT, leads=True)
    make.appointment(
        deputy, "amphoe_officer", make.PARENT, leads=True, kind="acting", reason="leave", stands_for=head, position="นักวิชาการพัฒนาชุมชน"
    )
    client.force_login(deputy)
    row = filings.filed()
    words = "นักวิชาการพัฒนาชุมชน รักษาราชการแทนพัฒนาการอำเภอนามน"
    page = client.get(reverse("registry:registration-check", args=[row.public_id]))
    assert page.context["form"].initial["position"] == words
    assert position_lines(words) == ("นักวิชาการพัฒนาชุมชน รักษาราชการแทน", "พัฒนาการอำเภอนามน")
    assert position_lines("พัฒนาการอำเภอนามน") == ("พัฒนาการอำเภอนามน",)
    check_registration(by=deputy, registration=row, passed=True, said=filings.all_yes(row), position=words)
    sheet = client.get(reverse("registry:registration-print", args=[row.public_id])).content.decode()
    assert "รักษาราชการแทน</p><p>พัฒนาการอำเภอนามน" in sheet


def test_the_work_list_tells_both_sides_of_a_term_that_ends() -> None:
    now = timezone.now()
    today = bangkok_day(now)
    chief, central = make.amphoe_officer(), make.central_officer()

    def told(user: User) -> list[str]:
        fresh = User.objects.get(pk=user.pk)
        return [f"{line.what}|{line.due}" for gather in (own_terms, terms_below) for line in gather(fresh, now)]

    one = make.user(name_th="บุญมี ดีงาม")
    soon, late = today + timedelta(days=30), today + timedelta(days=31)
    make.appointment(one, "recorder", make.SISTER, ends_on=late)
    held = make.appointment(one, "recorder", make.HOME, ends_on=soon)
    assert [len(told(user)) for user in (one, chief, central)] == [1, 1, 0]
    assert "บุญมี ดีงาม" in told(chief)[0]
    assert told(one)[0].endswith(f"|{soon}")
    make.appointment(one, "recorder", make.HOME, starts_on=late)
    assert told(chief) == []
    assert Appointment.objects.filter(pk=held.pk).exists()
    for _number in range(6):
        make.appointment(make.user(), "recorder", make.HOME, ends_on=today)
    assert len(told(chief)) == 1
    assert "6" in told(chief)[0]
