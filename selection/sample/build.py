"""Builds the whole sample in one transaction: people, register, two finished rounds, one special and one running."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from registry.actions.acts import moment
from registry.actions.expiry import tell_of_endings
from registry.clock import BE_OFFSET, bangkok_day
from registry.models import Area, CommitteeKind, Office, Origin
from selection import scoring
from selection.models import Panel, Round
from selection.sample.calendar import finished, noon, running, special
from selection.sample.criteria import enter_samples
from selection.sample.journey import Journey
from selection.sample.people import Login, People, people_of, people_of_the_centre
from selection.sample.products import EXTRAS, GOODS, INCOMPLETE
from selection.sample.register import Register
from selection.sample.registrations import enter_registrations

TURN = 2_569_002  # the advisory lock of whoever builds the sample
HOME_AMPHOE, HOME_PROVINCE, HOME_TAMBON = "4602", "55", "460202"
EARLIER_PROVINCES = ("46", "55", "32", "80", "92")
SPECIAL_PROVINCES = ("40", "80", "16", "50")
FORUM_ONLY, NO_STANDARD = ("650506", "820203"), ("321603", "160203", "900208")
Tell = Callable[[str], None]


def is_built() -> bool:
    return Round.objects.filter(origin=Origin.SAMPLE).exists()


@transaction.atomic
def build(*, tell: Tell, at: datetime | None = None) -> list[Login]:
    """Builds the sample, all or nothing; gives the logins, or none when it is there already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    if is_built():
        return []
    today = bangkok_day(moment(at))
    year, first = today.year + BE_OFFSET, date(today.year - 6, 1, 5)
    areas = _areas()
    tell("people and committees")
    people = _people(areas, first)
    tell("producers and products")
    register = _register(people, areas, today, first)
    enter_registrations(people, HOME_AMPHOE, today)
    criteria = enter_samples(by=people.users["central"], at=noon(first))
    for earlier in (year - 4, year - 2):
        tell(f"OPC {earlier}: five stages")
        _finished(earlier, Journey(finished(earlier), register, areas, criteria), last=earlier == year - 2)
    tell(f"OPC {year - 1} special: at the centre")
    _special(Journey(special(year - 1, today), register, areas, criteria))
    tell_of_endings(by=None)
    tell(f"OPC {year}: under way")
    _running(Journey(running(year, today), register, areas, criteria))
    return people.logins


def _areas() -> dict[str, Area]:
    """The areas the sample stands in, by code, from the tambons up to the centre."""
    tambons = {good.tambon for good in (*GOODS, *EXTRAS, *INCOMPLETE)}
    codes = {code[:length] for code in tambons for length in (2, 4, 6)} | {"TH"}
    return {area.code: area for area in Area.objects.current().with_path().filter(code__in=codes)}


def _people(areas: Mapping[str, Area], first: date) -> People:
    people = People(since=first, at=noon(first, 8))
    people.appoint(people.login("recorder", "recorder", areas[HOME_TAMBON]), Office.RECORDER, areas[HOME_TAMBON])
    tried = (HOME_AMPHOE, HOME_PROVINCE)
    for code in (*tried, *sorted(code for code in areas if len(code) in (2, 4) and code not in (*tried, "TH"))):
        people_of(people, areas[code], tried=code in tried)
    people_of_the_centre(people, areas["TH"])
    return people


def _register(people: People, areas: dict[str, Area], today: date, first: date) -> Register:
    register = Register(people, areas)
    for number, good in enumerate(GOODS):
        on = first + timedelta(days=20 + 4 * number) if good.before else date(today.year - 3, 2, 1) + timedelta(days=3 * number)
        register.enter(good, on, noon(on))
        if good.tambon not in NO_STANDARD or good.last != 0:
            register.hold_standard(good, on, today + timedelta(days=200 + 5 * number), noon(on))
    for number, good in enumerate(EXTRAS):
        on = today - timedelta(days=140 - number)
        register.enter(good, on, noon(on))
        register.hold_standard(good, on, on + timedelta(days=1000), noon(on))
    for good in INCOMPLETE:
        register.enter(good, today - timedelta(days=30), noon(today - timedelta(days=30)))
    for good, days in zip(GOODS[:6], (-20, 5, 6, 28, 60, 88), strict=True):
        register.expire_soon(good, today, noon(today - timedelta(days=1)), days)
    return register


