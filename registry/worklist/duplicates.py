"""A line about rows that may be twice in the register."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import AlikeProducers, AlikeProducts, User
from registry.worklist.lines import Group, Line, capped, how_many, provider, registers


@provider
def pairs_to_look_at(user: User, at: datetime) -> Iterable[Line]:
    """One line for all pairs of the user's areas, which leads to the producers first: merging them brings their products together."""
    if not registers(user, at):
        return
    producers, products = (capped(model.objects.visible_to(user).open()) for model in (AlikeProducers, AlikeProducts))
    if count := producers + products:
        yield Line(
            what=_("Perhaps twice in the register: %(count)s pairs") % {"count": how_many(count)},
            why=_("Say of each pair whether it is one or two."), group=Group.QUESTION, where=_("Register"), count=count,
            url=reverse("registry:duplicate-producers" if producers else "registry:duplicate-products"),
        )
