"""A line about what the data of the user's areas lack."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import Product, User
from registry.models.quality import OF_PRODUCTS, lacking
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers


@provider
def data_to_mend(user: User, at: datetime) -> Iterable[Ask]:
    """One line for all products of the user's areas that fail a check."""
    if not registers(user, at):
        return
    fails = Q()
    for check in OF_PRODUCTS:
        fails |= lacking(check, at)
    yield Ask(
        rows=Product.objects.visible_to(user).active().filter(fails, origin=user.origin), area="area",
        many=lambda count: Line(
            what=_("Products whose data lack something: %(count)s") % {"count": how_many(count)},
            why=_("Photograph, price, story, origin of the material, papers: go through them one after another."),
            url=reverse("registry:quality"), group=Group.MINE, where=_("Register"), count=count,
        ),
    )  # fmt: skip
