"""Personal data on plain ground: every field has a class, values open only in their place, numbers are read and masked."""

import stat
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from otop.keys import Ring
from registry.models import SEALED, Person, SealedField
from registry.personal import (
    CLASSES,
    OddNumber,
    Unreadable,
    blind_key,
    class_of,
    is_current,
    mask_name,
    mask_national_id,
    mask_phone,
    phone_as_written,
    read_national_id,
    read_phone,
    seal,
    unseal,
    without_numbers,
)
from tests import make

PLACE = {"table": "registry_person", "row": "7KQ2M4XD", "field": "phone"}
IDS = ["3100600445635", "1112034563562", "1509900258294", "8479988011441"]


def rows() -> list[tuple[str, str]]:
    """Each field of each model of ours, as ("registry.Producer", "name")."""
    models = [model for app in ("registry", "selection") for model in apps.get_app_config(app).get_models()]
    return [(model._meta.label, field.name) for model in models for field in (*model._meta.local_fields, *model._meta.local_many_to_many)]


def test_every_field_of_every_model_has_a_class() -> None:
    unsaid = [f"{model}.{field}" for model, field in rows() if class_of(model, field) is None]
    assert unsaid == [], f"name them in registry/personal/classes.py: {unsaid}"


def test_the_table_of_classes_names_nothing_that_is_gone() -> None:
    there = set(rows())
    told = {(model, field) for model, fields in CLASSES.items() for field in fields}
    assert told - there == set()


def test_personal_fields_of_a_person_are_sealed_and_no_other_model_hides_one() -> None:
    for field in Person._meta.local_fields:
        if field.name.endswith("_key"):
            continue  # keyed digests, of no use without the key
        assert (class_of("registry.Person", field.name) in ("personal", "secret")) == isinstance(field, SealedField), field.name
    assert {field.name for field in Person._meta.local_fields if isinstance(field, SealedField)} == set(SEALED)


@given(st.text(min_size=1, max_size=400).filter(lambda text: text.isprintable()))
def test_what_is_sealed_opens_in_its_place_only(text: str) -> None:
    sealed = seal(text, **PLACE)
    assert unseal(sealed, **PLACE) == text
    assert sealed != seal(text, **PLACE)  # a fresh nonce each time
    for moved in ({"row": "7KQ2M4XE"}, {"field": "address"}, {"table": "registry_producer"}):
        with pytest.raises(Unreadable):
            unseal(sealed, **{**PLACE, **moved})


def test_a_changed_byte_does_not_open_and_the_fault_says_nothing() -> None:
    sealed = seal("0812345678", **PLACE)
    for at in range(2, len(sealed) - 2):
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(Unreadable) as fault:
            unseal(changed, **PLACE)
        assert "0812345678" not in str(fault.value)
        assert fault.value.__cause__ is None


def test_nothing_stays_nothing_and_rubbish_is_unreadable() -> None:
    assert seal("", **PLACE) == unseal("", **PLACE) == blind_key("", "phone") == ""
    for rubbish in ("x", "1:", "1:!!", "99:AAAA", "0812345678", "a:b"):
        with pytest.raises(Unreadable):
            unseal(rubbish, **PLACE)


def test_keys_are_kept_for_their_owner_only_and_turn(settings: object, tmp_path: Path) -> None:
    settings.PERSONAL_KEYS = Ring(tmp_path, "personal")
    first = seal("0812345678", **PLACE)
    kept = tmp_path / "keys" / "personal-1"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    other = Ring(tmp_path, "personal")  # another process, started before the turn
    assert other.newest() == 1
    assert settings.PERSONAL_KEYS.add() == 2
    second = seal("0812345678", **PLACE)
    assert (first[:2], second[:2], is_current(first), is_current(second)) == ("1:", "2:", False, True)
    assert unseal(first, **PLACE) == "0812345678"
    settings.PERSONAL_KEYS = other
    assert unseal(second, **PLACE) == "0812345678"  # it finds the newer key when it meets it


