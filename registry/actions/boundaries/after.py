"""What other rooms keep of areas and must bring up to date when areas, or who stands in them, have changed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from registry.models import Area, User

After = Callable[[Sequence[Area], User | None, datetime], None]
AFTER: list[After] = []


def after_change(function: After) -> After:
    """Adds one; it gets the areas touched, each with all in it, and runs within the same transaction."""
    AFTER.append(function)
    return function


def tell_all(areas: Sequence[Area], by: User | None, at: datetime) -> None:
    for follow in AFTER:
        follow(areas, by, at)
