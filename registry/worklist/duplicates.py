"""Lines about rows that may be twice in the register."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import AlikeProducers, AlikeProducts, User
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers


@provider
def pairs_to_look_at(user: User, at: datetime) -> Iterable[Ask]:
    """A line for the pairs of producers of the user's areas, and one for those of products."""
    if not registers(user, at):
        return
    why = _("Say of each pair whether it is one or two.")
    yield _pairs(
        AlikeProducers.objects.visible_to(user).open(), reverse("registry:duplicate-producers"),
        _("Producers that may be twice in the register: %(count)s pairs"),
        why + " " + _("Joining them brings their products together."),
    )  # fmt: skip
    yield _pairs(
        AlikeProducts.objects.visible_to(user).open(), reverse("registry:duplicate-products"),
        _("Products that may be twice in the register: %(count)s pairs"), why,
    )  # fmt: skip


def _pairs(rows: QuerySet[AlikeProducers] | QuerySet[AlikeProducts], url: str, what: str, why: str) -> Ask:
    return Ask(rows=rows, area="one__area", many=lambda count: Line(
        what=what % {"count": how_many(count)}, why=why, group=Group.QUESTION, where=_("Register"), count=count, url=url,
    ))  # fmt: skip