def test_keys_may_be_given_by_the_environment(tmp_path: Path) -> None:
    given_keys = tmp_path / "given"
    given_keys.write_text("django=a\npersonal-1=one\npersonal-2=two\n")
    ring = Ring(tmp_path, "personal", given=str(given_keys))
    assert (ring.newest(), ring.text(1), ring.text(2)) == (2, "one", "two")
    assert not (tmp_path / "keys").exists()
    with pytest.raises(PermissionError, match="personal-3"):
        ring.add()
    with pytest.raises(KeyError):
        ring.text(3)


def test_the_index_has_a_key_of_its_own_and_differs_by_field(settings: object) -> None:
    before = blind_key(make.ID, "national_id")
    assert before == blind_key(make.ID, "national_id") != blind_key(make.ID, "phone")
    settings.PERSONAL_INDEX_KEY = "another"
    assert blind_key(make.ID, "national_id") != before


@pytest.mark.parametrize("digits", IDS)
def test_national_ids_are_read_as_people_write_them(digits: str) -> None:
    grouped = f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"
    thai = grouped.translate({ord(str(digit)): chr(0x0E50 + digit) for digit in range(10)})
    assert {read_national_id(text) for text in (digits, grouped, thai, f" {digits} ", grouped.replace("-", " "))} == {digits}
    wrong = [digits[:at] + str(other) + digits[at + 1 :] for at in range(13) for other in range(10) if str(other) != digits[at]]
    passed = [text for text in wrong if is_read(text)]
    assert len(passed) < len(wrong) / 5  # the official check digit is of two rests in eleven the same
    assert not [text for text in passed if text[:-1] == digits[:-1]]


def is_read(text: str) -> bool:
    try:
        return bool(read_national_id(text))
    except OddNumber:
        return False


@pytest.mark.parametrize(("text", "code"), [
    ("310060044563", "wrong_length"), ("0100600445635", "wrong_start"), ("3100600445636", "wrong_check"), ("3100600a45635", "not_digits"),
])  # fmt: skip
def test_a_wrong_national_id_says_how(text: str, code: str) -> None:
    with pytest.raises(OddNumber) as odd:
        read_national_id(text)
    assert odd.value.code == code
    assert text not in str(odd.value)


@pytest.mark.parametrize(("text", "phone", "masked", "written"), [
    ("081-234-5678", "0812345678", "08x-xxx-5678", "081-234-5678"),
    ("๐๘๑ ๒๓๔ ๕๖๗๘", "0812345678", "08x-xxx-5678", "081-234-5678"),
    ("+66 81 234 5678", "0812345678", "08x-xxx-5678", "081-234-5678"),
    ("02-123-4567", "021234567", "02x-xx-4567", "02-123-4567"),
    ("(043) 123456", "043123456", "04x-xx-3456", "043-123-456"),
])  # fmt: skip
def test_telephone_numbers(text: str, phone: str, masked: str, written: str) -> None:
    assert read_phone(text) == phone
    assert (mask_phone(phone), phone_as_written(phone)) == (masked, written)


@pytest.mark.parametrize("text", ["12345", "1812345678", "08123456789", "โทร 081", "0112345678"])
def test_what_is_no_telephone_number(text: str) -> None:
    with pytest.raises(OddNumber):
        read_phone(text)


def test_masks() -> None:
    assert mask_national_id("3100600445635") == "x-xxxx-xxxxx-63-5"
    assert [mask_name(name) for name in ("ใจดี", "สุขสันต์", "")] == ["จ…", "ส…", ""]


def test_numbers_of_people_are_hidden_in_running_text_and_others_stay() -> None:
    text = "ติดต่อ 081-234-5678 เลข 3-1006-00445-63-5 อย. 46-2-00101-2-0001 ราคา 1,250 มผช. 247/2552 รหัส 46-00012"
    hidden = without_numbers(text)
    assert "081-234-5678" not in hidden
    assert "3-1006-00445-63-5" not in hidden
    assert "46-2-00101-2-0001" in hidden
    assert "247/2552" in hidden


@pytest.mark.django_db
def test_the_database_keeps_only_what_is_sealed() -> None:
    person = make.person()
    for field in SEALED:
        with pytest.raises(IntegrityError, match="is_kept_sealed"), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**{field: "0812345678"})
