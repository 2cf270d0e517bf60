"""Photographs of a product: sending, describing, moving, taking away, and giving out their files."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.photos import Picture, add_photos, describe_photo, end_photo, move_photo
from registry.forms.photos import PhotoChangeForm, PhotoEndForm, PhotoForm, photo_values
from registry.intake.photos import clean_pictures
from registry.models import Photo, Product
from registry.refusal import Refusal, Refused, require
from registry.rules import MOST_PHOTOS, photo_still_shown, photos_fit
from registry.views.gate import Gated, once, show_refusals
from registry.views.mending import mending, on_to_next
from registry.views.producers import against
from registry.views.products import seen_by
from registry.views.writing import Writing, steps_at

STEP = 3
PUBLIC = "public, max-age=86400"
OURS = "private, no-cache"  # kept by this browser alone, and asked for again each time


class PhotoList(Gated, View):
    """The photographs of a product in their order, and the form that sends more; the good ones of a sending are kept."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        product = self.product(request, public_id)
        return self.page(request, product, PhotoForm())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        product = self.product(request, public_id)
        form = PhotoForm(request.POST, request.FILES, too_large=getattr(request, "upload_too_large", False))
        if not form.is_valid():
            return self.page(request, product, form, 422)
        try:
            uploads = form.cleaned_data["uploads"]
            require(photos_fit(product, len(uploads)))
            pictures, refusals = clean_pictures(uploads)
            if not pictures:
                raise Refused(tuple(refusals))
            return once(request, lambda: self.added(request, product, pictures, refusals))
        except Refused as refused:
            show_refusals(form, refused)
            return self.page(request, product, form, 422)

    def product(self, request: HttpRequest, public_id: str) -> Product:
        product = get_object_or_404(seen_by(request.user), public_id=public_id)
        require(against(product, request.user, timezone.now()))
        return product

    def added(self, request: HttpRequest, product: Product, pictures: list[Picture], refusals: list[Refusal]) -> str:
        count = len(add_photos(by=request.user, at=None, product=product, pictures=pictures))
        messages.success(request, _("Photographs saved: %(count)s") % {"count": count})
        for refusal in refusals:
            messages.warning(request, refusal.sentence)
        return on_to_next(request, product.public_id, reverse("registry:photo-list", args=[product.public_id]))

    def page(self, request: HttpRequest, product: Product, form: PhotoForm, status: int = 200) -> HttpResponse:
        photos = list(product.photos.live())
        return render(request, "registry/photo_list.html", {
            "product": product, "producer": product.producer, "form": form, "photos": photos, "most": MOST_PHOTOS,
            "full": len(photos) >= MOST_PHOTOS, "steps": steps_at(STEP), "sample": product.origin == "sample",
            "mend": mending(request, product.public_id),
        }, status=status)


def photo_of(request: HttpRequest, public_id: str) -> Photo:
    """The photo, of what the user may see."""
    rows = Photo.objects.visible_to(request.user).select_related(
        "product__producer", "product__category", "product__area__parent__parent"
    )
    return get_object_or_404(rows, public_id=public_id)


class PhotoWriting(Writing):
    """A form about one photo of a product that the user sees."""

    step = STEP
    keeps_draft = False

    def load(self) -> None:
        self.photo = photo_of(self.request, self.kwargs["public_id"])
        product = self.photo.product
        self.context |= {
            "photo": self.photo, "product": product, "producer": product.producer, "sample": product.origin == "sample",
        }

    def against(self) -> Iterable[Refusal | None]:
        return [*against(self.photo.product, self.request.user, self.at), photo_still_shown(self.photo)]

    def home(self) -> str:
        return reverse("registry:photo-list", args=[self.photo.product.public_id])


class PhotoEdit(PhotoWriting):
    template_name = "registry/photo_form.html"
    form_class = PhotoChangeForm
    called = gettext_lazy("Describe a photograph")
    keeps_draft = True

    def values(self) -> dict[str, Any]:
        return photo_values(self.photo)

    def act(self, data: dict[str, Any]) -> str:
        x, y = data["focus"].split("-")
        told = {name: data[name] for name in ("version", "alt_th", "alt_en")}
        describe_photo(by=self.request.user, at=None, photo=self.photo, focus_x=int(x), focus_y=int(y), **told)
        return self.home()


class PhotoEnd(PhotoWriting):
    template_name = "registry/photo_end.html"
    form_class = PhotoEndForm

    def values(self) -> dict[str, Any]:
        return {"version": self.photo.version}

    def act(self, data: dict[str, Any]) -> str:
        end_photo(by=self.request.user, at=None, photo=self.photo, version=data["version"])
        return self.home()


class PhotoMove(Gated, View):
    """Puts a photo one place earlier, one later, or first."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        photo = photo_of(request, public_id)
        live = list(photo.product.photos.live().values_list("pk", flat=True))
        here = live.index(photo.pk) if photo.pk in live else 0
        to = {"earlier": here - 1, "later": here + 1}.get(request.POST.get("to", ""), 0)

        def act() -> str:
            move_photo(by=request.user, at=None, photo=photo, to=to)
            return f"{reverse('registry:photo-list', args=[photo.product.public_id])}#photo-{photo.public_id}"

        return once(request, act)


class PhotoFile(View):
    """One file of a photo: of a listed product for anybody, of any other for those who see the product in the register.

    The name is the picture's SHA-256, so nobody guesses it; still each request asks who is asking, because a name that
    was seen once (in a copied address, in a browser's history) must not outlive the listing.
    """

    def get(self, request: HttpRequest, digest: str, width: int) -> HttpResponseBase:
        rows = Photo.objects.live().filter(digest=digest, widths__contains=[width]) if width < 2**15 else Photo.objects.none()
        photo = rows.listed_for(None).first()
        kept = PUBLIC
        if photo is None:
            photo, kept = rows.visible_to(request.user).first(), OURS
        if photo is None:
            raise Http404
        return _answer(request, photo, width, kept)


def _answer(request: HttpRequest, photo: Photo, width: int, kept: str) -> HttpResponseBase:
    etag = f'"{photo.digest}-{width}"'
    try:
        with storages["public"].open(photo.file(width)) as file:
            answer = HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = kept
    answer["ETag"] = etag
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=answer)
