"""What rounds say to a merge of two products: what is under way or certified stays where it is, and so does its past."""

from collections.abc import Iterable

from registry.actions.acts import moment
from registry.clock import bangkok_day
from registry.models import Listing, Producer, Product
from registry.refusal import N_, Refusal, refuse
from registry.rules.merging import blocker, keeper
from selection.models import Award, Entry, EntryState


@blocker
def rounds_of_both(stays: Producer | Product, goes: Producer | Product) -> Iterable[Refusal | None]:
    """Both in one round, still competing, or a certificate in force: each forbids that the product goes."""
    if not isinstance(goes, Product):
        return
    mine = set(Entry.objects.in_round().filter(product=stays).values_list("round__key", flat=True))
    entries = Entry.objects.in_round().filter(product=goes).select_related("round")
    for entry in entries:
        if entry.round.key in mine:
            yield refuse("both_in_a_round", N_(
                "Both took part in round %(round)s, each with its own marks. They stay two; end the one that is no longer made."
            ), round=entry.round.key)
        elif entry.state == EntryState.COMPETING:
            yield refuse("in_a_round", N_(
                "%(name)s is being considered in round %(round)s. Merge the other way round, or after the round."
            ), name=goes.name, round=entry.round.key)
    listed = Listing.objects.filter(product=goes, valid_to__gte=bangkok_day(moment(None))).first()
    if listed is not None:
        yield refuse("certified", N_(
            "%(name)s holds certificate %(number)s in force. Merge the other way round, so that it stays."
        ), name=goes.name, number=listed.certificate_no)


@keeper
def rounds_past(goes: Producer | Product) -> Iterable[tuple[str, int]]:
    """Entries and awards, which name the product that won them."""
    if isinstance(goes, Product):
        yield N_("Rounds it took part in"), Entry.objects.filter(product=goes).count()
        yield N_("Stars it won"), Award.objects.filter(entry__product=goes).count()
