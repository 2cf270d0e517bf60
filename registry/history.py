"""The history of a row told for its page: who did what when, and which fields went from what to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.models import (
    Area,
    Category,
    ConsentKind,
    EndReason,
    History,
    OfficeTitle,
    PersonRole,
    ProducerType,
    SeatRole,
    Standard,
    StillProducing,
    SubCategory,
)
from registry.models.rows import EditableRow
from registry.rules import place
from registry.signature import Titles
from registry.thai import date_words, month_words

SHOWN = 50
ACTS = {
    "producer_registered": gettext_lazy("registered the producer"),
    "producer_changed": gettext_lazy("changed the producer"),
    "producer_ended": gettext_lazy("ended the producer"),
    "product_registered": gettext_lazy("registered the product"),
    "product_changed": gettext_lazy("changed the product"),
    "product_ended": gettext_lazy("ended the product"),
    "standard_added": gettext_lazy("recorded a standard"),
    "producer_grown": gettext_lazy("registered the producer as another type"),
    "old_code_recorded": gettext_lazy("recorded an old code"),
    "registration_drafted": gettext_lazy("began the registration"),
    "registration_changed": gettext_lazy("wrote on the registration"),
    "registration_products": gettext_lazy("chose the products"),
    "registration_filed": gettext_lazy("filed the registration"),
    "registration_withdrawn": gettext_lazy("withdrew the registration"),
    "registration_checked": gettext_lazy("checked it and passed it to the committee"),
    "registration_returned": gettext_lazy("checked it and sent it back"),
    "registration_register": gettext_lazy("recorded the decision: registered"),
    "registration_refuse": gettext_lazy("recorded the decision: not registered"),
    "registration_return": gettext_lazy("recorded the decision: sent back"),
    "person_added": gettext_lazy("recorded a person"),
    "person_corrected": gettext_lazy("corrected a person"),
    "person_erased": gettext_lazy("erased the data of a person"),
    "consent_given": gettext_lazy("recorded a consent to be public"),
    "consent_withdrawn": gettext_lazy("recorded that a consent was withdrawn"),
    "product_classified": gettext_lazy("classified the product"),
    "standard_changed": gettext_lazy("corrected a standard"),
    "photos_added": gettext_lazy("added photographs"),
    "photo_described": gettext_lazy("described a photograph"),
    "photo_moved": gettext_lazy("moved a photograph"),
    "photo_ended": gettext_lazy("took a photograph away"),
    "still_producing": gettext_lazy("recorded whether it still produces"),
    "areas_changed": gettext_lazy("carried out the change of areas"),
    "areas_planned": gettext_lazy("ordered the change of areas for its day"),
    "areas_called_off": gettext_lazy("called off the change of areas"),
    "place_settled": gettext_lazy("settled the place"),
    "sales_recorded": gettext_lazy("recorded sales"),
    "told_distinct": gettext_lazy("said that it is not the same as another"),
    "merged_here": gettext_lazy("merged another one into this one"),
    "merged_away": gettext_lazy("merged this one into another"),
    "product_moved": gettext_lazy("moved the product to the producer that stays"),
    "user_created": gettext_lazy("made the login"),
    "login_code_given": gettext_lazy("gave a one-time code"),
    "password_set": gettext_lazy("set a password of his own"),
    "password_changed": gettext_lazy("changed the own password"),
    "appointed": gettext_lazy("recorded the appointment"),
    "appointment_ended": gettext_lazy("recorded the end of the appointment"),
    "appointment_corrected": gettext_lazy("corrected the appointment"),
    "committee_created": gettext_lazy("recorded the committee"),
    "seat_given": gettext_lazy("gave a seat"),
    "seat_ended": gettext_lazy("ended a seat"),
    "seat_taken_back": gettext_lazy("took back a seat before its first day"),
    "appointment_taken_back": gettext_lazy("took the appointment back before its first day"),
    "committee_renamed": gettext_lazy("corrected the name of the committee"),
    "title_worded": gettext_lazy("worded the title of the office"),
}
FIELDS = {
    "name": gettext_lazy("Name"),
    "name_th": gettext_lazy("Thai name"),
    "name_en": gettext_lazy("English name"),
    "type": gettext_lazy("Kind of producer"),
    "area": gettext_lazy("Area"),
    "village": gettext_lazy("Village"),
    "category": gettext_lazy("Category"),
    "subcategory": gettext_lazy("Sub-category"),
    "not_live_plant": gettext_lazy("Said to be no live plant"),
    "story": gettext_lazy("Story"),
    "wisdom": gettext_lazy("Local wisdom"),
    "wisdom_holder": gettext_lazy("Wisdom holder"),
    "wisdom_holder_public": gettext_lazy("Agreed to be named in public"),
    "process": gettext_lazy("How it is made"),
    "packaging": gettext_lazy("Packaging"),
    "material_lines": gettext_lazy("Raw materials"),
    "sales_lines": gettext_lazy("Places of sale"),
    "prize_lines": gettext_lazy("Prizes"),
    "materials": gettext_lazy("Raw materials and their origin"),
    "price_baht": gettext_lazy("Price in baht"),
    "capacity_month": gettext_lazy("Capacity per month"),
    "unit": gettext_lazy("Unit"),
    "standard": gettext_lazy("Standard"),
    "number": gettext_lazy("Number of the paper"),
    "members": gettext_lazy("Number of members"),
    "founded_on": gettext_lazy("Founded on"),
    "juristic_number": gettext_lazy("Juristic number"),
    "link_labour": gettext_lazy("Labour"),
    "link_material": gettext_lazy("Raw material"),
    "link_management": gettext_lazy("Management"),
    "link_benefit": gettext_lazy("Benefit"),
    "reason": gettext_lazy("Reason"),
    "role": gettext_lazy("Role"),
    "consent": gettext_lazy("What may be public"),
    "told": gettext_lazy("Fields written (values are not kept here)"),
    "valid_from": gettext_lazy("Valid from"),
    "quadrant": gettext_lazy("Quadrant"),
    "answers": gettext_lazy("Answers"),
    "valid_to": gettext_lazy("Valid to"),
    "photos": gettext_lazy("How many"),
    "photo": gettext_lazy("What the photograph shows"),
    "alt_th": gettext_lazy("What the photograph shows"),
    "alt_en": gettext_lazy("The same in English"),
    "focus_x": gettext_lazy("Focus from the left, percent"),
    "focus_y": gettext_lazy("Focus from the top, percent"),
    "place": gettext_lazy("Place in the row"),
    "month": gettext_lazy("Month"),
    "answer": gettext_lazy("Answer"),
    "other": gettext_lazy("Register number of the other"),
    "of_producer": gettext_lazy("Register number of the producer"),
    "products_moved": gettext_lazy("Products moved"),
    "people_moved": gettext_lazy("People moved"),
    "standards_moved": gettext_lazy("Standards moved"),
    "photos_moved": gettext_lazy("Photographs moved"),
    "sources_moved": gettext_lazy("Rows of files moved"),
    "starts_on": gettext_lazy("from"),
    "ends_on": gettext_lazy("to"),
    "order_no": gettext_lazy("order number"),
    "order_on": gettext_lazy("date of the order"),
    "position": gettext_lazy("position"),
    "stands_as": gettext_lazy("position stood in for"),
    "end_reason": gettext_lazy("why it ended"),
    "end_order_no": gettext_lazy("order that ended it"),
    "title_th": gettext_lazy("Title in Thai"),
    "title_en": gettext_lazy("Title in English"),
    "spaced": gettext_lazy("a space before the place, in Thai"),
    "source_note_th": gettext_lazy("Source, in Thai"),
    "source_note_en": gettext_lazy("Source, in English"),
}
TOLD = {
    "first_name": gettext_lazy("Given name"),
    "last_name": gettext_lazy("Family name"),
    "national_id": gettext_lazy("National ID"),
    "phone": gettext_lazy("Telephone"),
    "address": gettext_lazy("Address"),
    "role": gettext_lazy("Role"),
    "title": gettext_lazy("Title"),
    "left_on": gettext_lazy("Left the producer on"),
}

DAYS = ("founded_on", "valid_from", "valid_to", "starts_on", "ends_on", "order_on")  # kept as ISO days


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one act: its label, the value before (None when there was none) and after, as shown."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One line of history as the page shows it."""

    at: datetime
    who: str
    what: str
    changes: list[Change]


