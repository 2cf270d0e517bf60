"""Standards: their data, the form of a paper, what its days are worth, and where a lapsed one is seen."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.actions.standards import add_conformity, change_conformity
from registry.clock import bangkok_day, last_day_of_term
from registry.models import Conformity, History, Standard, Standing
from registry.refusal import Conflict, Refused
from tests import make
from tests.registry import files

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)
SENT = {"standard": "tcps", "number": "๒๔๗/๒๕๕๒", "valid_from": "18 กันยายน 2567", "valid_to": "17 กันยายน 2570"}
FOOD = {"fda", "gap", "gmp", "haccp", "qmark", "tcps", "tis", "organic", "halal"}


def today() -> date:
    return bangkok_day(timezone.now())


def url(name: str, product, held=None) -> str:
    return reverse(f"registry:{name}", args=[product.public_id, *([held.public_id] if held else [])])


@pytest.fixture
def signed(client):
    client.force_login(make.amphoe_officer())
    return client


# --- data -----------------------------------------------------------------------------------------------------------------


def test_every_standard_of_the_field_is_there_with_its_source_in_both_languages():
    rows = list(Standard.objects.prefetch_related("categories"))
    assert len(rows) == 16
    for row in rows:
        assert row.source_note_th, row.code
        assert row.source_note_en, row.code
        assert row.categories.all(), row.code
        assert not row.number_confirmed
        assert not row.number_example or re.search(row.number_pattern, row.number_example), row.code
    assert {row.code for row in rows if "food" in {kind.code for kind in row.categories.all()}} >= FOOD


def test_the_page_of_standards_says_what_is_not_confirmed(signed):
    page = signed.get(reverse("registry:standard-list")).content.decode()
    assert "มผช. 247/2552" in page
    assert "ยังไม่ยืนยัน" in page


def test_an_administrator_edits_what_is_known_of_a_standard(client):
    client.force_login(make.administrator())
    address = reverse("admin:registry_standard_change", args=[make.standard().pk])
    row = make.standard()
    sent = {
        "code": "tcps", "name_th": row.name_th, "name_en": row.name_en, "issuer_th": row.issuer_th, "number_pattern": r"^\d+$",
        "validity_months": 24, "validity_confirmed": "on", "order": 1, "categories": [make.category("food").pk],
    }
    assert client.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.validity_months, row.validity_confirmed, row.categories.get().code) == (24, True, "food")


@pytest.mark.parametrize(("first", "months", "last"), [
    (date(2024, 9, 18), 36, date(2027, 9, 17)), (date(2024, 1, 1), 12, date(2024, 12, 31)),
    (date(2023, 1, 31), 1, date(2023, 2, 28)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2024, 12, 15), 1, date(2025, 1, 14)),
])
def test_a_term_of_months_ends_the_day_before_its_day_comes_again(first, months, last):
    assert last_day_of_term(first, months) == last


# --- what a paper is worth ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "worth"), [
    ({}, Standing.UNDATED),
    ({"valid_from": DAY}, Standing.UNDATED),
    ({"valid_to": DAY}, Standing.UNDATED),
    ({"valid_to": DAY - timedelta(1)}, Standing.LAPSED),
    ({"valid_from": DAY, "no_end": True}, Standing.HOLDS),
    ({"valid_from": DAY, "valid_to": DAY}, Standing.SOON),
    ({"valid_from": DAY, "valid_to": DAY + timedelta(90)}, Standing.SOON),
    ({"valid_from": DAY, "valid_to": DAY + timedelta(91)}, Standing.HOLDS),
    ({"valid_from": DAY + timedelta(1), "no_end": True}, Standing.LATER),
    ({"valid_from": DAY - timedelta(9), "valid_to": DAY - timedelta(1)}, Standing.LAPSED),
])
def test_a_paper_holds_only_when_its_days_are_known(days, worth):
    held = Conformity(**days)
    assert held.standing_on(DAY) == worth
    assert held.holds_on(DAY) == (worth in (Standing.HOLDS, Standing.SOON))


def test_a_paper_with_a_last_day_and_no_end_is_refused_by_the_action_and_by_the_database():
    product = make.product()
    with pytest.raises(Refused) as raised:
        add_conformity(by=None, product=product, standard=make.standard(), valid_from=DAY, valid_to=DAY, no_end=True)
    assert raised.value.codes == ["two_ends"]
    with pytest.raises(IntegrityError, match="a_paper_without_an_end_has_no_last_day"), transaction.atomic():
        Conformity.objects.create(product=product, standard=make.standard(), valid_to=DAY, no_end=True)


# --- the form -------------------------------------------------------------------------------------------------------------


def test_the_usual_last_day_is_proposed_and_nothing_is_saved_before_it_was_compared(signed):
    product = make.product()
    answer = signed.post(url("conformity-new", product), SENT | {"valid_to": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="17 กันยายน 2570"' in page
    assert not Conformity.objects.exists()
    assert signed.post(url("conformity-new", product), SENT).status_code == 302
    held = Conformity.objects.get()
    assert (held.number, held.valid_from, held.valid_to) == ("247/2552", date(2024, 9, 18), date(2027, 9, 17))


def test_a_standard_without_a_usual_validity_asks_for_the_last_day_or_that_there_is_none(signed):
    product, sent = make.product(), SENT | {"standard": "peacock", "valid_to": ""}
    assert "ไม่มีวันสิ้นสุด" in (page := signed.post(url("conformity-new", product), sent)).content.decode()
    assert page.status_code == 422
    assert signed.post(url("conformity-new", product), sent | {"no_end": "on"}).status_code == 302
    assert Conformity.objects.get().no_end


def test_an_odd_number_is_said_beside_the_field_and_kept(signed):
    product = make.product()
    answer = signed.post(url("conformity-new", product), SENT | {"number": "ไม่แน่ใจ"}, follow=True)
    assert "ไม่แน่ใจ" in answer.content.decode()
    held = Conformity.objects.get()
    assert held.number == "ไม่แน่ใจ"
    page = signed.get(url("conformity-edit", product, held)).content.decode()
    assert 'class="warn-note"' in page
    assert 'value="ไม่แน่ใจ"' in page
    assert "มผช. 247/2552" in page


def test_notes_come_while_one_types_and_propose_the_last_day_only_into_an_empty_field(signed):
    product, sent = make.product(), {"standard": "halal", "number": "12", "valid_from": "1/1/2568", "valid_to": ""}
    page = signed.get(url("conformity-notes", product), sent).content.decode()
    assert 'class="warn-note"' in page
    assert 'value="31 ธันวาคม 2568"' in page
    assert "hx-swap-oob" in page
    assert "hx-swap-oob" not in signed.get(url("conformity-notes", product), sent | {"valid_to": "2/2/2568"}).content.decode()
    for strange in ({}, {"standard": "x"}, {"standard": "tcps", "valid_from": "เมื่อวาน"}, {"standard": "tcps", "number": "x" * 99}):
        assert signed.get(url("conformity-notes", product), strange).status_code == 200


def test_standards_for_the_category_stand_first(signed):
    page = signed.get(url("conformity-new", make.product(category="apparel"))).content.decode()
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.DOTALL)
    assert "peacock" in groups[0][1]
    assert "halal" in groups[1][1]


def test_days_that_an_imported_file_did_not_have_are_entered_later(signed):
    product = make.product()
    held = make.conformity(product, valid_from=None, valid_to=None)
    assert "วัน" in signed.get(url("product-show", product)).content.decode()
    sent = SENT | {"number": held.number, "version": "1"}
    assert signed.post(url("conformity-edit", product, held), sent).status_code == 302
    held.refresh_from_db()
    assert (held.is_dated, held.version) == (True, 2)
    line = History.objects.filter(act="standard_changed").get()
    assert (line.before["valid_to"], line.after["valid_to"]) == (None, "2027-09-17")


def test_the_second_to_correct_a_paper_sees_both_texts(signed):
    product = make.product()
    held = make.conformity(product)
    kept = {"standard": held.standard, "number": held.number, "valid_from": held.valid_from, "valid_to": held.valid_to}
    change_conformity(by=None, conformity=Conformity.objects.get(), version=1, **kept | {"number": "1/2560"})
    with pytest.raises(Conflict):
        change_conformity(by=None, conformity=held, version=1, **kept | {"number": "2/2560"})
    answer = signed.post(url("conformity-edit", product, held), SENT | {"number": "3/2560", "version": "1"})
    assert answer.status_code == 409
    assert "1/2560" in answer.content.decode()


def test_the_paper_itself_is_kept_private_and_another_takes_its_place(signed):
    product = make.product()
    sent = SENT | {"file": SimpleUploadedFile("ใบ มผช.png", files.picture())}
    assert signed.post(url("conformity-new", product), sent).status_code == 302
    held = Conformity.objects.select_related("paper").get()
    opened = reverse("registry:paper-show", args=[held.paper.public_id])
    assert opened in signed.get(url("product-show", product)).content.decode()
    assert signed.get(opened).status_code == 200
    client = Client()
    client.force_login(make.amphoe_officer(make.OTHER_AMPHOE))
    assert client.get(opened).status_code == 404

    kept = SENT | {"version": "1"}
    assert signed.post(url("conformity-edit", product, held), kept).status_code == 302
    held.refresh_from_db()
    assert reverse("registry:paper-show", args=[held.paper.public_id]) == opened  # nothing chosen, nothing lost
    again = kept | {"version": "2", "file": SimpleUploadedFile("b.png", files.picture())}
    assert signed.post(url("conformity-edit", product, held), again).status_code == 302
    line = History.objects.filter(act="standard_changed").latest("id")
    assert line.before["paper"] in opened
    assert line.after["paper"] not in opened


def test_a_file_that_is_no_paper_is_refused_beside_its_field(signed):
    product = make.product()
    answer = signed.post(url("conformity-new", product), SENT | {"file": SimpleUploadedFile("a.pdf", b"MZ no paper")})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert not Conformity.objects.exists()


def test_one_mark_with_one_number_stays_recorded_once_when_corrected():
    product = make.product()
    make.conformity(product, number="1/2560")
    other = make.conformity(product, number="2/2560")
    with pytest.raises(Refused) as raised:
        change_conformity(
            by=None, conformity=other, version=1, standard=other.standard, number="1/2560", valid_from=None, valid_to=None
        )
    assert raised.value.codes == ["standard_recorded"]


def test_a_paper_of_another_product_is_not_found(signed):
    held = make.conformity(make.product())
    assert signed.get(url("conformity-edit", make.product(), held)).status_code == 404


# --- lapsed papers --------------------------------------------------------------------------------------------------------


def test_lapsed_papers_are_seen_on_the_page_and_in_the_list_until_a_later_one_follows(signed):
    product, sound = make.product(name="ผ้าหมดอายุ"), make.product(name="ผ้าปกติ")
    make.conformity(product, valid_to=today() - timedelta(1))
    make.conformity(sound)
    words = "ใบรับรองหมดอายุ"
    assert words in signed.get(url("product-show", product)).content.decode()
    assert words not in signed.get(url("product-show", sound)).content.decode()

    def listed(papers: str) -> list[str]:
        page = signed.get(reverse("registry:product-list"), {"papers": papers})
        return [row.name for row in page.context["page_obj"]]

    assert listed("lapsed") == ["ผ้าหมดอายุ"]
    assert [row.papers_lapsed for row in signed.get(reverse("registry:product-list")).context["page_obj"]] == [False, True]
    make.conformity(product, number="248/2552", valid_from=today(), valid_to=today() + timedelta(30))
    assert listed("lapsed") == []
    assert listed("soon") == ["ผ้าหมดอายุ"]
    assert words not in signed.get(url("product-show", product)).content.decode()
