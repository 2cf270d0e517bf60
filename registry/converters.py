"""Pieces of addresses: a public id, in which slips are put right by `tidied`, and a digest."""

from datetime import date

from django.urls import Resolver404, resolve

from registry.public_ids import ALPHABET, LENGTH, clean_public_id, is_valid_public_id
from registry.thai import month_code, parse_month_code


class PublicIdConverter:
    """Eight letters with their check letter, exactly as the system writes them."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        if not is_valid_public_id(value):
            raise ValueError("the check letter does not fit")
        return value

    def to_url(self, value: str) -> str:
        return value


class DigestConverter:
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MonthConverter:
    """A month of the Buddhist Era, 2569-10, as its first day."""

    regex = r"2[45][0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return parse_month_code(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else month_code(value)


class SheetConverter:
    """The kind of a file that goes out: csv or xlsx."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def tidied(path: str) -> str | None:
    """The address meant by `path`, when a public id in it was typed with small letters, O for 0, I or L for 1, or
    hyphens; None when there is nothing to put right or the address would still lead nowhere.
    """
    pieces = path.split("/")
    for place, piece in enumerate(pieces):
        meant = clean_public_id(piece) if len(piece) < 3 * LENGTH else piece
        if meant != piece and is_valid_public_id(meant):
            better = "/".join([*pieces[:place], meant, *pieces[place + 1:]])
            try:
                resolve(better)
            except Resolver404:
                continue
            return better
    return None
