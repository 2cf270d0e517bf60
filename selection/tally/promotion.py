"""Who goes up from a settled order: quotas, least totals, and ties at the edge that nothing breaks by accident."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class PromotionKind(StrEnum):
    """Who goes up: everyone, the best so many, those with at least so much, or the best so many of those."""

    ALL = "all"
    QUOTA = "quota"
    LEAST = "least"
    QUOTA_AND_LEAST = "quota_and_least"


class TieRule(StrEnum):
    """What happens to those tied across the edge of a quota."""

    ALL_UP = "all_up"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """How many go up: `quota` is a number of entries, `least_total` a total in hundredths, each where `kind` asks."""

    kind: str
    quota: int | None = None
    least_total: int | None = None

    def __post_init__(self) -> None:
        PromotionKind(self.kind)
        if self.has_quota and (self.quota is None or self.quota < 0):
            raise ValueError("the rule needs a quota of 0 or more")
        if self.has_least and self.least_total is None:
            raise ValueError("the rule needs a least total")

    @property
    def has_quota(self) -> bool:
        return self.kind in (PromotionKind.QUOTA, PromotionKind.QUOTA_AND_LEAST)

    @property
    def has_least(self) -> bool:
        return self.kind in (PromotionKind.LEAST, PromotionKind.QUOTA_AND_LEAST)


@dataclass(frozen=True, slots=True)
class Promotion(Generic[K]):
    """Who goes up; who is tied across the edge and still undecided; and how many of those have room."""

    up: frozenset[K]
    edge: frozenset[K]
    room: int


def promote(
    places: Mapping[K, int],
    *,
    rule: PromotionRule,
    totals: Mapping[K, int] | None = None,
    tie_rule: str,
    decided: Collection[K] = (),
) -> Promotion[K]:
    """Who goes up from a settled order under `rule`.

    Whole groups of equal places go up while the quota has room. A group that would overfill it stands at the edge:
    under `all_up` all of it goes up (the one way to exceed a quota); under `committee` only those in `decided` do, and
    until they fill the room the rest stay in `edge`. `totals` (hundredths) are asked only by a rule with a least total.
    Refuses a decision about anyone not at the edge, or about more than there is room for.
    """
    tie = TieRule(tie_rule)
    eligible = _eligible(places, rule, totals or {})
    if not rule.has_quota:
        return _decided(frozenset(eligible), frozenset(), 0, frozenset(decided))
    up, edge, room = _up_to_quota(eligible, rule.quota or 0)
    if tie is TieRule.ALL_UP:
        up, edge, room = up | edge, frozenset(), 0
    return _decided(up, edge, room, frozenset(decided))


def _eligible(places: Mapping[K, int], rule: PromotionRule, totals: Mapping[K, int]) -> dict[K, int]:
    """The places of those who reach the rule's least total, if it has one."""
    if not rule.has_least or rule.least_total is None:
        return dict(places)
    if missing := places.keys() - totals.keys():
        raise ValueError(f"no total for {len(missing)} of the entries")
    return {key: place for key, place in places.items() if totals[key] >= rule.least_total}


def _up_to_quota(places: Mapping[K, int], quota: int) -> tuple[frozenset[K], frozenset[K], int]:
    """Those surely up, those tied across the edge, and the room left for them (0 where the edge falls cleanly)."""
    up: set[K] = set()
    by_place = sorted(places.items(), key=lambda pair: pair[1])
    for _, pairs in groupby(by_place, key=lambda pair: pair[1]):
        group = frozenset(key for key, _ in pairs)
        room = quota - len(up)
        if len(group) > room:
            return frozenset(up), group if room else frozenset(), room
        up |= group
    return frozenset(up), frozenset(), 0


def _decided(up: frozenset[K], edge: frozenset[K], room: int, decided: frozenset[K]) -> Promotion[K]:
    """The promotion after the committee has chosen `decided` among those at the edge."""
    if not decided <= edge or len(decided) > room:
        raise ValueError("the committee decides about those tied at the edge, as far as there is room")
    left = room - len(decided)
    return Promotion(up=up | decided, edge=edge - decided if left else frozenset(), room=left)
