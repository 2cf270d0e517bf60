"""The catalogue of listed products and the page of one product; what is not announced does not exist here."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View

from registry.models import (
    Area,
    Bundle,
    Listing,
    Producer,
    agreed_people,
    bundle_of,
    search_words,
)
from registry.models.listing import LEAST_LETTERS
from registry.paging import CAP, page_of
from registry.personal import phone_as_written
from selection.filters import ListingFilter
from selection.listed import KEEP_SECONDS, ListState, list_state, shown, with_photos
from selection.star_history import PublicRecord, public_record

PER_PAGE = 24


class CatalogueList(View):
    """Listed products, narrowed and ordered as asked; five queries at most, however long the list."""

    def get(self, request: HttpRequest) -> HttpResponse:
        state = list_state(request.user)
        rows = shown(request.user, state).select_related("category")
        found = ListingFilter(request.GET, rows, user=request.user, state=state)
        page = page_of(found.rows(), request.GET.get("page"), PER_PAGE)
        page.object_list = with_photos(page.object_list)
        words = search_words(found.asked.get("q", ""))
        context = {
            "state": state,
            "sample": state.is_sample,
            "filter": found,
            "form": found.form,
            "asked": found.asked,
            "order": found.ordering,
            "page_obj": page,
            "capped": page.paginator.more,
            "cap": CAP,
            "only_beginnings": bool(words) and all(len(word) < LEAST_LETTERS for word in words),
            "chips": found.chips,
        }
        return render(request, "selection/catalogue_list.html", context)


class ProductShow(View):
    """One listed product: its star and how it came about, its story, place, standards and certificate."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        listing = listed_or_404(request, pid)
        state = list_state(request.user)
        record, bundle = kept_record(listing, state), bundle_of(listing.product, listing.category, listing.announced_on)
        context = {
            "listing": listing,
            "product": listing.product,
            "told": bundle.told,
            "category": bundle.category_name,
            "photos": bundle.photos,
            "sample": listing.origin == "sample",
            "state": state,
            "record": record,
            "explained": record.explanation,
            "in_force": listing.valid_from <= state.today <= listing.valid_to,
            "standards": standards_of(bundle, state),
            "makers": agreed_to_public(listing.product.producer),
            "places": listing.area.path()[::-1],
            "province_count": state.by_province.get(listing.province_code, 0),
            "crumbs": crumbs_of(listing),
            "address": printed_address(pid),
        }
        return render(request, "selection/product_show.html", context)


def listed_or_404(request: HttpRequest, pid: str) -> Listing:
    """The listed product of this public id with what its page shows; any other id is unknown here."""
    rows = Listing.objects.visible_to(request.user).select_related(
        "category", "product__producer", "area__parent__parent"
    )
    listing = rows.filter(public_id=pid).first()
    if listing is None:
        raise Http404
    return listing


def agreed_to_public(producer: Producer) -> list[dict[str, str]]:
    """Who of the producer agreed to be named or called by everyone; read afresh for each page, so withdrawal tells at once."""
    return [
        {
            "name": person.full_name if person.name_agreed else "",
            "phone": phone_as_written(person.told("phone")) if person.phone_agreed else "",
            "role": person.get_role_display(),
        }
        for person in agreed_people(producer)
        if None not in [person.readable(field) for field in ("first_name", "last_name", "phone")]
    ]


def printed_address(pid: str) -> str:
    """The address that stands on paper and in the QR square: the Thai page, whatever language it is read in."""
    with override("th"):
        return f"{settings.OTOP_PUBLIC_URL}{reverse('selection:product-show', args=[pid])}"


def kept_record(listing: Listing, state: ListState) -> PublicRecord:
    """The product's stars and explanation; they follow from what never changes, so they are kept while the list stands."""
    key = f"record-{state.stamp}-{listing.public_id}-{listing.certificate_no}"
    found: PublicRecord = cache.get_or_set(key, lambda: public_record(listing), KEEP_SECONDS)
    return found


def standards_of(bundle: Bundle, state: ListState) -> list[dict[str, Any]]:
    """The standards a product holds or held, each with what its paper is worth today and its days left."""
    return [
        {"row": row, "left": row.days_left(state.today), "state": row.standing_on(state.today)} for row in bundle.conformities
    ]


def crumbs_of(listing: Listing) -> list[tuple[str, str]]:
    """The way down the catalogue: all, its category, its province."""
    catalogue = reverse("selection:catalogue-list")
    province: Area = listing.area.path()[0]
    return [
        (_("Products"), catalogue),
        (listing.category.name, f"{catalogue}?category={listing.category.code}"),
        (province.name, f"{catalogue}?category={listing.category.code}&area={province.code}"),
    ]
