"""People of a producer: recorded sealed, shown masked, public only with consent, unmasked for a reason, erased, forgotten."""

import json
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otop.keys import Ring
from registry.actions.acts import note
from registry.actions.consents import give_consent, withdraw_consent
from registry.actions.drafts import keep_draft
from registry.actions.erasure import apply_retention, erase_person, seal_anew
from registry.actions.persons import add_person, correct_person
from registry.actions.producers import end_producer
from registry.actions.reveals import access_copy, look_up, reveal
from registry.clock import bangkok_day
from registry.models import (
    SEALED,
    Consent,
    Draft,
    History,
    Job,
    Person,
    Producer,
    RetentionRule,
    RevealLog,
    agreed_people,
    free_public_ids,
)
from registry.refusal import Conflict
from registry.tasks import run_job
from tests import make
from tests.registry.test_producers import refused
from tests.selection.listings import listed

pytestmark = pytest.mark.django_db
WHY = "คำขอที่ 12 ของสำนักงาน"
SENT = {
    "role": "contact", "title": "นาง", "first_name": "สมศรี", "last_name": "คำแสนดี", "national_id": "3-1006-00445-63-5",
    "phone": "๐๘๑-๒๓๔-๕๖๗๘",
}  # fmt: skip


def url(name: str, row: Person | Producer | Consent) -> str:
    return reverse(f"registry:{name}", args=[row.public_id])


def asked(person: Person, by: object, *fields: str) -> dict[str, object]:
    return {"by": by, "person": person, "fields": fields or ("phone",), "reason": "contact", "words": WHY}


def test_a_person_is_recorded_in_the_browser_and_shown_masked(client: Client) -> None:
    client.force_login(make.recorder())
    producer = make.producer()
    page = client.post(url("person-new", producer), SENT, follow=True)
    person = Person.objects.get()
    assert {field: person.told(field) for field in ("first_name", "last_name", "national_id", "phone")} == {
        "first_name": "สมศรี", "last_name": "คำแสนดี", "national_id": make.ID, "phone": make.PHONE,
    }
    for words in (page.content.decode(), client.get(url("producer-show", producer)).content.decode()):
        assert "สมศรี ค…" in words
        assert "08x-xxx-5678" in words
        assert "คำแสนดี" not in words
        assert make.PHONE not in words.replace("-", "")
    assert "x-xxxx-xxxxx-63-5" in page.content.decode()


