"""Lines about handovers that wait for the user's own word."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import Handover, User
from registry.worklist.lines import Group, Line, provider


@provider
def handovers(user: User, at: datetime) -> Iterable[Line]:
    """A line for each handover that waits for the user's own word."""
    mine = Q(taker=user, given_at__isnull=False) | Q(appointment__user=user, given_at=None)
    for row in Handover.objects.filter(mine, taken_at=None).select_related("appointment__user", "taker").order_by("held_on", "id")[:20]:
        taking = row.taker_id == user.pk
        other = row.appointment.user if taking else row.taker
        words = _("Take over from %(name)s: read the list and confirm") if taking else _("Hand over to %(name)s: read the list and confirm")
        yield Line(
            what=words % {"name": other.full_name}, why=_("It becomes a record when both confirmed it."), due=row.held_on,
            url=reverse("registry:handover-show", args=[row.public_id]), group=Group.MINE, where=_("Officers"),
        )
