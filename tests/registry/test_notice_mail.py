"""Mails: nothing leaves unapproved, one message a recipient, refusals and broken lines, and no doubt hidden after a kill."""

import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db.models.functions import Now

from registry.actions import jobs, mail
from registry.actions.acts import moment
from registry.actions.batches import approve_batch, draft_batch, run_batch
from registry.actions.notices import approve_notice, draft_notice, found_arrived, send_again, withdraw_notice
from registry.models import Job, Notice, NoticeEvent, User
from registry.refusal import Refused
from registry.worklist import Group, lines_for
from tests import make
from tests.canary import log  # noqa: F401 - a fixture
from tests.clones import OwnDatabase
from tests.registry.post import PostOffice, post_office


def a_mail(by: User, to: User, **rest: Any) -> Notice:
    told = {"title": "ประชุมเครือข่าย", "words": "ขอเชิญประชุม\n.บรรทัดที่ขึ้นต้นด้วยจุด", "origin": "real", **rest}
    return draft_notice(by=by, to=to, area=make.area(make.PARENT), channel="mail", kind="message", **told)


def states() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("state", flat=True))


def acts(notice: Notice) -> list[str]:
    return list(notice.events.values_list("act", flat=True))


@pytest.mark.django_db
def test_each_mail_goes_to_one_and_every_answer_of_the_server_is_told(settings, log: StringIO):  # noqa: F811
    officer = make.amphoe_officer()
    names = ("ok", "later", "never", "full", "cut", "gone")
    people = {name: make.recorder(email=f"{name}@example.org", name_th=f"นาย{name} ดีงาม") for name in names}
    settings.MAIL_ON = False
    mails = {name: a_mail(officer, person) for name, person in people.items()}
    with pytest.raises(Refused) as refused:
        approve_notice(by=officer, notice=mails["ok"])
    assert refused.value.codes == ["mail_off"]
    with pytest.raises(Refused, match=r"หมายเลข"):
        a_mail(officer, people["ok"], words="โทร 081-234-5678")
    with post_office(settings) as office:
        office.at_rcpt = {"later@example.org": "451 4.7.1 <later@example.org> try later", "cut@example.org": "hang up"}
        office.at_rcpt["never@example.org"] = "550 5.1.1 <never@example.org> no"
        office.at_data = {"full@example.org": "552 full", "gone@example.org": "hang up"}
        assert mail.send_due() == {}
        for one in mails.values():
            approve_notice(by=officer, notice=one)
        counts: dict[str, int] = {}
        for _turn in range(4):
            for act, count in mail.send_due().items():
                counts[act] = counts.get(act, 0) + count
        assert counts == {"accepted": 1, "later": 1, "refused": 2, "broken": 1, "doubtful": 1}
        assert dict(zip(mails, states(), strict=True)) == {
            "ok": "sent", "later": "ready", "never": "failed", "full": "failed", "cut": "ready", "gone": "maybe",
        }  # fmt: skip
        for hours, told in ((0, []), (2, [2])):
            waiting = lines_for(User.objects.get(pk=officer.pk), moment(None) + timedelta(hours=hours))[Group.OTHERS]
            assert [line.count for line in waiting if "state=ready" in line.url] == told
        assert acts(mails["ok"]) == ["written", "approved", "handing", "accepted"]
        assert NoticeEvent.objects.get(notice=mails["ok"], act="accepted").queue_id == "Q1"
        looks_right(office, mails["ok"], people, log)
        a_doubt_stays_until_a_person_decides(office, officer, mails)
    assert states() == ["sent", "withdrawn", "failed", "failed", "sent", "sent"]


def looks_right(office: PostOffice, one: Notice, people: dict[str, User], log: StringIO) -> None:  # noqa: F811
    to, message = office.taken[0]
    stable = Notice.objects.get(pk=one.pk).message_id
    assert (to, message["To"], message["Message-ID"]) == ("ok@example.org", "ok@example.org", stable)
    text, html = (part.get_content() for part in message.iter_parts())
    assert "เรียน นายok ดีงาม" in text
    assert "\n.บรรทัดที่ขึ้นต้นด้วยจุด" in text.replace("\r\n", "\n")
    assert "<p>" in html
    assert not [other for other in people if other != "ok" and other in str(message)]
    assert "example.org" not in "".join(NoticeEvent.objects.values_list("reply", flat=True)) + log.getvalue()