def history_of(
    row: EditableRow, parts: Mapping[str, str] | None = None, of: type[EditableRow] | None = None, *, titles: Titles | None = None
) -> list[Told]:
    """The newest SHOWN lines about `row`, newest first; at most six queries however many they are.

    `parts` are rows of the model `of` that belong to it, public id → name: their lines stand among its own, with the name.
    `titles` of offices are read where somebody stood in, unless the page has them already.
    """
    asked, names_of = Q(kind=row._meta.model_name, row=row.public_id), parts or {}
    if of is not None and names_of:
        asked |= Q(kind=of._meta.model_name, row__in=names_of)
    kept = History.objects.filter(asked).select_related("by")
    lines = list(kept.select_related("acting_as__stands_for", "acting_as__area", "acting_as__user")[:SHOWN])
    names = _names(lines)
    if titles is None:
        titles = OfficeTitle.objects.worded() if any(line.acting_as for line in lines) else {}
    return [Told(line.at, _who(line, titles), _what(line, names_of), _changes(line, names)) for line in lines]


def _what(line: History, parts: Mapping[str, str]) -> str:
    """What was done, and to which of the parts."""
    done = str(ACTS.get(line.act, line.act))
    return f"{done}: {parts[line.row]}" if line.row in parts else done


def _who(line: History, titles: Titles) -> str:
    """Who did it; somebody who stood in with both names, as papers word it."""
    if line.by is None:
        return _("the system")
    return line.acting_as.signature(get_language() or "th", titles).whole if line.acting_as else line.by.full_name


