"""Changes of areas as acts with their legal ground, what they leave to be asked, and the tree as it was on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, AreaSuccession, lies_in
from registry.models.producers import Producer
from registry.models.products import Product
from registry.models.rows import EditableRow, Origin
from registry.models.scope import reach


class ChangeKind(models.TextChoices):
    RENAME = "rename", _("new name")
    RECODE = "recode", _("new code")
    SPLIT = "split", _("division")
    MERGE = "merge", _("union")


class ChangeState(models.TextChoices):
    PLANNED = "planned", _("waits for its day")
    DONE = "done", _("carried out")
    CANCELLED = "cancelled", _("called off")


class AreaChangeQuerySet(models.QuerySet["AreaChange"]):
    def visible_to(self, user: object) -> Self:
        """What became of areas is for everybody who signs in."""
        return self.all() if getattr(user, "is_authenticated", False) else self.none()

    def planned(self) -> Self:
        return self.filter(state=ChangeState.PLANNED)


class AreaChange(EditableRow):
    """One change of areas from a day on, as ordered; `orders` hold codes and names, `on` the day it takes effect."""

    kind = models.CharField(_("kind"), max_length=6, choices=ChangeKind.choices)
    on = models.DateField(_("takes effect on"))
    gazette = models.CharField(_("legal reference"), max_length=160)
    source_note = models.TextField(_("source note"), blank=True)
    orders = models.JSONField()
    state = models.CharField(max_length=9, choices=ChangeState.choices, default=ChangeState.PLANNED)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AreaChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(gazette=""), name="a_change_of_areas_names_its_ground"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at=None)),
                name="a_change_carried_out_has_its_time",
            ),
        ]


class PlaceQuestionQuerySet(models.QuerySet["PlaceQuestion"]):
    def visible_to(self, user: object) -> Self:
        """Questions about places within the user's offices and seats; nothing for a stranger."""
        condition = Q(pk__in=[])
        for lft, rght in reach(user):
            condition |= lies_in(lft, rght)
        return self.filter(condition)

    def open(self) -> Self:
        return self.filter(answer=None)


class PlaceQuestion(EditableRow):
    """In which part of a divided tambon a producer (with its products made there) or a product stands; never guessed."""

    change = models.ForeignKey(AreaChange, on_delete=models.PROTECT, related_name="questions")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    objects = PlaceQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["area", "id"]
        indexes = [models.Index(fields=["area"], condition=Q(answer=None), name="open_place_questions")]
        constraints = [
            models.CheckConstraint(
                condition=Q(producer=None, product__isnull=False) | Q(producer__isnull=False, product=None),
                name="a_question_of_place_is_about_one_thing",
            ),
            models.UniqueConstraint(fields=["change", "producer"], name="a_producer_is_asked_once_per_change"),
            models.UniqueConstraint(fields=["change", "product"], name="a_product_is_asked_once_per_change"),
        ]

    @property
    def row(self) -> Producer | Product:
        """The producer or product that is asked about."""
        found: Any = self.producer or self.product
        return found


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The tree as it was on a day: `codes` gives, for areas whose code then was another than on their own row, that code.

    An area that did not stand on that day counts in the one area it came from or went into; where there are several,
    nobody can say, and the code is that of the lowest area that is sure: the one above.
    """

    day: date
    codes: dict[int, str]

    @property
    def moved(self) -> tuple[list[int], list[str]]:
        """Ids and codes as two columns, for a query."""
        return list(self.codes), list(self.codes.values())

    def code_of(self, area: Area) -> str:
        """The code under which what stands in `area` counts by these boundaries."""
        return self.codes.get(area.pk, area.code)


def boundaries_of(day: date) -> Boundaries:
    """What differs between the tree of `day` and the rows of today; three queries, over changed areas only."""
    changed = Area.objects.filter(Q(valid_from__isnull=False) | Q(valid_to__isnull=False) | Q(past_states__isnull=False))
    rows = {row.pk: row for row in changed.distinct()}
    walk = _Walk(day, rows)
    for old, new in AreaSuccession.objects.values_list("old_id", "new_id"):
        before, after = walk.own(old), walk.own(new)
        if before != after:
            walk.after[before].add(after)
            walk.before[after].add(before)
    return Boundaries(day, {pk: code for pk in rows if rows[pk].state_of_id is None and (code := walk.code(pk)) is not None})


class _Walk:
    """Looks for the state an area had on a day, along what it came from and what it became."""

    def __init__(self, day: date, rows: dict[int, Area]) -> None:
        self.day, self.rows = day, rows
        self.before: dict[int, set[int]] = defaultdict(set)
        self.after: dict[int, set[int]] = defaultdict(set)
        self.states: dict[int, list[Area]] = defaultdict(list)
        for row in rows.values():
            self.states[row.state_of_id or row.pk].append(row)

    def own(self, pk: int) -> int:
        """The area itself, for it or a past state of it."""
        return self.rows[pk].state_of_id or pk if pk in self.rows else pk

    def code(self, pk: int) -> str | None:
        """The code to count under, when it is another than the area's own."""
        state = self.state(pk)
        if state is not None:
            return None if state.pk == pk else state.code
        above = self.rows[pk].parent_id
        return (self.code(above) if above in self.rows else None) or Area.objects.get(pk=above).code

    def state(self, pk: int, seen: frozenset[int] = frozenset()) -> Area | None:
        """The one state on the day of what stands in `pk`; None when it may be one of several."""
        for row in self.states[pk]:
            if (row.valid_from is None or row.valid_from <= self.day) and (row.valid_to is None or row.valid_to > self.day):
                return row
        own = self.rows.get(pk)
        if own is None or pk in seen:
            return own
        ended = own.valid_to is not None and own.valid_to <= self.day
        ways = self.after[pk] if ended else self.before[pk]
        if len(ways) != 1:
            return None
        return self.state(next(iter(ways)), seen | {pk})
