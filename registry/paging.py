"""Pages of a long list, counted no further than a cap, so that a page costs the same however long the list is."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PER_PAGE = 50
CAP = 1000


class CappedPaginator(Paginator):
    """Counts one row above CAP at most; `more` tells that there are rows behind the last page: narrow the search."""

    def __init__(self, rows: QuerySet[Any], per_page: int = PER_PAGE) -> None:
        super().__init__(rows, per_page, allow_empty_first_page=True)

    @cached_property
    def counted(self) -> int:
        return self.object_list.order_by().values("pk")[: CAP + 1].count()

    @property
    def more(self) -> bool:
        return self.counted > CAP

    @cached_property
    def count(self) -> int:
        return min(self.counted, CAP)


def page_of(rows: QuerySet[Any], number: str | None, per_page: int = PER_PAGE) -> Page:
    """The page of this number; the first for nonsense, the last for one too high. Two queries."""
    typed = number if number and len(number) <= 6 else None
    return CappedPaginator(rows, per_page).get_page(typed)