@pytest.mark.parametrize(("sent", "words"), [
    ({"national_id": "3100600445636"}, "หลักสุดท้ายไม่ตรง"), ({"national_id": "310060044563"}, "13 หลัก"),
    ({"phone": "1234"}, "มือถือมี 10 หลัก"), ({"first_name": ""}, "เขียนชื่อของบุคคล"), ({"role": ""}, "เลือก"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_thai_and_nothing_typed_is_lost(client: Client, sent: dict[str, str], words: str) -> None:
    client.force_login(make.recorder())
    answer = client.post(url("person-new", make.producer()), SENT | sent)
    text = answer.content.decode()
    assert answer.status_code in (403, 422)
    assert words in text
    for field, typed in (SENT | sent).items():
        assert not typed or field == "role" or f'value="{typed}"' in text, field
    assert not Person.objects.exists()


def test_a_correction_keeps_what_is_not_typed_and_says_no_stored_value(client: Client) -> None:
    client.force_login(make.amphoe_officer())
    person = make.person()
    page = client.get(url("person-edit", person)).content.decode()
    assert "08x-xxx-5678" in page
    for value in (make.PHONE, make.ID, "คำแสนดี", "12 หมู่ 4"):
        assert value not in page
    sent = {"role": "contact", "title": "นางสาว", "phone": "043-123-456", "drop": ["address"], "version": "1"}
    assert client.post(url("person-edit", person), sent).status_code == 302
    person.refresh_from_db()
    assert [person.told(field) for field in SEALED] == ["สมศรี", "คำแสนดี", make.ID, "043123456", ""]
    assert person.title == "นางสาว"
    assert client.post(url("person-edit", person), sent).status_code == 409


def test_two_corrections_at_once_lose_nothing() -> None:
    person = make.person()
    other = Person.objects.get(pk=person.pk)
    correct_person(by=None, person=person, version=1, told={"phone": "0898765432"})
    with pytest.raises(Conflict):
        correct_person(by=None, person=other, version=1, told={"phone": "0611111111"})
    person.refresh_from_db()
    assert person.told("phone") == "0898765432"


def test_one_chair_and_one_row_for_a_national_id() -> None:
    producer = make.producer()
    chair = make.person(producer, role="chair")
    told = {"first_name": "ก้อย"}
    assert refused(add_person, by=None, producer=producer, role="chair", told=told) == ["chair_taken"]
    assert refused(add_person, by=None, producer=producer, role="contact", told=told | {"national_id": make.ID}) == ["person_exists"]
    correct_person(by=None, person=chair, version=1, told={}, left_on=bangkok_day(chair.created_at))
    add_person(by=None, producer=producer, role="chair", told=told | {"national_id": make.ID})


def test_samples_and_real_people_are_kept_apart() -> None:
    sampler = make.amphoe_officer(origin=make.SAMPLE)
    person = make.person()
    assert refused(add_person, by=sampler, producer=person.producer, role="contact", told={"first_name": "ก้อย"}) == ["origin_differs"]
    assert not Person.objects.visible_to(sampler).exists()


def test_history_says_what_was_written_and_no_value(client: Client) -> None:
    officer = make.amphoe_officer()
    person = make.person(by=officer)
    correct_person(by=officer, person=person, version=1, told={"phone": "0898765432"})
    kept = json.dumps(list(History.objects.filter(kind="producer").values("before", "after")), ensure_ascii=False)
    for value in ("สมศรี", "คำแสนดี", make.ID, make.PHONE, "0898765432", "63-5"):
        assert value not in kept
    client.force_login(officer)
    assert "แก้ไขข้อมูลบุคคล" in client.get(url("producer-show", person.producer)).content.decode()


# what is public


def digits_of(text: str) -> str:
    """All digits one after another, however a number was parted."""
    return re.sub(r"\D", "", text)


def public(client: Client, producer: Producer) -> str:
    return client.get(f"/products/{producer.products.get().public_id}/").content.decode()


def test_a_name_or_number_is_public_only_while_the_consent_lives(client: Client) -> None:
    producer = listed().product.producer
    person = make.person(producer)
    assert "คำแสนดี" not in public(client, producer)
    named = make.consent(person)
    assert "นางสมศรี คำแสนดี" in public(client, producer)
    assert "081-234-5678" not in public(client, producer)
    called = make.consent(person, "phone")
    assert "081-234-5678" in public(client, producer)
    withdraw_consent(by=None, consent=named)
    assert "คำแสนดี" not in public(client, producer)
    assert "081-234-5678" in public(client, producer)
    withdraw_consent(by=None, consent=called)
    assert "081-234" not in public(client, producer)
    assert make.ID not in public(client, producer)


def test_who_left_or_was_erased_is_public_no_more(client: Client) -> None:
    producer = listed().product.producer
    person = make.person(producer)
    make.consent(person)
    correct_person(by=None, person=person, version=1, told={}, left_on=bangkok_day(person.created_at))
    assert "คำแสนดี" not in public(client, producer)
    assert not agreed_people(producer)


def test_a_consent_is_given_and_withdrawn_in_the_browser(client: Client) -> None:
    client.force_login(make.recorder())
    person = make.person()
    sent = {"kind": "name", "way": "paper", "paper": "หนังสือเลขที่ 5/2569", "given_on": ""}
    assert client.post(url("consent-new", person), sent).status_code == 302
    consent = Consent.objects.get()
    assert (consent.kind, consent.paper, consent.given_on) == ("name", "หนังสือเลขที่ 5/2569", bangkok_day(consent.created_at))
    assert client.post(url("consent-withdraw", consent), {}).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_on == consent.given_on
    assert refused(withdraw_consent, by=None, consent=consent) == ["withdrawn_already"]


def test_consents_are_frozen_and_need_something_to_publish() -> None:
    person = make.person(phone="")
    assert refused(give_consent, by=None, person=person, kind="phone", way="paper", paper="หนังสือ 5") == ["no_phone"]
    assert refused(give_consent, by=None, person=person, kind="name", way="paper", paper="โทร 0812345678") == ["words_hold_numbers"]
    consent = make.consent(person)
    assert refused(give_consent, by=None, person=person, kind="name", way="paper", paper="หนังสือ 5") == ["agreed_already"]
    with pytest.raises((IntegrityError, InternalError), match="frozen"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(given_on=date(2020, 1, 1))


# unmasking


def test_what_is_revealed_is_shown_once_and_logged_without_the_value(client: Client) -> None:
    officer = make.recorder()
    client.force_login(officer)
    person = make.person()
    sent = {"fields_asked": ["phone", "national_id"], "reason": "contact", "words": WHY, "form_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
    first = client.post(url("person-reveal", person), sent)
    assert first.status_code == 200
    assert "no-store" in first["Cache-Control"]
    assert "081-234-5678" in first.content.decode()
    assert "3-1006-00445-63-5" in first.content.decode()
    assert "12 หมู่ 4" not in first.content.decode()
    again = client.post(url("person-reveal", person), sent, follow=True)
    assert "081-234-5678" not in again.content.decode()
    log = RevealLog.objects.get()
    assert (log.by, log.person, log.fields, log.reason, log.words) == (officer, person, "national_id,phone", "contact", WHY)
    assert client.get(url("person-reveal", person)).content.decode().count("5678") == 0
    assert WHY in client.get(url("person-show", person)).content.decode()


def test_a_reason_is_words_without_numbers() -> None:
    person, officer = make.person(), make.recorder()
    for words, code in (("", "words_missing"), ("ก", "words_missing"), ("โทรหา 081 234 5678", "words_hold_numbers")):
        assert refused(reveal, **(asked(person, officer) | {"words": words})) == [code]
    assert refused(reveal, **(asked(person, officer) | {"fields": ["left_on"]})) == ["nothing_asked"]
    assert not RevealLog.objects.exists()


def test_the_limit_of_a_day_ends_reading_and_copies_until_midnight(client: Client, settings: object) -> None:
    settings.REVEALS_A_DAY = 3
    person, officer = make.person(), make.amphoe_officer()
    day = make.at(2026, 5, 5, 23, 50)
    for _time in range(2):
        reveal(**asked(person, officer), at=day)
    access_copy(by=officer, person=person, words=WHY, at=day)
    assert refused(reveal, **asked(person, officer), at=day) == ["reveals_used_up"]
    assert refused(access_copy, by=officer, person=person, words=WHY, at=day) == ["reveals_used_up"]
    reveal(**asked(person, make.recorder()), at=day)
    reveal(**asked(person, officer), at=day + timedelta(minutes=11))


def test_over_the_limit_the_page_says_so_and_shows_nothing(client: Client, settings: object) -> None:
    settings.REVEALS_A_DAY = 1
    person, officer = make.person(), make.recorder()
    client.force_login(officer)
    sent = {"fields_asked": ["phone"], "reason": "contact", "words": WHY}
    assert client.post(url("person-reveal", person), sent).status_code == 200
    over = client.post(url("person-reveal", person), sent)
    assert over.status_code == 403
    assert "เปิดดูข้อมูลเต็มครบ 1 ราย" in over.content.decode()
    assert "081-234-5678" not in over.content.decode()
    assert RevealLog.objects.count() == 1


def test_three_hundred_tries_give_twenty() -> None:
    person, officer, given = make.person(), make.recorder(), 0
    for _time in range(60):
        try:
            given += bool(reveal(**asked(person, officer)))
        except Exception:
            continue
    assert given == 20 == RevealLog.objects.count()


@pytest.mark.parametrize("statement", [
    "UPDATE registry_reveallog SET words = ''", "DELETE FROM registry_reveallog", "TRUNCATE registry_reveallog",
    "DELETE FROM registry_person", "DELETE FROM registry_consent",
])  # fmt: skip
def test_the_log_and_the_rows_stay(statement: str) -> None:
    person = make.person()
    make.consent(person)
    reveal(**asked(person, make.recorder()))
    with pytest.raises(Exception, match=r"permission denied|append-only|stays|frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# searching by a number


def test_an_officer_finds_a_producer_by_number_within_his_area_only(client: Client) -> None:
    here, there = make.person(), make.person(make.producer(make.ELSEWHERE))
    client.force_login(make.amphoe_officer())
    for field, number in (("phone", "๐๘๑-๒๓๔ ๕๖๗๘"), ("national_id", "3 1006 00445 63 5")):
        words = client.post(reverse("registry:person-search"), {"field": field, "number": number}).content.decode()
        assert here.producer.name in words
        assert there.producer.name not in words
        assert "พบในพื้นที่ของท่าน 1 ราย" in words
    assert set(RevealLog.objects.values_list("kind", "person", "fields", "words")) == {
        ("lookup", None, "phone", ""), ("lookup", None, "national_id", ""),
    }


def test_elsewhere_and_nowhere_look_the_same(client: Client) -> None:
    make.person(make.producer(make.ELSEWHERE))
    officer = make.recorder()
    client.force_login(officer)
    answers = [
        client.post(reverse("registry:person-search"), {"field": "phone", "number": number}).content.decode()
        for number in (make.PHONE, "0898765432")
    ]
    one, other = (answer[answer.index("found-h"):answer.index("<form")] for answer in answers)
    assert one == other
    asked_of = []
    for number in (make.PHONE, "0898765432"):
        fresh = type(officer).objects.get(pk=officer.pk)
        with CaptureQueriesContext(connection) as queries:
            look_up(by=fresh, field="phone", number=number)
        asked_of.append([re.sub(r"'[^']*'|\d+", "…", query["sql"]) for query in queries])
    assert asked_of[0] == asked_of[1]


def test_searches_have_a_limit_of_a_day(client: Client, settings: object) -> None:
    settings.LOOKUPS_A_DAY = 2
    client.force_login(make.recorder())
    answers = [client.post(reverse("registry:person-search"), {"field": "phone", "number": make.PHONE}) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert "ค้นด้วยเลขครบ 2 ครั้ง" in answers[2].content.decode()


def test_a_wrong_number_is_refused_with_the_remedy(client: Client) -> None:
    client.force_login(make.recorder())
    answer = client.post(reverse("registry:person-search"), {"field": "national_id", "number": "3100600445636"})
    assert answer.status_code == 403
    assert "หลักสุดท้ายไม่ตรง" in answer.content.decode()
    assert not RevealLog.objects.exists()


def test_a_value_moved_to_another_row_does_not_open_and_no_page_breaks(client: Client, settings: object, tmp_path: Path) -> None:
    producer = listed().product.producer
    person, other = make.person(producer), make.person(make.producer(), phone="0898765432")
    make.consent(person, "phone")
    Person.objects.filter(pk=person.pk).update(phone=Person.objects.get(pk=other.pk).phone)
    assert "0898765432" not in digits_of(public(client, producer))
    officer = make.recorder()
    client.force_login(officer)
    assert "•••" in client.get(url("person-show", person)).content.decode()
    person.refresh_from_db()
    assert refused(reveal, **asked(person, officer)) == ["unreadable"]
    correct_person(by=officer, person=person, version=1, told={"phone": make.PHONE})
    assert reveal(**asked(person, officer)) == {"phone": make.PHONE}
    settings.PERSONAL_KEYS = Ring(tmp_path, "personal")  # a server without the keys
    for page in (url("producer-show", producer), url("person-show", person), url("person-edit", person)):
        assert client.get(page).status_code == 200
    assert "081-234" not in public(client, producer)


def test_history_keeps_of_a_personal_field_only_that_it_changed() -> None:
    person = make.person()
    note("tried", person, by=None, at=person.created_at, before={"phone": "1", "role": "chair"}, after={"phone": "1", "title": "นาง"})
    line = History.objects.get(act="tried")
    assert (line.before, line.after) == ({"phone": None, "role": "chair"}, {"phone": None, "title": "นาง"})


def test_the_admin_has_no_page_of_people() -> None:
    assert {Person, Consent, RevealLog, History, Draft} & set(admin.site._registry) == set()


# the person's rights


def test_the_access_copy_holds_all_and_is_logged(client: Client) -> None:
    client.force_login(make.amphoe_officer())
    person = make.person()
    make.consent(person)
    answer = client.post(url("person-copy", person), {"words": WHY, "kind": "json"})
    copy = json.loads(answer.content)
    assert [copy[field] for field in SEALED] == ["สมศรี", "คำแสนดี", make.ID, make.PHONE, "12 หมู่ 4 บ้านหนองบัว"]
    assert copy["consents"][0]["kind"] == "name"
    assert [read["kind"] for read in copy["reads"]] == ["copy"]
    assert "no-store" in answer["Cache-Control"]
    page = client.post(url("person-copy", person), {"words": WHY, "kind": "page"}).content.decode()
    for value in ("สมศรี", "คำแสนดี", "3-1006-00445-63-5", "081-234-5678", "12 หมู่ 4 บ้านหนองบัว"):
        assert value in page


def test_the_copy_leaves_out_no_field_of_the_person() -> None:
    copy = access_copy(by=None, person=make.person(), words=WHY)
    told = {field.name for field in Person._meta.local_fields if field.name in (*SEALED, "title", "role", "left_on", "producer")}
    assert told <= copy.keys()


def test_erasure_empties_the_row_and_keeps_the_producer(client: Client) -> None:
    client.force_login(make.amphoe_officer())
    person = make.person()
    make.consent(person)
    sent = {"words": WHY, "sure": "on", "version": "1"}
    assert client.post(url("person-erase", person), sent).status_code == 302
    person.refresh_from_db()
    assert [getattr(person, field) for field in (*SEALED, "national_id_key", "phone_key", "title")] == [""] * 8
    assert Consent.objects.get().withdrawn_on
    assert History.objects.filter(act="person_erased").count() == 1
    assert Producer.objects.filter(pk=person.producer_id).exists()
    assert "ลบข้อมูลแล้ว" in client.get(url("producer-show", person.producer)).content.decode()
    assert refused(reveal, **asked(person, None)) == ["erased", "nothing_asked"]
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(erased_at=None)


def test_erasure_is_refused_while_the_law_demands_keeping(client: Client) -> None:
    chair = make.person(role="chair")
    client.force_login(make.amphoe_officer())
    assert client.get(url("person-erase", chair)).status_code == 403
    assert "ยังต้องเก็บไว้" in client.get(url("person-show", chair)).content.decode()
    assert refused(erase_person, by=None, person=chair, version=1, words=WHY) == ["still_needed"]
    today = bangkok_day(chair.created_at)
    correct_person(by=None, person=chair, version=1, told={}, left_on=today)
    assert refused(erase_person, by=None, person=chair, version=2, words=WHY) == ["kept_until"]
    RetentionRule.objects.filter(kind="chair").update(keep_days=0)
    erase_person(by=None, person=chair, version=2, words=WHY)


def test_copies_and_erasure_are_an_officers() -> None:
    person, recorder = make.person(), make.recorder()
    assert refused(access_copy, by=recorder, person=person, words=WHY) == ["officers_only"]
    assert refused(erase_person, by=recorder, person=person, version=1, words=WHY) == ["officers_only"]


def test_what_is_over_its_term_is_erased_and_nothing_else() -> None:
    officer = make.recorder()
    ended, going, left = make.person(role="owner"), make.person(make.producer(), role="owner"), make.person(make.producer())
    end_producer(by=None, producer=ended.producer, version=1, ended_on=date(2024, 3, 1))
    correct_person(by=None, person=left, version=1, told={}, left_on=date(2024, 3, 1))
    keep_draft(by=officer, page="/producers/new/", typed={"name": "ก"}, at=make.at(2024, 3, 1))
    assert apply_retention(at=make.at(2024, 3, 2)) == {"persons": 0, "drafts": 0, "files": 0}
    assert apply_retention(at=make.at(2025, 3, 1)) == {"persons": 1, "drafts": 1, "files": 0}  # the contact, after 365 days
    assert apply_retention(at=make.at(2026, 3, 1)) == {"persons": 1, "drafts": 0, "files": 0}  # the owner, after 730
    assert apply_retention(at=make.at(2026, 3, 2)) == {"persons": 0, "drafts": 0, "files": 0}
    assert set(Person.objects.kept()) == {going}
    assert not Draft.objects.exists()


def test_the_page_of_terms_costs_the_same_for_4000_persons_as_for_one(client: Client) -> None:
    client.force_login(make.central_officer())
    producer, counts, there = make.producer(), [], 0
    for size in (1, 3, 4000):
        rows = [
            Person(public_id=key, producer=producer, role="contact", left_on=date(2024, 3, 1))
            for key in free_public_ids(Person, size - there)
        ]
        for row in rows:
            row.tell("first_name", "ก้อย")
        Person.objects.bulk_create(rows)
        there = size
        client.get(reverse("registry:retention"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("registry:retention")).content.decode()
        counts.append(len(queries))
    assert "50" in page
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12


def test_the_centre_erases_what_is_over_its_term_from_its_page(client: Client) -> None:
    person = make.person()
    correct_person(by=None, person=person, version=1, told={}, left_on=bangkok_day(person.created_at))
    Person.objects.filter(pk=person.pk).update(left_on=date(2024, 3, 1))
    client.force_login(make.central_officer())
    assert person.public_id in client.get(reverse("registry:retention")).content.decode()
    assert client.post(reverse("registry:retention")).status_code == 302
    job = Job.objects.get(kind="retention")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"persons": 1, "drafts": 0, "files": 0})
    assert "ไม่มีข้อมูลที่พ้นกำหนด" in client.get(reverse("registry:retention")).content.decode()


def test_turning_the_keys_seals_everything_anew(settings: object, tmp_path: Path) -> None:
    settings.PERSONAL_KEYS = Ring(tmp_path, "personal")
    person = make.person()
    assert settings.PERSONAL_KEYS.add() == 2
    assert person.told("phone") == make.PHONE
    assert (seal_anew(), seal_anew()) == (1, 0)
    person.refresh_from_db()
    assert {getattr(person, field)[:2] for field in SEALED} == {"2:"}
    assert person.told("phone") == make.PHONE
    assert list(Person.objects.with_number("phone", make.PHONE)) == [person]


def test_each_right_is_one_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    person = make.person()
    by = f"--by={make.amphoe_officer().username}"
    call_command("personal", "copy", person.public_id, by, "--words", WHY)
    assert json.loads(capsys.readouterr().out)["phone"] == make.PHONE
    monkeypatch.setattr("sys.stdin", StringIO("043-123-456\n"))
    call_command("personal", "correct", person.public_id, by, "--field", "phone")
    assert "043123456" not in digits_of(capsys.readouterr().out)
    person.refresh_from_db()
    assert person.told("phone") == "043123456"
    call_command("personal", "erase", person.public_id, by, "--words", WHY)
    person.refresh_from_db()
    assert person.erased_at
    call_command("personal", "retain")
    assert "persons: 0" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("personal", "erase", person.public_id, by, "--words", WHY)
    assert "ลบแล้ว" in capsys.readouterr().err
