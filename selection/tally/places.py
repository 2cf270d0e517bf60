"""Places from scores, from an order, and from the lists of a committee's members (Borda)."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def places(scores: Mapping[K, Fraction | int]) -> dict[K, int]:
    """The place of each by its score, highest first; equals share a place and the next is skipped (1, 2, 2, 4)."""
    if any(isinstance(score, float) for score in scores.values()):
        raise ValueError("scores are exact, not floats")
    return places_from_order(
        [[key for key, _ in tied] for _, tied in groupby(_best_first(scores), key=lambda pair: pair[1])]
    )


def places_from_order(groups: Sequence[Sequence[K]]) -> dict[K, int]:
    """The places of an order given as groups, best first; those in one group are tied. Refuses one named twice."""
    _refuse_doubles(key for group in groups for key in group)
    placed: dict[K, int] = {}
    for group in groups:
        placed |= dict.fromkeys(group, len(placed) + 1)
    return placed


def borda(
    lists: Sequence[Sequence[Sequence[K]]], entries: Collection[K], recused: Sequence[Collection[K]]
) -> dict[K, Fraction]:
    """The points of each entry from the members' lists (each a list of tied groups, best first; may be partial).

    A list of n entries gives n − place; tied ones share the mean of their places, unranked ones share the mean of the
    places left. `recused` holds, list by list, the entries that member may not judge: his list is over the others and
    is scaled to run from 0 to n − 1 like the rest, and an entry that fewer lists count has its points scaled up to all
    lists. A list left with one entry gives it the middle. Refuses a list that names a stranger, a recused entry or one
    entry twice, and an entry that no member may judge.
    """
    if len(lists) != len(recused):
        raise ValueError("each list needs its member's recusals, even if there are none")
    points: dict[K, Fraction] = dict.fromkeys(entries, Fraction())
    counted: Counter[K] = Counter()
    for groups, barred in zip(lists, recused, strict=True):
        given = _points_of_list(groups, [entry for entry in points if entry not in barred], len(points))
        for entry, worth in given.items():
            points[entry] += worth
        counted.update(given.keys())
    if lists and any(counted[entry] == 0 for entry in points):
        raise ValueError("no member may judge one of the entries")
    return {entry: worth * Fraction(len(lists), counted[entry] or 1) for entry, worth in points.items()}


def _points_of_list(groups: Sequence[Sequence[K]], open_to_him: Sequence[K], entries: int) -> dict[K, Fraction]:
    """One member's points, scaled to run from 0 to `entries` − 1."""
    named = [key for group in groups for key in group]
    _refuse_doubles(named)
    if not set(named) <= set(open_to_him):
        raise ValueError("a list names an entry it may not rank")
    length = len(open_to_him)
    if length == 1:
        return {open_to_him[0]: Fraction(entries - 1, 2)}
    unranked = [key for key in open_to_him if key not in set(named)]
    given: dict[K, Fraction] = {}
    for group in (*groups, unranked):
        mean_place = len(given) + Fraction(len(group) + 1, 2)
        worth = (length - mean_place) * Fraction(entries - 1, length - 1)
        given |= dict.fromkeys(group, worth)
    return given


def _best_first(scores: Mapping[K, Fraction | int]) -> list[tuple[K, Fraction | int]]:
    return sorted(scores.items(), key=lambda pair: pair[1], reverse=True)


def _refuse_doubles(keys: Iterable[K]) -> None:
    doubled = [key for key, times in Counter(keys).items() if times > 1]
    if doubled:
        raise ValueError(f"named twice: {doubled!r}")
