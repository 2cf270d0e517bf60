"""Handing an office over: the list both confirm, the record of it, drafts that go by their writer's word."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.actions.drafts import keep_draft
from registry.actions.handovers import begin_handover, digest_of, give_over, pass_drafts, take_over
from registry.clock import bangkok_day
from registry.handing_over import body_of
from registry.models import Appointment, Draft, Handover, HandoverRecord, User
from registry.refusal import Refused
from registry.worklist import Group, lines_for
from tests import make

pytestmark = pytest.mark.django_db


def codes(act: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as raised, transaction.atomic():
        act(**kwargs)
    return raised.value.codes


def opened() -> tuple[Handover, User, User]:
    giver, taker = make.recorder(name_th="สมชาย ใจดี"), make.recorder(name_th="สมหญิง ทองดี")
    row = begin_handover(by=giver, appointment=giver.appointments.get(), taker=taker, order_no="๘/๒๕๖๙", held_on=date(2026, 11, 30))
    return row, giver, taker


def test_who_hands_over_to_whom() -> None:
    row, giver, taker = opened()
    held, asked = row.appointment, {"order_no": "1", "held_on": date(2026, 1, 1)}
    assert codes(begin_handover, by=giver, appointment=held, taker=taker, **asked) == ["handover_open"]
    assert codes(begin_handover, by=giver, appointment=held, taker=giver, **asked) == ["hands_to_himself"]
    assert codes(begin_handover, by=giver, appointment=held, taker=make.recorder(make.SISTER), **asked) == ["taker_without_office"]
    assert codes(begin_handover, by=taker, appointment=held, taker=taker, **asked) == ["not_yours_to_hand_over"]
    later = make.user()
    make.appointment(later, "recorder", make.HOME, starts_on=date(2090, 1, 1))
    assert begin_handover(by=make.amphoe_officer(), appointment=held, taker=later, **asked).taker == later
    Appointment.objects.filter(pk=held.pk).update(ends_on=bangkok_day(timezone.now()) - timedelta(days=1))
    held.refresh_from_db()
    assert codes(begin_handover, by=giver, appointment=held, taker=taker, **asked) == ["office_runs_not"]


def test_both_confirm_the_list_that_they_read_on_the_pages(client: Client) -> None:
    row, giver, taker = opened()
    make.product(category=None)
    keep_draft(by=giver, page="/producers/new/", typed={"name": "กลุ่มลับ"})
    url, give, take = (reverse(f"registry:handover-{what}", args=[row.public_id]) for what in ("show", "give", "take"))
    assert [line.what for line in lines_for(giver, timezone.now())[Group.MINE] if "สมหญิง" in line.what]
    other = Client()
    other.force_login(taker)
    client.force_login(giver)
    page = client.get(url)
    text = page.content.decode()
    assert page.context["words"]["lines"]
    assert "/producers/new/" in text
    assert "กลุ่มลับ" not in text
    assert "ผู้บันทึกข้อมูลตำบลหนองบัว" in text
    assert other.post(take, {"shown": page.context["digest"]}).status_code == 403  # the giver speaks first
    make.product(category=None)
    assert client.post(give, {"shown": page.context["digest"]}).status_code == 403  # the list changed
    shown = client.get(url).context["digest"]
    assert client.post(give, {"shown": shown}).status_code == 302
    make.product(category=None)  # later work is not in what was given
    assert other.get(url).context["digest"] == shown
    assert other.post(take, {"shown": shown}).status_code == 302
    record = HandoverRecord.objects.get()
    assert record.digest == digest_of(record.body)
    told = json.loads(record.body)
    assert (told["order_no"], told["giver"][0], told["taker"][0]) == ("๘/๒๕๖๙", "(สมชาย ใจดี)", "(สมหญิง ทองดี)")
    assert record.digest in other.get(url).content.decode()
    assert other.post(take, {"shown": shown}).status_code == 403
    assert Client().get(url).status_code == 302


def test_a_taken_handover_and_its_record_stay() -> None:
    row, giver, taker = opened()
    fixed = body_of(row, timezone.now())
    give_over(by=giver, handover=row, body=fixed, shown=digest_of(fixed))
    assert codes(take_over, by=giver, handover=row, shown=digest_of(fixed)) == ["only_taker"]
    assert codes(take_over, by=taker, handover=row, shown="0") == ["list_changed"]
    take_over(by=taker, handover=row, shown=digest_of(fixed))
    assert codes(give_over, by=giver, handover=row, body=fixed, shown=digest_of(fixed)) == ["taken_already"]
    changes = (
        "UPDATE registry_handover SET order_no = 'x'", "UPDATE registry_handoverrecord SET body = 'x'",
        "DELETE FROM registry_handoverrecord",
    )  # fmt: skip
    for change in changes:
        with pytest.raises(DatabaseError, match=r"frozen|append-only|permission"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    again = opened()[0]
    with pytest.raises(IntegrityError, match="a_record_carries_the_digest_of_its_body"), transaction.atomic():
        HandoverRecord.objects.create(handover=again, body="{}", digest="0" * 64)


def test_drafts_go_to_who_follows_only_by_the_word_of_their_writer() -> None:
    row, giver, taker = opened()
    for page in ("/producers/new/", "/imports/new/"):
        keep_draft(by=giver, page=page, typed={"name": page})
    keep_draft(by=taker, page="/imports/new/", typed={"name": "ของฉัน"})
    for by in (taker, make.amphoe_officer()):
        assert codes(pass_drafts, by=by, handover=row) == ["only_giver"]
    assert pass_drafts(by=giver, handover=row) == 1
    assert {(draft.user_id, draft.page) for draft in Draft.objects.all()} == {
        (taker.pk, "/producers/new/"), (taker.pk, "/imports/new/"), (giver.pk, "/imports/new/"),
    }  # fmt: skip
    assert Draft.objects.get(user=taker, page="/imports/new/").typed == {"name": "ของฉัน"}
