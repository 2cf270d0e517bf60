"""Lines about products that lack something: their category, their quadrant."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import Product, User, classified_as
from registry.quadrant import Quadrant
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers


@provider
def incomplete_products(user: User, at: datetime) -> Iterable[Ask]:
    """One line for all products of the user's areas that still lack their category."""
    if not registers(user, at):
        return
    yield Ask(
        rows=Product.objects.visible_to(user).active().filter(category=None), area="area", narrows=True,
        many=lambda count: Line(
            what=_("Products without a category: %(count)s") % {"count": how_many(count)},
            why=_("Until it has a category a product cannot enter a round."),
            url=reverse("registry:product-list") + "?complete=no", group=Group.MINE, where=_("Register"), count=count,
        ),
    )  # fmt: skip


@provider
def unclassified_products(user: User, at: datetime) -> Iterable[Ask]:
    """One line for all products whose answers fit no row of the quadrants' table."""
    if not registers(user, at):
        return
    yield Ask(
        rows=Product.objects.visible_to(user).active().filter(classified_as(Quadrant.UNCLASSIFIED)), area="area", narrows=True,
        many=lambda count: Line(
            what=_("Products that fit no quadrant: %(count)s") % {"count": how_many(count)},
            why=_("Go through the five answers again; where they are right, tell the department which ones fit no row."),
            url=reverse("registry:product-list") + "?quadrant=review", group=Group.QUESTION, where=_("Register"), count=count,
        ),
    )  # fmt: skip
