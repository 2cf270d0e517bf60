"""What is said about a row: one sentence for each reason, naming the field and what to do."""

from collections.abc import Sequence

from registry.intake.columns import FIELDS
from registry.intake.places import Places
from registry.intake.spots import Found, Spot
from registry.levels import short_name, short_name_en
from registry.refusal import N_, Named, Refusal, refuse

ENGLISH = {
    "product_name_th": "product name", "product_name_en": "English name", "category": "category", "subcategory": "sub-category",
    "producer_name": "producer",
    "village": "village", "tambon": "tambon", "amphoe": "amphoe", "province": "province", "area_code": "area code",
    "address": "address", "standard": "standard", "price_baht": "price", "unit": "unit", "capacity_month": "capacity per month",
    "story": "story", "wisdom": "wisdom", "materials": "raw materials", "registered_on": "registration date",
    "material_origins": "origin of the raw materials", "made_of": "origin of the raw materials",
    "process": "process", "packaging": "packaging", "not_live_plant": "not a live plant",
    "star": "stars", "year_be": "year", "source": "source", "source_ref": "number in the source", "producer_type": "kind of producer",
    "local_authority": "local authority",
    "category_id": "category", "subcategory_id": "sub-category", "name_en": "English name",
}  # fmt: skip
COLUMN_OF = {"category_id": "category", "subcategory_id": "subcategory", "name_en": "product_name_en", "made_of": "material_origins"}
MISSING = {
    "name": N_("The row has no product name. Write it in the column ชื่อผลิตภัณฑ์ and send the row again."),
    "tambon": N_("The tambon is missing, so the row waits. Somebody who knows the place chooses it under Questions."),
    "producer": N_("The producer is missing, so the row waits. Choose or write the producer under Questions."),
    "both": N_("The tambon and the producer are missing, so the row waits. Choose both under Questions."),
}
DOUBTFUL_PRODUCER = {
    "producer_withheld": N_(
        "The file says only “%(name)s”, a person whose name was left out. Write the producer's name under Questions."
    ),
    "producer_is_seller": N_(
        "“%(name)s” says where the product is sold, not who makes it. Choose the producer under Questions."
    ),
    "producer_general": N_(
        "“%(name)s” does not say which group it is. Choose the producer or write its full name under Questions."
    ),
    "producer_damaged": N_("The producer's name “%(name)s” is cut off or damaged. Write it in full under Questions."),
}
DOUBTFUL_PLACE = {
    "misspelt": N_(
        "“%(said)s” (%(part)s) is no name of today%(within)s. Choose the tambon that is meant under Questions."
    ),
    "several": N_(
        "“%(said)s” (%(part)s) fits more than one place, or its amphoe is missing. Choose the tambon under Questions."
    ),
    "contradiction": N_(
        "The parts of the place do not fit together%(within)s. Choose the tambon that is meant under Questions."
    ),
    "authority": N_(
        "The tambon is missing; the local authority is named after “%(said)s”. Confirm the tambon under Questions."
    ),
}


def label(field: str) -> Named:
    """The field's name for a sentence in either language."""
    return Named(FIELDS[COLUMN_OF.get(field, field)][0], ENGLISH.get(field, field))


def labels(fields: Sequence[str]) -> Named:
    named = [label(field) for field in fields]
    return Named(", ".join(name.th for name in named), ", ".join(name.en for name in named))


def path(places: Places, spot: Spot) -> Named:
    """ต.หนองบัว อ.นามน จ.กาฬสินธุ์, from the smallest up; in English from the smallest up too."""
    chain = places.path(spot)[::-1]
    return Named(
        " ".join(short_name(part.level, part.name, part.code) for part in chain),
        ", ".join(short_name_en(part.level, part.name_en, part.code) for part in chain),
    )


def name_missing() -> Refusal:
    return refuse("name_missing", MISSING["name"], field="product_name_th")


def name_damaged(name: str) -> Refusal:
    return refuse(
        "name_damaged",
        N_("The product name “%(name)s” is cut off, damaged or too long. Write it in full under Questions."),
        field="product_name_th",
        name=name[:80],
    )


def area_unknown(places: Places, found: Found) -> Refusal:
    """No area of today has the name or code, nor one like it."""
    within = Named("", "")
    if found.spot is not None:
        where = path(places, found.spot)
        within = Named(f"ใน {where.th}", f" in {where.en}")
    return refuse(
        "area_unknown",
        N_(
            "There is no %(part)s “%(said)s”%(within)s. Correct this column by the official name or code and "
            "send the row again."
        ),
        field=found.field,
        said=found.said[:60],
        within=within,
        part=label(found.field),
    )


def not_your_area(places: Places, spot: Spot) -> Refusal:
    return refuse(
        "not_your_area",
        N_("%(area)s lies outside the areas of your office. Send the row to the office that looks after the place."),
        field="tambon",
        area=path(places, spot),
    )


