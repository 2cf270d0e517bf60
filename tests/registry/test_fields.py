"""Fields read what people write, and forms say what is missing."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from registry.forms.fields import AreaPicker, AreaTyped, DayField, HundredthsField, LookForm, WholeField, YearField
from registry.models import Area

KALASIN = Area(code="46", level="province", name_th="กาฬสินธุ์", name_en="Kalasin", parent=None)
NA_MON = Area(code="4602", level="amphoe", name_th="นามน", name_en="Na Mon", parent=KALASIN)
NONG_BUA = Area(code="460205", level="tambon", name_th="หนองบัว", name_en="Nong Bua", parent=NA_MON)


class Small(LookForm, forms.Form):
    name_en = forms.CharField()
    agreed = forms.BooleanField()
    story = forms.CharField(widget=forms.Textarea, required=False)
    day = DayField(required=False)


def test_a_look_form_dresses_its_widgets_and_says_what_is_missing() -> None:
    form = Small({"day": "18 กันยายน 2567"})
    with override("en"):
        assert form.errors["name_en"] == ["Fill this in."]
        drawn = str(form["name_en"])
    assert 'class="inp"' in drawn
    assert 'lang="en"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_en_error"' in drawn
    assert "required" not in drawn
    assert "class=" not in str(form["agreed"])
    assert 'rows="4"' in str(form["story"])
    assert "cols" not in str(form["story"])
    assert form.cleaned_data["day"] == date(2024, 9, 18)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (DayField(), "๑๘ กันยายน ๒๕๖๗", date(2024, 9, 18)),
        (DayField(), "18/09/2024", date(2024, 9, 18)),
        (YearField(), "๒๕๖๗", 2567),
        (YearField(), "2024", 2567),
        (WholeField(), "๑,๒๐๐", 1200),
        (HundredthsField(), "68.5", 6850),
        (DayField(required=False), "", None),
    ],
)
def test_fields_read_what_people_write(field: forms.Field, typed: str, value: object) -> None:
    assert field.clean(typed) == value
    if value is not None:
        assert field.clean(field.prepare_value(value)) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (DayField(), "วันวาน"), (DayField(), "30/02/2567"), (YearField(), "67"), (WholeField(), "หกสิบผืน"),
        (WholeField(), "1.5"), (WholeField(), "99999999999"), (WholeField(least=1), "0"), (HundredthsField(), "1.234"),
        (WholeField(), "9" * 2000), (DayField(), "1" * 2000),
    ],
)  # fmt: skip
def test_fields_refuse_the_rest_in_a_sentence(field: forms.Field, typed: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert len(refused.value.messages[0]) > 10


def test_a_written_field_shows_again_what_was_typed() -> None:
    assert WholeField().prepare_value("หกสิบ") == "หกสิบ"
    assert not WholeField().has_changed(1200, "๑,๒๐๐")
    assert WholeField().has_changed(1200, "หกสิบ")


def test_an_area_picker_gives_code_and_text() -> None:
    picker = AreaPicker()
    assert picker.value_from_datadict({"area": "460205", "area_typed": " หนองบัว "}, {}, "area") == AreaTyped("460205", "หนองบัว")
    picker.candidates = [NONG_BUA]
    with override("th"):
        drawn = picker.render("area", AreaTyped("", '<b>"'), {"id": "id_area"})
    assert 'type="radio" name="area" value="460205"' in drawn
    assert "อ.นามน จ.กาฬสินธุ์ · 460205" in drawn
    assert '<b>"' not in drawn
    assert 'type="hidden"' not in drawn


def test_an_area_picker_shows_the_path_of_what_is_chosen() -> None:
    with override("th"):
        drawn = AreaPicker().render("area", NONG_BUA, {"id": "id_area"})
    assert 'name="area" value="460205"' in drawn
    assert "ต.หนองบัว อ.นามน จ.กาฬสินธุ์ · 460205" in drawn
