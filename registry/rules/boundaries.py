"""Who may change areas, and what stands against a change; other rooms add what they know of (rounds that run)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from registry.levels import Level, level_of_code
from registry.models import (
    Area,
    AreaChange,
    ChangeState,
    Office,
    PlaceQuestion,
    Producer,
    Product,
    Registration,
    User,
    lies_in,
)
from registry.models.registrations import OPEN_STATES
from registry.refusal import N_, Named, Refusal, refuse
from registry.rules.offices import holds, offices_at, place

CHANGERS = (Office.CENTRAL_OFFICER, Office.ADMINISTRATOR)
CHANGEABLE = (Level.PROVINCE, Level.AMPHOE, Level.TAMBON)
LONGEST_AREA_NAME = 120
LONGEST_GROUND = 160

Objection = Callable[[Sequence[Area], datetime], Iterable[Refusal | None]]
OBJECTIONS: list[Objection] = []


def objection(function: Objection) -> Objection:
    """Adds a reason why the belonging of areas may not change now; it gets the areas changed, each with all in it."""
    OBJECTIONS.append(function)
    return function


def objections(areas: Sequence[Area], at: datetime) -> list[Refusal | None]:
    """Everything that stands against changing to whom these areas belong."""
    return [refusal for find in OBJECTIONS for refusal in find(areas, at)]


def may_change_areas(user: User | None, at: datetime) -> Refusal | None:
    """A central officer or the administrator; nothing stands against the system itself (no user)."""
    if user is None or any(held.office in CHANGERS for held in offices_at(user, at)):
        return None
    return refuse("may_not_change_areas", N_(
        "Areas are changed by the central office. Send it the notice in the Royal Gazette."
    ))


def ground_given(gazette: str) -> Refusal | None:
    """A change of areas rests on a law or announcement, named in one line."""
    if 0 < len(gazette.strip()) <= LONGEST_GROUND:
        return None
    return refuse("ground_missing", N_(
        "Name the law or announcement in one line, such as Royal Gazette, volume, part and page."
    ), field="gazette")


def is_changeable(area: Area) -> Refusal | None:
    """Provinces, amphoes and tambons of today change; regions and the centre are the programme's own."""
    if area.level in CHANGEABLE and not area.has_ended:
        return None
    return refuse("area_not_changeable", N_("%(area)s cannot be changed: only a province, amphoe or tambon of today can."),
                  field="area", area=place(area))


def follows_the_last(area: Area, on: date) -> Refusal | None:
    """Changes of one area are told in the order in which they took effect, one a day."""
    if area.valid_from is None or on > area.valid_from:
        return None
    return refuse("change_out_of_order", N_(
        "%(area)s is as it is since %(day)s. A change must take effect after that day."
    ), field="on", area=place(area), day=area.valid_from)


def code_fits(code: str, level: str) -> Refusal | None:
    """Official codes: 2 figures for a province, 4 for an amphoe, 6 for a tambon."""
    try:
        if level_of_code(code) == level:
            return None
    except ValueError:
        pass
    return refuse("area_code_odd", N_(
        "%(code)s is no code of a %(level)s. A province has 2 figures, an amphoe 4, a tambon 6."
    ), field="codes", code=code, level=Level(level).label)


def name_of_area_fits(code: str, name_th: str, name_en: str) -> Refusal | None:
    """Both names, without prefix, as the Gazette has them."""
    if 0 < len(name_th) <= LONGEST_AREA_NAME and 0 < len(name_en) <= LONGEST_AREA_NAME:
        return None
    return refuse("area_name_missing", N_("Write the Thai and the English name of %(code)s, without prefix."),
                  field="codes", code=code)


def code_taken(code: str) -> Refusal:
    return refuse("area_code_taken", N_(
        "The code %(code)s would belong to two areas. Give each its own code in the list of new codes."
    ), field="moves", code=code)


def area_above_missing(code: str) -> Refusal:
    return refuse("area_above_missing", N_(
        "No area would stand above %(code)s: its first figures are the code of no area. Correct the code."
    ), field="moves", code=code)


def no_such_area(code: str) -> Refusal:
    return refuse("no_such_area", N_("No area of today has the code %(code)s here. Look it up and correct it."),
                  field="moves", code=code)


def areas_left_over(area: Area, count: int) -> Refusal | None:
    """An area that ends has given away all that lies in it."""
    if not count:
        return None
    return refuse("areas_left_over", N_(
        "%(area)s would end with %(count)s areas still in it. Say for each of them which code it gets."
    ), field="moves", area=place(area), count=count)


def nothing_changes() -> Refusal:
    return refuse("nothing_changes", N_("This changes nothing. Write the new name, the new code or the parts."), field="codes")


def parts_needed() -> Refusal:
    return refuse("parts_needed", N_("A division needs at least one new part, with its code and both names."), field="parts")


def several_needed() -> Refusal:
    return refuse("several_needed", N_("A union needs at least two areas of one level. Pick them all."), field="areas")


def places_settled(areas: Sequence[Area]) -> list[Refusal | None]:
    """What an earlier division left to be asked in these areas is answered before the next change."""
    return [
        refuse("places_unsettled", N_(
            "In %(area)s %(count)s places are not settled since the last division. Its officer answers them first."
        ), field="area", area=place(area), count=count)
        for area in areas
        if (count := PlaceQuestion.objects.open().filter(lies_in(area.lft, area.rght)).count())
    ]


def registrations_decided(areas: Sequence[Area]) -> list[Refusal | None]:
    """No registration is left behind in an area that ends."""
    return [
        refuse("registrations_open", N_(
            "%(count)s registrations in %(area)s are not decided. Let the amphoe committee decide them first."
        ), field="area", area=place(area), count=count)
        for area in areas
        if (count := Registration.objects.filter(area=area, state__in=OPEN_STATES).count())
    ]


def still_planned(change: AreaChange) -> Refusal | None:
    """Only what waits for its day is called off."""
    if change.state == ChangeState.PLANNED:
        return None
    return refuse("change_not_planned", N_("This change does not wait any more: it is %(state)s."),
                  state=change.get_state_display())


def may_settle_place(user: User | None, area: Area, at: datetime) -> Refusal | None:
    """The recorder of the divided tambon or an officer above it."""
    offices = (Office.RECORDER, Office.AMPHOE_OFFICER, Office.PROVINCE_OFFICER, Office.CENTRAL_OFFICER)
    if user is None or holds(user, offices, area, at):
        return None
    return refuse("not_your_area", N_(
        "Only an officer of %(area)s may record this."
        " Ask the amphoe office that looks after the place, or pick a place of yours."
    ), field="area", area=place(area))


def place_unanswered(question: PlaceQuestion) -> Refusal | None:
    """A place is settled once; a later move is a correction of the producer or product."""
    if question.answer_id is None:
        return None
    return refuse("place_settled_already", N_("%(name)s is settled already. Correct its tambon on its own page."),
                  name=question.row.name)


def part_of_the_division(answer: Area, heirs: Sequence[Area], row: Producer | Product) -> Refusal | None:
    """The answer is one of the parts."""
    if answer in heirs:
        return None
    return refuse("not_a_part", N_("Choose for %(name)s one of the parts: %(parts)s."), name=row.name, parts=Named(
        ", ".join(heir.name_th for heir in heirs), ", ".join(heir.name_en for heir in heirs),
    ))