def place_doubtful(places: Places, found: Found) -> Refusal:
    within = Named("", "")
    if found.spot is not None:
        where = path(places, found.spot)
        within = Named(f" (แน่ใจแล้วถึง {where.th})", f" (sure so far: {where.en})")
    return refuse(
        f"place_{found.reason}",
        DOUBTFUL_PLACE[found.reason],
        field=found.field,
        said=found.said[:60],
        part=label(found.field),
        within=within,
    )


def missing(which: str, field: str) -> Refusal:
    codes = {"tambon": "tambon_missing", "producer": "producer_missing", "both": "tambon_and_producer_missing"}
    return refuse(codes[which], MISSING[which], field=field)


def producer_doubtful(code: str, name: str) -> Refusal:
    return refuse(code, DOUBTFUL_PRODUCER[code], field="producer_name", name=name[:80])


def producer_alike(name: str, others: Sequence[str]) -> Refusal:
    return refuse(
        "producer_similar",
        N_("“%(name)s” may be “%(others)s” of the same tambon. Say under Questions whether they are one."),
        field="producer_name",
        name=name,
        others="”, “".join(others),
    )


def village_differs(name: str, village: str, theirs: str) -> Refusal:
    return refuse(
        "village_differs",
        N_(
            "The tambon has a “%(name)s” in %(theirs)s already, the row says %(village)s. Say under Questions "
            "whether they are one."
        ),
        field="village",
        name=name,
        village=village,
        theirs=theirs,
    )


def product_alike(name: str, others: Sequence[str]) -> Refusal:
    return refuse(
        "product_similar",
        N_("“%(name)s” may be “%(others)s” of the same producer. Say under Questions whether they are one."),
        field="product_name_th",
        name=name,
        others="”, “".join(others),
    )


def ended_before(name: str) -> Refusal:
    return refuse(
        "ended_before",
        N_("“%(name)s” stands in the register as ended. Say under Questions whether it begins anew."),
        field="product_name_th",
        name=name,
    )


def source_differs(fields: Sequence[str], name: str) -> Refusal:
    return refuse(
        "source_differs",
        N_(
            "The register knows this row of the source as “%(name)s”, but the file now differs in: %(fields)s. "
            "Say under Questions whether it is the same product."
        ),
        field=fields[0],
        fields=labels(fields),
        name=name,
    )


def answered_no(reason: str) -> Refusal:
    return refuse(
        "answered_no",
        N_("This row was looked at before and not taken in: %(reason)s"),
        field="product_name_th",
        reason=reason,
    )


def taken_in() -> Refusal:
    return refuse("complete", N_("Nothing is missing."))


def taken_in_without_category(suggested: Named | None, said: str) -> Refusal:
    if suggested is None:
        return refuse(
            "no_category",
            N_(
                "It has no category, so it cannot enter a round yet. Choose the category on the product's page."
            ),
            field="category",
        )
    return refuse(
        "no_category",
        N_(
            "It has no category, so it cannot enter a round yet. Suggested: %(suggested)s. Choose it on "
            "the product's page."
        ),
        field="category",
        suggested=suggested,
        said=said,
    )


def already_there(reason: str, fields: Sequence[str], row: int) -> Refusal:
    if reason == "repeated":
        return refuse("repeated", N_("The same product stands in row %(row)s of this file; joined with it."), row=row)
    if reason == "filled":
        return refuse(
            "filled", N_("In the register already; filled in what was empty: %(fields)s."), fields=labels(fields)
        )
    if reason == "differs":
        return refuse(
            "differs",
            N_(
                "In the register already and left as it is; the file says otherwise for: %(fields)s. Change it "
                "on the product's page if needed."
            ),
            field=COLUMN_OF.get(fields[0], fields[0]),
            fields=labels(fields),
        )
    return refuse("same", N_("In the register already; nothing to change."))


def category_not_named(said: str) -> Refusal:
    return refuse(
        "category_unclear", N_("“%(said)s” is none of the five categories."), field="category", said=said[:60]
    )


def reads_like_group() -> Refusal:
    return refuse(
        "name_is_group",
        N_("The product name reads like the name of a group; check it on the product's page."),
        field="product_name_th",
    )


def not_read(field: str, said: str) -> Refusal:
    return refuse(
        "not_read",
        N_("“%(said)s” in the column %(column)s was not understood and is left out."),
        field=field,
        said=said[:60],
        column=label(field),
    )


def shared_number(ref: str) -> Refusal:
    return refuse(
        "number_shared",
        N_("The number “%(ref)s” of the source stands on different rows of the file, so it does not tell them apart."),
        field="source_ref",
        ref=ref,
    )


def standards_not_read(pieces: Sequence[str]) -> Refusal:
    return refuse(
        "standard_not_read",
        N_(
            "The standard “%(said)s” has no number that can be recognised; record it on the product's page from "
            "its paper."
        ),
        field="standard",
        said=", ".join(pieces)[:80],
    )
