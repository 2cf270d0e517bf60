"""Why two rows are thought to be one, in words, and what differs between them."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import Producer, Product
from registry.thai import COMMON_WORDS, match_key

Reason = str | Promise


def reasons(one: Any, other: Any) -> list[Reason]:
    """What the two have in common, from what both say now; no query where places and producers were fetched."""
    return [*_of_names(one, other), *_of_makers(one, other), *_of_places(one, other)]


def _of_names(one: Any, other: Any) -> Iterator[Reason]:
    if one.name_key == other.name_key:
        yield _("the same name")
    elif isinstance(one, Producer) and _bare(one.name_key) == _bare(other.name_key):
        yield _("the same name but for words that many groups have")
    else:
        yield _("names that are alike")


def _bare(key: str) -> str:
    for word in sorted((match_key(word) for word in COMMON_WORDS), key=len, reverse=True):
        key = key.replace(word, "")
    return key


def _of_makers(one: Any, other: Any) -> Iterator[Reason]:
    if isinstance(one, Product):
        yield _("the same producer") if one.producer_id == other.producer_id else _("producers whose names are alike")
        if one.category_id is not None and one.category_id == other.category_id:
            yield _("the same category")
    elif one.type == other.type:
        yield _("the same kind of producer")


def _of_places(one: Any, other: Any) -> Iterator[Reason]:
    if one.area_id == other.area_id:
        yield _("the same village") if one.village and one.village == other.village else _("the same tambon")
    elif one.area.parent_id == other.area.parent_id:
        yield _("the same amphoe")
