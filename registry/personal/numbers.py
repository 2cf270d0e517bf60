"""National IDs and telephone numbers as people write them, and as they are kept: Arabic digits without signs."""

import re

from stdnum.exceptions import ValidationError
from stdnum.th import pin

from registry.thai import normalise, to_arabic_digits

_SIGNS = re.compile(r"[\s().\-\u2010-\u2015\u2212]+")
_PHONE = re.compile(r"0(?:[2-7]\d{7}|[689]\d{8})", re.ASCII)
_RUN = re.compile(r"(?<!\d)\+?\d(?:[ .\-\u2010-\u2015]?\d){8,13}(?!\d)")
DIGITS_OF_ID = 13


class OddNumber(ValueError):
    """A number that cannot be one; `code` says how: not_digits, wrong_length, wrong_check, wrong_start."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_national_id(text: str) -> str:
    """The thirteen digits of a national ID, its check digit right; OddNumber, which never repeats what was typed."""
    digits = _digits(text)
    if len(digits) != DIGITS_OF_ID:
        raise OddNumber("wrong_length")
    if digits[0] in "09":
        raise OddNumber("wrong_start")
    try:
        return str(pin.validate(digits))
    except ValidationError:
        raise OddNumber("wrong_check") from None


def read_phone(text: str) -> str:
    """A Thai number from its leading 0 on: nine digits of a house, ten of a mobile; +66 is read as 0."""
    digits = _digits(text)
    if digits.startswith("66") and len(digits) in (10, 11):
        digits = f"0{digits[2:]}"
    if not _PHONE.fullmatch(digits):
        raise OddNumber("wrong_length" if len(digits) not in (9, 10) else "wrong_start")
    return digits


def phone_as_written(phone: str) -> str:
    """0812345678 → 081-234-5678; 043123456 → 043-123-456; 021234567 → 02-123-4567."""
    if len(phone) == 9 and phone.startswith("02"):
        return f"{phone[:2]}-{phone[2:5]}-{phone[5:]}"
    return f"{phone[:3]}-{phone[3:6]}-{phone[6:]}"


def without_numbers(text: str) -> str:
    """`text` with every valid national ID and telephone number in it made unreadable; other numbers stay."""
    return _RUN.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    for read in (read_national_id, read_phone):
        try:
            read(found[0])
        except OddNumber:
            continue
        return "x" * len(found[0])
    return found[0]


def _digits(text: str) -> str:
    bare = _SIGNS.sub("", to_arabic_digits(normalise(text))).removeprefix("+")
    if not bare.isascii() or not bare.isdigit():
        raise OddNumber("not_digits")
    return bare