def a_doubt_stays_until_a_person_decides(office: PostOffice, officer: User, mails: dict[str, Notice]) -> None:
    office.at_rcpt, office.at_data = {}, {}
    assert mail.send_due() == {}
    send_again(by=officer, notice=mails["gone"])
    with pytest.raises(Refused):
        found_arrived(by=officer, notice=mails["gone"])
    withdraw_notice(by=officer, notice=mails["later"])
    Notice.objects.filter(state="ready").update(due_at=make.at(2024))
    assert mail.send_due() == {"accepted": 2}
    doubles = [message["Message-ID"] for to, message in office.taken if to == "gone@example.org"]
    assert len(doubles) == 2
    assert len(set(doubles)) == 1
    assert "later@example.org" not in [to for to, _message in office.taken]


@pytest.mark.django_db
def test_a_server_that_cannot_be_reached_costs_no_try_and_one_that_always_waits_ends_it(settings):
    officer, at = make.amphoe_officer(), make.at(2026, 11, 21)
    one = a_mail(officer, make.recorder(email="a@example.org"))
    with post_office(settings) as office:
        approve_notice(by=officer, notice=one, at=at)
        office.at_rcpt = {"a@example.org": "450 busy"}
        for turn in range(1, 8):
            mail.send_due(at=at + timedelta(days=turn))
    one.refresh_from_db()
    assert (one.state, one.attempts, acts(one)[-1], acts(one).count("later")) == ("failed", 6, "given_up", 5)
    send_again(by=officer, notice=one, at=at)
    assert mail.send_due(at=at) == {"broken": 1}  # the server is gone now
    one.refresh_from_db()
    assert (one.state, one.attempts) == ("ready", 0)


# Claims the open job and sends; the parent kills it with signal 9 while it does.
CHILD = """
import django; django.setup()
from registry.actions import jobs, mail
from registry.models import Job
job = jobs.claim(Job.objects.open().get(kind="notice_mail").pk)
print("sending", flush=True)
mail.run_mail(job)
"""


@pytest.mark.kill
def test_a_killed_sending_goes_on_and_every_mail_that_may_have_left_says_so(own_db: OwnDatabase, settings):
    officer = make.amphoe_officer()
    for number in range(20):
        make.recorder(email=f"r{number}@example.org")
    batch = draft_batch(by=officer, area=make.area(make.PARENT), kind="message", channel="mail", title="ประชุม", words="ขอเชิญประชุม")
    with post_office(settings) as office:
        approve_batch(by=officer, batch=batch)
        release = jobs.claim(Job.objects.get(kind="notice_batch").pk)
        assert release is not None
        jobs.finish(release, run_batch(release))
        env = {**own_db.env, "DJANGO_SETTINGS_MODULE": "otop.settings", "EMAIL_URL": f"smtp://127.0.0.1:{office.port}"}
        child = subprocess.Popen([sys.executable, "-c", CHILD], env=env, stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"sending\n"
        end = time.monotonic() + 20
        while len(office.taken) < 4 and time.monotonic() < end:
            time.sleep(0.002)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        killed_at = len(office.taken)
        Job.objects.filter(state="running").update(heartbeat_at=Now() - timedelta(hours=1))
        Notice.objects.filter(state="ready").update(due_at=Now())
        job = jobs.claim(Job.objects.get(kind="notice_mail").pk)
        assert job is not None
        mail.run_mail(job)
        jobs.finish(job, {})
        assert mail.send_due() == {}
    reached = [to for to, _message in office.taken]
    doubtful = set(Notice.objects.filter(state="maybe").values_list("user__email", flat=True))
    assert 4 <= killed_at < 20
    assert len(reached) == len(set(reached))  # nobody twice
    assert set(states()) <= {"sent", "maybe"}
    assert len(doubtful) <= 1  # at most the one that was in the air
    sent = set(Notice.objects.filter(state="sent").values_list("user__email", flat=True))
    assert sent <= set(reached)
    assert sent | doubtful == {f"r{number}@example.org" for number in range(20)}