def _changes(line: History, names: dict[tuple[str, str], str]) -> list[Change]:
    before, after = line.before or {}, line.after or {}
    return [
        Change(
            str(label), _shown(field, before[field], names) if field in before else None,
            _shown(field, after[field], names),
        )
        for field, label in FIELDS.items()
        if field in after
    ]


def _shown(field: str, value: object, names: dict[tuple[str, str], str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None and field in ("name", "wisdom_holder"):
        return _("(a person's name, not kept)")
    if value in (None, ""):
        return "–"
    if field in DAYS:
        return date_words(date.fromisoformat(str(value)), get_language() or "th")
    if field == "told":
        return ", ".join(str(TOLD.get(name, name)) for name in str(value).split(","))
    if field == "month":
        return month_words(date.fromisoformat(str(value)), get_language() or "th")
    return names.get((field, str(value)), str(value))


def _names(lines: Iterable[History]) -> dict[tuple[str, str], str]:
    """Names of the areas, categories, standards and kinds that the lines mention by code."""
    said: dict[str, set[str]] = {"area": set(), "category": set(), "subcategory": set(), "standard": set()}
    for line in lines:
        for values in (line.before or {}, line.after or {}):
            for field, codes in said.items():
                if values.get(field):
                    codes.add(str(values[field]))
    kinds = {"type": ProducerType, "role": PersonRole, "consent": ConsentKind, "answer": StillProducing, "end_reason": EndReason}
    names = {("role", value): str(label) for value, label in SeatRole.choices}
    names |= {(field, value): str(label) for field, kind in kinds.items() for value, label in kind.choices}
    for field, model in (("area", Area), ("category", Category), ("subcategory", SubCategory), ("standard", Standard)):
        if said[field]:
            rows = model.objects.filter(code__in=said[field])
            names |= {(field, row.code): str(place(row)) if isinstance(row, Area) else row.name for row in rows}
    return names
