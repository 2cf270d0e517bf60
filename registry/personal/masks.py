"""How personal values are shown until somebody gives a reason to see them."""

from collections.abc import Callable, Mapping

LEADING_VOWELS = "เแโใไ"
HIDDEN = "•••"


def mask_national_id(digits: str) -> str:
    """x-xxxx-xxxxx-12-3: the last three digits, enough to compare with a card."""
    return f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12:]}" if len(digits) == 13 else HIDDEN


def mask_phone(phone: str) -> str:
    """08x-xxx-1234."""
    if len(phone) not in (9, 10):
        return HIDDEN
    middle = "xxx" if len(phone) == 10 else "xx"
    return f"{phone[:2]}x-{middle}-{phone[-4:]}"


def mask_name(last_name: str) -> str:
    """The first consonant of a family name: ใจดี → จ…."""
    letter = next((letter for letter in last_name if letter not in LEADING_VOWELS), "")
    return f"{letter}…" if letter else ""


MASKS: Mapping[str, Callable[[str], str]] = {
    "national_id": mask_national_id, "phone": mask_phone, "last_name": mask_name,
}  # fmt: skip


def mask(field: str, text: str) -> str:
    """`text` as it is shown masked; nothing for nothing; hidden whole when the field has no mask of its own."""
    if not text:
        return ""
    return MASKS[field](text) if field in MASKS else HIDDEN
