"""Notices to a committee: one letter to the body, or each who sits on it once; kept from other eyes; and who opened it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from registry.actions.batches import approve_batch, release_some
from registry.actions.committee_notices import write_to_committee
from registry.actions.committees import end_seat
from registry.actions.letters import print_letters
from registry.actions.notices import approve_notice, change_notice
from registry.clock import bangkok_day
from registry.models import Notice, NoticeBatch
from registry.refusal import Refused
from registry.rules import may_seat
from tests import make

pytestmark = pytest.mark.django_db
TOLD = {"title": "เชิญประชุม", "words": "ขอเชิญประชุมคณะกรรมการ"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_each_who_sits_gets_it_once_by_mail_or_on_the_site_and_the_desk_tells_who_opened_it(settings, monkeypatch):
    settings.MAIL_ON = True
    officer, body = make.amphoe_officer(), make.committee()
    chair = make.seat(body, make.user(email="chair@example.org", name_th="ประธาน มีเมล"), "chair")
    member, leaving = make.seat(body, make.user(name_th="กรรมการ ไร้เมล")), make.seat(body, make.user(email="b@example.org"))
    client = signed_in(officer)
    page = client.get(f"/committees/{body.public_id}/write/").content.decode()
    assert "กรรมการ ไร้เมล" in page
    assert f'href="/committees/{body.public_id}/write/"' in client.get("/notices/sendings/new/").content.decode()
    assert f'href="/committees/{body.public_id}/write/"' in client.get(f"/committees/{body.public_id}/").content.decode()
    made = client.post(f"/committees/{body.public_id}/write/", {**TOLD, "channel": "mail", "language": "th"})
    batch = NoticeBatch.objects.get()
    assert made["Location"] == f"/notices/sendings/{batch.public_id}/"
    assert dict(batch.notices.values_list("user", "channel")) == {chair.user_id: "mail", member.user_id: "in_app", leaving.user_id: "mail"}
    shown = client.get(made["Location"]).content.decode()
    assert "ไม่มีอีเมล จึงได้รับในระบบแทน: กรรมการ ไร้เมล" in shown
    # before it is approved one leaves and one comes
    coming = make.seat(body, make.user(name_th="กรรมการ ใหม่"))
    end_seat(by=None, seat=leaving, version=1, ends_on=bangkok_day(timezone.now()) - timedelta(days=1))
    approve_batch(by=officer, batch=batch)
    monkeypatch.setattr("registry.actions.batches.CHUNK", 2)
    batch = NoticeBatch.objects.select_related("approved_by").get(pk=batch.pk)
    assert [release_some(batch), release_some(batch), release_some(batch)] == [2, 2, 0]
    states = dict(batch.notices.values_list("user", "state"))
    assert states == {chair.user_id: "ready", member.user_id: "sent", leaving.user_id: "withdrawn", coming.user_id: "sent"}
    assert batch.total == 4
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.create(batch=batch, user=member.user, area=body.area, kind="message", channel="in_app", **TOLD)
    mine = Notice.objects.inbox_of(member.user).get()
    assert TOLD["words"] in signed_in(member.user).get(f"/notices/{mine.public_id}/").content.decode()
    desk = client.get("/notices/desk/?state=delivered").content.decode()
    assert ("กรรมการ ไร้เมล" in desk, "กรรมการ ใหม่" in desk) == (True, False)


def test_a_letter_goes_to_the_chair_or_the_secretary_without_a_code_and_in_its_language():
    officer = make.amphoe_officer()
    body = make.committee(name_en="Amphoe Na Mon OTOP Committee")
    make.seat(body, role="secretary")
    client, letters = signed_in(officer), []
    for language in ("th", "en"):
        sent = {**TOLD, "channel": "letter", "language": language, "reference": "กส 1/2569"}
        made = client.post(f"/committees/{body.public_id}/write/", sent)
        one = Notice.objects.get(public_id=made["Location"].strip("/").split("/")[-1])
        letters.append(approve_notice(by=officer, notice=one))
        [(printed, code)] = print_letters(by=officer, notices=[one])
        assert (printed.committee, printed.user, code) == (body, None, "")
    thai, english = (client.get(f"/notices/{one.public_id}/letter/").content.decode() for one in letters)
    assert f"เลขานุการ{body.name_th}" in thai
    assert "กส ๑/๒๕๖๙" in thai
    assert "the secretary of Amphoe Na Mon OTOP Committee" in english
    make.seat(body, role="chair")
    assert "the chair of Amphoe Na Mon OTOP Committee" in client.get(f"/notices/{letters[1].public_id}/letter/").content.decode()


def test_only_who_keeps_a_committee_writes_to_it_and_nobody_else_sees_what_it_was_told():
    officer, body, judges = make.amphoe_officer(), make.committee(), make.committee("judges", category=make.category())
    sitting = make.seat(body).user
    neighbour = make.amphoe_officer(make.OTHER_AMPHOE)
    for call, code in (
        (lambda: write_to_committee(by=sitting, committee=body, channel="in_app", **TOLD), "not_your_committee"),
        (lambda: write_to_committee(by=neighbour, committee=body, channel="letter", **TOLD), "not_your_committee"),
        (lambda: write_to_committee(by=make.amphoe_officer(origin="sample"), committee=body, channel="letter", **TOLD), "origin_differs"),
        (lambda: write_to_committee(by=officer, committee=judges, channel="in_app", **TOLD), "nobody_sits"),
        (lambda: write_to_committee(by=officer, committee=judges, channel="letter", **TOLD), "nobody_sits"),
        (lambda: write_to_committee(by=officer, committee=body, channel="in_app", title=" ", words="ก"), "notice_untitled"),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert code in refused.value.codes
    assert not Notice.objects.exists()
    make.seat(judges)
    sending = write_to_committee(by=officer, committee=judges, channel="in_app", **TOLD)
    letter = write_to_committee(by=officer, committee=judges, channel="letter", **TOLD)
    member, next_door = signed_in(sitting), signed_in(neighbour)
    for client in (member, next_door):
        assert client.get(f"/committees/{judges.public_id}/write/").status_code == 404
        assert client.get(f"/notices/sendings/{sending.public_id}/").status_code == 404
        assert client.get(f"/notices/{letter.public_id}/").status_code == 404
        assert TOLD["title"] not in client.get("/notices/desk/").content.decode() + client.get("/notices/sendings/").content.decode()
    closed = member.get(f"/committees/{body.public_id}/write/")
    assert closed.status_code == 403
    assert may_seat(sitting, body.area, timezone.now()).sentence in closed.content.decode()
    recorder = make.recorder()
    with pytest.raises(Refused):
        change_notice(by=recorder, notice=letter, version=1, **TOLD)
    assert letter.public_id in signed_in(officer).get("/notices/desk/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        NoticeBatch.objects.create(kind="papers_end", channel="letter", area=body.area, committee=body)
