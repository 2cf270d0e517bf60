"""What rounds and the national list have to do with changes of areas: counted beforehand, brought up to date after."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from registry.actions.boundaries import Tally, after_change, inside, tally
from registry.models import Area, Listing, User
from selection.actions.listing import list_certificates
from selection.models import Certificate, Entry, EntryState, Panel, PanelState
from selection.rules.boundaries import RUNNING

BATCH = 1000


@tally
def rounds_there(areas: Sequence[Area], _at: datetime) -> Iterable[Tally]:
    """Products in running rounds, panels that sit, and listed products of the areas."""
    rows = inside(areas)
    competing = Entry.objects.filter(rows, round__state__in=RUNNING, state=EntryState.COMPETING)
    panels = Panel.objects.filter(rows, stage__round__state__in=RUNNING, state=PanelState.OPEN)
    kept = _("keep anything but a new name from being recorded until the round is over")
    yield Tally(_("Products in rounds that run"), competing.count(), kept)
    yield Tally(_("Panels that sit"), panels.count(), kept)
    yield Tally(_("Listed products"), Listing.objects.filter(rows).count(), _("are listed under the new names and codes"))


@after_change
def list_anew(areas: Sequence[Area], _by: User | None, _at: datetime) -> None:
    """Writes the lines of the national list of these areas again, with today's names and codes."""
    numbers = list(Listing.objects.filter(inside(areas)).values_list("certificate_no", flat=True))
    for begin in range(0, len(numbers), BATCH):
        certificates = Certificate.objects.filter(number__in=numbers[begin : begin + BATCH]).select_related(
            "announcement", "award__round", "award__entry__product__producer", "award__entry__category",
            "award__entry__area__parent__parent__parent", "award__entry__product__area__parent__parent__parent",
        )  # fmt: skip
        list_certificates(list(certificates))
