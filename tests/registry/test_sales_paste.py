"""A block pasted from a spreadsheet: columns and rows find their places, faults name the line and the way out."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.forms.sales_paste import read_block
from registry.models import Draft, Producer, Sale, SalesChannel
from tests import make
from tests.registry.test_sales import NOW, OCTOBER
from tests.registry.test_sales_grid import tell

PASTE = reverse("registry:sales-paste", args=[make.PARENT, OCTOBER])


@pytest.fixture(autouse=True)
def on_a_day_in_november(time_machine):
    time_machine.move_to(NOW, tick=True)


def read(client, text: str):
    answer = client.post(PASTE, {"pasted": text})
    return answer, answer.context["read"]


def taken_in(client, text: str, **more: str):
    """Reads, then gives the word as the browser would."""
    form = read(client, text)[0].context["form"]
    return client.post(PASTE, {"pasted": text, "seen": form["seen"].value(), "confirm": "1", **more})


@pytest.mark.django_db
def test_columns_and_rows_find_their_places_and_nothing_is_written_before_the_word(client):
    client.force_login(make.amphoe_officer())
    one, two = make.producer(name="กลุ่มทอผ้าบ้านโนน"), make.producer(make.SISTER, name="ครัวยายมี")
    text = f"ลำดับ\tออนไลน์\tชื่อผู้ผลิต\tเลขทะเบียน\tหน้าร้าน\n1\t๑,๒๕๐\tกลุ่มทอผ้า บ้านโนน\t\t0\n2\t\tชื่ออื่น\t{two.public_id.lower()}\t99.50\n"
    answer, block = read(client, text)
    assert (answer.status_code, block.passed_over, [line.producer for line in block.good]) == (200, ["ลำดับ"], [one, two])
    assert not Sale.objects.exists()
    assert taken_in(client, text).url == reverse("registry:sales-grid", args=[make.PARENT, OCTOBER, 1])
    assert set(Sale.objects.values_list("producer", "channel__code", "satang", "source")) == {
        (one.pk, "online", 125_000, "file"), (one.pk, "place", 0, "file"), (two.pk, "place", 9_950, "file"),
    }


@pytest.mark.django_db
def test_without_headings_the_columns_are_the_producer_and_the_channels(client):
    client.force_login(make.amphoe_officer())
    make.producer(name="ครัวยายมี")
    _answer, block = read(client, "ครัวยายมี\t10\t\t30")
    assert block.good[0].amounts == {"place": 1000, "online": 3000}


@pytest.mark.django_db
def test_each_faulty_line_says_its_number_and_the_remedy_and_stays_in_the_box(client):
    client.force_login(make.amphoe_officer())
    make.producer(name="ครัวยายมี")
    same = [make.producer(name="กลุ่มแม่บ้าน"), make.producer(make.SISTER, name="กลุ่มแม่บ้าน")]
    lines = ["ผู้ผลิต\tหน้าร้าน", "ครัวยายมี\t10", "กลุ่มแม่บ้าน\t5", "ไม่มีใคร\t5", "ครัวยายมี\t11", f"{same[0].public_id}\tห้าร้อย", "\t7"]
    answer, block = read(client, "\n".join(lines))
    assert [line.number for line in block.faulty] == [3, 4, 5, 6, 7]
    assert same[1].public_id in answer.content.decode()
    assert same[1].public_id in block.faulty[0].faults[0], block.faulty
    assert "ห้าร้อย" in block.faulty[3].faults[0]
    again = taken_in(client, "\n".join(lines))
    assert again.url == PASTE
    assert Sale.objects.get().satang == 1000
    assert Draft.objects.get().typed["pasted"] == "\n".join([lines[0], *lines[2:]])
    assert "ไม่มีใคร" in client.get(PASTE).content.decode()


@pytest.mark.django_db
def test_what_another_told_between_reading_and_the_word_is_shown_and_not_overwritten(client):
    client.force_login(make.amphoe_officer())
    one = make.producer(name="ครัวยายมี")
    text = "ครัวยายมี\t10"
    seen = read(client, text)[0].context["form"]["seen"].value()
    tell(one, 70_00)
    answer = client.post(PASTE, {"pasted": text, "seen": seen, "confirm": "1"})
    assert (answer.status_code, answer.context["conflict"][0][1:]) == (409, ("10", "70"))
    assert text in answer.content.decode()
    again = {"pasted": text, "seen": answer.context["form"]["seen"].value(), "confirm": "1"}
    assert client.post(PASTE, again).status_code == 302
    assert Sale.objects.live().get().satang == 10_00


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "  \n\t", "\x00", "ก\t1\n" * 501, "ก" * 100_001])
def test_what_is_no_block_is_an_error_of_the_box(client, text):
    client.force_login(make.amphoe_officer())
    answer = client.post(PASTE, {"pasted": text})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["pasted"])


@pytest.mark.django_db
def test_an_empty_cell_of_the_block_leaves_what_is_stored(client):
    client.force_login(make.amphoe_officer())
    one = make.producer(name="ครัวยายมี")
    tell(one, 5_00)
    taken_in(client, "ครัวยายมี\t\t8")
    assert dict(Sale.objects.live().values_list("channel__code", "satang")) == {"place": 5_00, "fair": 8_00}


@given(st.text(st.characters(codec="utf-8"), max_size=300) | st.lists(st.lists(st.sampled_from(
    ["", "ก", "ผู้ผลิต", "ออนไลน์", "10", "-", "๕", "รวม", "\x0b", '"']), max_size=5), max_size=6)
    .map(lambda rows: "\n".join("\t".join(row) for row in rows)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_without_breaking(text):
    producers = [Producer(pk=1, public_id="0000000G", name="ก", name_key="ก")]
    channels = [SalesChannel(pk=1, code="place", name_th="หน้าร้าน", name_en="Shop"),
                SalesChannel(pk=2, code="online", name_th="ออนไลน์", name_en="Online")]
    block = read_block(text, producers, channels)
    assert all(line.faults or (line.producer and line.amounts) for line in block.lines)
    assert len(block.good) <= 1
