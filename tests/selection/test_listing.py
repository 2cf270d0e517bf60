"""The national list follows the certificates: the newest star, built again the same, nothing that was not announced."""

import pytest

from registry.models import Listing
from selection.actions import listing
from selection.models import Certificate
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def lines():
    fields = [field.name for field in Listing._meta.fields if field.name != "id"]
    return sorted(map(str, Listing.objects.values(*fields)))


def test_a_line_tells_name_place_star_and_term():
    product = make.product(name="ผ้าไหมลายบัว")
    way.through(6, products=[product], marks={product.name: {"ก": 3000, "ข": 3000, "ค": 3200}})
    line, certificate = Listing.objects.get(), Certificate.objects.get()
    assert (line.name, line.stars, line.level, line.round_key, line.year_be) == ("ผ้าไหมลายบัว", 5, "central", "2569", 2569)
    assert (line.region_code, line.province_code, line.amphoe_code, line.tambon_code) == ("R-NE", "46", "4602", "460205")
    assert (line.area_path_th, line.area_path_en) == (
        "ต.หนองบัว อ.นามน จ.กาฬสินธุ์", "Tambon Nong Bua, Amphoe Na Mon, Kalasin",
    )  # fmt: skip
    assert (line.certificate_no, line.valid_from, line.valid_to) == (certificate.number, certificate.valid_from, certificate.valid_to)
    assert (line.public_id, line.origin, line.producer_name) == (product.public_id, "real", product.producer.name)
    assert certificate.number in line.searched


def test_nothing_is_listed_before_it_is_announced():
    done = way.through(5)
    assert not Listing.objects.exists()
    done.announced()
    assert Listing.objects.count() == 5


def test_a_newer_star_takes_the_place_of_the_older_and_never_the_other_way():
    product = make.product()
    way.through(6, products=[product], marks={product.name: {"ก": 2100, "ข": 2100, "ค": 2800}})
    way.through(5, round_=way.open_round("2570"), products=[product], marks={product.name: {"ก": 3000, "ข": 3000, "ค": 4000}})
    later = way.through(5, round_=way.open_round("2571"), products=[product], marks={product.name: {"ก": 0, "ข": 0, "ค": 0}})
    assert Listing.objects.get().stars == 3
    later.announced()
    assert (Listing.objects.get().stars, Listing.objects.get().round_key) == (1, "2571")
    older = Certificate.objects.get(award__round__key="2569")
    Listing.objects.update(announced_on=older.announcement.announced_on.replace(year=2099))
    listing.list_certificates([older])
    assert Listing.objects.get().round_key == "2571"


def test_the_list_is_built_again_from_certificates_alone():
    way.through(6)
    before = lines()
    Listing.objects.all().update(stars=1, name="เปลี่ยน")
    assert listing.rebuild_listing() == 5
    assert lines() == before