def _finished(year_be: int, journey: Journey, *, last: bool) -> None:
    """A round that ended: everybody meant to have stars gets them."""
    goods = GOODS if last else [good for good in GOODS if good.tambon[:2] in EARLIER_PROVINCES]
    meant = {good: stars for good in goods if (stars := good.last if last else good.before) is not None}
    journey.open(meant)
    _to_the_centre(journey)
    journey.finish()


def _to_the_centre(journey: Journey) -> None:
    """Stages 1 to 3 for all goods of the round; the ones meant to stop fail at the forum or for want of a standard."""
    for good in journey.goods:
        if journey.wanted[good.name] == 0 and good.tambon not in FORUM_ONLY:
            journey.wanted[good.name] = 1
    journey.hold_forums()
    journey.close(1)
    for code in sorted({good.tambon[:4] for good in journey.goods}):
        journey.settle_amphoe(code)
    journey.close(2)
    for code in sorted({good.tambon[:2] for good in journey.goods}):
        journey.settle_province(code)
    journey.close(3)


def _special(journey: Journey) -> None:
    """Two categories wait for the national committee, one is half scored, one lies apart, one has no panel yet."""
    goods = [good for good in GOODS if good.tambon[:2] in SPECIAL_PROVINCES]
    journey.open({good: min(5, (good.last or 2) + 1) for good in goods})
    _to_the_centre(journey)
    journey.settle_judges("beverage")
    journey.settle_judges("herb")
    food = journey.convene_judges("food")
    for number, entry in enumerate(scoring.standing(food)):
        journey.score(food, entry, "ค", judges=(0, 1) if number < 2 else (0,))
    _apart(journey, journey.convene_judges("utensil"))
    national = journey.sit(5, journey.areas["TH"], CommitteeKind.NATIONAL)
    journey.decide(national, scoring.standing(national)[:3])


def _apart(journey: Journey, panel: Panel) -> None:
    """Everybody has signed, and over the first entry the judges lie further apart than the round allows."""
    for number, entry in enumerate(scoring.standing(panel)):
        if number:
            journey.score(panel, entry, "ค")
            continue
        part = journey.part(entry, "ค")
        items = scoring.items_of(part)
        for seat, best in zip(scoring.scorers(panel, [entry])[entry.pk], (True, True, False), strict=True):
            marks = {code: sorted(level.points for level in item.levels.all())[-1 if best else 1] for code, item in items.items()}
            journey.sign(panel, entry, part, marks, by=seat.user)


def _running(journey: Journey) -> None:
    """The round of this year: forums to hold, an amphoe with a tie, a province that has begun to score."""
    goods = [good for good in GOODS if good.tambon[:2] in ("46", "55", "82", "92", "70", "14", "65")]
    journey.open({good: min(5, (good.last or 1) + 1) for good in (*goods, *EXTRAS)}, quota=4)
    open_forum, not_held = "820201", ("700709", "140403")
    waiting = {open_forum, *not_held, *(good.tambon for good in EXTRAS), *(good.tambon for good in goods if good.tambon[:2] == "65")}
    journey.hold_forums(sorted({good.tambon for good in goods} - waiting))
    panel = journey.begin_forum(open_forum, present=61)
    journey.bring(panel, next(good for good in goods if good.tambon == open_forum), 1)
    for code in ("5505", "5512", "9208", "1403"):
        journey.settle_amphoe(code)
    _tie(journey)
    province = journey.sit(3, journey.areas[HOME_PROVINCE], CommitteeKind.PROVINCE)
    for entry in scoring.standing(province)[:2]:
        journey.score(province, entry, "กข", judges=(0, 1))


def _tie(journey: Journey) -> None:
    """The amphoe that may be tried: five came up, four may go on, and the last two share the fourth place."""
    panel = journey.sit(2, journey.areas[HOME_AMPHOE], CommitteeKind.AMPHOE)
    entries = scoring.standing(panel)
    journey.rank(panel, {entry: min(place, len(entries) - 1) for place, entry in enumerate(entries, 1)})
