"""Writes the national list from certificates; the list is derived, so it can always be built again from them."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from registry.levels import Level, long_name, region_of_province, short_name, short_name_en
from registry.models import Area, AreaSuccession, Listing, Product, searched_text
from selection.models import Certificate, Entry

LEVEL_OF_STAGE = {1: "tambon", 2: "amphoe", 3: "province", 4: "central", 5: "central"}


def list_certificates(certificates: Sequence[Certificate]) -> None:
    """Puts each certificate's product on the list, in place of its older line; an older certificate never replaces a newer."""
    before: dict[int, list[str]] = {}
    rows = [_row(certificate, before) for certificate in certificates]
    held = dict(
        Listing.objects.filter(product__in=[row.product_id for row in rows]).values_list("product_id", "announced_on")
    )
    fresh = [row for row in rows if row.product_id not in held or held[row.product_id] <= row.announced_on]
    fields = [field.name for field in Listing._meta.fields if field.name not in ("id", "product")]
    Listing.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["product"], update_fields=fields)


@transaction.atomic
def rebuild_listing() -> int:
    """Builds the whole list again from all certificates, oldest first; gives how many certificates were read."""
    certificates = Certificate.objects.select_related(
        "announcement",
        "award__round",
        "award__entry__product__producer",
        "award__entry__category",
        "award__entry__area__parent__parent__parent",
        "award__entry__product__area__parent__parent__parent",
    ).order_by("announcement__announced_on", "pk")
    found = list(certificates)
    Listing.objects.all().delete()
    for certificate in found:
        list_certificates([certificate])
    return len(found)


def _row(certificate: Certificate, before: dict[int, list[str]]) -> Listing:
    award = certificate.award
    entry, product = award.entry, award.entry.product
    area = _standing(entry, product)
    long_path, path_th, path_en = paths_of(area)
    return Listing(
        product=product,
        public_id=product.public_id,
        origin=certificate.origin,
        name=product.name,
        name_en=product.name_en,
        name_sort=product.name_sort,
        producer_name=product.producer.name,
        category=entry.category,
        area=area,
        area_path_th=path_th,
        area_path_en=path_en,
        region_code=region_of_province(area.code[:2]),
        province_code=area.code[:2],
        amphoe_code=area.code[:4],
        tambon_code=area.code,
        searched=searched_text(
            names=[product.name, product.name_en, product.producer.name, certificate.number],
            places=[long_path, path_th, path_en, *names_before(area, before)],
        ),
        stars=award.stars,
        level=LEVEL_OF_STAGE[award.stage],
        round_key=award.round.key,
        year_be=award.round.year_be,
        certificate_no=certificate.number,
        announced_on=certificate.announcement.announced_on,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
    )


def _standing(entry: Entry, product: Product) -> Area:
    """Where the product entered; where that was divided or has ended and the product stands in what followed, there."""
    entered, now = entry.area, product.area_id
    if entered.pk == now:
        return entered
    links = AreaSuccession.objects.filter(Q(old=entered.pk) | Q(old__state_of=entered.pk), new=now)
    return product.area if links.exists() else entered


def names_before(tambon: Area, known: dict[int, list[str]]) -> list[str]:
    """What the areas of the path were called before, so that a search by the old name finds the product.

    One query for each area that has changed, kept in `known`.
    """
    found: list[str] = []
    node: Area | None = tambon
    while node is not None and Level(node.level).rank >= Level.PROVINCE.rank:
        if node.valid_from is not None and node.pk not in known:
            known[node.pk] = list(node.predecessions.values_list("old__name_th", flat=True).distinct())
        found += known.get(node.pk, [])
        node = node.parent
    return list(dict.fromkeys(found))


def paths_of(tambon: Area) -> tuple[str, str, str]:
    """The whole path of a tambon: ตำบลหนองบัว อำเภอนามน จังหวัดกาฬสินธุ์; the same short; in English."""
    chain: list[Area] = []
    node: Area | None = tambon
    while node is not None and Level(node.level).rank >= Level.PROVINCE.rank:
        chain.append(node)
        node = node.parent
    long = " ".join(long_name(Level(area.level), area.name_th, area.code) for area in chain)
    short = " ".join(short_name(Level(area.level), area.name_th, area.code) for area in chain)
    return long, short, ", ".join(short_name_en(Level(area.level), area.name_en, area.code) for area in chain)
