"""The sample's products, by region; the names of producers and the stories are invented."""

from selection.sample.products.central import CENTRAL
from selection.sample.products.extras import EXTRAS, INCOMPLETE
from selection.sample.products.good import Good
from selection.sample.products.north import NORTH
from selection.sample.products.northeast import NORTHEAST
from selection.sample.products.south import SOUTH

GOODS: tuple[Good, ...] = (*NORTH, *NORTHEAST, *CENTRAL, *SOUTH)

__all__ = ["EXTRAS", "GOODS", "INCOMPLETE", "Good"]
