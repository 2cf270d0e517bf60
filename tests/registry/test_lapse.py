"""When a registered letter counts as received by lapse of time: computed from its posting, and anything that was seen stands instead."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from registry.actions.letters import print_letters, record_delivery
from registry.actions.notices import approve_notice, draft_notice, send_again
from registry.models import LapseRule, Notice, NoticeEvent, lapsed_letters
from registry.refusal import Refused
from registry.rules.lapse import Lapse, lapse_of
from tests import make

pytestmark = pytest.mark.django_db
AT = make.at(2026, 9, 1)
POSTED = date(2026, 9, 2)


def printed(officer) -> Notice:
    producer = make.producer()
    one = draft_notice(
        by=None, to=producer, area=producer.area, channel="letter", kind="message", title="แจ้ง", words="เรียน", origin="real", at=AT,
    )  # fmt: skip
    print_letters(by=officer, notices=[approve_notice(by=officer, notice=one, at=AT)], at=AT)
    return one


def fared(officer, one: Notice, *ways: str) -> Notice:
    """The letter with these things recorded of it, on one day after another, the first on the day of posting."""
    for later, way in enumerate(ways):
        record_delivery(by=officer, notice=one, way=way, on=POSTED + timedelta(days=later), at=make.at(2026, 10, 1))
    return one


def lapse(one: Notice, day: date) -> Lapse | None:
    return lapse_of(Notice.objects.get(pk=one.pk), list(LapseRule.objects.all()), day)


def found(day: date) -> set[int]:
    return set(lapsed_letters(Notice.objects.all(), LapseRule.objects.all(), day).values_list("pk", flat=True))


def test_a_registered_letter_counts_as_received_after_its_days_unless_something_was_seen():
    officer = make.amphoe_officer()
    registered, abroad, plain = (fared(officer, printed(officer), way) for way in ("registered", "abroad", "posted"))
    handed = fared(officer, printed(officer), "registered", "handed")
    early = fared(officer, printed(officer), "registered", "arrived")
    back = fared(officer, printed(officer), "registered", "returned")
    told = lapse(registered, POSTED + timedelta(days=6))
    assert (told.day, told.is_past, told.rule.confirmed) == (date(2026, 9, 9), False, False)
    assert lapse(registered, date(2026, 9, 9)).is_past
    assert lapse(abroad, POSTED).day == date(2026, 9, 17)
    assert [lapse(one, date(2026, 12, 1)) for one in (plain, handed, early, back)] == [None] * 4
    assert found(date(2026, 9, 8)) == set()
    assert found(date(2026, 9, 9)) == {registered.pk}
    assert found(date(2026, 9, 17)) == {registered.pk, abroad.pk}
    again = fared(officer, printed(officer), "registered", "posted")
    assert lapse(again, date(2026, 12, 1)) is None  # the later word: it went by ordinary post
    # what came back and is sent anew counts from its new posting
    send_again(by=officer, notice=back, at=make.at(2026, 10, 2))
    print_letters(by=officer, notices=[back], at=make.at(2026, 10, 3))
    assert lapse(back, date(2026, 12, 1)) is None
    record_delivery(by=officer, notice=back, way="registered", on=date(2026, 10, 5), item="RE 1234 5678 9 TH", at=make.at(2026, 10, 6))
    assert lapse(back, date(2026, 12, 1)).day == date(2026, 10, 12)
    assert NoticeEvent.objects.get(notice=back, on=date(2026, 10, 5)).queue_id == "RE 1234 5678 9 TH"
    # nobody saw it, so no event tells of it and the letter stays sent
    registered.refresh_from_db()
    assert (registered.state, registered.delivered_at) == ("sent", None)
    assert list(registered.events.values_list("act", flat=True)) == ["written", "approved", "printed", "registered"]
    with pytest.raises(Refused) as refused:
        record_delivery(by=officer, notice=registered, way="arrived", on=date(2026, 9, 1), at=make.at(2026, 10, 1))
    assert refused.value.codes == ["before_posting"]


def test_the_rule_of_the_day_of_posting_holds_and_is_data():
    officer = make.amphoe_officer()
    one = fared(officer, printed(officer), "registered")
    LapseRule.objects.create(way="registered", days=10, starts_on=date(2026, 9, 3), law_th="ใหม่", law_en="new", confirmed=True)
    later = fared(officer, printed(officer), "posted", "registered")
    assert (lapse(one, POSTED).day, lapse(later, POSTED).day) == (date(2026, 9, 9), date(2026, 9, 13))
    assert lapse(later, POSTED).rule.confirmed
    assert found(date(2026, 9, 12)) == {one.pk}
    assert found(date(2026, 9, 13)) == {one.pk, later.pk}
    LapseRule.objects.filter(starts_on=None).update(days=8)
    assert lapse(one, POSTED).day == date(2026, 9, 10)
    for wrong in ({"starts_on": None, "days": 7}, {"starts_on": date(2027, 1, 1), "days": 0}):
        with pytest.raises(DatabaseError), transaction.atomic():
            LapseRule.objects.create(way="registered", law_th="ก", law_en="a", **wrong)


def test_desk_notice_and_copy_tell_that_it_counts_as_received_and_that_the_days_are_not_confirmed():
    officer, client = make.amphoe_officer(), Client()
    client.force_login(officer)
    counted = fared(officer, printed(officer), "registered")
    other = printed(officer)
    form = {"way": "registered", "on": "2 กันยายน 2569", "item": "RE 1"}
    Notice.objects.filter(pk=other.pk).update(sent_at=AT)
    assert client.post(f"/notices/{other.public_id}/delivery/", form).status_code == 302
    for url in ("/notices/desk/", "/notices/desk/?state=lapsed"):
        page = client.get(url)
        assert 'ถือว่าได้รับแจ้งตั้งแต่ <span class="nb">9 ก.ย. 2569' in page.content.decode()
        assert ("lapsed", 2) in [(value, count) for value, _words, count in page.context["states"]]
    for url in (f"/notices/{counted.public_id}/", f"/notices/{counted.public_id}/letter/"):
        page = client.get(url).content.decode()
        assert "9 กันยายน 2569" in page
        assert "มาตรา 71" in page
        assert "จำนวนวันยังไม่ยืนยัน" in page
    assert "section 71" in client.get(f"/en/notices/{counted.public_id}/").content.decode()
    fared(officer, counted, "returned")
    assert "ถือว่าได้รับแจ้ง" not in client.get(f"/notices/{counted.public_id}/").content.decode()
    assert [row.pk for row in client.get("/notices/desk/?state=lapsed").context["page_obj"]] == [other.pk]
    boss = make.administrator()
    client.force_login(boss)
    rule = LapseRule.objects.get(way="registered")
    assert client.get(f"/admin/registry/lapserule/{rule.pk}/change/").status_code == 200
