"""Notices on the site and on paper: drafts first, one's own only, codes that open once, sendings that reach nobody twice."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.actions import jobs
from registry.actions.batches import approve_batch, draft_batch, release_some, run_batch
from registry.actions.confirmations import confirm_producing
from registry.actions.expiry import tell_of_endings
from registry.actions.letters import MOST_TRIES, new_code, open_with_code, print_letters, record_delivery
from registry.actions.notices import approve_notice, draft_notice, withdraw_notice
from registry.actions.reminders import remind_to_ask
from registry.clock import bangkok_day
from registry.models import Job, LetterCode, LoginTry, Notice, NoticeEvent, Person, Producer
from registry.public_ids import check_letter
from registry.quiet import quiet
from registry.refusal import Refusal, Refused
from registry.worklist import lines_for
from tests import make
from tests.canary import GIVEN, found_in, planted, told_by
from tests.registry import filings

pytestmark = pytest.mark.django_db


def today() -> date:
    return bangkok_day(timezone.now())


def letter(to: Producer | None = None, approved: bool = True, **rest: object) -> Notice:
    producer = to or make.producer()
    told = {"title": "แจ้งผล", "words": "เรียนให้ทราบ", "kind": "registration", "origin": producer.origin, **rest}
    one = draft_notice(by=None, to=producer, area=producer.area, channel="letter", **told)
    assert one is not None
    return approve_notice(by=make.amphoe_officer(), notice=one) if approved else one


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_decision_writes_a_draft_letter_and_tells_the_officers_on_the_site():
    recorder, checker = make.recorder(), make.amphoe_officer()
    one = filings.checked(make.product(by=recorder, of=make.producer(by=recorder)).producer, by=recorder, checker=checker)
    filings.decide(one)
    draft = Notice.objects.get(channel="letter")
    assert (draft.state, draft.producer, draft.about) == ("draft", one.producer, one.public_id)
    assert "รับลงทะเบียน" in draft.words
    client = signed_in(recorder)
    assert client.get("/work/").context["unread"] == "1"
    [mine] = Notice.objects.inbox_of(recorder)
    assert reverse("registry:registration-show", args=[one.public_id]) in client.get(f"/notices/{mine.public_id}/").content.decode()
    mine.refresh_from_db()
    assert (mine.state, str(client.get("/work/").context["unread"])) == ("delivered", "")
    assert signed_in(checker).get(f"/notices/{mine.public_id}/").status_code == 404  # another's reminder
    lines = [line.url for group in lines_for(checker, timezone.now()).values() for line in group]
    assert f"{reverse('registry:notice-desk')}?state=draft" in lines
    with pytest.raises(Refused) as refused:
        approve_notice(by=recorder, notice=draft)
    assert refused.value.codes == ["not_approver"]
    done = signed_in(checker).post(f"/notices/{draft.public_id}/approve/")
    assert done.status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by, draft.sender) == ("ready", checker, "สำนักงานพัฒนาชุมชนอำเภอนามน")


def test_the_watch_and_the_year_remind_the_officers_once_and_who_was_not_reached_gets_a_draft():
    recorder, officer, elsewhere = make.recorder(), make.amphoe_officer(), make.recorder(make.ELSEWHERE)
    product = make.product()
    make.conformity(product, valid_to=today() + timedelta(days=25))
    for _turn in range(2):
        tell_of_endings(by=None)
    assert [Notice.objects.inbox_of(one).count() for one in (recorder, officer, elsewhere)] == [1, 1, 0]
    assert "30" in Notice.objects.inbox_of(officer).get().title
    assert remind_to_ask() == 2
    assert remind_to_ask() == 0
    for _turn in range(2):
        confirm_producing(by=recorder, producer=product.producer, answer="not_reached", version=1)
    draft = Notice.objects.get(channel="letter")
    assert (draft.state, draft.kind, draft.created_by) == ("draft", "still_producing", recorder)


def test_the_database_itself_keeps_what_left():
    one = letter()
    event = one.events.first()
    for change in (
        lambda: Notice.objects.filter(pk=one.pk).update(words="อื่น"), lambda: Notice.objects.filter(pk=one.pk).update(state="draft"),
        lambda: NoticeEvent.objects.filter(pk=event.pk).update(act="posted"), lambda: Notice.objects.filter(pk=one.pk).delete(),
        lambda: Notice.objects.filter(pk=letter(approved=False).pk).update(state="ready"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_letter_is_printed_with_its_code_handed_over_and_opens_its_own_producer_on_one_device():
    officer = make.amphoe_officer()
    product = make.product()
    planted(product.producer)
    make.conformity(product, number="555/2560")
    other = make.product(name="ผ้าของคนอื่น")
    one, client = letter(product.producer, words="ผลตามหนังสือ 12/2569"), signed_in(officer)
    page = client.post(f"/notices/{one.public_id}/letter/", {"form_key": "11111111-1111-4111-8111-111111111111"})
    body = page.content.decode()
    code = re.search(r"\b([0-9A-Z]{7}-[0-9A-Z]{7})\b", body)[1]
    assert page["Cache-Control"] == "no-store"
    assert "ขอแสดงความนับถือ" in body
    assert "๑๒/๒๕๖๙" in body
    assert 'class="qr"' in body
    again = client.post(f"/notices/{one.public_id}/letter/", {"form_key": "11111111-1111-4111-8111-111111111111"})
    assert again.status_code == 302  # a second click prints nothing and ends no code
    kept = str(list(LetterCode.objects.values())) + str(list(NoticeEvent.objects.values()))
    assert code.replace("-", "") not in kept
    assert "left out" in quiet(f"GET /l/{code}/ 200")
    # a preview of the address uses nothing up; the button does, once
    phone, stranger = Client(), Client()
    assert code in phone.get(f"/l/{code}/").content.decode()
    opened = phone.post("/l/", {"code": code.lower().replace("-", " ")})
    assert opened["Location"] == f"/l/own/{one.public_id}/"
    own = phone.get(opened["Location"])
    text = own.content.decode()
    assert product.name in text
    assert "555/2560" in text
    assert other.name not in text
    assert found_in(told_by(own)) == set()
    assert GIVEN not in text
    assert "no-store" in own["Cache-Control"]
    assert own["Referrer-Policy"] == "same-origin"  # with no-referrer a browser sends no origin, and the form is refused
    wrong = [stranger.post("/l/", {"code": typed}) for typed in (code, new_code(), "ABC", code[:-1] + ("0" if code[-1] != "0" else "1"))]
    assert {answer.status_code for answer in wrong} == {422}
    assert len({answer.context["form"].errors["code"][0] for answer in wrong}) == 1
    assert stranger.get(opened["Location"])["Location"] == "/l/"
    assert phone.post("/l/", {"code": code})["Location"] == opened["Location"]
    # another producer's letter stays closed to the same device
    assert phone.get(f"/l/own/{letter().public_id}/")["Location"] == "/l/"
    one.refresh_from_db()
    handed = record_delivery(by=officer, notice=one, way="handed", on=today())
    assert (handed.state, NoticeEvent.objects.filter(notice=one, act="handed").get().on) == ("delivered", today())
    with pytest.raises(Refused):
        record_delivery(by=officer, notice=one, way="posted", on=today() + timedelta(days=1))
    assert record_delivery(by=officer, notice=one, way="returned", on=today()).state == "failed"
    withdraw_notice(by=officer, notice=one)
    assert phone.get(opened["Location"])["Location"] == "/l/"


def test_codes_end_with_time_and_reprinting_and_guessing_is_braked_by_address_and_in_all():
    officer, one, at = make.amphoe_officer(), letter(), timezone.now()
    [(_notice, first)] = print_letters(by=officer, notices=[one], at=at)
    [(_notice, second)] = print_letters(by=officer, notices=[one], at=at)
    assert len(second) == 14
    assert check_letter(second[:-1]) == second[-1]

    def tried(code: str, address: str = "192.0.2.1", days: int = 0):
        told = open_with_code(code=code, address=address, at=at + timedelta(days=days))
        return told.code if isinstance(told, Refusal) else told[0]

    assert tried(first) == tried(second, days=91) == "code_opens_nothing"
    for _turn in range(MOST_TRIES - 1):
        tried(new_code())
    assert tried(second) == "too_many_codes"
    assert tried(second, "192.0.2.2") == one
    everywhere = LoginTry.objects.order_by("id").last().pair
    LoginTry.objects.bulk_create(LoginTry(pair=everywhere, at=at) for _turn in range(2000))
    assert tried(new_code(), "192.0.2.3") == "too_many_codes"
    assert not Person.objects.exists()


def test_a_sending_keeps_its_recipients_is_let_go_whole_goes_on_where_it_stopped_and_reaches_nobody_twice(monkeypatch):
    officer = make.amphoe_officer()
    waiting = letter(make.producer(), approved=False, kind="still_producing")
    producers = [waiting.producer, *(make.producer() for _three in range(3))]
    make.producer(make.ELSEWHERE)
    confirm_producing(by=None, producer=producers[3], answer="yes", version=1)
    client = signed_in(officer)
    sent = {"kind": "still_producing", "channel": "letter", "area": make.PARENT, "within_days": "90", "language": "th"}
    unfit = client.post("/notices/sendings/new/", {**sent, "channel": "mail"})
    assert unfit.status_code == 403
    made = client.post("/notices/sendings/new/", sent)
    batch_page = client.get(made["Location"])
    batch = batch_page.context["batch"]
    assert (batch.total, set(batch.notices.values_list("producer", flat=True))) == (3, {one.pk for one in producers[:3]})
    assert waiting.words in batch_page.content.decode()
    with pytest.raises(Refused) as refused:
        approve_batch(by=make.recorder(), batch=batch)
    assert refused.value.codes == ["not_approver"]
    approve_batch(by=officer, batch=batch)
    monkeypatch.setattr("registry.actions.batches.CHUNK", 1)
    assert release_some(batch_page.context["batch"].__class__.objects.select_related("approved_by").get(pk=batch.pk)) == 1
    confirm_producing(by=None, producer=producers[2], answer="yes", version=1)  # answered before its letter was worded
    job = jobs.claim(Job.objects.get(kind="notice_batch").pk)
    assert job is not None
    assert run_batch(job) == {"released": 2}
    assert run_batch(job) == {"released": 0}
    assert sorted(batch.notices.values_list("state", flat=True)) == ["ready", "ready", "withdrawn"]
    papers = client.post(f"/notices/sendings/{batch.public_id}/letters/")
    assert papers.content.decode().count('class="letter"') == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.create(
            kind="message", channel="letter", batch=batch, producer=producers[0], area=producers[0].area, title="ซ้ำ", words="ซ้ำ"
        )
    with pytest.raises(Refused) as refused_too:
        draft_batch(by=officer, area=make.area(make.OTHER_AMPHOE), kind="papers_end", channel="letter")
    assert refused_too.value.codes == ["not_your_notice"]
