"""Official numbers with a check digit, as they are typed and as they are kept."""

from stdnum.exceptions import ValidationError
from stdnum.th import moa

from registry.thai.digits import to_arabic_digits
from registry.thai.forms import normalise


def parse_juristic_number(text: str) -> str:
    """The 13 digits of a juristic person's number (เลขทะเบียนนิติบุคคล), from Thai or Arabic digits with or without hyphens.

    It begins with 0 and its last digit follows from the others; everything else is refused with ValueError.
    """
    typed = to_arabic_digits(normalise(text[:60]))
    try:
        return str(moa.validate(typed))
    except ValidationError as wrong:
        raise ValueError(f"not a juristic number: {type(wrong).__name__}") from wrong


def juristic_words(number: str) -> str:
    """The number in its official groups: 0-99-4-000-61772-1."""
    return str(moa.format(number)) if len(number) == 13 else number
