"""The tree of Areas: centre, regions, provinces, amphoes, tambons, with their past; the only file that knows mptt."""

from datetime import date
from typing import Any, Self

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey
from mptt.querysets import TreeQuerySet

from registry.levels import LEVEL_CHOICES, Level, long_name, short_name
from registry.thai import place_key, sort_key


def lies_in(lft: Any, rght: Any, field: str = "area") -> Q:
    """Rows whose area (by the field's name; "" for areas themselves) lies in the subtree from `lft` to `rght`, its top included.

    Asked of one column alone: with a condition on each end PostgreSQL takes them for independent and a small district in
    the middle of the tree for a sixth of the country, so that it reads the whole register for it.
    """
    return Q(**{f"{field}__lft__range" if field else "lft__range": (lft, rght)})


class AreaQuerySet(TreeQuerySet):
    def current(self) -> Self:
        """Areas that exist now: one row per code."""
        return self.filter(valid_to=None)

    def whole(self) -> Self:
        """Areas themselves, without the past states kept of them."""
        return self.filter(state_of=None)

    def at(self, day: date) -> Self:
        """Areas by the boundaries of `day`, each in the state (code, name, area above) it had then."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(Q(valid_to=None) | Q(valid_to__gt=day))

    def of_level(self, level: Level) -> Self:
        return self.filter(level=level)

    def within(self, area: "Area") -> Self:
        """The subtree of `area`, itself included."""
        return self.filter(lies_in(area.lft, area.rght, ""))

    def with_path(self) -> Self:
        """Areas with the ancestors that a path shows, in the same query."""
        return self.select_related("parent__parent__parent")


class AreaManager(TreeManager.from_queryset(AreaQuerySet)):  # type: ignore[misc]
    pass


class Area(MPTTModel):
    """A node of the tree, with official code (text), names without prefix, and the time it was valid.

    An area keeps its row for as long as it lasts, so everything that stands in it follows every change of name, code
    or boundary by itself. What it was before stays as a row of its own, a *past state* (`state_of`), in which nothing
    stands; it hangs below the area that was above it then.
    """

    code = models.CharField(_("code"), max_length=8)
    level = models.CharField(_("level"), max_length=8, choices=LEVEL_CHOICES)
    name_th = models.CharField(_("Thai name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    name_sort = models.CharField(max_length=240, editable=False, db_collation="C")
    name_key = models.CharField(max_length=120, editable=False)
    parent = TreeForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    state_of = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="past_states")

    objects = AreaManager()

    class MPTTMeta:
        level_attr = "depth"

    class Meta:
        ordering = ["lft"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=None), name="one_current_area_per_code"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="area_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(state_of=None) | Q(valid_to__isnull=False), name="a_past_state_of_an_area_has_ended"
            ),
        ]
        indexes = [
            models.Index(fields=["lft", "rght"], name="area_subtree"),
            models.Index(fields=["level", "name_key"], name="area_level_name"),
            models.Index(fields=["code"], name="area_by_code"),
        ]

    def __str__(self) -> str:
        return self.long_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_sort, self.name_key = sort_key(self.name_th), place_key(self.name_th)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th

    @property
    def long_name(self) -> str:
        """The name with its full prefix, as on papers: อำเภอนามน."""
        return long_name(Level(self.level), self.name_th, self.code)

    @property
    def short_name(self) -> str:
        """The name with its short prefix, as in lists: อ.นามน."""
        return short_name(Level(self.level), self.name_th, self.code)

    def path(self) -> "list[Area]":
        """From the province down to this area, for a path that is always whole; reads `parent`s (use with_path())."""
        chain: list[Area] = []
        node: Area | None = self
        while node is not None and Level(node.level).rank >= Level.PROVINCE.rank:
            chain.append(node)
            node = None if node.level == Level.PROVINCE else node.parent
        return chain[::-1]

    @property
    def has_ended(self) -> bool:
        return self.valid_to is not None

    def contains(self, other: "Area") -> bool:
        return bool(self.lft <= other.lft and other.rght <= self.rght)


class AreaSuccession(models.Model):
    """A code that ended and the one that took its place, whole or in part."""

    old = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="predecessions")
    on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="one_link_between_two_areas")]


NUMBERED = """
UPDATE registry_area a SET lft = n.lft, rght = n.rght, depth = n.depth
FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[]) n(id, lft, rght, depth) WHERE a.id = n.id
"""


def number_tree() -> int:
    """Numbers the whole tree afresh, siblings by code and what has ended behind them; gives how many rows that were.

    The numbers lie above every number given before: a request that read the old ones finds nothing with them, never
    somebody else's rows. Three statements however much has changed; call it inside the transaction of the change.
    """
    rows = list(Area.objects.order_by("lft").values_list("pk", "parent_id", "level", "code", "valid_to", "rght"))
    below: dict[int | None, list[tuple[bool, str, int]]] = {}
    for place, (pk, parent, level, code, ended, _rght) in enumerate(rows):
        by_code = f"{place:06}" if level == Level.REGION else code
        below.setdefault(parent, []).append((ended is not None, by_code, pk))
    numbered: list[tuple[int, int, int, int]] = []
    following = max((row[-1] for row in rows), default=0) + 1
    for _ended, _code, pk in sorted(below.get(None, [])):
        following = _number_below(pk, following, 0, below, numbered)
    with connection.cursor() as cursor:
        cursor.execute(NUMBERED, [list(column) for column in zip(*numbered, strict=True)] if numbered else [[], [], [], []])
    return len(numbered)


def _number_below(
    pk: int, left: int, depth: int, below: dict[int | None, list[tuple[bool, str, int]]],
    numbered: list[tuple[int, int, int, int]],
) -> int:
    """Numbers one area and all below it from `left`; gives the next free number."""
    following = left + 1
    for _ended, _code, child in sorted(below.get(pk, [])):
        following = _number_below(child, following, depth + 1, below, numbered)
    numbered.append((pk, left, following, depth))
    return following + 1
