"""Personal data on plain ground: the class of every field, sealing and searching, masks, numbers as people write them."""

from registry.personal.classes import CLASSES, FieldClass, class_of
from registry.personal.masks import HIDDEN, mask, mask_name, mask_national_id, mask_phone
from registry.personal.numbers import OddNumber, phone_as_written, read_national_id, read_phone, without_numbers
from registry.personal.sealing import LOOKS_SEALED, Unreadable, blind_key, is_current, seal, unseal

__all__ = [
    "CLASSES",
    "HIDDEN",
    "LOOKS_SEALED",
    "FieldClass",
    "OddNumber",
    "Unreadable",
    "blind_key",
    "class_of",
    "is_current",
    "mask",
    "mask_name",
    "mask_national_id",
    "mask_phone",
    "phone_as_written",
    "read_national_id",
    "read_phone",
    "seal",
    "unseal",
    "without_numbers",
]
