"""What stands against the photographs of a product."""

from collections.abc import Sequence

from registry.models import Photo, Product
from registry.models.photos import FOCUS_POINTS
from registry.refusal import N_, Refusal, refuse

MOST_PHOTOS = 12


def photos_fit(product: Product, more: int) -> Refusal | None:
    """At most MOST_PHOTOS live photos a product."""
    held = product.photos.live().count()
    if held + more <= MOST_PHOTOS:
        return None
    return refuse("photos_many", N_(
        "A product shows at most %(most)s photographs and this one has %(held)s."
        " Send fewer, or take away one that says the least."
    ), field="photos", most=MOST_PHOTOS, held=held)


def photos_new(product: Product, digests: Sequence[str]) -> Refusal | None:
    """The same picture stands once with a product."""
    if len(set(digests)) == len(digests) and not product.photos.live().filter(digest__in=digests).exists():
        return None
    return refuse("photo_there", N_("This picture is with the product already. Choose another one."), field="photos")


def photo_still_shown(photo: Photo) -> Refusal | None:
    """A photo that was taken away is not described, moved or taken away again."""
    if photo.ended_at is None:
        return None
    return refuse("photo_gone", N_("This photograph was taken away on %(day)s."), day=photo.ended_at)


def focus_fits(x: int, y: int) -> Refusal | None:
    """The focus is one of the nine points that a page can cut by."""
    if x in FOCUS_POINTS and y in FOCUS_POINTS:
        return None
    return refuse("focus_odd", N_("Choose the part of the picture that must always be seen."), field="focus")
