"""Photographs: what of an upload comes through, who sees it, and what the acts leave behind."""

import io
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from registry.actions.photos import Picture, add_photos, describe_photo, end_photo, move_photo
from registry.actions.products import end_product
from registry.history import history_of
from registry.intake import photos as intake
from registry.intake.photos import clean_picture, clean_pictures
from registry.models import Photo
from registry.refusal import Conflict, Refused
from tests import make, pictures
from tests.selection.listings import listed

pytestmark = pytest.mark.django_db
CLEAN: dict[int, Picture] = {}


def picture(seed: int = 1) -> Picture:
    """A clean picture; each is made once for all tests."""
    if seed not in CLEAN:
        CLEAN[seed] = clean_picture(pictures.upload(pictures.jpeg(seed)))
    return CLEAN[seed]


def photo(product=None, seed: int = 1, **rest) -> Photo:
    return add_photos(by=None, product=product or make.product(), pictures=[picture(seed)], **rest)[0]


@pytest.fixture
def rest(tmp_path, monkeypatch) -> Path:
    """The folder where a picture lies while it is written anew; empty before, and to be found empty after."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def codes(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(**kwargs)
    return raised.value.codes


def address(row: Photo, width: int | None = None) -> str:
    return f"/photos/{row.digest}-{width or row.width}.webp"


def page(name: str, row) -> str:
    return reverse(f"registry:{name}", args=[row.public_id])


@pytest.mark.parametrize("name", pictures.REFUSED)
def test_what_is_no_photograph_is_refused_with_a_sentence_and_leaves_nothing(rest, name):
    content, code = pictures.REFUSED[name]
    with pytest.raises(Refused) as raised:
        clean_picture(pictures.upload(content, "ตะกร้า.jpg"))
    assert raised.value.codes == [code]
    assert "ตะกร้า.jpg" in raised.value.sentences[0]
    assert list(rest.iterdir()) == []


@pytest.mark.parametrize("name", pictures.CLEANED)
def test_what_comes_through_is_written_anew_and_only_points(name):
    clean = clean_picture(pictures.upload(pictures.CLEANED[name]))
    assert sorted(clean.files) == [400, clean.width]
    for width, content in clean.files.items():
        assert content[:4] == b"RIFF"
        for hidden in (pictures.MARK, b"EXIF", b"Exif", b"ICCP", b"XMP ", b"ANIM", b"script"):
            assert hidden not in content
        image = Image.open(io.BytesIO(content))
        image.load()
        assert (image.format, image.mode, image.width, getattr(image, "n_frames", 1)) == ("WEBP", "RGB", width, 1)
        assert not image.getexif()
        assert "icc_profile" not in image.info


def test_a_turned_picture_stands_upright():
    clean = clean_picture(pictures.upload(pictures.CLEANED["jpeg turned"]))
    assert (clean.width, clean.height) == (480, 640)
    red, green, _blue = Image.open(io.BytesIO(clean.files[480])).getpixel((470, 10))
    assert red > 180 > 90 > green  # above left before it was turned to the right


def test_sixteen_bits_keep_their_greys():
    clean = clean_picture(pictures.upload(pictures.CLEANED["png of 16 bits"]))
    image = Image.open(io.BytesIO(clean.files[640])).convert("L")
    assert image.getpixel((320, 10)) < 40 < 100 < image.getpixel((320, 240)) < 160 < 215 < image.getpixel((320, 470))


def test_a_large_picture_gets_its_sizes_and_no_more_than_is_shown():
    clean = clean_picture(pictures.upload(pictures.jpeg(width=4000, height=3000)))
    assert (sorted(clean.files), clean.width, clean.height) == ([400, 800, 1600], 1600, 1200)
    tall = clean_picture(pictures.upload(pictures.jpeg(width=1500, height=5000)))
    assert (tall.width, tall.height) == (720, 2400)


@pytest.mark.parametrize(("name", "value"), [("MEMORY_BYTES", 64 << 20), ("PROCESSOR_SECONDS", 0), ("WALL_SECONDS", 0.05)])
def test_a_child_at_its_limit_is_a_refusal_and_leaves_nothing(monkeypatch, rest, name, value):
    monkeypatch.setattr(intake, name, value)
    assert codes(clean_picture, upload=pictures.upload(pictures.jpeg(width=4000, height=3000)))[0] in {"photo_heavy", "photo_broken"}
    assert list(rest.iterdir()) == []
    assert str(rest) not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_the_good_ones_of_a_sending_are_kept_and_the_time_for_all_is_bounded(monkeypatch):
    sent = [pictures.upload(pictures.jpeg(1), "a.jpg"), pictures.upload(pictures.SVG, "b.jpg"), pictures.upload(pictures.jpeg(2), "c.jpg")]
    good, refusals = clean_pictures(sent)
    assert ([one.digest for one in good], [one.code for one in refusals]) == ([picture(1).digest, picture(2).digest], ["photo_other_kind"])
    monkeypatch.setattr(intake, "WHOLE_SECONDS", -1)
    assert [one.code for one in clean_pictures(sent)[1]] == ["photo_not_reached"] * 3


def test_photos_stand_in_the_order_they_came_and_their_files_are_there():
    product = make.product()
    add_photos(by=None, product=product, pictures=[picture(1), picture(2)])
    photo(product, 3)
    live = list(product.photos.live())
    assert [row.digest for row in live] == [picture(seed).digest for seed in (1, 2, 3)]
    for row in live:
        for width in row.widths:
            assert storages["public"].size(row.file(width)) > 0


def test_the_same_picture_too_many_and_an_ended_product_are_refused(monkeypatch):
    product = make.product()
    photo(product)
    assert codes(add_photos, by=None, product=product, pictures=[picture(1)]) == ["photo_there"]
    assert codes(add_photos, by=None, product=product, pictures=[picture(2), picture(2)]) == ["photo_there"]
    many = [Picture(f"{number:064x}", 640, 480, picture(1).files) for number in range(12)]
    assert codes(add_photos, by=None, product=product, pictures=many) == ["photos_many"]
    end_product(by=None, product=product, version=1)
    assert codes(add_photos, by=None, product=product, pictures=[picture(2)]) == ["ended_already"]


def test_only_officers_of_the_place_add_and_samples_stay_samples():
    product = make.product()
    assert codes(add_photos, by=make.recorder(make.SISTER), product=product, pictures=[picture(1)]) == ["not_your_area"]
    assert codes(add_photos, by=make.recorder(origin="sample"), product=product, pictures=[picture(1)]) == ["origin_differs"]


def test_a_write_that_fails_leaves_neither_row_nor_file(monkeypatch):
    product, storage = make.product(), storages["public"]
    fresh = clean_picture(pictures.upload(pictures.jpeg(77)))
    save = storage.save

    def full(name, content):
        if "-640" in name:
            raise OSError(28, "No space left on device")
        return save(name, content)

    monkeypatch.setattr(storage, "save", full)
    with pytest.raises(OSError, match="space"), transaction.atomic():
        add_photos(by=None, product=product, pictures=[fresh])
    assert not product.photos.exists()
    assert not storage.exists(f"photos/{fresh.digest[:2]}/{fresh.digest}-400.webp")


def test_a_photo_is_described_and_two_people_saving_lose_nothing():
    row = photo()
    mine = Photo.objects.get(pk=row.pk)
    describe_photo(by=None, photo=row, version=1, focus_x=0, focus_y=100, alt_th="นำ้ตาลโตนด")
    row.refresh_from_db()
    assert (row.alt_th, row.focus_x, row.focus_y, row.version) == ("น้ำตาลโตนด", 0, 100, 2)
    with pytest.raises(Conflict):
        describe_photo(by=None, photo=mine, version=1, focus_x=0, focus_y=0, alt_th="อื่น")
    assert codes(describe_photo, by=None, photo=row, version=2, focus_x=30, focus_y=0) == ["focus_odd"]


def test_photos_are_moved_and_taken_away_with_a_line_of_history_each():
    product = make.product()
    add_photos(by=None, product=product, pictures=[picture(1), picture(2), picture(3)])
    last = list(product.photos.live())[2]
    move_photo(by=None, photo=last, to=0)
    assert [row.digest for row in product.photos.live()] == [picture(seed).digest for seed in (3, 1, 2)]
    last.refresh_from_db()
    end_photo(by=None, photo=last, version=last.version)
    assert [row.digest for row in product.photos.live()] == [picture(seed).digest for seed in (1, 2)]
    assert codes(end_photo, by=None, photo=Photo.objects.get(pk=last.pk), version=3) == ["photo_gone"]
    assert [line.what for line in history_of(product)][:3] == ["นำภาพถ่ายออก", "ย้ายลำดับภาพถ่าย", "เพิ่มภาพถ่าย"]
    assert photo(product, 3).place > 1  # what was taken away may come again


@pytest.mark.parametrize("wrong", [{"digest": "x" * 64}, {"focus_x": 101}, {"width": 0}, {"widths": [400]}])
def test_a_row_that_cannot_be_is_refused_by_the_database(wrong):
    row = photo()
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=row.pk).update(**wrong)


def test_files_of_a_product_not_listed_are_for_those_who_see_it(client):
    row = photo()
    assert client.get(address(row)).status_code == 404
    client.force_login(make.recorder(make.ELSEWHERE))
    assert client.get(address(row)).status_code == 404
    client.force_login(make.recorder())
    answer = client.get(address(row))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    assert client.get(address(row), headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_files_of_a_listed_product_are_for_everybody_until_it_leaves_the_list_or_they_are_taken_away(client, settings):
    listing = listed()
    row, gone = photo(listing.product), photo(listing.product, 2)
    end_photo(by=None, photo=gone, version=1)
    answer = client.get(address(row, 400))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/webp", "public, max-age=86400")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.get("Vary", "")
    assert client.get(address(gone)).status_code == 404
    for width in (0, 401, 99_999, 10**30):
        assert client.get(f"/photos/{row.digest}-{width}.webp").status_code == 404
    listing.delete()
    assert client.get(address(row, 400)).status_code == 404


def test_sample_photos_stay_on_trial_sites(client, settings):
    row = photo(listed(origin="sample").product)
    assert client.get(address(row)).status_code == 200
    settings.OTOP_MODE = "production"
    assert client.get(address(row), secure=True).status_code == 404


def test_public_pages_show_the_first_photo_of_listed_products_alone(client):
    listing, hidden = listed(), photo(make.product(), 2)
    row = photo(listing.product)
    describe_photo(by=None, photo=row, version=1, focus_x=100, focus_y=0, alt_th="ผ้าผืนหนึ่งพาดบนกี่")
    for path in ("/", "/products/", f"/areas/{make.PROVINCE}/", f"/products/{listing.public_id}/", f"/en/products/{listing.public_id}/"):
        html = client.get(path).content.decode()
        assert address(row) in html, path
        assert f'class="photo fx-100 fy-0" src="{address(row)}" srcset="{address(row, 400)} 400w, {address(row)} 640w"' in html
        assert 'width="640" height="480" alt="ผ้าผืนหนึ่งพาดบนกี่"' in html
        assert hidden.digest not in html
    end_photo(by=None, photo=row, version=2)
    for path in ("/", "/products/", f"/products/{listing.public_id}/"):
        html = client.get(path).content.decode()
        assert row.digest not in html
        assert 'class="cloth' in html or "<pattern" in html


def test_an_officer_sends_several_and_is_told_which_was_refused(client):
    client.force_login(make.recorder())
    product = make.product()
    sent = {"photos": [pictures.upload(pictures.jpeg(1), "หน้า.jpg"), pictures.upload(pictures.SVG, "ลาย.jpg")],
            "camera": [pictures.upload(pictures.jpeg(2), "กล้อง.jpg")]}
    html = client.post(page("photo-list", product), sent, follow=True).content.decode()
    assert product.photos.live().count() == 2
    assert "บันทึกภาพถ่ายแล้ว 2 ภาพ" in html
    assert "ลาย.jpg ไม่ใช่ภาพถ่าย" in html
    shown = client.get(page("product-show", product)).content.decode()
    assert address(product.photos.live()[0]) in shown


@pytest.mark.parametrize(("sent", "sentence"), [
    ({}, "เลือกภาพอย่างน้อยหนึ่งภาพก่อน"),
    ({"photos": "ไม่ใช่ไฟล์"}, "เลือกภาพอย่างน้อยหนึ่งภาพก่อน"),
    ({"photos": pictures.upload(pictures.SVG, "ลาย.svg")}, "ลาย.svg ไม่ใช่ภาพถ่าย"),
    ({"photos": [pictures.upload(b"x", f"{n}.jpg") for n in range(13)]}, "ไม่เกิน 12 ภาพ"),
    ({"photos": pictures.upload(bytes(21 << 20), "ใหญ่.jpg")}, "20 เมกะไบต์"),
])
def test_a_sending_without_a_picture_comes_back_with_a_sentence(client, sent, sentence):
    client.force_login(make.recorder())
    product = make.product()
    answer = client.post(page("photo-list", product), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not product.photos.exists()


def test_files_that_are_too_much_together_stop_on_the_way(client, settings):
    settings.UPLOAD_LIMIT_WHOLE_BYTES = 100_000
    client.force_login(make.recorder())
    product = make.product()
    answer = client.post(page("photo-list", product), {"photos": [pictures.upload(bytes(60_000), f"{n}.jpg") for n in range(3)]})
    assert answer.status_code == 422
    assert "ส่งครั้งละน้อยลง" in answer.content.decode()


def test_sent_twice_with_one_key_it_is_there_once(client):
    client.force_login(make.recorder())
    product, key = make.product(), "5b3c1b52-7d1e-4b53-9a35-0f8f5f3b8a01"
    for _time in range(2):
        sent = {"photos": [pictures.upload(pictures.jpeg(1))], "form_key": key}
        assert client.post(page("photo-list", product), sent).status_code == 302
    assert product.photos.count() == 1


def test_the_pages_of_one_photo_describe_move_and_take_away(client):
    client.force_login(make.recorder())
    product = make.product()
    add_photos(by=None, product=product, pictures=[picture(1), picture(2)])
    first, second = product.photos.live()
    sent = {"alt_th": "กระติบข้าวเหนียว", "focus": "0-100", "version": "1"}
    assert client.post(page("photo-edit", second), sent).status_code == 302
    second.refresh_from_db()
    assert (second.alt_th, second.focus_x, second.focus_y) == ("กระติบข้าวเหนียว", 0, 100)
    stale = client.post(page("photo-edit", second), {**sent, "alt_th": "ของฉัน"})
    assert stale.status_code == 409
    assert "กระติบข้าวเหนียว" in stale.content.decode()
    for focus in ("", "9-9", "x", "\x00", "0-100-0"):
        assert client.post(page("photo-edit", second), {**sent, "focus": focus, "version": "2"}).status_code == 422
    assert client.post(page("photo-move", second), {"to": "earlier"}).status_code == 302
    assert list(product.photos.live()) == [second, first]
    assert client.post(page("photo-end", first), {"version": "2"}).status_code == 302
    assert list(product.photos.live()) == [second]
    assert client.get(page("photo-end", first)).status_code == 403
