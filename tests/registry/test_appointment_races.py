"""Many appoint the head of one office at once: one is recorded, the others are told who it is."""

from registry.actions.people import appoint
from registry.models import Appointment
from tests import make
from tests.clones import OwnDatabase
from tests.registry.test_person_races import AT_ONCE, at_once


def test_of_many_heads_at_once_one_is_recorded(own_db: OwnDatabase) -> None:
    people, place = iter([make.user() for _one in range(AT_ONCE)]), make.area(make.PARENT)
    told = {"office": "amphoe_officer", "leads": True, "order_no": "5/2569"}
    came = at_once(lambda: appoint(by=None, user=next(people), area=place, **told))
    assert sorted(came) == [[], *[["office_headed"]] * (AT_ONCE - 1)]
    assert Appointment.objects.count() == 1
