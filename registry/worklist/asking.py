"""Counting all that a work list asks, and how large counts spread over the areas below, in one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import DateField, F, Func, IntegerField, JSONField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from registry.levels import short_name, short_name_en
from registry.models import Area, User, lies_in
from registry.paging import PER_PAGE
from registry.refusal import Named
from registry.worklist.lines import CAP, FEW, Ask, Line, SubArea

Answer = dict[str, Any]
AREA = ("code", "level", "name_th", "name_en")


class Answered(Subquery):
    """How many rows (to CAP + 1), the next day due, and the rows themselves where they are few, as one value."""

    template = (
        "(SELECT jsonb_build_object('count', count(*), 'due', min(_row.due),"
        " 'few', CASE WHEN count(*) <= %(few)s THEN jsonb_agg(to_jsonb(_row)) END) FROM (%(subquery)s) _row)"
    )
    output_field = JSONField()


class Counted(Subquery):
    """How many rows a subquery gives."""

    template = "(SELECT count(*) FROM (%(subquery)s) _row)"
    output_field = IntegerField()


class Spread(Subquery):
    """The areas of a subquery that have a count, as one list; OFFSET keeps PostgreSQL from counting twice."""

    template = "(SELECT jsonb_agg(to_jsonb(_row)) FROM (SELECT * FROM (%(subquery)s) _all OFFSET 0) _row WHERE _row.n > 0)"
    output_field = JSONField()


class WithParts(Func):
    """An answer and its spread, which PostgreSQL works out only for a count longer than a page."""

    template = (
        "(SELECT CASE WHEN (_a.said->>'count')::int > %(page)s THEN _a.said || jsonb_build_object('parts', %(spread)s)"
        " ELSE _a.said END FROM (SELECT %(answer)s AS said OFFSET 0) _a)"
    )
    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        (answer, counting), (spread, spreading) = (compiler.compile(part) for part in self.get_source_expressions())
        return self.template % {"page": PER_PAGE, "spread": spread, "answer": answer}, (*spreading, *counting)


def answered(asks: Sequence[Ask], user: User, area: Area | None, tops: Sequence[Area]) -> Iterator[Line]:
    """The lines of all asks, within `area` if one is given; what names no place is then left out. One query.

    Counts longer than a page tell how many lie in each area right below `tops`.
    """
    kept = [ask if area is None else within(ask, area) for ask in asks if area is None or ask.area]
    for ask, answer in zip(kept, answers_to(kept, user, tops) if kept else [], strict=True):
        if answer is None:  # no row could be in reach, so nothing was counted
            continue
        if ask.one and answer["few"]:
            yield from (dated(ask.one(row), row["due"]) for row in map(plain, answer["few"]))
        elif answer["count"]:
            line = dated(ask.many(answer["count"]), answer["due"])
            yield replace(line, parts=tuple(narrowed(ask, line, answer.get("parts") or ())))


def within(ask: Ask, area: Area) -> Ask:
    """The ask of no more than the subtree of `area`."""
    return replace(ask, rows=ask.rows.filter(lies_in(area.lft, area.rght, ask.area)))


def answers_to(asks: Sequence[Ask], user: User, tops: Sequence[Area]) -> list[Answer | None]:
    """One statement: a scalar subquery an ask."""
    below = Area.objects.current().filter(parent__in=[area.pk for area in tops]).order_by("lft")
    told = []
    for ask in asks:
        answer = Answered(listed(ask), few=FEW)
        told.append(WithParts(answer, Spread(below.values(*AREA, n=Counted(lying_in(ask))))) if ask.area and tops else answer)
    return list(User.objects.filter(pk=user.pk).values_list(*told).get())


def listed(ask: Ask) -> QuerySet[Any]:
    """The rows with no more than what a line needs of them; in no order where they are only counted."""
    due: Any = F(ask.day) if isinstance(ask.day, str) and ask.day else ask.day or Value(None)
    told = {f"r_{name}": F(lookup) for name, lookup in (ask.told or {}).items()}
    rows = ask.rows if ask.one else ask.rows.order_by()
    return rows.values(due=Cast(due, DateField()), **told)[: CAP + 1]


def lying_in(ask: Ask) -> QuerySet[Any]:
    """The rows of an ask within the area of the query around it."""
    return ask.rows.filter(lies_in(OuterRef("lft"), OuterRef("rght"), ask.area)).order_by().values("pk")[: CAP + 1]


def plain(row: Answer) -> Answer:
    """A row by the names that its provider gave."""
    return {name.removeprefix("r_"): value for name, value in row.items()}


def dated(line: Line, due: str | None) -> Line:
    """The line with its last day, where the rows tell one."""
    return replace(line, due=date.fromisoformat(due)) if due else line


def narrowed(ask: Ask, line: Line, parts: Sequence[Answer]) -> Iterator[SubArea]:
    """The parts of a line, each with the address of its page narrowed to the area, or of the work list itself."""
    joined = "&" if "?" in line.url else "?"
    for row in parts:
        code, level = row["code"], row["level"]
        name = Named(short_name(level, row["name_th"], code), short_name_en(level, row["name_en"], code))
        yield SubArea(str(name), row["n"], f"{line.url}{joined}area={code}" if ask.narrows else f"?area={code}")
