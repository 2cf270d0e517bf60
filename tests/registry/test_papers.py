"""Papers: what may be one, who sees it, that it runs nothing, and that it is frozen but for its erasure."""

import hashlib

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from registry.actions.papers import erase_paper
from registry.forms.papers import PaperField
from registry.models import History, MediaType, Paper
from registry.refusal import Refused
from registry.rules.papers import LARGEST_PAPER, file_name
from tests import make
from tests.registry.files import PDF, paper, picture

pytestmark = pytest.mark.django_db
HTML = b"<html><script>alert(1)</script></html>"


class AskPaper(forms.Form):
    file = PaperField()


def show(one: Paper) -> str:
    return reverse("registry:paper-show", args=[one.public_id])


def test_a_paper_is_kept_with_its_digest_and_comes_back_byte_for_byte(client):
    officer = make.amphoe_officer()
    kept = paper(by=officer, kind="founding")
    assert (kept.sha256, kept.size, kept.media_type) == (hashlib.sha256(PDF).hexdigest(), len(PDF), MediaType.PDF)
    client.force_login(officer)
    answer = client.get(show(kept))
    assert answer.content == PDF
    assert History.objects.get(act="paper_kept").after["sha256"] == kept.sha256


@pytest.mark.parametrize(("data", "name", "media_type", "disposition", "sent_as"), [
    (PDF, "a.pdf", "application/pdf", "attachment", "a.pdf"), (PDF, "a.html", "application/pdf", "attachment", "a.html.pdf"),
    (picture("PNG"), "a.png", "image/png", "inline", "a.png"), (picture("JPEG"), "a.svg", "image/jpeg", "inline", "a.svg.jpg"),
])
def test_a_paper_is_sent_as_what_it_is_and_can_run_nothing(client, data, name, media_type, disposition, sent_as):
    client.force_login(make.amphoe_officer())
    answer = client.get(show(paper(data, name)))
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f'{disposition}; filename="{sent_as}"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("data", "name", "code"), [
    (b"", "a.pdf", "paper_empty"), (HTML, "a.pdf", "paper_kind"), (b"<svg onload='x'/>", "a.png", "paper_kind"),
    (b"\x89PNG\r\n\x1a\n" + HTML, "a.png", "paper_kind"), (b"\xff\xd8\xff" + HTML, "a.jpg", "paper_kind"),
    (b"GIF89a" + b"x" * 40, "a.gif", "paper_kind"), (b"PK\x03\x04" + b"x" * 40, "a.docx", "paper_kind"),
    (PDF + b"x" * LARGEST_PAPER, "a.pdf", "paper_large"),
])
def test_what_is_no_paper_is_refused_with_what_to_do(data, name, code):
    with pytest.raises(Refused) as refused:
        paper(data, name)
    assert (refused.value.codes, refused.value.refusals[0].field) == ([code], "file")
    form = AskPaper({}, {"file": SimpleUploadedFile(name, data)})
    assert form.errors["file"] == refused.value.sentences
    assert not Paper.objects.exists()


def test_a_picture_of_a_million_by_a_million_is_not_unpacked():
    bomb = bytearray(picture("PNG"))
    bomb[16:24] = (100_000).to_bytes(4, "big") * 2
    with pytest.raises(Refused) as refused:
        paper(bytes(bomb), "bomb.png")
    assert refused.value.codes == ["paper_kind"]


def test_an_upload_cut_at_the_limit_says_so():
    form = AskPaper({}, {})
    form.fields["file"].too_large = True
    assert "10 MB" in form.errors["file"][0]


def test_a_paper_is_seen_only_by_who_reaches_its_place_and_by_its_own_kind(client):
    kept = paper()
    for someone, status in (
        (make.recorder(), 200), (make.recorder(make.SISTER), 404), (make.amphoe_officer(make.OTHER_AMPHOE), 404),
        (make.province_officer(), 200), (make.user(), 404), (make.amphoe_officer(origin=make.SAMPLE), 404),
    ):
        client.force_login(someone)
        assert client.get(show(kept)).status_code == status
    client.logout()
    assert client.get(show(kept)).status_code == 302


def test_nobody_keeps_a_paper_for_a_place_that_is_not_his():
    with pytest.raises(Refused) as refused:
        paper(by=make.recorder(make.SISTER))
    assert refused.value.codes == ["not_your_area"]
    assert not Paper.objects.exists()


def test_a_paper_is_erased_once_and_for_all(client, django_capture_on_commit_callbacks):
    kept = paper()
    stored, storage = kept.file.name, kept.file.storage
    assert storage.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        erase_paper(paper=kept, by=None)
        erase_paper(paper=kept, by=None)
    assert not storage.exists(stored)
    gone = Paper.objects.get()
    assert (gone.name, gone.sha256, bool(gone.erased_at)) == ("", kept.sha256, True)
    assert History.objects.filter(act="paper_erased").count() == 1
    client.force_login(make.amphoe_officer())
    assert client.get(show(kept)).status_code == 404


@pytest.mark.parametrize("change", [
    {"sha256": "0" * 64}, {"media_type": "image/png"}, {"file": "papers/other.bin"}, {"name": "other.pdf"}, {"size": 1},
])
def test_a_kept_paper_is_never_exchanged(change):
    kept = paper()
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=kept.pk).delete()


def test_a_paper_whose_file_is_lost_is_not_found_instead_of_a_fault(client):
    kept = paper()
    kept.file.storage.delete(kept.file.name)
    client.force_login(make.amphoe_officer())
    assert client.get(show(kept)).status_code == 404


@given(st.text(max_size=300), st.sampled_from(list(MediaType)))
def test_every_file_name_becomes_one_that_can_be_kept_and_sent(told, media_type):
    name = file_name(told, media_type)
    assert 0 < len(name) <= 160
    assert not set(name) & set('/\\<>:"|?*;%\x00\r\n')
    assert name.lower().endswith((".pdf", ".jpg", ".jpeg", ".png"))
    assert file_name(name, media_type) == name
