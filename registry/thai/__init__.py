"""Thai as it is typed and as it is kept: one form for storing, one key for equality, one for order; digits and dates.

Every function takes any text at all, lone surrogates included; only the `parse_` functions refuse, with ValueError.
"""

from registry.thai.dates import (
    MONTHS_EN,
    MONTHS_TH,
    MONTHS_TH_SHORT,
    date_words,
    date_words_th,
    letter_date,
    letter_year,
    parse_date,
    parse_year_be,
    year_be,
)
from registry.thai.digits import parse_hundredths, parse_number, parse_whole, to_arabic_digits, to_thai_digits
from registry.thai.forms import normalise, paragraphs
from registry.thai.keys import match_key, place_key, similarity, sort_key
from registry.thai.makers import COMMON_BEGINNINGS, COMMON_WORDS
from registry.thai.months import (
    baht_words,
    first_of_month,
    month_code,
    month_words,
    months_before,
    parse_baht,
    parse_month_code,
)
from registry.thai.numbers import juristic_words, parse_juristic_number

__all__ = [
    "COMMON_BEGINNINGS",
    "COMMON_WORDS",
    "MONTHS_EN",
    "MONTHS_TH",
    "MONTHS_TH_SHORT",
    "baht_words",
    "date_words",
    "date_words_th",
    "first_of_month",
    "juristic_words",
    "letter_date",
    "letter_year",
    "match_key",
    "month_code",
    "month_words",
    "months_before",
    "normalise",
    "paragraphs",
    "parse_baht",
    "parse_date",
    "parse_hundredths",
    "parse_juristic_number",
    "parse_month_code",
    "parse_number",
    "parse_whole",
    "parse_year_be",
    "place_key",
    "similarity",
    "sort_key",
    "to_arabic_digits",
    "to_thai_digits",
    "year_be",
]
