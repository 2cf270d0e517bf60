"""Changing one's own password: by the old one, well chosen, other devices out, guessing braked, no secret left behind."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from registry.actions.login_codes import give_code
from registry.actions.logins import MOST_TRIES
from registry.models import Draft, FormKey, History, LoginTry, User
from tests import make

pytestmark = pytest.mark.django_db
OLD, NEW = "ผ้าไหมแพรวา-กาฬสินธุ์", "ข้าวฮาง กล้วยตาก 88 เรือ"


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "th"})
    assert client.post(reverse("registry:login"), {"username": user.username, "password": OLD}).status_code == 302
    return client


def change(client: Client, old: str = OLD, password: str = NEW, again: str | None = None):
    sent = {"old": old, "password": password, "again": password if again is None else again, "form_key": uuid.uuid4()}
    return client.post(reverse("registry:own-password"), sent)


def errors(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    assert OLD not in answer.content.decode()
    assert NEW not in answer.content.decode()
    return dict(answer.context["form"].errors)


def test_the_own_password_is_changed_by_the_old_one_and_other_devices_are_out():
    user = make.user("somchai", password=OLD)
    give_code(by=None, user=user)
    here, elsewhere = signed_in(user), signed_in(user)
    assert reverse("registry:own-password") in here.get(reverse("registry:worklist")).content.decode()
    assert change(here).url == reverse("registry:worklist")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert here.get(reverse("registry:own-password")).status_code == 200
    assert elsewhere.get(reverse("registry:own-password")).url.startswith(reverse("registry:login"))
    assert user.login_code.used_at is not None
    line = History.objects.get(act="password_changed")
    assert (line.by, line.row, line.before, line.after) == (user, user.public_id, None, None)
    assert not LoginTry.objects.exists()
    assert all(NEW not in str(row) for model in (History, FormKey) for row in model.objects.values())


def test_a_password_that_will_not_do_is_told_why_in_thai():
    user = make.user("somchai.jaidee", password=OLD)
    client = signed_in(user)
    assert list(errors(change(client, old="ไม่ใช่รหัสนี้แน่"))) == ["old"]
    assert list(errors(change(client, again="คนละรหัสกันเลย"))) == ["again"]
    assert list(errors(change(client, old="", password=""))) == ["old", "password", "again"]
    said = {
        word: errors(change(client, password=word))["password"][0]
        for word in ("สั้น", "1qaz2wsx3edc", "somchai.jaidee", "12345", OLD)
    }
    assert ["สั้นเกินไป" in said["สั้น"], "ถูกเดาก่อน" in said["1qaz2wsx3edc"], "คล้ายชื่อ" in said["somchai.jaidee"]] == [True] * 3
    assert said["12345"].startswith("ตั้งรหัสผ่านที่แข็งแรงกว่านี้") or "12" in said["12345"]
    assert "ใช้อยู่แล้ว" in said[OLD]
    user.refresh_from_db()
    assert user.check_password(OLD)


def test_guessing_at_an_open_device_is_braked_and_nothing_typed_is_ever_a_draft():
    client = signed_in(make.user("somchai", password=OLD))
    statuses = [change(client, old="เดาไปเรื่อยๆ").status_code for _try in range(MOST_TRIES + 1)]
    assert statuses == [422] * MOST_TRIES + [429]
    assert change(client).status_code == 429
    kept = client.post(reverse("registry:draft-save"), {"draft_page": reverse("registry:own-password"), "password": NEW})
    assert (kept.status_code, Draft.objects.exists()) == (400, False)
