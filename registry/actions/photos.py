"""Photographs of a product: adding, describing, moving, taking away; each act a line in the product's history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from registry.actions.acts import difference, moment, note, save_over, save_version, unless_taken
from registry.models import Photo, Product, User, photo_file
from registry.refusal import Refusal, require
from registry.rules import (
    focus_fits,
    may_register_in,
    photo_still_shown,
    photos_fit,
    photos_new,
    same_origin,
    still_open,
)
from registry.thai import normalise


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew: SHA-256 of its largest file, that file's size in points, and the WebP files by width."""

    digest: str
    width: int
    height: int
    files: Mapping[int, bytes]


@transaction.atomic
def add_photos(
    *, by: User | None, product: Product, pictures: Sequence[Picture], at: datetime | None = None
) -> list[Photo]:
    """Puts the pictures behind those the product has; their files are written last, and go again if anything fails.

    Refuses a product outside the writer's areas or ended, too many pictures, and one that is there already.
    """
    now, digests = moment(at), [picture.digest for picture in pictures]
    locked = _locked(product)
    require(
        may_register_in(by, [locked.area], now), same_origin(locked, by), still_open(locked, now),
        photos_fit(locked, len(pictures)), photos_new(locked, digests),
    )
    last = locked.photos.live().last()
    begin = 0 if last is None else last.place + 1
    photos = [
        Photo(
            product=locked, place=place, digest=picture.digest, width=picture.width, height=picture.height,
            widths=sorted(picture.files), created_by=by, changed_by=by, created_at=now, changed_at=now,
        )
        for place, picture in enumerate(pictures, begin)
    ]
    with unless_taken(lambda: photos_new(locked, digests)):
        for photo in photos:
            photo.save()
    note("photos_added", locked, by=by, at=now, after={"photos": len(photos), "digests": digests})
    _keep(pictures)
    return photos


@transaction.atomic
def describe_photo(
    *, by: User | None, photo: Photo, version: int, focus_x: int, focus_y: int, alt_th: str = "", alt_en: str = "",
    at: datetime | None = None,
) -> Photo:
    """Says in words what the photo shows, and which point of it (percent from left and top) must be seen in every cut.

    Refuses a photo that was taken away, a focus outside it and, with Conflict, one that somebody else saved in between.
    """
    now = moment(at)
    require(_against(by, photo, now), focus_fits(focus_x, focus_y))
    changes = {"focus_x": focus_x, "focus_y": focus_y, "alt_th": normalise(alt_th), "alt_en": normalise(alt_en)}
    before, after = difference(photo, changes)
    save_over(photo, version=version, by=by, at=now, **changes)
    if after:
        note("photo_described", photo.product, by=by, at=now, before=before, after=after)
    return photo


@transaction.atomic
def move_photo(*, by: User | None, photo: Photo, to: int, at: datetime | None = None) -> Photo:
    """Puts the photo at the place `to` (0 is the first, the one of every list) among those of its product."""
    now = moment(at)
    require(_against(by, photo, now))
    product = _locked(photo.product)
    others = list(product.photos.live().exclude(pk=photo.pk))
    to = max(0, min(to, len(others)))
    before = list(product.photos.live().values_list("pk", flat=True))
    others.insert(to, photo)
    if [other.pk for other in others] == before:
        return photo
    for place, other in enumerate(others):
        if other.place != place:
            save_version(other, version=other.version, by=by, at=now, place=place)
    note("photo_moved", product, by=by, at=now, before={"place": before.index(photo.pk) + 1}, after={"place": to + 1})
    return photo


@transaction.atomic
def end_photo(*, by: User | None, photo: Photo, version: int, at: datetime | None = None) -> Photo:
    """Takes the photo away: its row ends, and its files are given to nobody from now on."""
    now = moment(at)
    require(_against(by, photo, now))
    save_version(photo, version=version, by=by, at=now, ended_at=now)
    note("photo_ended", photo.product, by=by, at=now, after={"photo": photo.alt_th, "digest": photo.digest})
    return photo


def _against(by: User | None, photo: Photo, now: datetime) -> list[Refusal | None]:
    product = photo.product
    return [
        *may_register_in(by, [product.area], now), same_origin(product, by), still_open(product, now),
        photo_still_shown(photo),
    ]  # fmt: skip


def _locked(product: Product) -> Product:
    """The product, locked: two people adding or moving photos of it take turns."""
    return Product.objects.select_for_update(of=("self",)).select_related("area").get(pk=product.pk)


def _keep(pictures: Sequence[Picture]) -> None:
    """Writes the files into public storage; what was written goes again when one cannot be written."""
    storage, written = storages["public"], []
    try:
        for picture in pictures:
            for width, content in picture.files.items():
                name = photo_file(picture.digest, width)
                if storage.exists(name) and storage.size(name) == len(content):
                    continue
                storage.delete(name)  # a piece that a crash left
                written.append(storage.save(name, ContentFile(content)))
    except BaseException:
        for name in written:
            storage.delete(name)
        raise
