"""The tree of areas and finding a place in it by any part of its name."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.forms.areas import AreaField, find_areas
from registry.forms.fields import AreaTyped
from registry.levels import Level, parent_code
from registry.models import Area
from tests import make

pytestmark = pytest.mark.django_db


def codes(typed: str, level: str | None = Level.TAMBON, user: object = None, **rest) -> list[str]:
    return [area.code for area in find_areas(typed, level, user, **rest).areas]


def test_the_whole_country_is_there():
    counted = {level.value: Area.objects.current().of_level(level).count() for level in Level}
    assert counted == {"central": 1, "region": 4, "province": 77, "amphoe": 928, "tambon": 7436}


def test_the_tree_agrees_with_the_codes():
    areas = Area.objects.select_related("parent")
    assert all(area.parent_id is None or area.parent.code == parent_code(area.code) for area in areas)
    home = make.area()
    assert [area.code for area in home.path()] == ["46", "4602", "460205"]
    inside = Area.objects.within(make.area("4602"))
    assert {area.code[:4] for area in inside} == {"4602"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("หนองบัว นามน", ["460205"]),
        ("ต.หนองบัว อ.นามน จ.กาฬสินธุ์", ["460205"]),
        ("ตำบลหนองบัวอำเภอนามน", ["460205"]),
        ("nong bua kalasin", ["460205", "461202"]),
        ("NONGBUA Kalasin", ["460205", "461202"]),
        ("460205", ["460205"]),
        ("แขวงพระบรมมหาราชวัง", ["100101"]),
        ("ไม่มีที่ไหนชื่อนี้", []),
        ("บ", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_any_part_of_its_name(typed, found):
    assert codes(typed) == found


def test_ones_own_places_come_first_then_the_province():
    officer = make.recorder()
    first, second, third = codes("หนองบัว", user=officer)[:3]
    assert (first, second) == ("460205", "461202")
    assert not third.startswith("46")
    assert codes("หนองบัว", user=officer, mine_only=True) == ["460205"]


def test_every_level_can_be_asked_for():
    assert codes("กาฬสินธุ์", Level.PROVINCE) == ["46"]
    assert "4602" in codes("นามน", Level.AMPHOE)
    assert {len(code) for code in codes("หนองบัว", None)} >= {4, 6}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_the_search(typed):
    found = find_areas(typed, Level.TAMBON, None)
    assert len(found.areas) <= found.total


def field_says(code: str, typed: str, **rest):
    field = AreaField(**rest)
    field.user = make.recorder()
    return field.clean(AreaTyped(code, typed)), field


def test_the_field_takes_a_code_whose_name_still_stands_beside_it():
    area, _field = field_says("460205", "หนองบัว")
    assert area.code == "460205"


def test_the_field_searches_again_when_the_text_was_changed():
    area, _field = field_says("460205", "หนองบัว อาจสามารถ")
    assert area.code == "451408"


def test_text_that_fits_many_is_never_guessed():
    field = AreaField()
    field.user = make.recorder()
    with pytest.raises(Exception) as raised:  # noqa: PT011
        field.clean(AreaTyped("", "หนองบัว"))
    assert raised.value.code == "many"
    assert field.widget.candidates[0].code == "460205"


@pytest.mark.parametrize(("code", "typed", "error"), [
    ("", "", "required"), ("999999", "", "unknown"), ("46", "", "unknown"), ("\x00", "", "unknown"),
    ("4" * 5000, "", "unknown"), ("", "ไม่มีที่ไหนชื่อนี้", "nowhere"),
])
def test_the_field_says_what_is_wrong(code, typed, error):
    with pytest.raises(Exception) as raised:  # noqa: PT011
        field_says(code, typed)
    assert raised.value.code == error


def test_the_search_answers_scripts_with_a_list_and_others_with_a_page(client):
    url = reverse("registry:area-search")
    page = client.get(url, {"q": "หนองบัว นามน"}).content.decode()
    part = client.get(url, {"q": "หนองบัว นามน", "level": "tambon"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "460205" in page
    assert "<html" not in part
    assert 'data-code="460205"' in part
    assert "จ.กาฬสินธุ์" in part


@pytest.mark.parametrize("typed", ["หนองบัว", "บ้าน"])
def test_a_search_costs_the_same_however_much_it_finds(client, django_assert_num_queries, typed):
    client.force_login(make.recorder())
    with django_assert_num_queries(4):  # session, user, reach, areas
        client.get(reverse("registry:area-search"), {"q": typed}, headers={"HX-Request": "true"})
