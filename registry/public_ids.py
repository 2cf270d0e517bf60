"""Short public identifiers: eight letters that can be read out, typed from paper, and checked for slips."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE = len(ALPHABET)
LENGTH = 8
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"} | {chr(0x0E50 + digit): str(digit) for digit in range(10)})
_DROPPED = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")


def new_public_id() -> str:
    """Seven random letters of Crockford's base 32 (35 bits) and one check letter.

    Two of 100,000 rows share an identifier with a chance of about one in seven, so the column is unique and the writer
    draws again; it identifies a row and is no secret.
    """
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return letters + check_letter(letters)


def check_letter(letters: str) -> str:
    """The Luhn mod 32 check letter of `letters` (each from ALPHABET, else ValueError).

    It catches every change of one letter, and every swap of two neighbours but `0Z` with `Z0`: those two values are
    the one pair that the method doubles to the same sum.
    """
    total = sum(_weighed(letter, position) for position, letter in enumerate(reversed(letters), start=1))
    return ALPHABET[-total % BASE]


def is_valid_public_id(text: str) -> bool:
    """Whether `text` is a public identifier as written by the system: upper case, eight letters, check letter right."""
    return len(text) == LENGTH and _VALUE.keys() >= set(text) and check_letter(text[:-1]) == text[-1]


def clean_public_id(text: str) -> str:
    """What a person meant when typing an identifier: upper case, O as 0, I and L as 1, no hyphens, no spaces.

    Takes any text and refuses nothing; ask `is_valid_public_id` about the outcome.
    """
    kept = (letter for letter in text.upper() if letter not in _DROPPED and not letter.isspace())
    return "".join(kept).translate(_READ_AS)


def _weighed(letter: str, position: int) -> int:
    """The letter's value, doubled at odd positions from the right, as the sum of its digits in base 32."""
    if letter not in _VALUE:
        raise ValueError(f"not a letter of the alphabet: {letter!r}")
    value = _VALUE[letter] * (1 + position % 2)
    return value // BASE + value % BASE
